/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* mesh_address.h - addresses and endpoints: one form for both families. */
#ifndef WEFT_MESH_ADDRESS_H
#define WEFT_MESH_ADDRESS_H

#include "mesh_types.h"
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <linux/bpf.h>
#include <stdbool.h>

#define AF_INET 2
#define AF_INET6 10
#define SOL_SOCKET 1
#define SO_BINDTOIFINDEX 62
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#define LOOPBACK4 bpf_htonl(0x7f000001)
#define MAPPED_WORD bpf_htonl(0xffff)

/* "Any" stays all zero, so that it is one key for both families. */
static __always_inline struct mesh_address address_of_v4(__be32 v4)
{
	struct mesh_address address = {{0, 0, v4 ? MAPPED_WORD : 0, v4}};

	return address;
}

static __always_inline struct mesh_address any_address(void)
{
	struct mesh_address address = {};

	return address;
}

static __always_inline bool is_any(const struct mesh_address *address)
{
	return !(address->word[0] | address->word[1] | address->word[2] | address->word[3]);
}

static __always_inline bool is_mapped_v4(const struct mesh_address *address)
{
	return !(address->word[0] | address->word[1]) && address->word[2] == MAPPED_WORD;
}

static __always_inline bool same_address(const struct mesh_address *a, const struct mesh_address *b)
{
	return !((a->word[0] ^ b->word[0]) | (a->word[1] ^ b->word[1]) | (a->word[2] ^ b->word[2]) |
		 (a->word[3] ^ b->word[3]));
}

static __always_inline struct mesh_address loopback(bool v4)
{
	struct mesh_address address = {};

	address.word[2] = v4 ? MAPPED_WORD : 0;
	address.word[3] = v4 ? LOOPBACK4 : bpf_htonl(1);
	return address;
}

static __always_inline bool is_loopback(const struct mesh_address *address)
{
	if (is_mapped_v4(address))
		return (bpf_ntohl(address->word[3]) >> 24) == 127;
	return !(address->word[0] | address->word[1] | address->word[2]) &&
	       address->word[3] == bpf_htonl(1);
}

/*
 * Where connect(2) or sendto(2) was asked to go. To connect to "any" is to connect to loopback, so it reads as that.
 * ctx->user_port holds 16 bits in network order.
 */
static __always_inline struct endpoint asked_v4(const struct bpf_sock_addr *ctx)
{
	struct endpoint to = {};

	to.address = ctx->user_ip4 ? address_of_v4(ctx->user_ip4) : loopback(true);
	to.port = bpf_ntohs((__be16)ctx->user_port);
	return to;
}

static __always_inline struct endpoint asked_v6(const struct bpf_sock_addr *ctx)
{
	struct endpoint to = {};

	to.address.word[0] = ctx->user_ip6[0];
	to.address.word[1] = ctx->user_ip6[1];
	to.address.word[2] = ctx->user_ip6[2];
	to.address.word[3] = ctx->user_ip6[3];
	to.port = bpf_ntohs((__be16)ctx->user_port);
	if (is_any(&to.address))
		to.address = loopback(false);
	else if (is_mapped_v4(&to.address) && to.address.word[3] == 0)
		to.address = loopback(true);
	return to;
}

static __always_inline void put_v4(struct bpf_sock_addr *ctx, __be32 address, __u16 port)
{
	ctx->user_ip4 = address;
	ctx->user_port = bpf_htons(port);
}

static __always_inline void put_v6(struct bpf_sock_addr *ctx, const struct mesh_address *address,
				   __u16 port)
{
	ctx->user_ip6[0] = address->word[0];
	ctx->user_ip6[1] = address->word[1];
	ctx->user_ip6[2] = address->word[2];
	ctx->user_ip6[3] = address->word[3];
	ctx->user_port = bpf_htons(port);
}

#endif
