#!/bin/sh
# npm run --silent weft -- ARGS: set-up, then the CLI in the directory the command was given in.
root=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
sh "$root/tools/setup/setup.sh" || exit 1
# npm changes into the package's directory; INIT_CWD is where the person was.
[ -n "${INIT_CWD:-}" ] && [ -d "$INIT_CWD" ] && cd "$INIT_CWD"
exec "$root/apps/cli/bin/weft" "$@"
