#!/bin/sh
# npm run bench:kubernetes -- [--only NAME]… [--record] [--keep] …: set-up, then figures of the mesh on a Kubernetes of two nodes.
root=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
sh "$root/tools/setup/setup.sh" || exit 1
PATH=$root/node_modules/.bin:$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH
exec "$root/tools/setup/node.sh" "$root/e2e/kubernetes/figures/main.ts" "$@"
