/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * caller.h - which workload the running task belongs to.
 *
 * A program may make cgroups below its own, so the task's own cgroup says little: what counts is its ancestor right
 * below the cgroup of the workloads. Where that lies depends on the machine (a container hides the levels above it), so
 * it is looked for by id.
 */
#ifndef WEFT_CALLER_H
#define WEFT_CALLER_H

#include "mesh_maps.h"

#define LEVELS_MAX 24

/* Id of the workload's cgroup, or 0 when the task is in none: it uses a socket that somebody made for it in one. */
static __always_inline __u64 caller_cgroup(const struct mesh_settings *node)
{
	for (int level = 1; level < LEVELS_MAX; level++) {
		__u64 id = bpf_get_current_ancestor_cgroup_id(level);

		if (!id)
			return 0;
		if (id == node->workloads)
			return bpf_get_current_ancestor_cgroup_id(level + 1);
	}
	return 0;
}

#endif
