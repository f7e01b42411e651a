# Programs and images, made once and kept in the cache. A stamp of the sources tells whether they are current.

missing_packages() {
  local path package
  while read -r path package; do
    command -v "$path" >/dev/null || [[ -e $path ]] || echo "$package"
  done <<'TEXT'
/bin/busybox busybox-static
/usr/include/stdlib.h libc6-dev
/usr/lib/cni/bridge containernetworking-plugins
containerd containerd
etcd etcd-server
gcc gcc
ip iproute2
nft nftables
openssl openssl
runc runc
TEXT
}

install_packages() {
  local packages policy=/usr/sbin/policy-rc.d status=0
  mapfile -t packages < <(missing_packages)
  ((${#packages[@]})) || return 0
  say "install ${packages[*]}"
  # Debian asks this file whether a package may start its service; 101 is no (invoke-rc.d(8)).
  if [[ -e $policy ]]; then policy=; else printf '#!/bin/sh\nexit 101\n' >$policy && chmod 755 $policy; fi
  apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "${packages[@]}" >/dev/null || status=$?
  [[ ! $policy ]] || rm $policy
  ((status == 0)) || die "cannot install ${packages[*]}"
}

need_go() {
  local found want
  want=$(awk '$1 == "go" {print $2}' "$here/build/kube/go.mod")
  # A compiler that may fetch a newer one of itself does so here.
  found=$(cd "$here/build/kube" && go env GOVERSION 2>/dev/null) || die "found no Go compiler, expected Go $want or newer in PATH"
  printf '%s\n' "go$want" "$found" | sort -VC || die "found $found, expected Go $want or newer in PATH"
}

go_build() { # go_build FOLDER PROGRAM PACKAGE [LDFLAGS]
  say "build $2"
  (cd "$here/build/$1" && CGO_ENABLED=0 nice -n 10 \
    go build -buildvcs=false -trimpath -p 2 -ldflags "-s -w ${4:-}" -o "$bin/$2" "$3")
}

c_build() { gcc -O2 -static -s -Wall -o "$2" "$here/build/c/$1.c"; }

build_kube() {
  local package set="" program
  for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    set+=" -X $package.gitVersion=$version -X $package.gitTreeState=clean"
    set+=" -X $package.gitMajor=1 -X $package.gitMinor=$(cut -d. -f2 <<<"$version")"
  done
  go_build kube kube . "$set"
  for program in kube-apiserver kube-controller-manager kube-proxy kube-scheduler kubectl kubelet; do
    ln -sf kube "$bin/$program"
  done
}

build_coredns() {
  mkdir "$work/coredns"
  go_build coredns coredns .
  cp "$bin/coredns" "$work/coredns/"
  echo '{"Entrypoint":["/coredns"]}' >"$work/config"
  image -c "$work/config" "$work/coredns" weft.test/coredns:1 >"$cache/images/coredns.tar"
}

build_images() { # pause, and box: busybox with bpfprobe
  local applet root
  say "build images"
  root=$work/pause
  mkdir "$root"
  c_build pause "$root/pause"
  echo '{"Entrypoint":["/pause"]}' >"$work/config"
  image -c "$work/config" "$root" weft.test/pause:1 >"$cache/images/pause.tar"

  root=$work/box
  mkdir -p "$root/bin" "$root/etc" "$root/tmp"
  for applet in $(/bin/busybox --list); do ln -s busybox "$root/bin/$applet"; done
  cp --remove-destination /bin/busybox "$root/bin/busybox"
  c_build bpfprobe "$root/bin/bpfprobe"
  echo '{"Cmd":["/bin/sh"]}' >"$work/config"
  image -c "$work/config" "$root" weft.test/box:1 >"$cache/images/box.tar"
}

build_helm() { go_build helm helm helm.sh/helm/v4/cmd/helm; }

build_prometheus() {
  # Of the ways to find targets, only Kubernetes'.
  local -x GOFLAGS="${GOFLAGS:-} -tags=remove_all_sd,enable_kubernetes_sd"
  go_build prometheus prometheus github.com/prometheus/prometheus/cmd/prometheus
  go_build prometheus promtool github.com/prometheus/prometheus/cmd/promtool
}

build_conformance() {
  go_build echo echo-advanced .
  go_build gateway-api echo-basic sigs.k8s.io/gateway-api/conformance/echo-basic
  say "build conformance.test"
  (cd "$here/build/gateway-api" && CGO_ENABLED=0 nice -n 10 \
    go test -c -buildvcs=false -trimpath -p 2 -ldflags "-s -w" -o "$bin/conformance.test" .)
}

sources() { # the folders in build/ that make a component
  case $1 in
    kube | coredns | helm | prometheus) echo "$1" ;;
    images) echo c ;;
    conformance) echo echo gateway-api ;;
    *) die "no component $1" ;;
  esac
}

# A component is made anew when its sources or the compiler change.
stamp() {
  local folders
  read -ra folders < <(sources "$1")
  {
    (cd "$here/build" && find "${folders[@]}" -type f -print0 | sort -z | xargs -0 sha256sum)
    [[ $1 == images ]] || go env GOVERSION 2>/dev/null || true
  } | sha256sum
}

build() {
  local component want
  (($#)) || set -- kube coredns images
  [[ $1 != all ]] || set -- kube coredns images helm prometheus conformance
  for component; do sources "$component" >/dev/null; done
  install_packages
  mkdir -p "$bin" "$cache/images" "$cache/stamps"
  for component; do
    want=$(stamp "$component")
    [[ $want != "$(cat "$cache/stamps/$component" 2>/dev/null)" ]] || continue
    [[ $component == images ]] || need_go
    "build_$component"
    echo "$want" >"$cache/stamps/$component"
  done
}
