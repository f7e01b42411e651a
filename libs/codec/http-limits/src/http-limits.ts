import { defaultHttp1Limits, type Http1Limits } from '@weft/http1'
import { defaultHttp2Limits, type Http2Limits } from '@weft/http2'
import type { HttpSettings } from './settings.ts'

/** What tunnels between agents and proxies (HBONE) may cost. */
export interface TunnelLimits {
  /** That one peer may have open towards us on a connection; announced. */
  readonly streamsMax: number
  /** That we open on one connection before another is made. */
  readonly streamsPerConnectionMax: number
  /** To one peer, for one caller. */
  readonly connectionsMax: number
  /** That wait for room where no more connections may be made. */
  readonly pendingMax: number
  /** What tunnels whose readers rest may hold together, beyond the windows of their connections. */
  readonly heldBytesMax: number
}

/** What one connection of HTTP may cost and how long it may take; the same towards clients and towards upstreams. */
export interface HttpLimits {
  /** A connection without a request is closed after this long, and up to a quarter more; 0: never. */
  readonly idleTimeoutMs: number
  /** HTTP/1.1: from the first octet of a head to its last. */
  readonly headTimeoutMs: number
  /** A request whose body brings less than `bodyBytesMin` in this time, while it is wanted, is given up; 0: never. */
  readonly bodyTimeoutMs: number
  readonly bodyBytesMin: number
  /** A client that takes less than `readerBytesMin` of a reply in this time, while some of it waits, is given up; 0: never. */
  readonly readerTimeoutMs: number
  readonly readerBytesMin: number
  /** How long the rest of a request is read and dropped after its reply, so that the client gets to see the reply. */
  readonly lingerMs: number
  /** How much of it is dropped before the connection is closed. */
  readonly dropBytesMax: number
  /** HTTP/1.1: a client is read no further than this beyond the request that is under way. */
  readonly pipelinedBytesMax: number
  /** A client of HTTP/2 that says nothing for so long is asked by PING whether it is there; 0: never. */
  readonly http2KeepAliveMs: number
  readonly http1Limits: Http1Limits
  /** Its stalls are those that are given above. */
  readonly http2Limits: Http2Limits
  readonly tunnels: TunnelLimits
}

export const defaultHttpLimits: HttpLimits = Object.freeze({
  // Longer than any client keeps a connection: closing first is a race that the client loses.
  idleTimeoutMs: 3_600_000,
  headTimeoutMs: 60_000,
  bodyTimeoutMs: defaultHttp2Limits.bodyTimeoutMs,
  bodyBytesMin: defaultHttp2Limits.bodyBytesMin,
  readerTimeoutMs: defaultHttp2Limits.stallTimeoutMs,
  readerBytesMin: defaultHttp2Limits.stallBytesMin,
  lingerMs: 5_000,
  dropBytesMax: 1024 * 1024,
  pipelinedBytesMax: 64 * 1024,
  http2KeepAliveMs: 60_000,
  http1Limits: defaultHttp1Limits,
  http2Limits: defaultHttp2Limits,
  tunnels: Object.freeze({
    streamsMax: 200,
    streamsPerConnectionMax: 100,
    connectionsMax: 256,
    pendingMax: 1024,
    // 64 tunnels that rest with their windows full.
    heldBytesMax: 256 * 1024 * 1024,
  }),
})

/** The limits that the settings of a program say. */
export function httpLimitsOf(settings: HttpSettings): HttpLimits {
  const { httpBodyTimeout, httpBodyBytesMin, httpReaderTimeout, httpReaderBytesMin } = settings
  const stalls: Partial<Http2Limits> = {
    bodyTimeoutMs: httpBodyTimeout,
    bodyBytesMin: httpBodyBytesMin,
    stallTimeoutMs: httpReaderTimeout,
    stallBytesMin: httpReaderBytesMin,
  }
  return {
    idleTimeoutMs: settings.httpIdleTimeout,
    headTimeoutMs: settings.http1HeadTimeout,
    bodyTimeoutMs: httpBodyTimeout,
    bodyBytesMin: httpBodyBytesMin,
    readerTimeoutMs: httpReaderTimeout,
    readerBytesMin: httpReaderBytesMin,
    lingerMs: settings.httpLinger,
    dropBytesMax: settings.httpDropBytesMax,
    pipelinedBytesMax: settings.http1PipelinedBytesMax,
    http2KeepAliveMs: settings.http2KeepAlive,
    http1Limits: { ...defaultHttp1Limits, ...withPrefix('http1', defaultHttp1Limits, settings) },
    http2Limits: { ...defaultHttp2Limits, ...withPrefix('http2', defaultHttp2Limits, settings), ...stalls },
    tunnels: {
      streamsMax: settings.hboneTunnelsMax,
      streamsPerConnectionMax: settings.hboneTunnelsPerConnectionMax,
      connectionsMax: settings.hboneConnectionsMax,
      pendingMax: settings.hbonePendingMax,
      heldBytesMax: settings.hboneHeldBytesMax,
    },
  }
}

/** `http1HeadBytesMax` is `headBytesMax` of HTTP/1; durations lose their unit in names of settings. */
export function settingName(prefix: 'http1' | 'http2', limit: string): string {
  const name = limit.replace(/Ms$/, '')
  return `${prefix}${name[0]!.toUpperCase()}${name.slice(1)}`
}

function withPrefix<Limits extends object>(
  prefix: 'http1' | 'http2',
  limits: Limits,
  settings: HttpSettings,
): Partial<Limits> {
  const values = settings as Readonly<Record<string, number>>
  const named = Object.keys(limits).map((limit) => [limit, values[settingName(prefix, limit)]] as const)
  return Object.fromEntries(named.filter(([, value]) => value !== undefined)) as Partial<Limits>
}
