#!/bin/sh
# npm run demo -- [--once | --clean]: set-up, then the demo.
root=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
sh "$root/tools/setup/setup.sh" || exit 1
exec "$root/tools/setup/node.sh" "$root/e2e/demo/main.ts" "$@"
