// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * connect6 - turns a workload's outbound IPv6 connection towards the node's agent, or to its neighbour directly.
 *
 * Hook     cgroup/connect6 on the cgroup of the workloads or of each: once per connect(2) on an IPv6 socket, TCP and
 *          UDP.
 *          A mapped address (::ffff:a.b.c.d, what Java dials) is an IPv4 destination and goes to the IPv4 listener.
 * Reads, Writes, Returns, Limits: as connect4.
 * Kernel   6.1, the oldest that we test.
 * Test     libs/transport/ebpf/src/outbound.kernel.test.ts, direct.kernel.test.ts
 */
#include "verdict.h"

SEC("cgroup/connect6")
int mesh_connect6(struct bpf_sock_addr *ctx)
{
	struct endpoint to = asked_v6(ctx);
	struct socket_note note = {};
	enum verdict verdict = capture(ctx, &to, &note);

	if (verdict == REDIRECT) {
		struct mesh_address agent = loopback(is_mapped_v4(&to.address));

		put_v6(ctx, &agent, note.agent_port);
	} else if (verdict == DIRECT) {
		put_v6(ctx, &note.direct.address, note.direct.port);
	}
	return verdict != REFUSE;
}
