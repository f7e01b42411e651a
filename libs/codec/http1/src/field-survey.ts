import { equalsIgnoreCase } from '@weft/bytes'
import { HeaderList, SPAN_NUMBERS } from '@weft/message'
import { Http1Refusal, quote } from './faults.ts'
import type { HeadScanner } from './head-scanner.ts'
import { field, fieldAt, knownName } from './known-names.ts'
import type { Http1Limits } from './limits.ts'
import { isAll, TOKEN } from './octets.ts'

/**
 * Reads the fields of a scanned head once: end-to-end fields go to `headers`, hop-by-hop fields become what they mean
 * for this connection.
 *
 * One serves all readers of the same limits, for what it found is used at once. Source: RFC 9110 sections 7.6.1 and 7.8, RFC 9112 section 6.
 */
export class FieldSurvey {
  headers: HeaderList
  /** Content-Length, or -1. */
  contentLength: number
  isChunked: boolean
  hasClose: boolean
  hasKeepAlive: boolean
  /** How long the peer says that it keeps the connection when idle, in seconds (Keep-Alive: timeout); -1 when it does not say. */
  keepAliveSeconds: number
  /** Value of Upgrade when Connection names it, as it was written, without h2c; else ''. */
  upgrade: string
  host: string
  hostCount: number
  expectsContinue: boolean
  readonly #limits: Http1Limits
  #connection: string
  #upgradeField: string
  #takesTrailers: boolean

  constructor(limits: Http1Limits) {
    this.headers = noHeaders
    this.contentLength = -1
    this.isChunked = false
    this.hasClose = false
    this.hasKeepAlive = false
    this.keepAliveSeconds = -1
    this.upgrade = ''
    this.host = ''
    this.hostCount = 0
    this.expectsContinue = false
    this.#limits = limits
    this.#connection = ''
    this.#upgradeField = ''
    this.#takesTrailers = false
  }

  /** Reads the fields of `scanner`, whose head as text is `text`. Returns null, or why the head is refused. */
  read(scanner: HeadScanner, text: string): Http1Refusal | null {
    this.#reset()
    const spans = scanner.spans.slice(0, scanner.fieldCount * SPAN_NUMBERS)
    for (let at = 0; at < spans.length; at += SPAN_NUMBERS) {
      const meaning = fieldAt(text, spans[at]!, spans[at + 1]!)
      if (meaning === field.plain) continue
      if (meaning === field.disguised) return disguised(text.substring(spans[at]!, spans[at + 1]!))
      const refusal = this.#take(meaning, text.substring(spans[at + 2]!, spans[at + 3]!))
      if (refusal !== null) return refusal
      if (isOfConnection(meaning)) spans[at + 1] = spans[at]!
    }
    this.headers = HeaderList.ofText(text, spans)
    // Lines that we would write otherwise are written so: the list has to be one of strings.
    if (!scanner.isCanonical) void this.headers.flat
    return this.#connection === '' ? this.#finish() : (this.#readConnection() ?? this.#finish())
  }

  #reset(): void {
    this.headers = noHeaders
    this.contentLength = -1
    this.isChunked = false
    this.hasClose = false
    this.hasKeepAlive = false
    this.keepAliveSeconds = -1
    this.upgrade = ''
    this.host = ''
    this.hostCount = 0
    this.expectsContinue = false
    this.#connection = ''
    this.#upgradeField = ''
    this.#takesTrailers = false
  }

  #take(meaning: number, value: string): Http1Refusal | null {
    switch (meaning) {
      case field.host:
        this.host = value
        if (++this.hostCount > 1) return new Http1Refusal('bad_host', 'Found more than one Host field: expected one')
        return null
      case field.contentLength:
        if (this.contentLength >= 0) {
          return new Http1Refusal('bad_content_length', 'Found more than one Content-Length field: expected one')
        }
        this.contentLength = parseContentLength(value)
        return this.contentLength >= 0 ? null : badContentLength(value)
      case field.transferEncoding:
        if (this.isChunked) {
          return new Http1Refusal('bad_transfer_encoding', 'Found chunked more than once: expected it once and last')
        }
        this.isChunked = equalsIgnoreCase(value, 'chunked')
        return this.isChunked ? null : badTransferEncoding(value)
      case field.expect:
        if (this.expectsContinue || !equalsIgnoreCase(value, '100-continue')) {
          return new Http1Refusal('bad_expect', `Found Expect: ${quote(value)}: expected 100-continue, once`)
        }
        this.expectsContinue = true
        return null
      case field.connection:
        this.#connection = this.#connection === '' ? value : `${this.#connection},${value}`
        return null
      case field.upgrade:
        this.#upgradeField = this.#upgradeField === '' ? value : `${this.#upgradeField}, ${value}`
        return null
      case field.te:
        this.#takesTrailers ||= listHas(value, 'trailers')
        return null
      case field.keepAlive:
        this.keepAliveSeconds = parseKeepAlive(value)
        return null
      default:
        return null
    }
  }

  #readConnection(): Http1Refusal | null {
    if (this.#connection === 'keep-alive') {
      this.hasKeepAlive = true
      return null
    }
    if (this.#connection === 'close') {
      this.hasClose = true
      return null
    }
    const options = this.#connection.split(',', this.#limits.connectionOptionsMax + 1)
    if (options.length > this.#limits.connectionOptionsMax) {
      const message = `Found over ${this.#limits.connectionOptionsMax} connection options: expected at most that many`
      return new Http1Refusal('bad_connection', message)
    }
    for (const untrimmed of options) {
      const option = trim(untrimmed)
      if (option === '') continue
      if (equalsIgnoreCase(option, 'close')) this.hasClose = true
      else if (equalsIgnoreCase(option, 'keep-alive')) this.hasKeepAlive = true
      else if (equalsIgnoreCase(option, 'upgrade')) this.upgrade = this.#upgradeField
      else if (!equalsIgnoreCase(option, 'te')) {
        const refusal = this.#dropNamed(option)
        if (refusal !== null) return refusal
      }
    }
    return null
  }

  /** Takes out a field that Connection names, unless that would change what the message says. */
  #dropNamed(option: string): Http1Refusal | null {
    const known = knownName(option)
    if (!isAll(option, TOKEN) || (known?.isHeadOnly && known.field < field.transferEncoding)) {
      const message = `Found connection option ${quote(option)}: expected close, keep-alive or the name of a hop-by-hop field`
      return new Http1Refusal('bad_connection', message)
    }
    this.headers.delete(option)
    return null
  }

  #finish(): Http1Refusal | null {
    if (this.isChunked && this.contentLength >= 0) {
      const message = 'Found both Content-Length and Transfer-Encoding: expected one of them'
      return new Http1Refusal('conflicting_framing', message)
    }
    // RFC 9110 10.1.4: TE concerns one connection, but "trailers" is a promise that is passed on.
    if (this.#takesTrailers) this.headers.append('TE', 'trailers')
    if (this.upgrade === '') return null
    if (!isProtocolList(this.upgrade)) {
      return new Http1Refusal('bad_upgrade', `Found Upgrade: ${quote(this.upgrade)}: expected protocol names`)
    }
    this.upgrade = withoutH2c(this.upgrade)
    return null
  }
}

/** Whether a field of that meaning concerns one connection and is not passed on as it is. */
function isOfConnection(meaning: number): boolean {
  return meaning !== field.host && meaning !== field.contentLength && meaning !== field.expect
}

function disguised(name: string): Http1Refusal {
  return new Http1Refusal(
    'bad_field_name',
    `Found field ${quote(name)}: expected no "_" in a name that tells of framing`,
  )
}

function parseContentLength(value: string): number {
  if (value.length === 0 || value.length > 15) return -1
  let length = 0
  for (let i = 0; i < value.length; i++) {
    const digit = value.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return -1
    length = length * 10 + digit
  }
  return length
}

/** `timeout=5, max=100`; -1 when it has no timeout that is a number of at most six digits. Source: RFC 2068 section 19.7.1.1. */
function parseKeepAlive(value: string): number {
  let at = 0
  while (at < value.length) {
    let end = value.indexOf(',', at)
    if (end < 0) end = value.length
    while (at < end && value.charCodeAt(at) === 0x20) at++
    const equals = value.indexOf('=', at)
    if (equals >= 0 && equals < end && equalsIgnoreCase(value.substring(at, equals), 'timeout')) {
      const digits = trim(value.substring(equals + 1, end))
      return digits.length <= 6 ? parseContentLength(digits) : -1
    }
    at = end + 1
  }
  return -1
}

function badContentLength(value: string): Http1Refusal {
  return new Http1Refusal('bad_content_length', `Found Content-Length: ${quote(value)}: expected 1 to 15 digits`)
}

function badTransferEncoding(value: string): Http1Refusal {
  // A list that ends in chunked is well formed, but the codings before it are not understood: RFC 9112 6.1 asks for 501.
  const codings = value.toLowerCase().split(',')
  const isWellFormed = trim(codings.pop()!) === 'chunked' && codings.length > 0 && codings.every(isForeignCoding)
  const code = isWellFormed ? 'unknown_transfer_coding' : 'bad_transfer_encoding'
  return new Http1Refusal(code, `Found Transfer-Encoding: ${quote(value)}: expected chunked alone`)
}

function isForeignCoding(coding: string): boolean {
  const name = trim(coding)
  return name !== 'chunked' && name !== 'identity' && isAll(name, TOKEN)
}

/** Whether a comma separated list has `word`, regardless of case. */
function listHas(list: string, word: string): boolean {
  for (const item of list.split(',')) if (equalsIgnoreCase(trim(item), word)) return true
  return false
}

function trim(item: string): string {
  let start = 0
  let end = item.length
  while (start < end && (item[start] === ' ' || item[start] === '\t')) start++
  while (end > start && (item[end - 1] === ' ' || item[end - 1] === '\t')) end--
  return item.substring(start, end)
}

function isProtocolList(list: string): boolean {
  for (const item of list.split(',')) {
    const [name, version, more] = trim(item).split('/')
    if (!isAll(name!, TOKEN) || more !== undefined || (version !== undefined && !isAll(version, TOKEN))) return false
  }
  return true
}

/** h2c by Upgrade is gone from HTTP/2 (RFC 9113 3.1), and would lead requests past every rule that reads them. */
function withoutH2c(list: string): string {
  if (list === 'websocket') return list
  const kept: string[] = []
  for (const item of list.split(',')) if (!equalsIgnoreCase(trim(item), 'h2c')) kept.push(trim(item))
  return kept.join(', ')
}

const noHeaders = new HeaderList()

let sharedLimits: Http1Limits | null = null
let shared: FieldSurvey | null = null

/** The survey of readers with these limits; another one only when the limits are others than last time. */
export function surveyOf(limits: Http1Limits): FieldSurvey {
  if (shared === null || sharedLimits !== limits) {
    shared = new FieldSurvey(limits)
    sharedLimits = limits
  }
  return shared
}
