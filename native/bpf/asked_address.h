/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* asked_address.h - the way back: whom the workload believes it is talking to. */
#ifndef WEFT_ASKED_ADDRESS_H
#define WEFT_ASKED_ADDRESS_H

#include "mesh_address.h"
#include "mesh_maps.h"

/* The note of a socket that was turned away, when the address at hand is the one that it was turned to. Else NULL. */
static __always_inline struct socket_note *find_turned(struct bpf_sock_addr *ctx,
						       const struct endpoint *peer)
{
	struct bpf_sock *socket = ctx->sk;
	struct socket_note *note;
	bool is_turned;

	if (!socket)
		return NULL;
	note = bpf_sk_storage_get(&notes, socket, 0, 0);
	if (!note)
		return NULL;
	if (note->kind == NOTE_DIRECT)
		is_turned = note->direct.port == peer->port &&
			    same_address(&note->direct.address, &peer->address);
	else
		is_turned = (note->kind == NOTE_REDIRECTED || note->kind == NOTE_DNS) &&
			    note->agent_port == peer->port && is_loopback(&peer->address);
	return is_turned ? note : NULL;
}

static __always_inline void give_back_v4(struct bpf_sock_addr *ctx)
{
	struct endpoint peer = asked_v4(ctx);
	struct socket_note *note = find_turned(ctx, &peer);

	if (note)
		put_v4(ctx, note->original.address.word[3], note->original.port);
}

static __always_inline void give_back_v6(struct bpf_sock_addr *ctx)
{
	struct endpoint peer = asked_v6(ctx);
	struct socket_note *note = find_turned(ctx, &peer);

	if (note)
		put_v6(ctx, &note->original.address, note->original.port);
}

#endif
