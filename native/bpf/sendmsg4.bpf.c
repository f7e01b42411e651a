// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * sendmsg4 - turns a workload's DNS query on an unconnected IPv4 socket towards the node's agent.
 *
 * Hook     cgroup/sendmsg4 on the cgroup of the workloads or of each: once per UDP datagram sent with an address.
 * Reads    settings, workloads, node_addresses; the agent's listeners in the caller's namespace.
 * Writes   notes[socket] = the server asked last; recvmsg4 gives it back as the source of the answer.
 * Returns  as connect4. Datagrams to other ports than 53 are not of the mesh: they pass while the agent listens.
 * Limits   a socket that asks several servers at once sees every answer come from the last that it asked.
 * Kernel   6.1, the oldest that we test.
 * Test     libs/transport/ebpf/src/dns.kernel.test.ts
 */
#include "verdict.h"

SEC("cgroup/sendmsg4")
int mesh_sendmsg4(struct bpf_sock_addr *ctx)
{
	struct endpoint to = asked_v4(ctx);
	struct socket_note note = {};
	enum verdict verdict = capture(ctx, &to, &note);

	if (verdict == REDIRECT)
		put_v4(ctx, LOOPBACK4, note.agent_port);
	return verdict != REFUSE;
}
