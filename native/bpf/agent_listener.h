/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * agent_listener.h - whether the agent listens, as the kernel has it at this moment.
 *
 * The socket is looked up in the caller's own network namespace and must carry the agent's mark: a port that somebody
 * else took while the agent was away does not count. A killed agent is noticed with the very next connection.
 */
#ifndef WEFT_AGENT_LISTENER_H
#define WEFT_AGENT_LISTENER_H

#include "mesh_address.h"
#include "mesh_maps.h"

static __always_inline bool agent_listens(struct bpf_sock_addr *ctx, bool v4, __u16 port,
					  bool datagram)
{
	struct bpf_sock_tuple tuple = {};
	struct bpf_sock *listener;
	__u32 tuple_bytes;
	bool is_ours;

	if (v4) {
		tuple.ipv4.saddr = LOOPBACK4;
		tuple.ipv4.daddr = LOOPBACK4;
		tuple.ipv4.dport = bpf_htons(port);
		tuple_bytes = sizeof(tuple.ipv4);
	} else {
		tuple.ipv6.saddr[3] = bpf_htonl(1);
		tuple.ipv6.daddr[3] = bpf_htonl(1);
		tuple.ipv6.dport = bpf_htons(port);
		tuple_bytes = sizeof(tuple.ipv6);
	}
	if (datagram)
		listener = bpf_sk_lookup_udp(ctx, &tuple, tuple_bytes, BPF_F_CURRENT_NETNS, 0);
	else
		listener = bpf_sk_lookup_tcp(ctx, &tuple, tuple_bytes, BPF_F_CURRENT_NETNS, 0);
	if (!listener)
		return false;
	is_ours = bpf_sk_storage_get(&agent_sockets, listener, 0, 0) != NULL;
	bpf_sk_release(listener);
	return is_ours;
}

#endif
