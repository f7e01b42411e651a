// HTTP/2 (RFC 9113) for both roles as a pure state machine: octets in, octets out, the clock passed in.
// Not here: sockets and TLS (transport), header compression (hpack), HBONE (transport/hbone).
// Start with connection.ts; what a user sees of a stream is http2-stream.ts.
export * from './connection.ts'
export * from './error-codes.ts'
export { HeldBudget } from './held-budget.ts'
export * from './http2-handler.ts'
export * from './http2-limits.ts'
export * from './http2-options.ts'
export * from './http2-stream.ts'
export type { Keeper } from './keeping.ts'
