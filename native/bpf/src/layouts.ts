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
  socket_note: 48,
  flow: 48,
  handshake: 48,
  listener_key: 20,
} as const

export const UID_BYTES = 64
export const WORKLOAD_SHARED_NETWORK = 1
export const PORT_DECLARED = 1
export const PORT_KEPT = 2
export const PORT_CONTESTED = 4
export const DNS_PORT = 53

export const listenerKinds = { outbound: 1, inbound: 2, hbone: 3, dns: 4 } as const
export type ListenerKind = keyof typeof listenerKinds

export const maximums = {
  workloads: 16384,
  destinations: 262144,
  nodeAddresses: 1024,
  probers: 1024,
  ports: 65536,
} as const
