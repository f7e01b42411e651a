// Tunnels between agents: HBONE, that is HTTP/2 CONNECT over mutual TLS 1.3, pooled by who calls whom where.
// Not here: who may call whom (decision/authz), and what flows inside (proxy).
// Start with hbone-client.ts and hbone-server.ts; tunnel-channel.ts is what both give.
export * from './hbone-client.ts'
export { type OpenedTunnel } from './hbone-connection.ts'
export { defaultHboneOptions, HELD_BYTES_MAX, type HboneOptions, hboneOptionsOf } from './hbone-options.ts'
export * from './hbone-server.ts'
export * from './refusal.ts'
export * from './secure-native.ts'
export * from './tunnel-channel.ts'
