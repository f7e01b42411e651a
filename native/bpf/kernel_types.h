/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* kernel_types.h - the few fields of kernel structures that the hooks read; CO-RE finds them in the running kernel. */
#ifndef WEFT_KERNEL_TYPES_H
#define WEFT_KERNEL_TYPES_H

#include <linux/types.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct kernfs_node {
	__u64 id;
};

struct cgroup {
	int level;
	struct kernfs_node *kn;
	struct cgroup *ancestors[]; /* by level, from 6.1 on; the last is the cgroup itself */
};

struct sock_cgroup_data {
	struct cgroup *cgroup;
};

struct sock_common {
	unsigned char skc_ipv6only : 1;
};

struct sock {
	struct sock_common __sk_common;
	struct sock_cgroup_data sk_cgrp_data;
};

/* Only to know whether the kernel has MPTCP. */
struct mptcp_sock {
	__u64 write_seq;
};

#pragma clang attribute pop

#endif
