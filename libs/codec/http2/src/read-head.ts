import { equalsIgnoreCase } from '@weft/bytes'
import { HeaderList, ReplyHead, RequestHead } from '@weft/message'

const COLON = 0x3a

/** The pseudo fields and framing of one head, and its regular fields. One object is filled again and again. */
export class FieldReader {
  method = ''
  scheme = ''
  authority = ''
  path = ''
  protocol = ''
  status = ''
  host = ''
  contentLength = -1
  expectsContinue = false
  headers = new HeaderList()
  /** A bit for each pseudo field met. */
  seen = 0
  #cookieAt = -1

  /**
   * Reads name, value, name, value… Names and values are valid already; names are lower case.
   *
   * Returns null, or what makes the message malformed. Source: RFC 9113 sections 8.2 and 8.3.
   */
  read(fields: readonly string[], sensitiveNames: string[] | null, isTrailers: boolean): string | null {
    this.#reset(sensitiveNames)
    let i = 0
    for (; i < fields.length && fields[i]!.charCodeAt(0) === COLON; i += 2) {
      if (isTrailers) return `found ${fields[i]} in trailers: expected no pseudo field`
      const wrong = this.#readPseudo(fields[i]!, fields[i + 1]!)
      if (wrong !== null) return wrong
    }
    for (; i < fields.length; i += 2) {
      const wrong = this.#readField(fields[i]!, fields[i + 1]!)
      if (wrong !== null) return wrong
    }
    return null
  }

  #reset(sensitiveNames: string[] | null): void {
    this.method = this.scheme = this.authority = this.path = this.protocol = this.status = this.host = ''
    this.contentLength = -1
    this.expectsContinue = false
    this.headers = new HeaderList()
    this.headers.sensitiveNames = sensitiveNames
    this.seen = 0
    this.#cookieAt = -1
  }

  #readPseudo(name: string, value: string): string | null {
    let bit: number
    switch (name) {
      case ':method':
        bit = Pseudo.method
        this.method = value
        break
      case ':scheme':
        bit = Pseudo.scheme
        this.scheme = value
        break
      case ':authority':
        bit = Pseudo.authority
        this.authority = value
        break
      case ':path':
        bit = Pseudo.path
        this.path = value
        break
      case ':protocol':
        bit = Pseudo.protocol
        this.protocol = value
        break
      case ':status':
        bit = Pseudo.status
        this.status = value
        break
      default:
        return `found pseudo field ${JSON.stringify(name.slice(0, 64))}: expected one of RFC 9113`
    }
    if ((this.seen & bit) !== 0) return `found ${name} twice: expected it once`
    this.seen |= bit
    return null
  }

  /** Sorted by length first: most names are none of these. */
  #readField(name: string, value: string): string | null {
    switch (name.length) {
      case 2:
        if (name === 'te' && !equalsIgnoreCase(value, 'trailers')) return 'found another te than "trailers"'
        break
      case 4:
        if (name === 'host') return this.#readHost(value)
        break
      case 6:
        if (name === 'cookie' && this.#joinCookie(value)) return null
        if (name === 'expect') this.expectsContinue = equalsIgnoreCase(value, '100-continue')
        break
      case 7:
        if (name === 'upgrade') return forbidden(name)
        break
      case 10:
        if (name === 'connection' || name === 'keep-alive') return forbidden(name)
        break
      case 14:
        if (name === 'content-length') return this.#readContentLength(name, value)
        break
      case 16:
        if (name === 'proxy-connection') return forbidden(name)
        break
      case 17:
        if (name === 'transfer-encoding') return forbidden(name)
        break
    }
    if (name.charCodeAt(0) === COLON) return `found ${name} after a regular field: expected pseudo fields first`
    this.headers.flat.push(name, value)
    return null
  }

  #readHost(value: string): string | null {
    if (this.host !== '' || value === '') return 'found host empty or twice: expected it once'
    this.host = value
    return null
  }

  /** Crumbs of one cookie become one field again (RFC 9113 section 8.2.3). */
  #joinCookie(value: string): boolean {
    const flat = this.headers.flat
    if (this.#cookieAt < 0) {
      this.#cookieAt = flat.length + 1
      return false
    }
    flat[this.#cookieAt] += '; ' + value
    return true
  }

  #readContentLength(name: string, value: string): string | null {
    const length = value.length > 0 && value.length <= 15 && isDigits(value) ? Number(value) : -1
    if (length < 0) return `found content-length ${JSON.stringify(value.slice(0, 64))}: expected digits`
    if (this.contentLength >= 0) return 'found content-length twice: expected it once'
    this.contentLength = length
    this.headers.flat.push(name, value)
    return null
  }
}

export const Pseudo = { method: 1, scheme: 2, authority: 4, path: 8, protocol: 16, status: 32 } as const

/**
 * Makes the head of a request from what `fields` has read, or says what makes it malformed.
 *
 * Extended CONNECT becomes what Upgrade is in HTTP/1: GET with `upgrade`, whose tunnel begins with the reply 101.
 * Source: RFC 9113 section 8.3.1, RFC 8441 section 4.
 */
export function readRequestHead(
  fields: FieldReader,
  endStream: boolean,
  extendedConnect: boolean,
): RequestHead | string {
  const isExtended = (fields.seen & Pseudo.protocol) !== 0
  if (isExtended && !extendedConnect) return 'found :protocol: expected none without ENABLE_CONNECT_PROTOCOL'
  if ((fields.seen & Pseudo.status) !== 0) return 'found :status in a request'
  if (!isToken(fields.method)) return 'found :method missing or not a token'
  const isConnect = fields.method === 'CONNECT'
  if (isExtended && !isConnect) return 'found :protocol without CONNECT'
  const wrong = isConnect && !isExtended ? checkConnect(fields) : checkTarget(fields)
  if (wrong !== null) return wrong
  const authority = fields.authority === '' ? fields.host : fields.authority
  if (!isAuthority(authority)) return 'found :authority and host empty or malformed: expected host or host:port'
  if (fields.host !== '' && !isSameAuthority(fields.host, authority, fields.scheme)) {
    return 'found host that differs from :authority: expected the same'
  }
  const method = isExtended ? 'GET' : fields.method
  const head = new RequestHead(method, fields.scheme, authority, fields.path, fields.headers, 20)
  head.upgrade = isExtended ? fields.protocol.toLowerCase() : ''
  head.expectsContinue = fields.expectsContinue && !endStream
  if (isConnect) {
    // What follows is a tunnel, whose octets nobody counts.
    if (fields.contentLength >= 0) head.headers.delete('content-length')
    if (isExtended && !isToken(head.upgrade)) return 'found :protocol that is no token'
    if (!isExtended) head.bodyKind = 'tunnel'
    return head
  }
  if (endStream && fields.contentLength > 0) return 'found content-length without a body'
  head.bodyLength = endStream ? -1 : fields.contentLength
  head.bodyKind = endStream || fields.contentLength === 0 ? 'none' : fields.contentLength > 0 ? 'length' : 'stream'
  return head
}

/**
 * Makes the head of a reply, interim or final. `isHead`: to a HEAD request; `isTunnel`: to CONNECT; `upgrade`: the protocol
 * that was asked for, '' for none. Source: RFC 9113 section 8.3.2.
 */
export function readReplyHead(
  fields: FieldReader,
  endStream: boolean,
  isHead: boolean,
  isConnect: boolean,
  upgrade: string,
): ReplyHead | string {
  if (fields.seen !== Pseudo.status) return 'found pseudo fields other than :status alone'
  const status = fields.status.length === 3 && isDigits(fields.status) ? Number(fields.status) : 0
  if (status < 100 || status === 101) return 'found :status that is no status of HTTP/2'
  if (status < 200 && endStream) return 'found an interim reply that ends the stream'
  const head = new ReplyHead(status, fields.headers, 20)
  if (status < 200) return head
  if (isConnect && status < 300) {
    head.headers.delete('content-length')
    head.bodyKind = 'tunnel'
    if (upgrade === '') return head
    head.status = 101
    head.upgrade = upgrade
    return head
  }
  head.bodyLength = fields.contentLength
  if (isHead || status === 204 || status === 304) return head
  if (endStream && fields.contentLength > 0) return 'found content-length without a body'
  head.bodyKind = endStream || fields.contentLength === 0 ? 'none' : fields.contentLength > 0 ? 'length' : 'stream'
  return head
}

function checkConnect(fields: FieldReader): string | null {
  if ((fields.seen & (Pseudo.scheme | Pseudo.path)) === 0 && fields.authority !== '') return null
  return 'found CONNECT with :scheme or :path, or without :authority'
}

function checkTarget(fields: FieldReader): string | null {
  if (!isScheme(fields.scheme)) return 'found :scheme missing or malformed'
  const isPath = fields.path.charCodeAt(0) === 0x2f || (fields.path === '*' && fields.method === 'OPTIONS')
  return isPath && isVisible(fields.path, 0x23) ? null : 'found :path missing or malformed: expected "/…"'
}

function forbidden(name: string): string {
  return `found ${name}: expected no field that belongs to a connection`
}

function isDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x30 || text.charCodeAt(i) > 0x39) return false
  return true
}

/** Visible ASCII without `except`. */
function isVisible(text: string, except: number): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code <= 0x20 || code >= 0x7f || code === except) return false
  }
  return text.length > 0
}

const usual = new Set([
  'GET',
  'POST',
  'PUT',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'CONNECT',
  'http',
  'https',
  'websocket',
])

function isToken(text: string): boolean {
  return usual.has(text) || /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text)
}

function isScheme(text: string): boolean {
  return text === 'http' || text === 'https' || /^[a-z][a-z0-9+.-]*$/.test(text)
}

/** No user information, path or query: what is left is checked where it is resolved. */
function isAuthority(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code <= 0x20 || code >= 0x7f) return false
    // " # / < > ? @ \ ^ ` { | }
    if (code === 0x40 || code === 0x2f || code === 0x3f || code === 0x23 || code === 0x5c || code === 0x22) return false
    if (code === 0x3c || code === 0x3e || code === 0x5e || code === 0x60 || (code >= 0x7b && code <= 0x7d)) return false
  }
  return text.length > 0
}

function isSameAuthority(a: string, b: string, scheme: string): boolean {
  if (a === b) return true
  const port = scheme === 'https' ? ':443' : ':80'
  return withoutPort(a.toLowerCase(), port) === withoutPort(b.toLowerCase(), port)
}

function withoutPort(text: string, port: string): string {
  return text.endsWith(port) ? text.slice(0, -port.length) : text
}
