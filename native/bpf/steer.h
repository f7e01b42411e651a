/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* steer.h - gives an incoming connection to a listener of the agent, or to nobody. */
#ifndef WEFT_STEER_H
#define WEFT_STEER_H

#include "mesh_address.h"
#include "mesh_maps.h"

/* In bpf_sk_lookup, addresses and remote_port are in network order, local_port in host order. */
static __always_inline struct mesh_address arrived_at(const struct bpf_sk_lookup *ctx)
{
	struct mesh_address address;

	if (ctx->family == AF_INET)
		return address_of_v4(ctx->local_ip4);
	address.word[0] = ctx->local_ip6[0];
	address.word[1] = ctx->local_ip6[1];
	address.word[2] = ctx->local_ip6[2];
	address.word[3] = ctx->local_ip6[3];
	return address;
}

static __always_inline struct mesh_address came_from(const struct bpf_sk_lookup *ctx)
{
	struct mesh_address address;

	if (ctx->family == AF_INET)
		return address_of_v4(ctx->remote_ip4);
	address.word[0] = ctx->remote_ip6[0];
	address.word[1] = ctx->remote_ip6[1];
	address.word[2] = ctx->remote_ip6[2];
	address.word[3] = ctx->remote_ip6[3];
	return address;
}

static __always_inline int steer(struct bpf_sk_lookup *ctx, const struct listener_key *key)
{
	struct bpf_sock *listener = bpf_map_lookup_elem(&listeners, key);
	long error;

	if (!listener) {
		count(COUNT_DROPPED);
		return SK_DROP;
	}
	error = bpf_sk_assign(ctx, listener, 0);
	bpf_sk_release(listener);
	count(error ? COUNT_DROPPED : COUNT_STEERED);
	return error ? SK_DROP : SK_PASS;
}

#endif
