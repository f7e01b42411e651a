/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * direct_grant.h - whether a connection may go to a workload of this node without the agent, and to which.
 *
 * User space writes only what the policies were asked about, by the same code that the agent's inbound side asks them
 * with. What is not written, or can't be filed so that the callee's end can prove it, goes by the agent.
 */
#ifndef WEFT_DIRECT_GRANT_H
#define WEFT_DIRECT_GRANT_H

#include "ipv6_only.h"
#include "mesh_address.h"
#include "mesh_maps.h"

/* 0 when nothing is written of the pair. */
static __always_inline __u32 read_grant(__u64 caller, const struct endpoint *callee)
{
	struct direct_pair pair = {.caller = caller, .callee = *callee};
	__u32 *verdict = bpf_map_lookup_elem(&direct_grants, &pair);

	return verdict ? *verdict : 0;
}

/* Numbers of one caller, callee and address asked for; NULL when there is no room. */
static __always_inline struct direct_count *counts_of(__u64 caller, const struct endpoint *asked,
						      const struct endpoint *callee)
{
	struct direct_count_key key = {.caller = caller, .asked = *asked, .callee = *callee};
	struct direct_count *found = bpf_map_lookup_elem(&direct_counts, &key);
	struct direct_count none = {};

	if (found)
		return found;
	bpf_map_update_elem(&direct_counts, &key, &none, BPF_NOEXIST);
	return bpf_map_lookup_elem(&direct_counts, &key);
}

/* Whether one more connection can be filed. */
static __always_inline bool has_room_for_flow(void)
{
	__u32 filed = DIRECT_FILED, swept = DIRECT_SWEPT;
	__u64 *entries = bpf_map_lookup_elem(&direct_open, &filed);
	__u64 *gone = bpf_map_lookup_elem(&direct_open, &swept);

	return entries && gone && *entries - *gone < DIRECT_FLOWS_MAX;
}

/* A program bound to another address than its workload's could not be proved where it arrives. */
static __always_inline bool is_bound_elsewhere(const struct bpf_sock *socket,
					       const struct workload *caller)
{
	struct mesh_address bound;

	if (socket->family == AF_INET) {
		bound = address_of_v4(socket->src_ip4);
	} else {
		bound.word[0] = socket->src_ip6[0];
		bound.word[1] = socket->src_ip6[1];
		bound.word[2] = socket->src_ip6[2];
		bound.word[3] = socket->src_ip6[3];
	}
	return !is_any(&bound) && !same_address(&bound, &caller->address);
}

/* An IPv6 socket reaches an IPv4 endpoint in mapped form, unless its program wants none of that. */
static __always_inline bool can_reach(struct bpf_sock *socket, const struct endpoint *to)
{
	return !is_mapped_v4(&to->address) || socket->family == AF_INET || !is_ipv6_only(socket);
}

static __always_inline bool is_listening(const struct endpoint *at)
{
	struct port_owner *owner = bpf_map_lookup_elem(&pod_ports, at);

	return owner && (owner->listeners || (owner->flags & PORT_KEPT));
}

/*
 * One of the endpoints by chance: the verdict on that one counts, as it does when the agent chooses. One on which
 * nobody listens is passed over for the next. `chosen` is written whenever the answer is not 0.
 */
static __always_inline __u32 choose_direct(__u64 caller, const struct endpoint *to,
					   struct endpoint *chosen)
{
	struct direct_service *service = bpf_map_lookup_elem(&direct_services, to);
	__u32 first, used;

	if (!service)
		return 0;
	used = service->endpoints_used;
	if (used == 0 || used > DIRECT_ENDPOINTS_MAX)
		return 0;
	first = bpf_get_prandom_u32() % used;
	for (__u32 i = 0; i < DIRECT_ENDPOINTS_MAX; i++) {
		__u32 at = first + i < used ? first + i : first + i - used;
		__u32 verdict;

		if (i >= used)
			break;
		*chosen = service->endpoints[at & (DIRECT_ENDPOINTS_MAX - 1)];
		if (!is_mapped_v4(&chosen->address) && is_mapped_v4(&to->address))
			return 0;
		verdict = read_grant(caller, chosen);
		if (verdict != DIRECT_ALLOW || is_listening(chosen))
			return verdict;
	}
	return 0;
}

#endif
