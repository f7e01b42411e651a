// An HTTP message whatever its wire format: heads, fields, and bodies that flow with back-pressure.
// Not here: any syntax (http1, http2) and any socket (transport).
// Start with message.ts.
export * from './headers.ts'
export * from './message.ts'
