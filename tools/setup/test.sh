#!/bin/sh
# npm test: set-up, then every test this machine can run: unit, kernel, process. Ends with vitest's exit code.
root=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
sh "$root/tools/setup/setup.sh" || exit 1
cd "$root" || exit 1
PATH=$root/node_modules/.bin:$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH
exec "$root/tools/setup/node.sh" "$root/node_modules/vitest/vitest.mjs" run "$@"
