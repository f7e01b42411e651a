/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * socket_owner.h - which workload a socket belongs to, where no task can be asked (sockops has no helper for it).
 *
 * Walks from the socket to the cgroup it was made in and looks at its ancestors as caller.h does.
 */
#ifndef WEFT_SOCKET_OWNER_H
#define WEFT_SOCKET_OWNER_H

#include "caller.h"
#include "kernel_types.h"
#include <bpf/bpf_core_read.h>

static __always_inline __u64 ancestor_id(struct cgroup *cgroup, int level)
{
	struct cgroup *ancestor = NULL;
	void *slot =
	    (void *)cgroup + bpf_core_field_offset(cgroup->ancestors) + level * sizeof(ancestor);

	if (bpf_probe_read_kernel(&ancestor, sizeof(ancestor), slot) || !ancestor)
		return 0;
	return BPF_CORE_READ(ancestor, kn, id);
}

/* Id of the workload's cgroup, or 0. */
static __always_inline __u64 socket_workload(struct bpf_sock_ops *ctx,
					     const struct mesh_settings *node)
{
	struct bpf_sock *socket = ctx->sk;
	struct cgroup *cgroup;
	struct sock *kernel_socket;
	bool is_child = false;
	__u64 nearest = 0;
	int levels;

	if (!socket)
		return 0;
	kernel_socket = (struct sock *)bpf_skc_to_tcp_sock(socket);
	if (!kernel_socket)
		return 0;
	cgroup = BPF_CORE_READ(kernel_socket, sk_cgrp_data.cgroup);
	if (!cgroup)
		return 0;
	levels = BPF_CORE_READ(cgroup, level);
	for (int level = 1; level < LEVELS_MAX && level <= levels; level++) {
		__u64 id = ancestor_id(cgroup, level);

		if (is_child || bpf_map_lookup_elem(&workloads, &id))
			nearest = id;
		is_child = id == node->workloads;
	}
	return nearest;
}

#endif
