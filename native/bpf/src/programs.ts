/**
 * Where a program is attached: the cgroup of the agent, that of the workloads (or of each one), the network namespace of
 * the node or a workload's own.
 */
export type HookTarget = 'agent' | 'workloads' | 'node' | 'pod'

export interface ProgramRow {
  /** Name of the function, which is also the name of its pin. At most 15 characters. */
  readonly name: string
  readonly target: HookTarget
  /** Number in `enum bpf_attach_type` of the kernel's interface. */
  readonly attachType: 3 | 10 | 11 | 14 | 15 | 19 | 20 | 21 | 29 | 30 | 36
}

/**
 * Every program with its hook. Within a target this is the order to attach in: what gives an answer back or files a
 * note stands before what turns traffic away, so that no connection is turned without them.
 */
export const programs: readonly ProgramRow[] = [
  { name: 'agent_getsockopt', target: 'agent', attachType: 21 },
  { name: 'agent_sockops', target: 'agent', attachType: 3 },
  { name: 'mesh_peername4', target: 'workloads', attachType: 29 },
  { name: 'mesh_peername6', target: 'workloads', attachType: 30 },
  { name: 'mesh_recvmsg4', target: 'workloads', attachType: 19 },
  { name: 'mesh_recvmsg6', target: 'workloads', attachType: 20 },
  { name: 'mesh_sockops', target: 'workloads', attachType: 3 },
  { name: 'mesh_sendmsg4', target: 'workloads', attachType: 14 },
  { name: 'mesh_sendmsg6', target: 'workloads', attachType: 15 },
  { name: 'mesh_connect4', target: 'workloads', attachType: 10 },
  { name: 'mesh_connect6', target: 'workloads', attachType: 11 },
  { name: 'sklookup_node', target: 'node', attachType: 36 },
  { name: 'sklookup_pod', target: 'pod', attachType: 36 },
]

/** Every map of mesh_maps.h, by the name of its pin. */
export const mapNames = [
  'settings',
  'workloads',
  'destinations',
  'node_addresses',
  'probers',
  'probed_ports',
  'ports',
  'listeners',
  'agent_sockets',
  'agent_dials',
  'notes',
  'handshakes',
  'local_dials',
  'pod_ports',
  'direct_services',
  'direct_grants',
  'direct_flows',
  'direct_counts',
  'direct_open',
  'counters',
] as const
export type MapName = (typeof mapNames)[number]
