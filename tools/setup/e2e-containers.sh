#!/bin/sh
# npm run e2e:containers: set-up, then the services from their images under Docker.
root=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
sh "$root/tools/setup/setup.sh" || exit 1
PATH=$root/node_modules/.bin:$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH
exec "$root/tools/setup/node.sh" "$root/e2e/containers/main.ts" "$@"
