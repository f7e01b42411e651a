import { assert } from '@weft/faults'
import { FRAME_BYTES_DEFAULT, WINDOW_BYTES_DEFAULT, WINDOW_BYTES_MAX } from './frame.ts'
import type { HeldBudget } from './held-budget.ts'
import { defaultHttp2Limits, Http2Counters, type Http2Limits } from './http2-limits.ts'
import type { Keeper } from './keeping.ts'
import type { Http2Options } from './http2-options.ts'

const FRAME_BYTES_LIMIT = 1 << 20
/** Rather more than the usual 64 KiB, so that a body of that size with its framing needs no second window. */
const STREAM_WINDOW_BYTES = 81_920
const STREAM_WINDOW_BYTES_MAX = 1 << 20
const SPARE_WINDOW_BYTES = 4 << 20
/** The peer learns so seldom of what was taken on the connection as a whole. */
export const CONNECTION_STEP_BYTES = 1 << 18

export interface ResolvedOptions {
  readonly role: 'server' | 'client'
  readonly limits: Http2Limits
  readonly streamWindowBytes: number
  readonly streamWindowBytesMax: number
  readonly connectionWindowBytes: number
  /** What windows of streams may grow by, together, without holding one another up. */
  readonly spareWindowBytes: number
  readonly frameBytesMax: number
  readonly headerTableBytesMax: number
  readonly extendedConnect: boolean
  readonly requestsMax: number
  readonly assumedStreamsMax: number
  readonly keepAliveMs: number
  readonly keepAliveIdle: boolean
  readonly keepAliveTimeoutMs: number
  readonly schedule: (task: () => void) => void
  readonly borrows: boolean
  readonly keepSoon: (keeper: Keeper) => void
  readonly counters: Http2Counters
  readonly heldBudget: HeldBudget | null
}

/** Fills in the defaults; a number outside its range is a bug of the caller. */
export function resolveOptions(options: Http2Options): ResolvedOptions {
  const limits = options.limits === undefined ? defaultHttp2Limits : { ...defaultHttp2Limits, ...options.limits }
  const requestsMax = options.requestsMax ?? 256
  const streamWindowBytes = options.streamWindowBytes ?? STREAM_WINDOW_BYTES
  const streamsBytes = (options.role === 'server' ? limits.streamsMax : requestsMax) * streamWindowBytes
  const connectionWindowBytes =
    options.connectionWindowBytes ??
    Math.min(streamsBytes + SPARE_WINDOW_BYTES + CONNECTION_STEP_BYTES, WINDOW_BYTES_MAX)
  const resolved: ResolvedOptions = {
    role: options.role,
    limits,
    streamWindowBytes,
    streamWindowBytesMax: options.streamWindowBytesMax ?? Math.max(STREAM_WINDOW_BYTES_MAX, streamWindowBytes),
    connectionWindowBytes,
    spareWindowBytes: Math.max(connectionWindowBytes - CONNECTION_STEP_BYTES - streamsBytes, 0),
    frameBytesMax: options.frameBytesMax ?? FRAME_BYTES_DEFAULT,
    headerTableBytesMax: options.headerTableBytesMax ?? 4096,
    extendedConnect: options.extendedConnect ?? false,
    requestsMax,
    assumedStreamsMax: options.assumedStreamsMax ?? 100,
    keepAliveMs: options.keepAliveMs ?? 0,
    keepAliveIdle: options.keepAliveIdle ?? true,
    keepAliveTimeoutMs: options.keepAliveTimeoutMs ?? 20_000,
    schedule: options.schedule ?? queueMicrotask,
    borrows: options.borrows ?? false,
    keepSoon: options.keepSoon ?? keepNow,
    counters: options.counters ?? new Http2Counters(),
    heldBudget: options.heldBudget ?? null,
  }
  check('streamWindowBytes', resolved.streamWindowBytes, 1, WINDOW_BYTES_MAX)
  check('connectionWindowBytes', resolved.connectionWindowBytes, WINDOW_BYTES_DEFAULT, WINDOW_BYTES_MAX)
  check('frameBytesMax', resolved.frameBytesMax, FRAME_BYTES_DEFAULT, FRAME_BYTES_LIMIT)
  check('headerTableBytesMax', resolved.headerTableBytesMax, 0, 65_536)
  return resolved
}

function keepNow(keeper: Keeper): void {
  keeper.keep()
}

function check(name: string, value: number, min: number, max: number): void {
  assert(Number.isInteger(value) && value >= min && value <= max, `HTTP/2 ${name} ${value}: expected ${min} to ${max}`)
}
