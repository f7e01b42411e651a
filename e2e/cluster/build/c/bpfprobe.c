// SPDX-License-Identifier: Apache-2.0
/*
 * bpfprobe CGROUP: does what a mesh's node agent does with BPF, in the cgroup
 * folder named, and undoes it: makes a map, pins it, loads a connect4 program
 * that allows everything, attaches it and detaches it. Exits 0 if all worked.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int failed;

static int bpf(const char *what, int cmd, union bpf_attr attr)
{
	int fd = syscall(__NR_bpf, cmd, &attr, sizeof attr);
	printf("%-22s %s\n", what, fd < 0 ? strerror(errno) : "ok");
	failed |= fd < 0;
	return fd;
}

#define BPF(what, cmd, ...) bpf(what, cmd, (union bpf_attr){__VA_ARGS__})
#define PTR(p) ((uint64_t)(uintptr_t)(p))

int main(int argc, char **argv)
{
	const char *pin = "/sys/fs/bpf/bpfprobe";
	struct bpf_insn allow[] = {
	    {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = 1},
	    {.code = BPF_JMP | BPF_EXIT},
	};
	int cgroup, map, prog;

	if (argc != 2 || (cgroup = open(argv[1], O_RDONLY | O_DIRECTORY)) < 0) {
		perror("bpfprobe: usage: bpfprobe CGROUP");
		return 2;
	}
	map = BPF("create a map", BPF_MAP_CREATE, .map_type = BPF_MAP_TYPE_HASH, .key_size = 4,
		  .value_size = 8, .max_entries = 16);
	BPF("pin it in bpffs", BPF_OBJ_PIN, .pathname = PTR(pin), .bpf_fd = map);
	unlink(pin);
	prog = BPF("load connect4", BPF_PROG_LOAD, .prog_type = BPF_PROG_TYPE_CGROUP_SOCK_ADDR,
		   .expected_attach_type = BPF_CGROUP_INET4_CONNECT, .insns = PTR(allow),
		   .insn_cnt = 2, .license = PTR("GPL"));
	BPF("attach to the cgroup", BPF_PROG_ATTACH, .target_fd = cgroup, .attach_bpf_fd = prog,
	    .attach_type = BPF_CGROUP_INET4_CONNECT, .attach_flags = BPF_F_ALLOW_MULTI);
	BPF("detach", BPF_PROG_DETACH, .target_fd = cgroup, .attach_bpf_fd = prog,
	    .attach_type = BPF_CGROUP_INET4_CONNECT);
	BPF("link to the cgroup", BPF_LINK_CREATE, .link_create.prog_fd = prog,
	    .link_create.target_fd = cgroup, .link_create.attach_type = BPF_CGROUP_INET4_CONNECT);
	return failed;
}
