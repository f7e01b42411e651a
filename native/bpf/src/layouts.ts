/**
 * Sizes in octets and numbers of mesh_types.h, as transport/ebpf encodes them. A test compares each with the BTF of the
 * compiled object.
 */
export const layouts = {
  mesh_address: 16,
  endpoint: 20,
  mesh_settings: 24,
  workload: 88,
  port_owner: 16,
  original_destination: 40,
  socket_note: 72,
  flow: 48,
  handshake: 48,
  listener_key: 20,
  direct_service: 164,
  direct_pair: 32,
  direct_flow: 48,
  direct_count_key: 48,
  direct_count: 56,
} as const

export const UID_BYTES = 64
export const WORKLOAD_SHARED_NETWORK = 1
export const PORT_DECLARED = 1
export const PORT_KEPT = 2
export const PORT_CONTESTED = 4
export const DNS_PORT = 53
export const DIRECT_ENDPOINTS_MAX = 8
export const DIRECT_ALLOW = 1
export const DIRECT_REFUSE = 2
/** Slots of the map `direct_open`. */
export const directSlots = { filed: 0, swept: 1 } as const

export const listenerKinds = { outbound: 1, inbound: 2, hbone: 3, dns: 4 } as const
export type ListenerKind = keyof typeof listenerKinds

export const maximums = {
  workloads: 16384,
  destinations: 262144,
  nodeAddresses: 1024,
  probers: 1024,
  ports: 65536,
  directServices: 16384,
  directGrants: 131072,
  directFlows: 65536,
} as const
