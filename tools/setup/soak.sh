#!/bin/sh
# npm run soak -- ARGS: set-up, then the soak (bench/soak). Ends with its exit code.
root=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
sh "$root/tools/setup/setup.sh" || exit 1
exec "$root/tools/setup/node.sh" "$root/bench/soak/main.ts" "$@"
