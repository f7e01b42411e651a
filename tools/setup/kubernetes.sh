#!/bin/sh
# npm run test:kubernetes -- [VITEST-ARGUMENT]…: set-up, kube-apiserver and helm (built once, kept in ~/.cache/weft), then the
# tests against them. Ends with vitest's exit code.
root=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
sh "$root/tools/setup/setup.sh" || exit 1
"$root/e2e/cluster/cluster" build kube helm || exit 1
cd "$root" || exit 1
PATH=$root/node_modules/.bin:$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH
exec "$root/tools/setup/node.sh" "$root/node_modules/vitest/vitest.mjs" run --config vitest.kubernetes.config.ts "$@"
