// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * connect4 - turns a workload's outbound IPv4 connection towards the node's agent, or to its neighbour directly.
 *
 * Hook     cgroup/connect4 on the cgroup of the workloads or of each: once per connect(2), TCP and UDP, before a route
 *          is chosen.
 *          TCP Fast Open (sendto with MSG_FASTOPEN) and the subflows of MPTCP pass here too.
 * Reads    settings, workloads, destinations, node_addresses, ports; the agent's listeners in the caller's namespace;
 *          direct_services, direct_grants, pod_ports, direct_open.
 * Writes   notes[socket] = where the workload meant to go; sockops files it for the agent, or the callee's end, to find.
 *          direct_counts for what policies refuse.
 * Returns  1 (allow) when redirected or left alone; 0 (EPERM) when the caller is not enrolled, the agent does not
 *          listen, policies refuse the caller or there is no memory for the note: the hook fails closed. verdict.h has
 *          the order.
 * Limits   one note of 72 octets per socket, gone with it.
 * Kernel   6.1, the oldest that we test.
 * Test     libs/transport/ebpf/src/outbound.kernel.test.ts, direct.kernel.test.ts
 */
#include "verdict.h"

SEC("cgroup/connect4")
int mesh_connect4(struct bpf_sock_addr *ctx)
{
	struct endpoint to = asked_v4(ctx);
	struct socket_note note = {};
	enum verdict verdict = capture(ctx, &to, &note);

	if (verdict == REDIRECT)
		put_v4(ctx, LOOPBACK4, note.agent_port);
	else if (verdict == DIRECT)
		put_v4(ctx, note.direct.address.word[3], note.direct.port);
	return verdict != REFUSE;
}
