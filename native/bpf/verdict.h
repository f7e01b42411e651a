/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * verdict.h - where a workload's connection or datagram goes; the one decision behind connect4/6 and sendmsg4/6.
 *
 * In order:
 *   1. port 53: to the agent's DNS listener where there is one; else left alone (also when not enrolled), unless it is
 *      TCP to a destination of the mesh;
 *   2. loopback, the node's addresses, the workload's own address: left alone, unless TCP to a port that another
 *      workload of the shared network owns;
 *   3. TCP to a destination of the mesh, or to such a port: to a workload of this node directly, or refused, where
 *      that is granted or forbidden (direct_grant.h); else to the agent's outbound listener;
 *   4. the rest: left alone.
 * 3 and 4 need an enrolled caller and an agent that listens in the caller's network namespace, else the answer is
 * EPERM: this fails closed.
 */
#ifndef WEFT_VERDICT_H
#define WEFT_VERDICT_H

#include "agent_listener.h"
#include "caller.h"
#include "direct_grant.h"
#include "kernel_types.h"
#include "port_owner.h"
#include <bpf/bpf_core_read.h>

enum verdict {
	REFUSE,
	PASS,
	REDIRECT, /* to note->agent_port on loopback; the note must be kept */
	DIRECT,	  /* to note->direct; the note must be kept */
};

/* Whether `to` is on this very node, as the caller sees it. */
static __always_inline bool is_local(const struct endpoint *to, const struct workload *caller)
{
	return is_loopback(&to->address) || bpf_map_lookup_elem(&node_addresses, &to->address) ||
	       (caller && same_address(&to->address, &caller->address));
}

static __always_inline bool is_destination(const struct endpoint *to)
{
	struct endpoint any_port = {.address = to->address};

	return bpf_map_lookup_elem(&destinations, to) ||
	       bpf_map_lookup_elem(&destinations, &any_port);
}

/* Loopback of a network namespace of its own has nothing to do with the ports of the node. */
static __always_inline struct port_owner *find_local_owner(struct bpf_sock_addr *ctx,
							   const struct endpoint *to,
							   const struct mesh_settings *node)
{
	bool sees_node = bpf_get_netns_cookie(ctx) == node->netns;

	if (!sees_node && !bpf_map_lookup_elem(&node_addresses, &to->address))
		return NULL;
	return find_port_owner(to);
}

/* Port of the agent's DNS listener where the caller finds one, 0 for none. */
static __always_inline __u16 dns_listener(struct bpf_sock_addr *ctx, const struct endpoint *to,
					  const struct mesh_settings *node,
					  const struct workload *caller)
{
	__u16 port = caller && caller->dns_port ? caller->dns_port : node->dns_port;

	if (!caller || !port ||
	    !agent_listens(ctx, is_mapped_v4(&to->address), port, ctx->protocol == IPPROTO_UDP))
		return 0;
	return port;
}

static __always_inline enum verdict refuse(__u32 counter)
{
	count(counter);
	return REFUSE;
}

/* The subflows of an MPTCP connection dial by themselves, later and elsewhere. */
static __always_inline bool is_mptcp(struct bpf_sock *socket)
{
	return bpf_core_type_exists(struct mptcp_sock) && bpf_skc_to_mptcp_sock(socket);
}

/* Whether and where `to` may be reached without the agent: DIRECT, REFUSE, or REDIRECT when the agent has to be asked. */
static __always_inline enum verdict judge_direct(struct bpf_sock_addr *ctx,
						 const struct endpoint *to,
						 const struct workload *caller,
						 struct socket_note *note)
{
	__u64 id = note->original.caller;
	struct bpf_sock *socket = ctx->sk;
	struct direct_count *counts;
	__u32 verdict;

	if (caller->flags & WORKLOAD_SHARED_NETWORK)
		return REDIRECT;
	verdict = choose_direct(id, to, &note->direct);
	if (!verdict || !socket)
		return REDIRECT;
	if (verdict == DIRECT_REFUSE) {
		counts = counts_of(id, to, &note->direct);
		if (counts)
			__sync_fetch_and_add(&counts->refused, 1);
		return refuse(COUNT_REFUSED_POLICY);
	}
	if (is_mptcp(socket) || is_bound_elsewhere(socket, caller) ||
	    !can_reach(socket, &note->direct))
		return REDIRECT;
	if (!has_room_for_flow()) {
		count(COUNT_DIRECT_FULL);
		return REDIRECT;
	}
	note->kind = NOTE_DIRECT;
	return DIRECT;
}

/* Fills `note` for a redirection, and with kind NOTE_OWN_PORT where the connection must be let in at sk_lookup_node. */
static __always_inline enum verdict judge(struct bpf_sock_addr *ctx, const struct endpoint *to,
					  struct socket_note *note)
{
	struct mesh_settings *node = read_settings();
	struct port_owner *owner = NULL;
	struct workload *caller;
	bool v4 = is_mapped_v4(&to->address);
	bool is_tcp = ctx->protocol == IPPROTO_TCP;
	__u64 id;

	if (!node)
		return refuse(COUNT_REFUSED_NOT_READY);
	id = caller_cgroup(node);
	caller = bpf_map_lookup_elem(&workloads, &id);
	note->original.address = to->address;
	note->original.port = to->port;
	note->original.caller = id;

	if (to->port == DNS_PORT && (is_tcp || ctx->protocol == IPPROTO_UDP)) {
		note->agent_port = dns_listener(ctx, to, node, caller);
		if (note->agent_port) {
			count(COUNT_DNS);
			note->kind = NOTE_DNS;
			return REDIRECT;
		}
		if (!is_tcp || !caller || !is_destination(to)) {
			count(COUNT_DNS_PASSED);
			return PASS;
		}
	}

	if (is_local(to, caller)) {
		owner = is_tcp ? find_local_owner(ctx, to, node) : NULL;
		if (!owner || owner->workload == id) {
			count(COUNT_LOCAL);
			note->kind = owner ? NOTE_OWN_PORT : 0;
			return PASS;
		}
		note->original.callee = owner->workload;
	}

	if (!caller)
		return refuse(COUNT_REFUSED_UNKNOWN);
	if (is_tcp && (owner || is_destination(to))) {
		if (!agent_listens(ctx, v4, node->outbound_port, false))
			return refuse(COUNT_REFUSED_NOT_READY);
		if (!owner) {
			enum verdict direct = judge_direct(ctx, to, caller, note);

			if (direct != REDIRECT)
				return direct;
		}
		note->kind = NOTE_REDIRECTED;
		note->agent_port = node->outbound_port;
		return REDIRECT;
	}
	if (!agent_listens(ctx, true, node->outbound_port, false) &&
	    !agent_listens(ctx, false, node->outbound_port, false))
		return refuse(COUNT_REFUSED_NOT_READY);
	count(COUNT_PASSED);
	return PASS;
}

static __always_inline bool keep_with(void *socket, const struct socket_note *note)
{
	struct socket_note *kept;

	if (!note->kind) {
		bpf_sk_storage_delete(&notes, socket);
		return true;
	}
	kept = bpf_sk_storage_get(&notes, socket, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (!kept)
		return false;
	*kept = *note;
	return true;
}

/*
 * Keeps the note with the socket, or drops one of an earlier attempt. Returns false when the kernel had no memory for
 * it: without the note the agent could not tell where the connection was going. An MPTCP connection dials by a subflow,
 * while the program asks the socket above that one for its peer; both get the note.
 */
static __always_inline bool keep(struct bpf_sock_addr *ctx, const struct socket_note *note)
{
	struct bpf_sock *socket = ctx->sk;

	if (!socket || !keep_with(socket, note))
		return false;
	if (bpf_core_type_exists(struct mptcp_sock) && ctx->protocol == IPPROTO_TCP) {
		void *above = bpf_skc_to_mptcp_sock(socket);

		if (above)
			return keep_with(above, note);
	}
	return true;
}

/*
 * A socket bound to a device cannot reach loopback, so the binding goes: where the connection leaves the machine is the
 * agent's choice now. Only a program with CAP_NET_RAW may have it undone on some kernels; others get EPERM.
 */
static __always_inline bool unbind_device(struct bpf_sock_addr *ctx)
{
	struct bpf_sock *socket = ctx->sk;
	int none = 0;

	if (!socket || !socket->bound_dev_if)
		return true;
	return bpf_setsockopt(ctx, SOL_SOCKET, SO_BINDTOIFINDEX, &none, sizeof(none)) == 0;
}

/* Decides, keeps the note and counts. */
static __always_inline enum verdict capture(struct bpf_sock_addr *ctx, const struct endpoint *to,
					    struct socket_note *note)
{
	enum verdict verdict = judge(ctx, to, note);

	if (verdict == REFUSE)
		return REFUSE;
	if (!keep(ctx, note))
		return refuse(COUNT_REFUSED_NO_MEMORY);
	if (verdict == REDIRECT && !unbind_device(ctx))
		return refuse(COUNT_REFUSED_DEVICE);
	if (note->kind == NOTE_REDIRECTED)
		count(COUNT_REDIRECTED);
	if (verdict == DIRECT)
		count(COUNT_DIRECT);
	return verdict;
}

#endif
