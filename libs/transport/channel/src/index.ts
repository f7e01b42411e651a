// Streams of octets as one small interface, over sockets, TLS or memory, and listening and dialling by either engine.
// Not here: HBONE streams (transport/hbone), and any protocol on top (codec, proxy).
// Start with channel.ts, then socket-engine.ts.
export * from './bound-socket.ts'
export * from './channel.ts'
export { formatAddress } from './connect-failed.ts'
export * from './flush.ts'
export * from './keep.ts'
export * from './http2-carrier.ts'
export { socketEngine } from './native-engine.ts'
export { type EngineAddon } from './native-sockets.ts'
export { dial, listen, nodeEngine } from './node-engine.ts'
export * from './prefixed-channel.ts'
export * from './socket-channel.ts'
export * from './socket-engine.ts'
export { keptBytes } from './kept-bytes.ts'
export * from './tls-channel.ts'
