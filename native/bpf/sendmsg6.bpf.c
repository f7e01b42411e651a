// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * sendmsg6 - turns a workload's DNS query on an unconnected IPv6 socket towards the node's agent.
 *
 * Hook     cgroup/sendmsg6 on the cgroup of the workloads or of each: once per UDP datagram sent with an IPv6 address.
 *          The kernel hands a datagram to a mapped address over to IPv4 before this hook, so sendmsg4 sees that one.
 * Reads, Writes, Returns, Limits: as sendmsg4.
 * Kernel   6.1, the oldest that we test.
 * Test     libs/transport/ebpf/src/dns.kernel.test.ts
 */
#include "verdict.h"

SEC("cgroup/sendmsg6")
int mesh_sendmsg6(struct bpf_sock_addr *ctx)
{
	struct endpoint to = asked_v6(ctx);
	struct socket_note note = {};
	enum verdict verdict = capture(ctx, &to, &note);

	if (verdict == REDIRECT) {
		struct mesh_address agent = loopback(is_mapped_v4(&to.address));

		put_v6(ctx, &agent, note.agent_port);
	}
	return verdict != REFUSE;
}
