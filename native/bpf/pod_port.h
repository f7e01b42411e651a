/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * pod_port.h - on which ports of its address a workload of an own network can be connected to.
 *
 * Programs that listen on loopback alone, or for IPv6 alone where the workload has an IPv4 address, are reached by the
 * agent, which tries loopback too.
 */
#ifndef WEFT_POD_PORT_H
#define WEFT_POD_PORT_H

#include "flow.h"
#include "ipv6_only.h"
#include "local_dial.h"
#include "mesh_maps.h"

/* Where the socket is reached at the workload's address; false when it is not. */
static __always_inline bool find_pod_port(struct bpf_sock_ops *ctx, __u64 id, struct endpoint *at)
{
	struct mesh_address bound = local_address(ctx);
	struct workload *workload = bpf_map_lookup_elem(&workloads, &id);
	struct bpf_sock *socket = ctx->sk;

	if (!workload || (workload->flags & WORKLOAD_SHARED_NETWORK))
		return false;
	if (!is_any(&bound) && !same_address(&bound, &workload->address))
		return false;
	if (is_any(&bound) && is_mapped_v4(&workload->address) != (ctx->family == AF_INET) &&
	    (ctx->family == AF_INET || !socket || is_ipv6_only(socket)))
		return false;
	at->address = workload->address;
	at->port = (__u16)ctx->local_port;
	return true;
}

static __always_inline void record_pod_listener(struct bpf_sock_ops *ctx, __u64 workload)
{
	struct port_owner listening = {.workload = workload, .listeners = 1};
	struct endpoint at = {};
	struct port_owner *owner;

	if (!workload || !find_pod_port(ctx, workload, &at))
		return;
	owner = bpf_map_lookup_elem(&pod_ports, &at);
	if (owner && owner->workload == workload)
		__sync_fetch_and_add(&owner->listeners, 1);
	else if (bpf_map_update_elem(&pod_ports, &at, &listening, BPF_ANY)) {
		count(COUNT_MAP_FULL);
		return;
	}
	watch_states(ctx);
}

static __always_inline void forget_pod_listener(struct bpf_sock_ops *ctx, __u64 workload)
{
	struct endpoint at = {};
	struct port_owner *owner;

	if (!workload || !find_pod_port(ctx, workload, &at))
		return;
	owner = bpf_map_lookup_elem(&pod_ports, &at);
	if (!owner || owner->workload != workload)
		return;
	/* What user space saw before is looked at anew by it. */
	owner->flags &= ~PORT_KEPT;
	if (owner->listeners && __sync_fetch_and_add(&owner->listeners, -1) == 1)
		bpf_map_delete_elem(&pod_ports, &at);
}

#endif
