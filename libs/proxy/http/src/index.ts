// HTTP/1.1 and HTTP/2 on channels: connections of clients served through a stack, connections to upstreams.
// Not here: the syntax (codec/http1, codec/http2), pools (transport/pool) and what is decided on the way (proxy/layers).
// Start with http-service.ts, then http1-server.ts; a fault becomes a response in fault-reply.ts.
export * from './fault-reply.ts'
export * from './http-service.ts'
export * from './http1-client.ts'
export * from './http1-counters.ts'
export * from './http1-server.ts'
export * from './http2-client.ts'
export * from './http2-server.ts'
export * from './observed-body.ts'
export * from './refuse.ts'
