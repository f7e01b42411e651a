// What gRPC says over HTTP/2 that a proxy must read or say itself: content type, status, message, timeout.
// Not here: messages, services and clients (rpc), HTTP/2 (http2).
// Start with status.ts.
export * from './is-grpc.ts'
export * from './message-text.ts'
export * from './status.ts'
export * from './timeout.ts'
export * from './trailers-only.ts'
