// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * connect4 - turns a workload's outbound IPv4 connection towards the node's agent.
 *
 * Hook     cgroup/connect4 on the cgroup of the workloads or of each: once per connect(2), TCP and UDP, before a route
 *          is chosen.
 *          TCP Fast Open (sendto with MSG_FASTOPEN) and the subflows of MPTCP pass here too.
 * Reads    settings, workloads, destinations, node_addresses, ports; the agent's listeners in the caller's namespace.
 * Writes   notes[socket] = where the workload meant to go; sockops files it for the agent to find.
 * Returns  1 (allow) when redirected or left alone; 0 (EPERM) when the caller is not enrolled, the agent does not
 *          listen or there is no memory for the note: the hook fails closed. verdict.h has the order.
 * Limits   one note of 48 octets per socket, gone with it.
 * Kernel   6.1, the oldest that we test.
 * Test     libs/transport/ebpf/src/outbound.kernel.test.ts
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
	return verdict != REFUSE;
}
