/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * caller.h - which workload the running task belongs to.
 *
 * A program may make cgroups below its own, and a pod holds one for each container, so the task's own cgroup says
 * little: what counts is its nearest ancestor that is enrolled. Where a parent holds the workloads, its children are
 * workloads before they are enrolled too. Levels depend on the machine (a container hides those above it), so every
 * ancestor is looked at.
 */
#ifndef WEFT_CALLER_H
#define WEFT_CALLER_H

#include "mesh_maps.h"
#include <stdbool.h>

#define LEVELS_MAX 24

/* Id of the workload's cgroup, or 0 when the task is in none: it uses a socket that somebody made for it in one. */
static __always_inline __u64 caller_cgroup(const struct mesh_settings *node)
{
	bool is_child = false;
	__u64 nearest = 0;

	for (int level = 1; level < LEVELS_MAX; level++) {
		__u64 id = bpf_get_current_ancestor_cgroup_id(level);

		if (!id)
			break;
		if (is_child || bpf_map_lookup_elem(&workloads, &id))
			nearest = id;
		is_child = id == node->workloads;
	}
	return nearest;
}

#endif
