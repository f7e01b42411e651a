import type { Http1Limits } from '@weft/http1'
import type { Http2Counters, Http2Limits } from '@weft/http2'
import { defaultHttpLimits, type HttpLimits } from '@weft/http-limits'
import type { Exchange, Handler, Origin, Outcome } from '@weft/stack'
import type { Clock, TimerWheel } from '@weft/time'
import type { Http1Counters } from './http1-counters.ts'

/** What every connection of one way in shares: the stack, clocks, limits. */
export interface HttpService {
  readonly handler: Handler<Exchange, Outcome>
  readonly clock: Clock
  /** For timeouts of seconds. */
  readonly wheel: TimerWheel
  readonly options: HttpServerOptions
  /** How often limits of HTTP/2 were hit, on all connections together; each counts for itself when left out. */
  readonly http2Counters?: Http2Counters
  /** How often connections of HTTP/1 were given up for what the client did, likewise. */
  readonly http1Counters?: Http1Counters
}

export interface HttpServerOptions extends Omit<HttpLimits, 'http1Limits' | 'http2Limits' | 'tunnels'> {
  /** What the client sees: `http` unless TLS was taken off before. */
  readonly scheme: 'http' | 'https'
  readonly http1Limits: Partial<Http1Limits>
  readonly http2Limits: Partial<Http2Limits>
}

export const defaultHttpServerOptions: HttpServerOptions = Object.freeze({
  ...defaultHttpLimits,
  scheme: 'http' as const,
})

/** A connection that is being served. */
export interface HttpServerConnection {
  readonly origin: Origin
  /** Exchanges under way. */
  readonly activeCount: number
  /** What it does and waits for, for dumps. */
  describe?(): object
  /** No more requests: what is under way finishes, then the connection closes (GOAWAY, `Connection: close`). */
  drain(): void
  /** Ends at once, with a reset. Safe in any state, and twice. */
  destroy(error: Error): void
}

/** Told when a connection is over, so that whoever keeps a list can drop it. */
export type ConnectionClosed = (connection: HttpServerConnection) => void
