/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* port_owner.h - which workload of the shared network owns a port of the node. */
#ifndef WEFT_PORT_OWNER_H
#define WEFT_PORT_OWNER_H

#include "mesh_address.h"
#include "mesh_maps.h"

/* A socket bound to the very address comes before one bound to all of them, as in the kernel. NULL: nobody. */
static __always_inline struct port_owner *find_port_owner(const struct endpoint *at)
{
	struct endpoint everywhere = {.port = at->port};
	struct port_owner *owner = bpf_map_lookup_elem(&ports, at);

	return owner ? owner : bpf_map_lookup_elem(&ports, &everywhere);
}

/*
 * Who would be given a connection to `at`, 0 when that is not one workload alone: a port that is only declared has no
 * socket, and between those of two workloads the kernel chooses.
 */
static __always_inline __u64 find_listener_owner(const struct endpoint *at)
{
	struct endpoint everywhere = {.port = at->port};
	struct port_owner *owner = bpf_map_lookup_elem(&ports, at);

	if (!owner || !owner->listeners)
		owner = bpf_map_lookup_elem(&ports, &everywhere);
	if (!owner || !owner->listeners || (owner->flags & PORT_CONTESTED))
		return 0;
	return owner->workload;
}

static __always_inline bool is_agent_port(const struct mesh_settings *node, __u16 port)
{
	return port == node->outbound_port || port == node->inbound_port ||
	       port == node->hbone_port || port == node->dns_port;
}

#endif
