// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * sklookup_node - gives connections to ports of workloads of the shared network to the agent.
 *
 * Hook     sk_lookup on the node's network namespace: once per SYN that no established connection takes.
 *            the HBONE port at an address with an HBONE listener: to that listener, whoever else took the port.
 *            a port that a workload owns: passes when the agent or that workload itself dials (local_dials), else to
 *              the agent's inbound listener, which refuses plaintext unless allowed.
 *            everything else is not ours and passes.
 * Reads    settings, ports, local_dials, listeners.
 * Writes   counters only.
 * Returns  SK_PASS, or SK_DROP (the peer sees the connection refused) when the inbound listener is gone: the hook fails
 *          closed for ports of workloads and open for everything else on the machine.
 * Limits   PORTS_MAX, LISTENERS_MAX.
 * Kernel   6.1, the oldest that we test.
 * Test     libs/transport/ebpf/src/inbound.kernel.test.ts
 */
#include "port_owner.h"
#include "steer.h"

static __always_inline bool is_local_dial(const struct bpf_sk_lookup *ctx,
					  const struct endpoint *at,
					  const struct mesh_settings *node)
{
	struct flow flow = {.netns = node->netns};

	flow.local = came_from(ctx);
	flow.remote = at->address;
	flow.local_port = bpf_ntohs(ctx->remote_port);
	flow.remote_port = at->port;
	return bpf_map_lookup_elem(&local_dials, &flow) != NULL;
}

SEC("sk_lookup")
int sklookup_node(struct bpf_sk_lookup *ctx)
{
	struct endpoint at = {.address = arrived_at(ctx), .port = (__u16)ctx->local_port};
	struct listener_key inbound = {.kind = LISTENER_INBOUND};
	struct listener_key hbone = {.address = at.address, .kind = LISTENER_HBONE};
	struct mesh_settings *node = read_settings();

	if (!node || ctx->protocol != IPPROTO_TCP)
		return SK_PASS;
	if (at.port == node->hbone_port) {
		struct bpf_sock *listener = bpf_map_lookup_elem(&listeners, &hbone);

		if (!listener)
			return SK_PASS;
		bpf_sk_release(listener);
		return steer(ctx, &hbone);
	}
	if (!find_port_owner(&at))
		return SK_PASS;
	if (is_local_dial(ctx, &at, node)) {
		count(COUNT_OWN_DIALS);
		return SK_PASS;
	}
	return steer(ctx, &inbound);
}
