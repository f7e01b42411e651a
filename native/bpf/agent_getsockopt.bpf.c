// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * agent_getsockopt - answers the agent's question where an accepted connection meant to go.
 *
 * Hook     cgroup/getsockopt on the agent's cgroup: once per getsockopt(2) of the agent.
 * Reads    notes[socket].
 * Writes   nothing.
 * Returns  1 always: other options pass as the kernel answered them. SOL_IP, SO_ORIGINAL_DST with room for 40 octets
 *          gives struct original_destination; without a note the kernel's own answer stands (ENOPROTOOPT or, with
 *          connection tracking, ENOENT).
 * Limits   none of its own.
 * Kernel   6.1, the oldest that we test.
 * Test     libs/transport/ebpf/src/outbound.kernel.test.ts
 */
#include "mesh_maps.h"

#define SOL_IP 0
#define SO_ORIGINAL_DST 80

SEC("cgroup/getsockopt")
int agent_getsockopt(struct bpf_sockopt *ctx)
{
	struct original_destination *answer = ctx->optval;
	struct bpf_sock *socket = ctx->sk;
	struct socket_note *note;

	if (ctx->level != SOL_IP || ctx->optname != SO_ORIGINAL_DST || !socket)
		return 1;
	if ((void *)(answer + 1) > ctx->optval_end)
		return 1;
	note = bpf_sk_storage_get(&notes, socket, 0, 0);
	if (!note || note->kind != NOTE_ACCEPTED)
		return 1;
	*answer = note->original;
	ctx->optlen = sizeof(*answer);
	barrier(); /* the verifier knows the two fields only one by one; the compiler would write them as one */
	ctx->retval = 0;
	return 1;
}
