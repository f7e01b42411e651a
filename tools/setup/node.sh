#!/bin/sh
# Runs the workspace's own Node 24 (an npm package for this platform) with the flags every Weft process uses.
root=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
for node in "$root"/node_modules/node-linux-*/bin/node "$root"/node_modules/node-*darwin-*/bin/node; do
  [ -x "$node" ] && exec "$node" --disable-warning=ExperimentalWarning "$@"
done
echo "weft: Node 24 is missing from $root/node_modules: run 'npm run setup' there first" >&2
exit 127
