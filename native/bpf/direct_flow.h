/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * direct_flow.h - connections without the agent, from their SYN to their end.
 *
 * The caller's end files the connection before its SYN leaves, when source address and port are chosen; the callee's
 * end lets in what is filed and nothing else, until its own end is established. The entry goes when the caller's socket
 * closes.
 */
#ifndef WEFT_DIRECT_FLOW_H
#define WEFT_DIRECT_FLOW_H

#include "direct_grant.h"
#include "flow.h"
#include "local_dial.h"

/* Also a full barrier, for what is read after it. */
static __always_inline void add_filed(__u64 difference)
{
	__u32 slot = DIRECT_FILED;
	__u64 *filed = bpf_map_lookup_elem(&direct_open, &slot);
	volatile __u64 before = 0;

	if (filed)
		before = __sync_fetch_and_add(filed, difference);
	(void)before;
}

static __always_inline struct flow direct_flow_dialled(struct bpf_sock_ops *ctx)
{
	struct flow flow = flow_dialled(ctx);

	flow.netns = 0;
	return flow;
}

/*
 * A grant that is taken back goes first, and then the flows that it let in are ended: so the flow is filed first here,
 * and then the grant is read again. Whichever comes later sees the other.
 */
static __always_inline void file_direct(struct bpf_sock_ops *ctx, const struct socket_note *note)
{
	struct workload *caller = bpf_map_lookup_elem(&workloads, &note->original.caller);
	struct flow flow = direct_flow_dialled(ctx);
	struct direct_flow entry = {.caller = note->original.caller};

	if (!caller || !same_address(&flow.local, &caller->address))
		return;
	entry.cookie = bpf_get_socket_cookie(ctx);
	entry.asked.address = note->original.address;
	entry.asked.port = note->original.port;
	if (bpf_map_update_elem(&direct_flows, &flow, &entry, BPF_NOEXIST)) {
		/* One of a connection whose end nobody saw. */
		if (bpf_map_update_elem(&direct_flows, &flow, &entry, BPF_EXIST)) {
			count(COUNT_MAP_FULL);
			return;
		}
		add_filed(0);
	} else {
		add_filed(1);
	}
	if (read_grant(entry.caller, &note->direct) != DIRECT_ALLOW) {
		if (!bpf_map_delete_elem(&direct_flows, &flow))
			add_filed(-1);
		count(COUNT_DIRECT_REVOKED);
		return;
	}
	watch_states(ctx);
}

static __always_inline void open_direct(struct bpf_sock_ops *ctx, const struct socket_note *note)
{
	struct flow flow = direct_flow_dialled(ctx);
	struct direct_flow *entry = bpf_map_lookup_elem(&direct_flows, &flow);
	struct endpoint asked = {.address = note->original.address, .port = note->original.port};
	struct direct_count *counts = counts_of(note->original.caller, &asked, &note->direct);

	if (entry)
		entry->is_established = 1;
	if (counts)
		__sync_fetch_and_add(&counts->opened, 1);
}

/* At the callee's end: nobody else needs to be let in by the entry any more. */
static __always_inline void take_direct(struct bpf_sock_ops *ctx)
{
	struct flow flow = flow_accepted(ctx);
	struct direct_flow *entry;

	flow.netns = 0;
	entry = bpf_map_lookup_elem(&direct_flows, &flow);
	if (entry)
		entry->is_taken = 1;
}

/* What the peer acknowledged counts the SYN and, where it came to that, the FIN. */
static __always_inline __u64 octets_sent(const struct bpf_sock_ops *ctx)
{
	__u32 was = ctx->args[0];
	__u64 controls = 1;

	if (was == BPF_TCP_FIN_WAIT2 || was == BPF_TCP_LAST_ACK || was == BPF_TCP_TIME_WAIT ||
	    was == BPF_TCP_CLOSING)
		controls = 2;
	return ctx->bytes_acked > controls ? ctx->bytes_acked - controls : 0;
}

static __always_inline void close_direct(struct bpf_sock_ops *ctx, const struct socket_note *note)
{
	struct flow flow = direct_flow_dialled(ctx);
	struct direct_flow *entry = bpf_map_lookup_elem(&direct_flows, &flow);
	struct endpoint asked = {.address = note->original.address, .port = note->original.port};
	struct direct_count *counts = counts_of(note->original.caller, &asked, &note->direct);
	bool was_established = false, was_taken = true;

	/* A later socket may have taken the port: the entry is then its own. */
	if (entry && entry->cookie == bpf_get_socket_cookie(ctx)) {
		was_established = entry->is_established;
		was_taken = entry->is_taken;
		if (!bpf_map_delete_elem(&direct_flows, &flow))
			add_filed(-1);
	} else {
		was_established = ctx->args[0] != BPF_TCP_SYN_SENT;
	}
	if (!counts)
		return;
	if (!was_established) {
		__sync_fetch_and_add(&counts->failed, 1);
		return;
	}
	if (!was_taken)
		__sync_fetch_and_add(&counts->unproven, 1);
	__sync_fetch_and_add(&counts->sent, octets_sent(ctx));
	__sync_fetch_and_add(&counts->received, ctx->bytes_received);
	__sync_fetch_and_add(&counts->closed, 1);
}

#endif
