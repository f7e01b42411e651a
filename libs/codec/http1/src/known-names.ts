import { equalsIgnoreCase } from '@weft/bytes'

/**
 * Field names that the codec acts on, and frequent ones, found by the octets of a name without making a string first.
 * Found regardless of case; the spelling that came is kept.
 */
export const field = Object.freeze({
  plain: 0,
  host: 1,
  contentLength: 2,
  transferEncoding: 3,
  connection: 4,
  upgrade: 5,
  te: 6,
  expect: 7,
  /** Hop-by-hop, dropped without a look: Keep-Alive, Proxy-Connection, HTTP2-Settings. */
  dropped: 8,
})

export class KnownName {
  readonly lower: string
  readonly canonical: string
  readonly field: number
  /** Means something only before the content; refused in trailers (RFC 9110 6.5.1). */
  readonly isHeadOnly: boolean

  constructor(canonical: string, meaning: number, isHeadOnly: boolean) {
    this.lower = canonical.toLowerCase()
    this.canonical = canonical
    this.field = meaning
    this.isHeadOnly = isHeadOnly
  }
}

const SLOTS = 1024
const slots: (KnownName | null)[] = new Array<KnownName | null>(SLOTS).fill(null)
const byName = new Map<string, KnownName>()

/** One step of the hash of a name; start from 0. Letters of either case count the same. */
export function hashStep(hash: number, octet: number): number {
  return (Math.imul(hash, 31) + (octet | 0x20)) | 0
}

/** The known name whose letters are `bytes[start..end)`, or null. `hash` is that of the same octets. */
export function findKnown(bytes: Uint8Array, start: number, end: number, hash: number): KnownName | null {
  for (let slot = hash & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
    const known = slots[slot]!
    if (known === null) return null
    if (known.lower.length === end - start && isSpelled(bytes, start, known.lower, 0x20)) return known
  }
}

/** The known name equal to `name` regardless of case, or null. */
export function knownName(name: string): KnownName | null {
  return byName.get(name) ?? byName.get(name.toLowerCase()) ?? null
}

/**
 * What a writer does with a field of that name, regardless of case: one of {@link field}, `plain` for the many. Told by length
 * first, since it is asked of every field.
 */
export function fieldOf(name: string): number {
  switch (name.length) {
    case 2:
      return equalsIgnoreCase(name, 'te') ? field.te : field.plain
    case 4:
      return equalsIgnoreCase(name, 'host') ? field.host : field.plain
    case 7:
      return equalsIgnoreCase(name, 'upgrade') ? field.upgrade : field.plain
    case 10:
      if (equalsIgnoreCase(name, 'connection')) return field.connection
      return equalsIgnoreCase(name, 'keep-alive') ? field.dropped : field.plain
    case 14:
      if (equalsIgnoreCase(name, 'content-length')) return field.contentLength
      return equalsIgnoreCase(name, 'http2-settings') ? field.dropped : field.plain
    case 16:
      return equalsIgnoreCase(name, 'proxy-connection') ? field.dropped : field.plain
    case 17:
      return equalsIgnoreCase(name, 'transfer-encoding') ? field.transferEncoding : field.plain
    default:
      return field.plain
  }
}

/** The very spelling of `bytes[start..]` when it is one of the two usual ones, else null. */
export function spellingOf(known: KnownName, bytes: Uint8Array, start: number): string | null {
  if (isSpelled(bytes, start, known.canonical, 0)) return known.canonical
  return isSpelled(bytes, start, known.lower, 0) ? known.lower : null
}

function isSpelled(bytes: Uint8Array, start: number, word: string, fold: number): boolean {
  for (let i = 0; i < word.length; i++) if ((bytes[start + i]! | fold) !== word.charCodeAt(i)) return false
  return true
}

function add(canonical: string, meaning: number, isHeadOnly: boolean): void {
  const known = new KnownName(canonical, meaning, isHeadOnly)
  let hash = 0
  for (let i = 0; i < canonical.length; i++) hash = hashStep(hash, canonical.charCodeAt(i))
  let slot = hash & (SLOTS - 1)
  while (slots[slot] !== null) slot = (slot + 1) & (SLOTS - 1)
  slots[slot] = known
  byName.set(known.lower, known)
  byName.set(known.canonical, known)
}

add('Host', field.host, true)
add('Content-Length', field.contentLength, true)
add('Transfer-Encoding', field.transferEncoding, true)
add('Connection', field.connection, true)
add('Upgrade', field.upgrade, true)
add('TE', field.te, true)
add('Expect', field.expect, true)
for (const name of ['Keep-Alive', 'Proxy-Connection', 'HTTP2-Settings']) add(name, field.dropped, true)
for (const name of [
  'Authorization',
  'Cache-Control',
  'Content-Encoding',
  'Content-Range',
  'Content-Type',
  'Cookie',
  'Forwarded',
  'If-Match',
  'If-Modified-Since',
  'If-None-Match',
  'If-Range',
  'If-Unmodified-Since',
  'Max-Forwards',
  'Proxy-Authenticate',
  'Proxy-Authorization',
  'Range',
  'Set-Cookie',
  'Trailer',
  'Via',
  'WWW-Authenticate',
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Forwarded-Proto',
])
  add(name, field.plain, true)
for (const name of [
  'Accept',
  'Accept-Charset',
  'Accept-Encoding',
  'Accept-Language',
  'Accept-Ranges',
  'Access-Control-Allow-Origin',
  'Age',
  'Alt-Svc',
  'Baggage',
  'Content-Disposition',
  'Content-Language',
  'Content-Location',
  'Content-Security-Policy',
  'Date',
  'DNT',
  'ETag',
  'Expires',
  'Grpc-Encoding',
  'Grpc-Message',
  'Grpc-Status',
  'Grpc-Timeout',
  'Last-Modified',
  'Link',
  'Location',
  'Origin',
  'Pragma',
  'Referer',
  'Retry-After',
  'Sec-Fetch-Dest',
  'Sec-Fetch-Mode',
  'Sec-Fetch-Site',
  'Sec-WebSocket-Accept',
  'Sec-WebSocket-Extensions',
  'Sec-WebSocket-Key',
  'Sec-WebSocket-Protocol',
  'Sec-WebSocket-Version',
  'Server',
  'Strict-Transport-Security',
  'Traceparent',
  'Tracestate',
  'Upgrade-Insecure-Requests',
  'User-Agent',
  'Vary',
  'X-Content-Type-Options',
  'X-Frame-Options',
  'X-Powered-By',
  'X-Real-IP',
  'X-Request-Id',
  'X-Requested-With',
])
  add(name, field.plain, false)
