// Connections kept for the next exchange: exclusive ones (HTTP/1.1) and shared ones (HTTP/2, HBONE), with limits.
// Not here: what a connection speaks (proxy/http, transport/hbone) and which endpoint to use (decision/balancer).
// Start with pool-member.ts, then exclusive-pool.ts; idle-limit.ts is how it stays below what peers keep.
export * from './exclusive-pool.ts'
export * from './idle-limit.ts'
export * from './pool-member.ts'
export * from './shared-pool.ts'
