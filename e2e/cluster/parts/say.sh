# Messages, waiting, and commands in a network namespace.

began=${EPOCHREALTIME/[.,]/}

say() {
  local tenths=$(((${EPOCHREALTIME/[.,]/} - began) / 100000))
  printf '%4d.%d s  %s\n' $((tenths / 10)) $((tenths % 10)) "$*" >&2
}

die() {
  printf 'cluster: %s\n' "$*" >&2
  exit 1
}

await() { # await SECONDS WHAT CMD…: polls until CMD succeeds
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until ("$@") >/dev/null 2>&1; do
    ((SECONDS < end)) || die "not within its time: $what (see: cluster logs)"
    sleep 0.1
  done
  say "$what"
}

within() { # within NETNS CMD…
  local ns=$1
  shift
  nsenter --net="/run/netns/$ns" "$@"
}

kubectl() { within "$name" "$bin/kubectl" --kubeconfig="$dir/admin.kubeconfig" "$@"; }
