// Streams of octets as one small interface, over sockets, TLS or memory, and listening for them.
// Not here: HBONE streams (transport/hbone), and any protocol on top (codec, proxy).
// Start with channel.ts.
export * from './bound-socket.ts'
export * from './channel.ts'
export * from './dial.ts'
export * from './flush.ts'
export * from './http2-carrier.ts'
export * from './listen.ts'
export * from './prefixed-channel.ts'
export * from './socket-channel.ts'
