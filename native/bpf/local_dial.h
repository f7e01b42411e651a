/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * local_dial.h - connections that may enter the shared network without the mesh: the agent's own to the application,
 * and a workload's own to itself; each with the workload whose socket it is for, and no other's. Written before the SYN leaves, taken out when the socket closes (a retransmitted SYN
 * or a SYN cookie needs the entry again).
 */
#ifndef WEFT_LOCAL_DIAL_H
#define WEFT_LOCAL_DIAL_H

#include "flow.h"
#include "mesh_maps.h"

/* Flags that somebody else's program set on the socket stay. */
static __always_inline void watch_states(struct bpf_sock_ops *ctx)
{
	bpf_sock_ops_cb_flags_set(ctx, ctx->bpf_sock_ops_cb_flags | BPF_SOCK_OPS_STATE_CB_FLAG);
}

static __always_inline void unwatch_states(struct bpf_sock_ops *ctx)
{
	bpf_sock_ops_cb_flags_set(ctx, ctx->bpf_sock_ops_cb_flags & ~BPF_SOCK_OPS_STATE_CB_FLAG);
}

static __always_inline void file_local_dial(struct bpf_sock_ops *ctx, __u64 workload)
{
	struct flow flow = flow_dialled(ctx);

	if (bpf_map_update_elem(&local_dials, &flow, &workload, BPF_ANY))
		count(COUNT_MAP_FULL);
	watch_states(ctx);
}

static __always_inline void forget_local_dial(struct bpf_sock_ops *ctx)
{
	struct flow flow = flow_dialled(ctx);

	bpf_map_delete_elem(&local_dials, &flow);
}

#endif
