import type { Clock } from '@weft/time'
import type { HeaderList, RequestHead } from '@weft/message'
import type { Http2Handler, Http2StreamHandler } from './http2-handler.ts'
import type { Http2Options, Http2Output } from './http2-options.ts'
import type { Http2Stream } from './http2-stream.ts'

/** One HTTP/2 connection, either role. */
export declare class Http2Connection {
  handler: Http2Handler
  /** Queues the preface and SETTINGS. */
  constructor(options: Http2Options, output: Http2Output, handler: Http2Handler, clock: Clock)
  /** Octets from the transport; they are the connection's from now on (bodies are views of them). */
  receive(bytes: Uint8Array): void
  /** The transport has ended or is gone. Everything open is told `connectionLost`. */
  receiveEnd(error: Error | null): void
  /** The transport can take more after `write` was false. */
  outputDrained(): void
  /** Client: opens a stream; null when none may be opened now. `end`: the request has no body. */
  request(head: RequestHead, end: boolean, handler: Http2StreamHandler): Http2Stream | null
  /** Client: whether `request` would open a stream now. */
  readonly canRequest: boolean
  readonly openStreams: number
  readonly isClosed: boolean
  /** The peer allows extended CONNECT (RFC 8441) and so do our options. */
  readonly extendedConnectAllowed: boolean
  /** Ends gracefully: GOAWAY in two steps, streams in flight finish, then the connection closes itself. */
  goaway(): void
  /** Ends at once: GOAWAY, every stream is reset, the output closed after what was written. Safe in any state, and twice. */
  close(error?: Error): void
  /** Measures a round trip; null when the connection ended first. False when too many are under way. */
  ping(done: (roundTripMs: number | null) => void): boolean
  /** Writes what is collected now instead of at the end of the turn. */
  flush(): void
}
export type { HeaderList }
