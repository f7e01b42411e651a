# Images: a folder packed as an archive, and archives given to the nodes.

image() { # prints a "docker save" archive of one layer
  local config='{}' layer out=$work/image root tags
  if [[ ${1:-} == -c ]]; then
    config=$(cat "$2")
    shift 2
  fi
  (($# >= 2)) || usage
  root=$1
  shift
  rm -rf "$out"
  mkdir "$out"
  tar -C "$root" --sort=name --owner=0 --group=0 --numeric-owner --mode=a+rX --mtime=@0 -cf "$out/layer.tar" .
  layer=$(sha256sum "$out/layer.tar" | cut -d' ' -f1)
  printf '{"architecture":"%s","os":"linux","config":%s,"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$(dpkg --print-architecture)" "$config" "$layer" >"$out/config.json"
  tags=$(printf '"%s",' "$@")
  printf '[{"Config":"config.json","RepoTags":[%s],"Layers":["layer.tar"]}]' "${tags%,}" >"$out/manifest.json"
  tar -C "$out" -cf - manifest.json config.json layer.tar
  rm -rf "$out"
}

load() {
  local copies=() copy i importing=() pid status=0 tar
  (($#)) || usage
  alive control || die "not up"
  for tar; do
    # Kept for nodes added later, which take them in the order of their names: the newest of a tag wins there as well.
    copy=$(date +%s%N).tar
    cp "$tar" "$dir/images/$copy"
    copies+=("$copy")
  done
  for i in $(nodes); do
    alive "node$i" || continue
    node_exec "$i" bash /run/node/etc/import "${copies[@]}" &
    importing+=($!)
  done
  for pid in "${importing[@]}"; do wait "$pid" || status=$?; done
  ((status == 0)) || die "not every node took the images"
}
