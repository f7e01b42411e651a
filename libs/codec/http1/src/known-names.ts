/** Field names that the codec acts on, regardless of case. */
export const field = Object.freeze({
  plain: 0,
  host: 1,
  contentLength: 2,
  transferEncoding: 3,
  connection: 4,
  upgrade: 5,
  te: 6,
  expect: 7,
  /** Hop-by-hop, dropped without a look: Proxy-Connection, HTTP2-Settings. */
  dropped: 8,
  /** Content_Length, Transfer_Encoding: programs that are given fields as environment variables (CGI, WSGI) take them for framing. */
  disguised: 9,
  keepAlive: 10,
})

export class KnownName {
  readonly field: number
  /** Means something only before the content; refused in trailers (RFC 9110 6.5.1). */
  readonly isHeadOnly: boolean

  constructor(meaning: number, isHeadOnly: boolean) {
    this.field = meaning
    this.isHeadOnly = isHeadOnly
  }
}

const byName = new Map<string, KnownName>()

/** The known name equal to `name` regardless of case, or null. */
export function knownName(name: string): KnownName | null {
  return byName.get(name.toLowerCase()) ?? null
}

/** What a field of that name means, regardless of case: one of {@link field}, `plain` for the many. */
export function fieldOf(name: string): number {
  return fieldAt(name, 0, name.length)
}

/** As {@link fieldOf}, of the name that stands in `text` between two positions. Told by length first, since it is asked of every field. */
export function fieldAt(text: string, start: number, end: number): number {
  switch (end - start) {
    case 2:
      return isWord(text, start, 'te') ? field.te : field.plain
    case 4:
      return isWord(text, start, 'host') ? field.host : field.plain
    case 6:
      return isWord(text, start, 'expect') ? field.expect : field.plain
    case 7:
      return isWord(text, start, 'upgrade') ? field.upgrade : field.plain
    case 10:
      if (isWord(text, start, 'connection')) return field.connection
      return isWord(text, start, 'keep-alive') ? field.keepAlive : field.plain
    case 14:
      if (isWord(text, start, 'content-length')) return field.contentLength
      if (isWord(text, start, 'content_length')) return field.disguised
      return isWord(text, start, 'http2-settings') ? field.dropped : field.plain
    case 16:
      return isWord(text, start, 'proxy-connection') ? field.dropped : field.plain
    case 17:
      if (isWord(text, start, 'transfer-encoding')) return field.transferEncoding
      return isWord(text, start, 'transfer_encoding') ? field.disguised : field.plain
    default:
      return field.plain
  }
}

/** Whether `word`, which is in lower case, stands at `start`. */
function isWord(text: string, start: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    const code = text.charCodeAt(start + i)
    if (code !== word.charCodeAt(i) && (code < 65 || code > 90 || (code | 0x20) !== word.charCodeAt(i))) return false
  }
  return true
}

function add(name: string, meaning: number, isHeadOnly: boolean): void {
  byName.set(name.toLowerCase(), new KnownName(meaning, isHeadOnly))
}

add('Host', field.host, true)
add('Content-Length', field.contentLength, true)
add('Transfer-Encoding', field.transferEncoding, true)
add('Connection', field.connection, true)
add('Upgrade', field.upgrade, true)
add('TE', field.te, true)
add('Expect', field.expect, true)
add('Keep-Alive', field.keepAlive, true)
for (const name of ['Proxy-Connection', 'HTTP2-Settings']) add(name, field.dropped, true)
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
