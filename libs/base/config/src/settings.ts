import type { Setting } from './config.ts'

interface Options<T> {
  readonly default?: T
  readonly secret?: boolean
}

export function text(doc: string, options: Options<string> = {}): Setting<string> {
  return make(doc, 'text', (value) => value, options)
}

export function path(doc: string, options: Options<string> = {}): Setting<string> {
  return make(doc, 'a path', (value) => (value === '' ? undefined : value), options)
}

export function port(doc: string, options: Options<number> = {}): Setting<number> {
  return make(doc, 'a port from 0 to 65535', (value) => integer(value, 0, 65535), options)
}

export function count(doc: string, min: number, max: number, options: Options<number> = {}): Setting<number> {
  return make(doc, `a whole number from ${min} to ${max}`, (value) => integer(value, min, max), options)
}

/** What a duration must lie between. */
export interface DurationBounds {
  readonly minMs: number
  readonly maxMs: number
  /** 0 means never; it need not lie between the others. */
  readonly isZeroNever?: boolean
}

/** Milliseconds, written as Gateway API durations: `500ms`, `10s`, `5m`, `1h` (GEP-2257, one unit). */
export function duration(
  doc: string,
  options: Options<number> = {},
  bounds: DurationBounds | null = null,
): Setting<number> {
  const expected = bounds === null ? 'a duration such as 500ms, 10s, 5m or 1h' : describeBounds(bounds)
  const setting = make(doc, expected, (value) => within(parseDuration(value), bounds), options)
  return options.default === undefined ? setting : { ...setting, defaultText: formatDuration(options.default) }
}

function describeBounds({ minMs, maxMs, isZeroNever = false }: DurationBounds): string {
  const range = `a duration from ${formatDuration(minMs)} to ${formatDuration(maxMs)}`
  return isZeroNever ? `${range}, or 0s for never` : range
}

function within(durationMs: number | undefined, bounds: DurationBounds | null): number | undefined {
  if (durationMs === undefined || bounds === null) return durationMs
  if (durationMs === 0 && bounds.isZeroNever === true) return 0
  return durationMs >= bounds.minMs && durationMs <= bounds.maxMs ? durationMs : undefined
}

export function flag(doc: string, options: Options<boolean> = {}): Setting<boolean> {
  return make(
    doc,
    'true or false',
    (value) => (value === 'true' ? true : value === 'false' ? false : undefined),
    options,
  )
}

export function choice<const T extends string>(doc: string, words: readonly T[], options: Options<T> = {}): Setting<T> {
  return make(doc, `one of ${words.join(', ')}`, (value) => words.find((word) => word === value), options)
}

/** `host:port`, `[ipv6]:port`. */
export function address(doc: string, options: Options<string> = {}): Setting<string> {
  return make(doc, 'an address host:port', (value) => (splitAddress(value) === null ? undefined : value), options)
}

/** A setting that may be given several times; its value is the list. */
export function many<T>(setting: Setting<T>, options: Options<readonly T[]> = {}): Setting<readonly T[]> {
  const { defaultValue: _, defaultText: __, ...rest } = setting
  return {
    ...rest,
    repeated: true,
    defaultValue: options.default,
    defaultText: options.default === undefined ? null : options.default.join(' '),
    parse: setting.parse as unknown as (value: string) => readonly T[] | undefined,
  }
}

export function splitAddress(value: string): { host: string; port: number } | null {
  const at = value.lastIndexOf(':')
  if (at <= 0) return null
  const portNumber = integer(value.slice(at + 1), 0, 65535)
  let host = value.slice(0, at)
  if (host.startsWith('[') && host.endsWith(']')) host = host.slice(1, -1)
  else if (host.includes(':')) return null
  return portNumber === undefined || host === '' ? null : { host, port: portNumber }
}

export function parseDuration(value: string): number | undefined {
  const match = /^(\d{1,9})(ms|s|m|h)$/.exec(value)
  if (match === null) return undefined
  const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[match[2] as 'ms' | 's' | 'm' | 'h']
  return Number(match[1]) * unitMs
}

/** As {@link parseDuration} reads it, in the largest unit that needs no fraction. */
export function formatDuration(durationMs: number): string {
  if (durationMs === 0) return '0s'
  if (durationMs % 3_600_000 === 0) return `${durationMs / 3_600_000}h`
  if (durationMs % 60_000 === 0) return `${durationMs / 60_000}m`
  return durationMs % 1_000 === 0 ? `${durationMs / 1_000}s` : `${durationMs}ms`
}

function integer(value: string, min: number, max: number): number | undefined {
  if (!/^\d{1,15}$/.test(value)) return undefined
  const number = Number(value)
  return number >= min && number <= max ? number : undefined
}

function make<T>(
  doc: string,
  expected: string,
  parse: (value: string) => T | undefined,
  options: Options<T>,
): Setting<T> {
  const { default: defaultValue, secret } = options
  const defaultText = defaultValue === undefined ? null : String(defaultValue)
  return { doc, expected, parse, defaultValue, defaultText, ...(secret ? { secret } : {}) }
}
