// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * sklookup_node - gives connections to ports of workloads of the shared network to the agent.
 *
 * Hook     sk_lookup on the node's network namespace: once per SYN that no established connection takes.
 *            the HBONE port at an address with an HBONE listener: to that listener, whoever else took the port.
 *            a connection that the agent or a workload itself dials (local_dials): passes when the workload that it is
 *              meant for is the one that listens there, else it is refused. No socket but that workload's gets it.
 *            any other to a port that a workload owns: to the agent's inbound listener, which refuses plaintext unless
 *              allowed.
 *            everything else is not ours and passes.
 * Reads    settings, ports, local_dials, listeners.
 * Writes   counters only.
 * Returns  SK_PASS, or SK_DROP (the peer sees the connection refused) for a dial that would reach somebody else, and
 *          when the inbound listener is gone: the hook fails closed for ports of workloads and open for everything else
 *          on the machine.
 * Limits   PORTS_MAX, LISTENERS_MAX.
 * Kernel   6.1, the oldest that we test.
 * Test     libs/transport/ebpf/src/inbound.kernel.test.ts
 */
#include "port_owner.h"
#include "steer.h"

/* The workload that the connection is meant for, NULL when nobody filed it. */
static __always_inline __u64 *find_local_dial(const struct bpf_sk_lookup *ctx,
					      const struct endpoint *at,
					      const struct mesh_settings *node)
{
	struct flow flow = {.netns = node->netns};

	flow.local = came_from(ctx);
	flow.remote = at->address;
	flow.local_port = bpf_ntohs(ctx->remote_port);
	flow.remote_port = at->port;
	return bpf_map_lookup_elem(&local_dials, &flow);
}

SEC("sk_lookup")
int sklookup_node(struct bpf_sk_lookup *ctx)
{
	struct endpoint at = {.address = arrived_at(ctx), .port = (__u16)ctx->local_port};
	struct listener_key inbound = {.kind = LISTENER_INBOUND};
	struct listener_key hbone = {.address = at.address, .kind = LISTENER_HBONE};
	struct mesh_settings *node = read_settings();
	__u64 *meant;

	if (!node || ctx->protocol != IPPROTO_TCP)
		return SK_PASS;
	if (at.port == node->hbone_port) {
		struct bpf_sock *listener = bpf_map_lookup_elem(&listeners, &hbone);

		if (!listener)
			return SK_PASS;
		bpf_sk_release(listener);
		return steer(ctx, &hbone);
	}
	meant = find_local_dial(ctx, &at, node);
	if (meant) {
		bool listens = find_listener_owner(&at) == *meant;

		count(listens ? COUNT_OWN_DIALS : COUNT_MISDIRECTED);
		return listens ? SK_PASS : SK_DROP;
	}
	if (!find_port_owner(&at))
		return SK_PASS;
	return steer(ctx, &inbound);
}
