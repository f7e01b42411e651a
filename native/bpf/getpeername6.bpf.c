// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * getpeername6 - tells a workload that its redirected IPv6 connection leads where it asked to go.
 *
 * Hook     cgroup/getpeername6 on the cgroup of the workloads or of each: once per getpeername(2).
 * Reads    notes[socket].
 * Writes   nothing.
 * Returns  1 always, as the kernel demands: the hook can only change the answer.
 * Limits   none of its own.
 * Kernel   6.1, the oldest that we test.
 * Test     libs/transport/ebpf/src/outbound.kernel.test.ts
 */
#include "asked_address.h"

SEC("cgroup/getpeername6")
int mesh_peername6(struct bpf_sock_addr *ctx)
{
	give_back_v6(ctx);
	return 1;
}
