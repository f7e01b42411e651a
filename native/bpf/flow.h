/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* flow.h - the ends of a connection as sockops programs see them. */
#ifndef WEFT_FLOW_H
#define WEFT_FLOW_H

#include "mesh_address.h"

/*
 * In bpf_sock_ops, addresses and remote_port are in network order (the port in the upper half), local_port in host
 * order.
 */
static __always_inline struct mesh_address local_address(const struct bpf_sock_ops *ctx)
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

static __always_inline struct mesh_address remote_address(const struct bpf_sock_ops *ctx)
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

static __always_inline __u16 remote_port(const struct bpf_sock_ops *ctx)
{
	return (__u16)bpf_ntohl(ctx->remote_port);
}

/* As the end that dialled sees the connection: at the dialler itself. */
static __always_inline struct flow flow_dialled(struct bpf_sock_ops *ctx)
{
	struct flow flow = {.netns = bpf_get_netns_cookie(ctx)};

	flow.local = local_address(ctx);
	flow.remote = remote_address(ctx);
	flow.local_port = (__u16)ctx->local_port;
	flow.remote_port = remote_port(ctx);
	return flow;
}

/* As the end that dialled sees the connection: at the end that accepted. */
static __always_inline struct flow flow_accepted(struct bpf_sock_ops *ctx)
{
	struct flow flow = {.netns = bpf_get_netns_cookie(ctx)};

	flow.local = remote_address(ctx);
	flow.remote = local_address(ctx);
	flow.local_port = remote_port(ctx);
	flow.remote_port = (__u16)ctx->local_port;
	return flow;
}

#endif
