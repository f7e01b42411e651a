// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * sockops - files a workload's redirected connection for the agent, and watches the ports that workloads take.
 *
 * Hook     sockops on the cgroup of the workloads or of each.
 *            active established: runs before the last ACK of the handshake leaves, so that the agent's end finds the
 *              entry when it becomes established.
 *            connect: a dial of the workload's own port in the shared network is filed, to be let in; so is one that goes
 *              to a neighbour without the agent.
 *            listen: a port of the shared network is recorded with the workload that listens there, declared or not, so
 *              that sk_lookup_node protects it from then on; where two workloads do, as contested. In an own network it
 *              is noted, so that nobody is sent there directly while nobody listens.
 *            passive established: children of such a listener lose its interest in states; the caller's entry has served.
 *            state (only of such dials and listeners): takes the entry out on close.
 * Reads    settings, workloads, notes, direct_grants.
 * Writes   handshakes, local_dials, ports, pod_ports, direct_flows, direct_open, direct_counts.
 * Returns  1 always; what it returns decides nothing. A connection that could not be filed reaches the agent without a
 *          note and is refused there. A listener that found no room in ports is not protected: counted.
 * Limits   HANDSHAKES_MAX between the two ends at once; PORTS_MAX, POD_PORTS_MAX; DIRECT_FLOWS_MAX open at once, one that
 *          finds no room is refused where it arrives.
 * Kernel   6.1, the oldest that we test.
 * Test     libs/transport/ebpf/src/outbound.kernel.test.ts, inbound.kernel.test.ts,
 *          direct.kernel.test.ts
 */
#include "direct_flow.h"
#include "local_dial.h"
#include "pod_port.h"
#include "port_owner.h"
#include "socket_owner.h"

static __always_inline struct socket_note *find_note(struct bpf_sock_ops *ctx, __u32 kind)
{
	struct bpf_sock *socket = ctx->sk;
	struct socket_note *note;

	if (!socket)
		return NULL;
	note = bpf_sk_storage_get(&notes, socket, 0, 0);
	return note && note->kind == kind ? note : NULL;
}

static __always_inline void file_handshake(struct bpf_sock_ops *ctx)
{
	struct socket_note *note = find_note(ctx, NOTE_REDIRECTED);
	struct handshake handshake;
	struct flow flow;

	if (!note)
		return;
	flow = flow_dialled(ctx);
	handshake.original = note->original;
	handshake.client_sequence = ctx->snd_una;
	handshake.server_sequence = ctx->rcv_nxt;
	count(bpf_map_update_elem(&handshakes, &flow, &handshake, BPF_ANY) ? COUNT_MAP_FULL
									   : COUNT_FILED);
}

static __always_inline void connected(struct bpf_sock_ops *ctx)
{
	struct socket_note *note = find_note(ctx, NOTE_DIRECT);

	if (note)
		open_direct(ctx, note);
	else
		file_handshake(ctx);
}

static __always_inline void file_dial(struct bpf_sock_ops *ctx)
{
	struct socket_note *own = find_note(ctx, NOTE_OWN_PORT);
	struct socket_note *direct = own ? NULL : find_note(ctx, NOTE_DIRECT);

	if (own)
		file_local_dial(ctx, own->original.caller);
	else if (direct)
		file_direct(ctx, direct);
}

static __always_inline void forget_dial(struct bpf_sock_ops *ctx)
{
	struct socket_note *note = find_note(ctx, NOTE_DIRECT);

	if (note)
		close_direct(ctx, note);
	else
		forget_local_dial(ctx);
}

/* A declared port stands in the map at the address of its workload, wherever the program then listens. */
static __always_inline bool is_declared(const struct port_owner *listening, __u16 port)
{
	struct workload *workload = bpf_map_lookup_elem(&workloads, &listening->workload);
	struct endpoint declared = {.port = port};
	struct port_owner *owner;

	if (!workload)
		return false;
	declared.address = workload->address;
	owner = bpf_map_lookup_elem(&ports, &declared);
	return owner && owner->workload == listening->workload && (owner->flags & PORT_DECLARED);
}

static __always_inline void record_listener(struct bpf_sock_ops *ctx)
{
	struct endpoint at = {.address = local_address(ctx), .port = (__u16)ctx->local_port};
	struct mesh_settings *node = read_settings();
	struct port_owner listening = {.listeners = 1};
	struct port_owner *owner;

	if (!node)
		return;
	if (bpf_get_netns_cookie(ctx) != node->netns) {
		record_pod_listener(ctx, socket_workload(ctx, node));
		return;
	}
	if (is_agent_port(node, at.port))
		return;
	listening.workload = socket_workload(ctx, node);
	if (!listening.workload)
		return;
	watch_states(ctx);
	owner = bpf_map_lookup_elem(&ports, &at);
	if (owner && (owner->workload == listening.workload || owner->listeners)) {
		__sync_fetch_and_add(&owner->listeners, 1);
		if (owner->workload == listening.workload)
			return;
		/* Until all of these sockets are closed the agent delivers to none of them. */
		owner->flags |= PORT_CONTESTED;
		count(COUNT_CONTESTED_PORTS);
		return;
	}
	listening.flags = is_declared(&listening, at.port) ? PORT_DECLARED : 0;
	if (!listening.flags)
		count(COUNT_UNDECLARED_PORTS);
	/* Somebody else may have declared the port; who listens is who owns it. */
	if (bpf_map_update_elem(&ports, &at, &listening, BPF_ANY))
		count(COUNT_MAP_FULL);
}

static __always_inline void forget_listener(struct bpf_sock_ops *ctx)
{
	struct endpoint at = {.address = local_address(ctx), .port = (__u16)ctx->local_port};
	struct mesh_settings *node = read_settings();
	struct port_owner *owner;

	if (node && bpf_get_netns_cookie(ctx) != node->netns) {
		forget_pod_listener(ctx, socket_workload(ctx, node));
		return;
	}
	owner = bpf_map_lookup_elem(&ports, &at);
	if (!owner || !owner->listeners)
		return;
	if (__sync_fetch_and_add(&owner->listeners, -1) != 1)
		return;
	if (owner->flags & PORT_KEPT)
		owner->flags &= ~PORT_CONTESTED;
	else
		bpf_map_delete_elem(&ports, &at);
}

SEC("sockops")
int mesh_sockops(struct bpf_sock_ops *ctx)
{
	switch (ctx->op) {
	case BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB:
		connected(ctx);
		break;
	case BPF_SOCK_OPS_TCP_CONNECT_CB:
		file_dial(ctx);
		break;
	case BPF_SOCK_OPS_TCP_LISTEN_CB:
		record_listener(ctx);
		break;
	case BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB:
		unwatch_states(ctx);
		take_direct(ctx);
		break;
	case BPF_SOCK_OPS_STATE_CB:
		if (ctx->args[1] != BPF_TCP_CLOSE)
			break;
		if (ctx->args[0] == BPF_TCP_LISTEN)
			forget_listener(ctx);
		else
			forget_dial(ctx);
		break;
	}
	return 1;
}
