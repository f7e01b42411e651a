import { assert } from '@weft/faults'
import { FRAME_BYTES_DEFAULT, WINDOW_BYTES_DEFAULT, WINDOW_BYTES_MAX } from './frame.ts'
import { defaultHttp2Limits, Http2Counters, type Http2Limits } from './http2-limits.ts'
import type { Http2Options } from './http2-options.ts'

const FRAME_BYTES_LIMIT = 1 << 20

export interface ResolvedOptions {
  readonly role: 'server' | 'client'
  readonly limits: Http2Limits
  readonly streamWindowBytes: number
  readonly connectionWindowBytes: number
  readonly frameBytesMax: number
  readonly headerTableBytesMax: number
  readonly extendedConnect: boolean
  readonly assumedStreamsMax: number
  readonly keepAliveMs: number
  readonly keepAliveTimeoutMs: number
  readonly schedule: (task: () => void) => void
  readonly counters: Http2Counters
}

/** Fills in the defaults; a number outside its range is a bug of the caller. */
export function resolveOptions(options: Http2Options): ResolvedOptions {
  const resolved: ResolvedOptions = {
    role: options.role,
    limits: options.limits === undefined ? defaultHttp2Limits : { ...defaultHttp2Limits, ...options.limits },
    streamWindowBytes: options.streamWindowBytes ?? 1 << 20,
    connectionWindowBytes: options.connectionWindowBytes ?? 1 << 22,
    frameBytesMax: options.frameBytesMax ?? FRAME_BYTES_DEFAULT,
    headerTableBytesMax: options.headerTableBytesMax ?? 4096,
    extendedConnect: options.extendedConnect ?? false,
    assumedStreamsMax: options.assumedStreamsMax ?? 100,
    keepAliveMs: options.keepAliveMs ?? 0,
    keepAliveTimeoutMs: options.keepAliveTimeoutMs ?? 20_000,
    schedule: options.schedule ?? queueMicrotask,
    counters: options.counters ?? new Http2Counters(),
  }
  check('streamWindowBytes', resolved.streamWindowBytes, 1, WINDOW_BYTES_MAX)
  check('connectionWindowBytes', resolved.connectionWindowBytes, WINDOW_BYTES_DEFAULT, WINDOW_BYTES_MAX)
  check('frameBytesMax', resolved.frameBytesMax, FRAME_BYTES_DEFAULT, FRAME_BYTES_LIMIT)
  check('headerTableBytesMax', resolved.headerTableBytesMax, 0, 65_536)
  return resolved
}

function check(name: string, value: number, min: number, max: number): void {
  assert(Number.isInteger(value) && value >= min && value <= max, `HTTP/2 ${name} ${value}: expected ${min} to ${max}`)
}
