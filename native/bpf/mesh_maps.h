/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * mesh_maps.h - every map, its writer, its reader and its maximum.
 *
 * All hooks are linked into one object, where `__weak` makes these the same maps for all of them. One set per node,
 * pinned. Names have at most 15 characters, since the kernel cuts them.
 *
 * map            key                 value             writer                    reader                  when full
 * settings       0                   mesh_settings     user space                all                     -
 * workloads      cgroup id           workload          user space (enrol)        connect, sendmsg        enrol fails
 * destinations   endpoint; port 0:   -                 user space                connect                 the call fails
 *                every port
 * node_addresses address             -                 user space                connect                 the call fails
 * probers        address             -                 user space                sklookup_pod            the call fails
 * probed_ports   endpoint            -                 user space (enrol)        sklookup_pod            enrol fails
 * ports          endpoint            port_owner        user space (declared),    connect,                not protected,
 *                                                      sockops (listen)          sklookup_node           counted
 * listeners      listener_key        socket            user space                sklookup                the call fails
 * agent_sockets  socket              -                 user space                connect, sendmsg        the call fails
 * notes          socket              socket_note       connect, sendmsg,         getpeername, recvmsg,   EPERM
 *                                                      agent_sockops             sockops, getsockopt
 * agent_dials    socket              cgroup id         user space (before the    agent_sockops           the call fails
 *                                                      agent connects)
 * handshakes     flow                handshake         sockops                   agent_sockops           oldest goes
 * local_dials    flow                cgroup id         sockops, agent_sockops    sklookup_node           oldest goes
 * pod_ports      endpoint            port_owner        sockops (listen),         connect                 by the agent
 *                                                      user space
 * direct_services endpoint asked     direct_service    user space                connect                 by the agent
 * direct_grants  direct_pair         enum              user space                connect, sockops        by the agent
 *                                    direct_verdict
 * direct_flows   flow                direct_flow       sockops                   sklookup_pod, sockops   by the agent
 * direct_counts  direct_count_key    direct_count      connect, sockops          user space              not counted apart
 * direct_open    enum direct_slot    count             sockops; user space       connect                 -
 * counters       enum counter        count per CPU     all                       user space              -
 */
#ifndef WEFT_MESH_MAPS_H
#define WEFT_MESH_MAPS_H

#include "mesh_types.h"
#include <bpf/bpf_helpers.h>
#include <linux/bpf.h>

#define WORKLOADS_MAX 16384
#define DESTINATIONS_MAX 262144
#define NODE_ADDRESSES_MAX 1024
#define PROBERS_MAX 1024
#define PROBED_PORTS_MAX 65536
#define PORTS_MAX 65536
#define LISTENERS_MAX 32768
#define HANDSHAKES_MAX 65536
#define LOCAL_DIALS_MAX 65536
#define POD_PORTS_MAX 65536
#define DIRECT_SERVICES_MAX 16384
#define DIRECT_GRANTS_MAX 131072
#define DIRECT_FLOWS_MAX 65536
#define DIRECT_COUNTS_MAX 65536

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct mesh_settings);
} settings __weak SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, WORKLOADS_MAX);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, __u64);
	__type(value, struct workload);
} workloads __weak SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, DESTINATIONS_MAX);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct endpoint);
	__type(value, __u32);
} destinations __weak SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, NODE_ADDRESSES_MAX);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct mesh_address);
	__type(value, __u32);
} node_addresses __weak SEC(".maps");

/* Whence the node asks its workloads how they are. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, PROBERS_MAX);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct mesh_address);
	__type(value, __u32);
} probers __weak SEC(".maps");

/* Where being connected is the answer: an agent in between would always give it. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, PROBED_PORTS_MAX);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct endpoint);
	__type(value, __u32);
} probed_ports __weak SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, PORTS_MAX);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct endpoint);
	__type(value, struct port_owner);
} ports __weak SEC(".maps");

/* User space writes a descriptor and reads the socket's cookie. An entry goes when its socket closes. */
struct {
	__uint(type, BPF_MAP_TYPE_SOCKHASH);
	__uint(max_entries, LISTENERS_MAX);
	__type(key, struct listener_key);
	__type(value, __u64);
} listeners __weak SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, __u32);
} agent_sockets __weak SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct socket_note);
} notes __weak SEC(".maps");

/* The workload that a socket of the agent is meant to reach in the shared network. */
struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, __u64);
} agent_dials __weak SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, HANDSHAKES_MAX);
	__type(key, struct flow);
	__type(value, struct handshake);
} handshakes __weak SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, LOCAL_DIALS_MAX);
	__type(key, struct flow);
	__type(value, __u64);
} local_dials __weak SEC(".maps");

/* Ports on which programs of own networks listen, at the address of their workload. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, POD_PORTS_MAX);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct endpoint);
	__type(value, struct port_owner);
} pod_ports __weak SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, DIRECT_SERVICES_MAX);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct endpoint);
	__type(value, struct direct_service);
} direct_services __weak SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, DIRECT_GRANTS_MAX);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct direct_pair);
	__type(value, __u32);
} direct_grants __weak SEC(".maps");

/* Not LRU: what proves a connection must not go before it. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, DIRECT_FLOWS_MAX);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct flow);
	__type(value, struct direct_flow);
} direct_flows __weak SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, DIRECT_COUNTS_MAX);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct direct_count_key);
	__type(value, struct direct_count);
} direct_counts __weak SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, DIRECT_SLOTS);
	__type(key, __u32);
	__type(value, __u64);
} direct_open __weak SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, COUNTERS);
	__type(key, __u32);
	__type(value, __u64);
} counters __weak SEC(".maps");

/* Some helpers are for GPL-compatible programs only. */
char LICENSE[] SEC("license") = "Dual BSD/GPL";

static __always_inline void count(__u32 counter)
{
	__u64 *value = bpf_map_lookup_elem(&counters, &counter);

	if (value)
		(*value)++;
}

static __always_inline struct mesh_settings *read_settings(void)
{
	__u32 only = 0;

	return bpf_map_lookup_elem(&settings, &only);
}

#endif
