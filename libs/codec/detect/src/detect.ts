/** What a client speaks first. `more`: not told yet by so few octets. `other`: anything that is none of these. */
export type DetectedProtocol = 'more' | 'http1' | 'http2' | 'tls' | 'other'

/** A request line is looked for in so many octets; past them the connection is `other`. */
export const DETECT_BYTES_MAX = 8 * 1024
/** No method in use is longer than half of that. */
export const METHOD_BYTES_MAX = 32

const preface = ascii('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
const versionMark = ascii(' HTTP/1.')
const isTokenOctet = tokenOctets()
const CR = 0x0d
const LF = 0x0a
const SPACE = 0x20
const DELETE = 0x7f

/**
 * Says from the first octets of a connection what the client speaks.
 *
 * HTTP/1 only once a request line shows ` HTTP/1.`: other protocols have lines that begin alike (`GET key` of redis and
 * memcached, `PING`, `EHLO name`). One that shows it is HTTP/1 also when it is wrong otherwise (two spaces, a target beyond
 * ASCII): its parser refuses it in HTTP's words. One empty line may stand before it. Never answers `more` after the line
 * feed of a line or after {@link DETECT_BYTES_MAX} octets, so that waiting has an end; a silent client, or one whose server
 * speaks first, is the caller's to bound in time.
 * The answer for more octets of the same connection never contradicts one that was not `more`.
 * Source: RFC 9112 sections 2.2 and 3, RFC 9113 section 3.4, RFC 8446 sections 4 and 5.1.
 */
export function detectProtocol(bytes: Uint8Array): DetectedProtocol {
  if (bytes.length === 0) return 'more'
  if (bytes[0] === 0x16) return detectTls(bytes)
  const http2 = detectPreface(bytes)
  return http2 === 'other' ? detectHttp1(bytes) : http2
}

/** A record of type handshake, version 3.x, whose first message is a ClientHello. */
function detectTls(bytes: Uint8Array): DetectedProtocol {
  if (bytes.length > 1 && bytes[1] !== 3) return 'other'
  if (bytes.length > 2 && bytes[2]! > 4) return 'other'
  if (bytes.length > 4) {
    const recordBytes = (bytes[3]! << 8) | bytes[4]!
    if (recordBytes < 4 || recordBytes > 16384) return 'other'
  }
  if (bytes.length < 6) return 'more'
  return bytes[5] === 1 ? 'tls' : 'other'
}

function detectPreface(bytes: Uint8Array): DetectedProtocol {
  const count = Math.min(bytes.length, preface.length)
  for (let i = 0; i < count; i++) if (bytes[i] !== preface[i]) return 'other'
  return bytes.length < preface.length ? 'more' : 'http2'
}

function detectHttp1(bytes: Uint8Array): DetectedProtocol {
  const stop = Math.min(bytes.length, DETECT_BYTES_MAX)
  let i = emptyLineBytes(bytes, stop)
  const methodStart = i
  while (i < stop && isTokenOctet[bytes[i]!] === 1) i++
  if (i - methodStart > METHOD_BYTES_MAX) return 'other'
  if (i === stop) return 'more'
  if (i === methodStart || bytes[i] !== SPACE) return 'other'
  i++
  // The mark is looked for at each space: a wrong target may have some.
  for (; i < stop && bytes[i]! >= SPACE && bytes[i] !== DELETE; i++) {
    if (bytes[i] !== SPACE) continue
    let n = 1
    while (n < versionMark.length && i + n < stop && bytes[i + n] === versionMark[n]) n++
    if (n === versionMark.length) return 'http1'
  }
  return i === stop && stop < DETECT_BYTES_MAX ? 'more' : 'other'
}

/** How many octets of an empty line stand first; all that there are may be half of one. */
function emptyLineBytes(bytes: Uint8Array, stop: number): number {
  if (bytes[0] !== CR) return 0
  if (stop > 1 && bytes[1] !== LF) return 0
  return Math.min(stop, 2)
}

function tokenOctets(): Uint8Array {
  const table = new Uint8Array(256)
  for (const octet of ascii("!#$%&'*+-.^_`|~")) table[octet] = 1
  for (let octet = 0x30; octet <= 0x39; octet++) table[octet] = 1
  for (let octet = 0x41; octet <= 0x5a; octet++) table[octet] = table[octet + 32] = 1
  return table
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
