// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * recvmsg4 - shows the answer to a redirected DNS query as coming from the server that was asked.
 *
 * Hook     cgroup/recvmsg4 on the cgroup of the workloads or of each: once per UDP datagram received with its source.
 *          Resolvers drop an answer from another address than the one they asked.
 * Reads    notes[socket].
 * Writes   nothing.
 * Returns  1 always, as the kernel demands: the hook can only change the source shown.
 * Limits   none of its own.
 * Kernel   6.1, the oldest that we test.
 * Test     libs/transport/ebpf/src/dns.kernel.test.ts
 */
#include "asked_address.h"

SEC("cgroup/recvmsg4")
int mesh_recvmsg4(struct bpf_sock_addr *ctx)
{
	give_back_v4(ctx);
	return 1;
}
