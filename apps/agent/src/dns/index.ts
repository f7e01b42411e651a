// The agent's DNS server: names of the mesh for workloads, everything else from the resolvers of the machine.
// Not here: the wire format (@weft/dns), and making sockets in other network namespaces (capture).
// Start with dns-server.ts.
export type { MeshNames, ServiceAddresses } from './answer.ts'
export { DnsServer, type DnsServerOptions } from './dns-server.ts'
export type { DnsListener, ListenAt } from './listener.ts'
export { parseResolvConf } from './resolv-conf.ts'
export type { DnsCounters } from './responder.ts'
export type { UpstreamAddress } from './upstream.ts'
export { networkAt, ownNetwork, type UpstreamNetwork } from './upstream-network.ts'
