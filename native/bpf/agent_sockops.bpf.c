// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * agent_sockops - hands the original destination to the socket that the agent accepts, and lets the agent's own
 * connections into the shared network.
 *
 * Hook     sockops on the agent's cgroup.
 *            passive established: takes the handshake that the workload's end filed. It is the same connection only if
 *              the sequence numbers of both ends agree; ports alone may have been used again, or by a stranger.
 *            connect: a dial into the shared network is filed before its SYN leaves, with the workload it is meant for.
 *            state (only of such dials): the dial is taken out when it closes.
 * Reads    settings, agent_dials, handshakes.
 * Writes   notes[accepted socket], local_dials; takes out of handshakes.
 * Returns  1 always; what it returns decides nothing. A connection without a note is refused by the agent.
 * Limits   HANDSHAKES_MAX between the two ends at once, LOCAL_DIALS_MAX open dials; the oldest goes first.
 * Kernel   6.1, the oldest that we test.
 * Test     libs/transport/ebpf/src/outbound.kernel.test.ts, inbound.kernel.test.ts
 */
#include "local_dial.h"

static __always_inline void take_handshake(struct bpf_sock_ops *ctx)
{
	struct flow flow = flow_accepted(ctx);
	struct mesh_settings *node = read_settings();
	struct bpf_sock *socket = ctx->sk;
	struct handshake *filed;
	struct socket_note *note;

	if (!node || flow.remote_port != node->outbound_port || !is_loopback(&flow.remote))
		return;
	filed = bpf_map_lookup_elem(&handshakes, &flow);
	if (!filed || filed->client_sequence != ctx->rcv_nxt ||
	    filed->server_sequence != ctx->snd_nxt || !socket) {
		count(COUNT_UNCLAIMED);
		return;
	}
	note = bpf_sk_storage_get(&notes, socket, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (note) {
		note->original = filed->original;
		note->kind = NOTE_ACCEPTED;
		count(COUNT_TAKEN);
	}
	bpf_map_delete_elem(&handshakes, &flow);
}

static __always_inline void file_own_dial(struct bpf_sock_ops *ctx)
{
	struct mesh_settings *node = read_settings();
	struct bpf_sock *socket = ctx->sk;
	__u64 *workload;

	if (!node || !socket || bpf_get_netns_cookie(ctx) != node->netns)
		return;
	workload = bpf_sk_storage_get(&agent_dials, socket, 0, 0);
	if (workload)
		file_local_dial(ctx, *workload);
}

SEC("sockops")
int agent_sockops(struct bpf_sock_ops *ctx)
{
	switch (ctx->op) {
	case BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB:
		take_handshake(ctx);
		break;
	case BPF_SOCK_OPS_TCP_CONNECT_CB:
		file_own_dial(ctx);
		break;
	case BPF_SOCK_OPS_STATE_CB:
		if (ctx->args[1] == BPF_TCP_CLOSE)
			forget_local_dial(ctx);
		break;
	}
	return 1;
}
