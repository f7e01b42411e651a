# Cgroups, the record of every process: the control plane runs in NAME/control and node I, with all its pods, in
# NAME/nodeI, of every hierarchy. So what is to be stopped is known to the kernel, whatever has become of its parents and
# of our folder.

cgroup2=$(awk '$3 == "cgroup2" {print $2; exit}' /proc/mounts)

hierarchies() { awk '$3 ~ /^cgroup2?$/ {print $2}' /proc/mounts; }

enter() { # enter PART: takes this shell into PART's cgroup
  local file hierarchy part path
  for hierarchy in $(hierarchies); do
    path=$hierarchy
    for part in "$name" "$1"; do
      mkdir -p "$path/$part"
      for file in cpuset.cpus cpuset.mems; do
        [[ ! -e $path/$part/$file ]] || cat "$path/$file" >"$path/$part/$file"
      done
      path+=/$part
    done
    echo "$BASHPID" >"$path/cgroup.procs"
  done
}

# What is started for good must not hold a file of the caller's, such as a lock.
close_files() {
  local fd
  for fd in "/proc/$BASHPID"/fd/*; do
    ((${fd##*/} < 3)) || eval "exec ${fd##*/}>&-"
  done
}

alive() { grep -qs 'populated 1' "$cgroup2/$name/$1/cgroup.events"; }

slay() { # slay [PART]: ends every process of PART, or of all
  local end=$((SECONDS + 20)) group=$name${1:+/$1} hierarchy left
  [[ ! -d $cgroup2/$group ]] || echo 1 >"$cgroup2/$group/cgroup.kill"
  while :; do
    left=
    for hierarchy in $(hierarchies); do
      [[ -d $hierarchy/$group ]] || continue
      find "$hierarchy/$group" -depth -type d -exec rmdir {} \; 2>/dev/null || true
      [[ ! -d $hierarchy/$group ]] || left=$hierarchy/$group
    done
    [[ $left ]] || break
    ((SECONDS < end)) || die "still in use: $left"
    sleep 0.1
  done
}
