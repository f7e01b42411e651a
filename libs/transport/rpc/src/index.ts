// gRPC between the parts of the mesh: services, servers, clients, failures as statuses, credentials that rotate.
// Not here: the messages (codec/proto), what the services do (apps), certificates themselves (transport/mtls).
// Start with services.ts, then server.ts and client.ts.
export * from './backoff.ts'
export * from './client.ts'
export * from './credentials.ts'
export * from './incoming-call.ts'
export * from './rpc-failure.ts'
export * from './server.ts'
export * from './service.ts'
export * from './services.ts'
export * from './status.ts'
export * from './handlers.ts'
export * from './limits.ts'
export * from './message-stream.ts'
export * from './outgoing-call.ts'
export * from './mesh-credentials.ts'
export * from './rpc-servers.ts'
