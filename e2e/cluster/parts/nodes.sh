# Nodes: their files, network and processes.

nodes() {
  local node
  for node in "$dir"/node[1-9]; do [[ ! -d $node ]] || echo "${node##*node}"; done
}

node_number() {
  [[ ${1:-} =~ ^[1-$max_nodes]$ ]] || die "a node's number is 1 to $max_nodes"
}

node_files() {
  local i=$1 path root=$dir/node$1
  # Mount points that the host may lack; down removes what is made here.
  for path in /etc/cni /etc/cni/net.d /opt /opt/cni /opt/cni/bin; do
    [[ -d $path ]] || { mkdir "$path" && echo "$path" >>"$dir/made"; }
  done
  [[ ! -d $root ]] || return 0
  mkdir -p "$root"/{bin,etc,images,log,cni/bin,cni/net.d,lib/kubelet/pki,lib/kube-proxy}
  cp /usr/lib/cni/{bridge,host-local,loopback} "$root/cni/bin/"
  sed "s#PODS#198.18.$((64 + i)).0/24#" "$here/etc/cni.conflist" >"$root/cni/net.d/10-bridge.conflist"
  cp "$here"/etc/{containerd.toml,import,kubelet.yaml,kube-proxy.yaml} "$root/etc/"
  echo "nameserver $dns" >"$root/etc/resolv.conf"
  cp "$dir/pki/ca.crt" "$root/lib/kubelet/pki/"
  certificate "$root/lib/kubelet/pki/kubelet" "/CN=node$i" "DNS:node$i,IP:198.18.0.$i"
  kubeconfig "$root/lib/kubelet/kubeconfig" "/O=system:nodes/CN=system:node:node$i"
  cp "$dir/pki/proxy.kubeconfig" "$root/lib/kube-proxy/kubeconfig"
}

node_network() {
  local i=$1 j ns=$name-node$1
  ip netns add "$ns"
  ip link add eth0 netns "$ns" type veth peer name "node$i" netns "$name"
  within "$name" ip link set "node$i" up master nodes
  within "$ns" ip link set lo up
  within "$ns" ip addr add "198.18.0.$i/24" dev eth0
  within "$ns" ip link set eth0 up
  within "$ns" sysctl -qw net.ipv4.ip_forward=1
  within "$ns" ip route add 198.18.0.0/15 via "$gateway"
  for ((j = 1; j <= max_nodes; j++)); do
    ((i == j)) || within "$ns" ip route add "198.18.$((64 + j)).0/24" via "198.18.0.$j"
  done
}

node_start() {
  local i=$1 root=$dir/node$1
  ! alive "node$i" || return 0
  node_off "$i"
  # What a kubelet says of itself bears whole seconds: the next one speaks in a later second than the last one could.
  [[ ! -d $root ]] || sleep "$(printf '0.%06d' $((1000000 - 10#${EPOCHREALTIME: -6})))"
  node_files "$i"
  node_network "$i"
  date -u +%FT%TZ >"$root/started"
  (
    enter "node$i"
    close_files
    cd "$root"
    exec setsid nsenter --net="/run/netns/$name-node$i" \
      unshare --mount --pid --uts --ipc --cgroup --fork --mount-proc --propagation private \
      bash -c "mount --bind '$bin' bin && mount --bind ../images images && exec bash '$here/node' $i $name/node$i"
  ) </dev/null >"$root/log/node.log" 2>&1 &
}

node_off() {
  slay "node$1"
  [[ ! -e /run/netns/$name ]] || within "$name" ip link del "node$1" 2>/dev/null || true
  ! ip netns list | grep -q "^$name-node$1\b" || ip netns del "$name-node$1"
}

node_exec() { # node_exec I CMD…
  local i=$1 first="" parent
  shift
  alive "node$i" || die "node$i is off"
  # The node's PID 1 is the child of the process that made its namespaces.
  for parent in $(<"$cgroup2/$name/node$i/cgroup.procs"); do
    [[ $(cat "/proc/$parent/comm" 2>/dev/null) == unshare ]] || continue
    first=$(tr -d ' ' <"/proc/$parent/task/$parent/children")
  done
  [[ $first ]] || die "node$i is not running yet"
  PATH=/run/node/bin:$PATH nsenter -t "$first" --mount --pid --net --uts --ipc --cgroup --wdns=/ "$@"
}

node_ready() { # its kubelet has said so since it was started
  local ready said
  read -r ready said < <(kubectl get node "node$1" \
    -o 'jsonpath={range .status.conditions[?(@.type=="Ready")]}{.status} {.lastHeartbeatTime}{"\n"}{end}')
  [[ $ready == True && ! $said < $(<"$dir/node$1/started") ]]
}

node_await() {
  local i=$1 cidr=198.18.$((64 + $1)).0/24
  await 90 "node$i ready" node_ready "$i"
  kubectl patch node "node$i" -p "{\"spec\":{\"podCIDR\":\"$cidr\",\"podCIDRs\":[\"$cidr\"]}}" >/dev/null
}

node() {
  local command=${1:-} i=${2:-}
  if [[ $command == add && ! $i ]]; then
    for ((i = 1; i < max_nodes; i++)); do [[ -d $dir/node$i ]] || break; done
  fi
  node_number "$i"
  alive control || die "not up"
  [[ $command == add || -d $dir/node$i ]] || die "no node$i"
  case $command in
    add)
      node_start "$i"
      node_await "$i"
      ;;
    kill)
      node_off "$i"
      say "node$i off"
      ;;
    restart)
      node_off "$i"
      node_start "$i"
      node_await "$i"
      ;;
    *) usage ;;
  esac
}
