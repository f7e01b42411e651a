/** What a TLS client says of itself in the clear. */
export interface ClientHello {
  /** The host of Server Name Indication in lower case, '' when there is none. */
  readonly serverName: string
  /** Protocols offered by ALPN, in the client's order. */
  readonly protocols: readonly string[]
}

/** A ClientHello with its records; larger ones are refused. Those with post-quantum keys take about 2 KiB. */
export const CLIENT_HELLO_BYTES_MAX = 16 * 1024
/** Protocols of ALPN that are read. */
export const ALPN_PROTOCOLS_MAX = 32

const RECORD_HEADER_BYTES = 5
const RECORD_BYTES_MAX = 16384
const HANDSHAKE_HEADER_BYTES = 4
const SERVER_NAME = 0
const ALPN = 16

/**
 * Reads the server name and the offered protocols from the first octets of a TLS connection, over as many records as the
 * ClientHello takes. `more` when it is not whole yet; `malformed` when it is none, or too large. Reads nothing beyond it.
 *
 * Source: RFC 8446 sections 4.1.2 and 5.1, RFC 6066 section 3, RFC 7301 section 3.1.
 */
export function readClientHello(bytes: Uint8Array): ClientHello | 'more' | 'malformed' {
  const handshake = collectHandshake(bytes)
  if (typeof handshake === 'string') return handshake
  const reader = new Reader(handshake, HANDSHAKE_HEADER_BYTES, handshake.length)
  reader.skip(2 + 32)
  reader.skip(reader.uint8())
  reader.skip(reader.uint16())
  reader.skip(reader.uint8())
  let serverName = ''
  let protocols: readonly string[] = []
  // Before TLS 1.2 a hello could end here.
  if (reader.remaining > 0) {
    const extensions = reader.sub(reader.uint16())
    while (!extensions.isBad && extensions.remaining > 0) {
      const type = extensions.uint16()
      const content = extensions.sub(extensions.uint16())
      if (type === SERVER_NAME) serverName = readServerName(content)
      else if (type === ALPN) protocols = readProtocols(content)
      if (content.isBad) return 'malformed'
    }
    if (extensions.isBad || reader.remaining > 0) return 'malformed'
  }
  return reader.isBad ? 'malformed' : { serverName, protocols }
}

/** The ClientHello message with its header, taken out of its records. */
function collectHandshake(bytes: Uint8Array): Uint8Array | 'more' | 'malformed' {
  const parts: Uint8Array[] = []
  let collected = 0
  let needed = HANDSHAKE_HEADER_BYTES
  for (let at = 0; collected < needed;) {
    if (at > CLIENT_HELLO_BYTES_MAX) return 'malformed'
    if (at < bytes.length && bytes[at] !== 0x16) return 'malformed'
    if (at + 1 < bytes.length && bytes[at + 1] !== 3) return 'malformed'
    if (bytes.length - at < RECORD_HEADER_BYTES) return 'more'
    const length = (bytes[at + 3]! << 8) | bytes[at + 4]!
    if (length === 0 || length > RECORD_BYTES_MAX) return 'malformed'
    const part = bytes.subarray(at + RECORD_HEADER_BYTES, at + RECORD_HEADER_BYTES + length)
    parts.push(part)
    const hadHeader = collected >= HANDSHAKE_HEADER_BYTES
    collected += part.length
    if (!hadHeader && collected >= HANDSHAKE_HEADER_BYTES) {
      const header = parts.length === 1 ? part : copyJoined(parts, HANDSHAKE_HEADER_BYTES)
      needed += (header[1]! << 16) | (header[2]! << 8) | header[3]!
      if (header[0] !== 1 || needed > CLIENT_HELLO_BYTES_MAX) return 'malformed'
    }
    if (part.length < length && collected < needed) return 'more'
    at += RECORD_HEADER_BYTES + length
  }
  return parts.length === 1 ? parts[0]!.subarray(0, needed) : copyJoined(parts, needed)
}

function copyJoined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const joined = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    const piece = part.subarray(0, size - at)
    joined.set(piece, at)
    at += piece.length
  }
  return joined
}

function readServerName(content: Reader): string {
  const list = content.sub(content.uint16())
  let name = ''
  while (!list.isBad && list.remaining > 0) {
    const type = list.uint8()
    const text = list.text(list.uint16())
    if (type === 0 && name === '') name = isHostName(text) ? text.toLowerCase() : ''
  }
  if (list.isBad) content.isBad = true
  return name
}

function readProtocols(content: Reader): string[] {
  const list = content.sub(content.uint16())
  const protocols: string[] = []
  while (!list.isBad && list.remaining > 0 && protocols.length < ALPN_PROTOCOLS_MAX) {
    const length = list.uint8()
    if (length === 0) list.isBad = true
    protocols.push(list.text(length))
  }
  if (list.isBad) content.isBad = true
  return protocols
}

function isHostName(text: string): boolean {
  if (text.length === 0 || text.length > 253) return false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const letter = code | 0x20
    const isLetter = letter >= 97 && letter <= 122
    if (!isLetter && !(code >= 48 && code <= 57) && code !== 0x2d && code !== 0x2e && code !== 0x5f) return false
  }
  return true
}

/** Reads big-endian numbers within bounds; past them it turns bad and gives zeros. */
class Reader {
  isBad: boolean
  readonly #bytes: Uint8Array
  readonly #end: number
  #at: number

  constructor(bytes: Uint8Array, at: number, end: number) {
    this.isBad = false
    this.#bytes = bytes
    this.#end = end
    this.#at = at
  }

  get remaining(): number {
    return this.#end - this.#at
  }

  uint8(): number {
    const at = this.skip(1)
    return at < 0 ? 0 : this.#bytes[at]!
  }

  uint16(): number {
    const at = this.skip(2)
    return at < 0 ? 0 : (this.#bytes[at]! << 8) | this.#bytes[at + 1]!
  }

  text(length: number): string {
    const at = this.skip(length)
    let text = ''
    for (let i = 0; at >= 0 && i < length; i++) text += String.fromCharCode(this.#bytes[at + i]!)
    return text
  }

  /** A reader of the next `length` octets, which this one passes over. */
  sub(length: number): Reader {
    const at = this.skip(length)
    const reader = new Reader(this.#bytes, Math.max(at, 0), at < 0 ? 0 : at + length)
    reader.isBad = at < 0
    return reader
  }

  /** Passes over `length` octets; returns where they began, or -1 when there are not so many. */
  skip(length: number): number {
    if (this.isBad || this.remaining < length) {
      this.isBad = true
      return -1
    }
    this.#at += length
    return this.#at - length
  }
}
