import { HeldBudget, Http2Counters, type Http2Limits, type Http2Options } from '@weft/http2'
import { turnSchedule } from '@weft/channel'
import type { HttpLimits } from '@weft/http-limits'
import { defaultPoolOptions, type PoolOptions } from '@weft/pool'

export interface HboneOptions {
  /** TCP and TLS together. */
  readonly connectTimeoutMs: number
  /** From CONNECT to its answer; the far agent dials the application meanwhile. */
  readonly openTimeoutMs: number
  readonly streamsPerConnectionMax: number
  readonly pool: PoolOptions
  /** Streams that one peer may have open towards us; announced. */
  readonly serverStreamsMax: number
  /** What is not widened here for whoever proved who it is. */
  readonly http2Limits: Partial<Http2Limits>
  /** How often a limit of HTTP/2 was hit, on all connections of either role that share the options. */
  readonly counters: Http2Counters
  /** What tunnels whose readers rest may hold, on all connections that share the options. */
  readonly held: HeldBudget
}

/** 64 tunnels that rest with their windows full. */
export const HELD_BYTES_MAX = 256 * 1024 * 1024

export const defaultHboneOptions: HboneOptions = Object.freeze({
  connectTimeoutMs: 5_000,
  openTimeoutMs: 10_000,
  streamsPerConnectionMax: 100,
  pool: Object.freeze({ ...defaultPoolOptions, connectionsMax: 256, pendingMax: 1024, idleTimeoutMs: 300_000 }),
  serverStreamsMax: 200,
  http2Limits: Object.freeze({}),
  counters: new Http2Counters(),
  held: new HeldBudget(HELD_BYTES_MAX),
})

/** The options that the limits of a program mean, with counters and a budget of their own. */
export function hboneOptionsOf({ tunnels, http2Limits }: Pick<HttpLimits, 'tunnels' | 'http2Limits'>): HboneOptions {
  const { connectionsMax, pendingMax, heldBytesMax, streamsMax: serverStreamsMax, streamsPerConnectionMax } = tunnels
  return {
    ...defaultHboneOptions,
    streamsPerConnectionMax,
    pool: { ...defaultHboneOptions.pool, connectionsMax, pendingMax },
    serverStreamsMax,
    http2Limits,
    counters: new Http2Counters(),
    held: new HeldBudget(heldBytesMax),
  }
}

/** The peer has proved who it is: what bounds a stranger is wide here, since tunnels come and go with connections. */
const limits: Partial<Http2Limits> = {
  earlyResetsPerWindowMax: 100_000,
  resetsPerWindowMax: 100_000,
  provokedResetsPerWindowMax: 100_000,
  ignoredFramesPerWindowMax: 1_000_000,
  smallWindowUpdatesPerWindowMax: 100_000,
  unsentBytesMax: 8 * 1024 * 1024,
  // A tunnel whose reader rests (a paused download, a terminal) is not broken.
  stallTimeoutMs: 0,
}

/** What both ends speak. Source: the HBONE settings of Istio's ztunnel: windows 4 and 16 MiB, PING every 10 s. */
export function http2OptionsOf(role: 'client' | 'server', options: HboneOptions, isPrompt: boolean): Http2Options {
  return {
    role,
    limits: { ...options.http2Limits, ...limits, streamsMax: options.serverStreamsMax },
    streamWindowBytes: 4 * 1024 * 1024,
    connectionWindowBytes: 16 * 1024 * 1024,
    frameBytesMax: 256 * 1024,
    requestsMax: options.streamsPerConnectionMax,
    assumedStreamsMax: options.streamsPerConnectionMax,
    keepAliveMs: 10_000,
    keepAliveTimeoutMs: 20_000,
    // Once per turn: all tunnels that had something in it share one run of TLS records.
    schedule: isPrompt ? turnSchedule() : setImmediate,
    borrows: isPrompt,
    counters: options.counters,
    // Four tunnels that rest full would take all of the connection's window, and no other would get an octet.
    heldBudget: options.held,
  }
}
