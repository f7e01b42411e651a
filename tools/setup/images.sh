#!/bin/sh
# npm run images -- [--out DIR] [--prefix PREFIX] [--tag TAG] [NAME]…: set-up, then the images of the services.
root=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
sh "$root/tools/setup/setup.sh" || exit 1
exec "$root/tools/setup/node.sh" "$root/tools/images/src/main.ts" "$@"
