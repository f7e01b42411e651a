#!/bin/sh
# npm run e2e:programs -- [--without-mesh] [--layout NAME]… [PROGRAM]…: set-up, then programs of others through the mesh.
root=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
sh "$root/tools/setup/setup.sh" || exit 1
PATH=$root/node_modules/.bin:$PATH
export PATH
exec "$root/tools/setup/node.sh" "$root/e2e/programs/main.ts" "$@"
