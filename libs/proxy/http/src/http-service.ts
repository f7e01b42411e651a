import type { Http1Limits } from '@weft/http1'
import type { Http2Counters, Http2Limits } from '@weft/http2'
import type { Exchange, Handler, Origin, Outcome } from '@weft/stack'
import type { Clock, TimerWheel } from '@weft/time'

/** What every connection of one way in shares: the stack, clocks, limits. */
export interface HttpService {
  readonly handler: Handler<Exchange, Outcome>
  readonly clock: Clock
  /** For timeouts of seconds. */
  readonly wheel: TimerWheel
  readonly options: HttpServerOptions
  /** How often limits of HTTP/2 were hit, on all connections together; each counts for itself when left out. */
  readonly http2Counters?: Http2Counters
}

export interface HttpServerOptions {
  /** What the client sees: `http` unless TLS was taken off before. */
  readonly scheme: 'http' | 'https'
  /** A connection without a request is closed after this long, and up to a quarter more; 0: never. */
  readonly idleTimeoutMs: number
  /** From the first octet of a head to its last. */
  readonly headTimeoutMs: number
  /** How long the rest of a request is read and dropped after its reply, so that the client gets to see the reply. */
  readonly lingerMs: number
  /** How much of it is dropped before the connection is closed. */
  readonly dropBytesMax: number
  readonly http1Limits: Partial<Http1Limits>
  readonly http2Limits: Partial<Http2Limits>
  /** A client of HTTP/2 that says nothing for so long is asked by PING whether it is there; 0: never. */
  readonly http2KeepAliveMs: number
}

export const defaultHttpServerOptions: HttpServerOptions = Object.freeze({
  scheme: 'http' as const,
  // Longer than any client keeps a connection: closing first is a race that the client loses.
  idleTimeoutMs: 3_600_000,
  headTimeoutMs: 60_000,
  lingerMs: 5_000,
  dropBytesMax: 1024 * 1024,
  http1Limits: Object.freeze({}),
  http2Limits: Object.freeze({}),
  http2KeepAliveMs: 60_000,
})

/** A connection that is being served. */
export interface HttpServerConnection {
  readonly origin: Origin
  /** Exchanges under way. */
  readonly activeCount: number
  /** No more requests: what is under way finishes, then the connection closes (GOAWAY, `Connection: close`). */
  drain(): void
  /** Ends at once, with a reset. Safe in any state, and twice. */
  destroy(error: Error): void
}

/** Told when a connection is over, so that whoever keeps a list can drop it. */
export type ConnectionClosed = (connection: HttpServerConnection) => void
