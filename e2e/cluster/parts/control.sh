# The control plane: etcd, API server, controller manager, scheduler, in a network namespace of its own.

control() { # control PART CMD…: starts a part of the control plane
  local part=$1
  shift
  (
    enter control
    close_files
    exec setsid nsenter --net="/run/netns/$name" "$@"
  ) </dev/null >>"$dir/log/$part.log" 2>&1 &
}

apiserver_start() {
  local pki=$dir/pki words
  read -ra words <<<"${APISERVER_ARGS:-}"
  control apiserver "$bin/kube-apiserver" --etcd-servers=http://127.0.0.1:2379 \
    --bind-address="$gateway" --advertise-address="$gateway" --service-cluster-ip-range="$services" \
    --tls-cert-file="$pki/apiserver.crt" --tls-private-key-file="$pki/apiserver.key" \
    --client-ca-file="$pki/ca.crt" --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction \
    --kubelet-client-certificate="$pki/kubelet-client.crt" --kubelet-client-key="$pki/kubelet-client.key" \
    --kubelet-certificate-authority="$pki/ca.crt" --kubelet-preferred-address-types=InternalIP \
    --service-account-key-file="$pki/sa.key" --service-account-signing-key-file="$pki/sa.key" \
    --service-account-issuer=https://kubernetes.default.svc.cluster.local \
    --requestheader-client-ca-file="$pki/ca.crt" --requestheader-allowed-names=front-proxy-client \
    --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
    --requestheader-extra-headers-prefix=X-Remote-Extra- \
    --proxy-client-cert-file="$pki/front-proxy.crt" --proxy-client-key-file="$pki/front-proxy.key" \
    --allow-privileged=true --profiling=false "${words[@]}"
  await 60 "API server ready" kubectl get --raw /readyz
}

apiserver_pid() {
  local pid
  for pid in $(<"$cgroup2/$name/control/cgroup.procs"); do
    [[ $(cat "/proc/$pid/comm" 2>/dev/null) != kube-apiserver ]] || echo "$pid"
  done
}

api() {
  local pid
  alive control || die "not up"
  pid=$(apiserver_pid)
  case ${1:-} in
    kill)
      [[ ! $pid ]] || kill -9 "$pid"
      say "API server off"
      ;;
    start) [[ $pid ]] || apiserver_start ;;
    *) usage ;;
  esac
}

control_up() {
  local i pki=$dir/pki words
  mkdir -p "$dir"/{etcd,images,log,pki}
  chmod 700 "$dir/etcd" "$pki"
  touch "$dir/.cluster"
  cp "$cache"/images/{pause,box,coredns}.tar "$dir/images/"
  make_keys
  say "keys"

  ip netns add "$name"
  within "$name" ip link set lo up
  within "$name" ip link add nodes type bridge
  within "$name" ip addr add "$gateway/24" dev nodes
  within "$name" ip link set nodes up
  within "$name" sysctl -qw net.ipv4.ip_forward=1
  # Services and load balancers: kube-proxy rewrites what is sent there.
  within "$name" ip route add 198.18.128.0/17 dev nodes
  for ((i = 1; i <= max_nodes; i++)); do
    within "$name" ip route add "198.18.$((64 + i)).0/24" via "198.18.0.$i"
  done

  control etcd etcd --data-dir "$dir/etcd" --unsafe-no-fsync --logger zap \
    --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 \
    --listen-peer-urls http://127.0.0.1:2380 --initial-advertise-peer-urls http://127.0.0.1:2380 \
    --initial-cluster default=http://127.0.0.1:2380

  apiserver_start

  read -ra words <<<"${CONTROLLER_MANAGER_ARGS:-}"
  control controller-manager "$bin/kube-controller-manager" \
    --kubeconfig="$pki/controller-manager.kubeconfig" --use-service-account-credentials=true \
    --service-account-private-key-file="$pki/sa.key" --root-ca-file="$pki/ca.crt" \
    --cluster-signing-cert-file="$pki/ca.crt" --cluster-signing-key-file="$pki/ca.key" \
    --allocate-node-cidrs=false --leader-elect=false --profiling=false "${words[@]}"
  control scheduler "$bin/kube-scheduler" --kubeconfig="$pki/scheduler.kubeconfig" --leader-elect=false
  kubectl apply -f "$here/etc/coredns.yaml" >/dev/null

  # kube-proxy here too, so that "cluster run" and webhook calls reach Services.
  sed "s#/var/lib/kube-proxy/kubeconfig#$pki/proxy.kubeconfig#" "$here/etc/kube-proxy.yaml" >"$dir/kube-proxy.yaml"
  echo "hostnameOverride: node1" >>"$dir/kube-proxy.yaml"
}

dns_answers() {
  within "$name" /bin/busybox nslookup -type=a kubernetes.default.svc.cluster.local "$dns" | grep -q "$api"
}
