/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * mesh_types.h - layouts that the hooks share with each other, with the addon and with transport/ebpf.
 *
 * Addresses are 16 octets in network order, IPv4 in mapped form (::ffff:a.b.c.d), except that "any" is all zero for
 * both families. Ports are in host order. Everything else is in the machine's order.
 */
#ifndef WEFT_MESH_TYPES_H
#define WEFT_MESH_TYPES_H

#include <linux/types.h>

#define DNS_PORT 53
#define UID_BYTES 64

struct mesh_address {
	__be32 word[4];
};

struct endpoint {
	struct mesh_address address;
	__u16 port;
	__u16 reserved;
};
_Static_assert(sizeof(struct endpoint) == 20, "key of destinations, ports and probed_ports");

#define DIRECT_ENDPOINTS_MAX 8

/* What user space tells the programs of one node. */
struct mesh_settings {
	__u64
	    workloads; /* id of the cgroup whose children are the workloads, or 0: hooks are on each */
	__u64 netns; /* cookie of the node's network namespace, which the shared network is */
	__u16 outbound_port;
	__u16 inbound_port;
	__u16 hbone_port;
	__u16 dns_port; /* where a workload names none of its own; 0: DNS is not ours */
};
_Static_assert(sizeof(struct mesh_settings) == 24, "value of settings");

#define WORKLOAD_SHARED_NETWORK 1u

/* An enrolled workload, by the id of its cgroup. */
struct workload {
	struct mesh_address address;
	__u32 flags;
	__u16 dns_port; /* 0: settings.dns_port */
	__u16 reserved;
	char uid[UID_BYTES]; /* for reading back; ends with NUL */
};
_Static_assert(sizeof(struct workload) == 88, "value of workloads");

#define PORT_DECLARED 1u /* its workload declared this port */
#define PORT_KEPT 2u	 /* stays when nobody listens any more: user space wrote it */
/* Two workloads listen there (SO_REUSEPORT): the kernel chooses between them. */
#define PORT_CONTESTED 4u

/* Who owns a port of the shared network. */
struct port_owner {
	__u64 workload;	 /* id of its cgroup */
	__u32 listeners; /* sockets listening there now */
	__u32 flags;
};
_Static_assert(sizeof(struct port_owner) == 16, "value of ports");

/* Answered to the agent by the getsockopt hook; the addon knows this layout too. */
struct original_destination {
	struct mesh_address address;
	__u16 port;
	__u16 reserved[3];
	__u64 caller; /* id of the cgroup of the workload that connected */
	__u64
	    callee; /* id of the cgroup of the workload that owns a port of the shared network, or 0 */
};
_Static_assert(sizeof(struct original_destination) == 40, "answer of agent_getsockopt");

enum note_kind {
	NOTE_REDIRECTED = 1, /* client socket: goes to the agent instead */
	NOTE_DNS = 2,	     /* client socket: asks the agent's DNS instead */
	NOTE_OWN_PORT = 3, /* client socket: a workload of the shared network dials its own port */
	NOTE_ACCEPTED = 4, /* socket that the agent accepted */
	NOTE_DIRECT = 5,   /* client socket: goes to a workload of this node without the agent */
};

/* What a socket remembers. */
struct socket_note {
	struct original_destination original;
	__u32 kind;	  /* enum note_kind */
	__u16 agent_port; /* where it was sent instead */
	__u16 reserved;
	struct endpoint direct; /* the workload that it was sent to */
	__u32 reserved2;
};
_Static_assert(sizeof(struct socket_note) == 72, "value of notes");

/* One connection as the end that dialled it sees it. */
struct flow {
	__u64 netns;
	struct mesh_address local;
	struct mesh_address remote;
	__u16 local_port;
	__u16 remote_port;
	__u32 reserved;
};
_Static_assert(sizeof(struct flow) == 48, "key of handshakes, local_dials and direct_flows");

/* A redirected connection between the client's end of the handshake and the agent's. */
struct handshake {
	struct original_destination original;
	__u32
	    client_sequence; /* next octet of the client; proves that both ends are of the same connection */
	__u32 server_sequence;
};
_Static_assert(sizeof(struct handshake) == 48, "value of handshakes");

/* Who answers at an address that may be reached without the agent: all that do are of this node. */
struct direct_service {
	__u32 endpoints_used;
	struct endpoint endpoints[DIRECT_ENDPOINTS_MAX];
};
_Static_assert(sizeof(struct direct_service) == 164, "value of direct_services");

/* A workload that calls and a port of one that is called. */
struct direct_pair {
	__u64 caller; /* id of its cgroup */
	struct endpoint callee;
	__u32 reserved;
};
_Static_assert(sizeof(struct direct_pair) == 32, "key of direct_grants");

/* What the policies say of a pair; a pair of which nothing is written goes by the agent. */
enum direct_verdict {
	DIRECT_ALLOW = 1,
	DIRECT_REFUSE = 2,
};

/* A connection without the agent, by its ends as the one that dialled sees them (flow.netns 0: each has its own). */
struct direct_flow {
	__u64 caller; /* id of its cgroup */
	__u64 cookie; /* of the socket that dialled */
	struct endpoint asked;
	__u32 is_taken; /* the callee's end is established: nobody else is let in by this entry */
	__u32 is_established; /* and the caller's */
	__u32 reserved;
};
_Static_assert(sizeof(struct direct_flow) == 48, "value of direct_flows");

/* Whom to count for. */
struct direct_count_key {
	__u64 caller; /* id of its cgroup */
	struct endpoint asked;
	struct endpoint callee;
};
_Static_assert(sizeof(struct direct_count_key) == 48, "key of direct_counts");

struct direct_count {
	__u64 opened;
	__u64 closed;
	__u64 failed;  /* never established */
	__u64 refused; /* EPERM by policy */
	__u64
	    unproven; /* established, but with somebody else: it was not recognised where it arrived */
	__u64 sent; /* octets of connections that are closed */
	__u64 received;
};
_Static_assert(sizeof(struct direct_count) == 56, "value of direct_counts");

/* Slots of direct_open. */
enum direct_slot {
	DIRECT_FILED, /* entries of direct_flows that the hooks wrote, less those that they took out */
	DIRECT_SWEPT, /* entries that user space took out, which alone writes this slot */
	DIRECT_SLOTS,
};

enum listener_kind {
	LISTENER_OUTBOUND = 1,
	LISTENER_INBOUND = 2,
	LISTENER_HBONE = 3,
	LISTENER_DNS = 4,
};

struct listener_key {
	struct mesh_address address; /* of the workload; any: the shared network */
	__u32 kind;		     /* enum listener_kind */
};
_Static_assert(sizeof(struct listener_key) == 20, "key of listeners");

/* Slots of the map counters, in the order of `counterNames` in src/counters.ts. */
enum counter {
	COUNT_REDIRECTED,	 /* TCP connections turned towards the agent */
	COUNT_PASSED,		 /* left alone: not of the mesh, agent ready */
	COUNT_LOCAL,		 /* left alone: loopback, the node or the workload itself */
	COUNT_REFUSED_NOT_READY, /* EPERM: no listener of the agent */
	COUNT_REFUSED_UNKNOWN,	 /* EPERM: the caller's cgroup is not enrolled */
	COUNT_REFUSED_DEVICE,	 /* EPERM: the socket is bound to a device and may not be unbound */
	COUNT_REFUSED_NO_MEMORY, /* EPERM: the socket could not remember where it was going */
	COUNT_DNS,		 /* queries turned towards the agent's DNS */
	COUNT_DNS_PASSED,	 /* queries left alone: no DNS listener of the agent */
	COUNT_FILED,		 /* handshakes filed for the agent */
	COUNT_TAKEN,		 /* handshakes found by the agent */
	COUNT_UNCLAIMED,	 /* connections at the outbound listener that no workload made */
	COUNT_STEERED,		 /* connections given to the inbound or HBONE listener */
	COUNT_OWN_DIALS, /* connections into the shared network let through: the agent's or the workload's own */
	COUNT_DROPPED,		/* connections refused: the listener is gone */
	COUNT_UNDECLARED_PORTS, /* sockets listening on a port of the shared network that nobody declared */
	COUNT_MAP_FULL,		/* an entry that found no room */
	COUNT_MISDIRECTED, /* the agent's dials refused: somebody else listens there, or nobody of the mesh */
	COUNT_CONTESTED_PORTS, /* sockets of a workload listening where another one listens already */
	COUNT_PROBES,	       /* connections of the node to a probed port, let through */
	COUNT_DIRECT,	       /* connections sent to a workload of this node without the agent */
	COUNT_DIRECT_ADMITTED, /* and let in where they arrived */
	COUNT_REFUSED_POLICY,  /* EPERM: the policies of the workload that was called */
	COUNT_DIRECT_FULL,     /* sent to the agent instead: no room to file it */
	COUNT_DIRECT_REVOKED,  /* forbidden between connect(2) and the SYN */
	COUNTERS,
};

#endif
