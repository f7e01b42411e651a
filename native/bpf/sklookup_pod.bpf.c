// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * sklookup_pod - gives every connection that enters a workload's own network namespace to the agent.
 *
 * Hook     sk_lookup on the namespace of a workload: once per SYN that no established connection takes. Addresses stay
 *          as they are, so getsockname(2) on the accepted socket is where the connection meant to go.
 *            loopback, or the same address at both ends: stays inside, or is the agent dialling the program; passes.
 *            a probed port, called from an address of the node: passes; the probe asks whether the program listens.
 *            a connection of a neighbour that was allowed to come without the agent, and said so before its SYN left:
 *              passes. Both its ends, addresses and ports, are what proves it.
 *            the HBONE port: to the agent's HBONE listener of this workload.
 *            any other port: to the agent's inbound listener of this workload, which refuses plaintext unless allowed.
 * Reads    settings, probers, probed_ports, direct_flows, listeners (by the local address, which in a namespace of its own
 *          is the workload's).
 * Writes   counters only.
 * Returns  SK_PASS, or SK_DROP (the peer sees the connection refused) when the listener is gone: the hook fails closed.
 *          Other protocols than TCP pass.
 * Limits   LISTENERS_MAX.
 * Kernel   6.1, the oldest that we test.
 * Test     libs/transport/ebpf/src/inbound.kernel.test.ts, direct.kernel.test.ts
 */
#include "steer.h"

static __always_inline bool is_probe(const struct endpoint *at, const struct mesh_address *peer)
{
	return bpf_map_lookup_elem(&probed_ports, at) && bpf_map_lookup_elem(&probers, peer);
}

/* Once its end here is established, an entry lets nobody in any more. */
static __always_inline bool is_direct(const struct bpf_sk_lookup *ctx, const struct endpoint *at,
				      const struct mesh_address *peer)
{
	struct flow flow = {.local = *peer, .remote = at->address, .remote_port = at->port};
	struct direct_flow *entry;

	flow.local_port = bpf_ntohs(ctx->remote_port);
	entry = bpf_map_lookup_elem(&direct_flows, &flow);
	return entry && !entry->is_taken;
}

SEC("sk_lookup")
int sklookup_pod(struct bpf_sk_lookup *ctx)
{
	struct listener_key key = {.address = arrived_at(ctx), .kind = LISTENER_INBOUND};
	struct mesh_address peer = came_from(ctx);
	struct mesh_settings *node = read_settings();
	struct endpoint at = {.address = key.address, .port = (__u16)ctx->local_port};

	if (ctx->protocol != IPPROTO_TCP || is_loopback(&key.address) ||
	    same_address(&key.address, &peer))
		return SK_PASS;
	if (is_probe(&at, &peer)) {
		count(COUNT_PROBES);
		return SK_PASS;
	}
	if (is_direct(ctx, &at, &peer)) {
		count(COUNT_DIRECT_ADMITTED);
		return SK_PASS;
	}
	if (node && ctx->local_port == node->hbone_port)
		key.kind = LISTENER_HBONE;
	return steer(ctx, &key);
}
