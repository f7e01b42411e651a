// HTTP/1.1 and HTTP/1.0 as octets: strict reading and writing of heads, bodies in chunks, trailers, tunnels.
// Not here: sockets, timers, and what is done with a request (proxy/http).
// Start with reader.ts.
export { Http1Refusal, http1Faults, type Http1FaultCode } from './faults.ts'
export { defaultHttp1Limits, type Http1Limits, withDefaultLimits } from './limits.ts'
export { Http1Reader, replyReader, requestReader, type Http1Handler } from './reader.ts'
export { dropForHttp2, isCarriedByHttp2, joinCookies } from './translate.ts'
export { chunkEnd, copyChunk, writeChunkHead, writeLastChunk } from './write-chunks.ts'
export { isChunkedReply, isPersistentReply, writeReplyHead } from './write-reply.ts'
export { writeRequestHead } from './write-request.ts'
