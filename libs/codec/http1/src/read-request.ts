import { type HeaderList, RequestHead } from '@weft/message'
import { isAuthority, isAuthorityWithPort, isNamedBy, isSameAuthority } from './authority.ts'
import { Http1Refusal, quote } from './faults.ts'
import type { FieldSurvey } from './field-survey.ts'
import type { HeadScanner } from './head-scanner.ts'
import { isAll, TOKEN } from './octets.ts'

/**
 * Makes the head of a request from what `scanner` found and `survey` is to read.
 *
 * `head.authority` is what the request is for; a Host field stays among the headers for its place and spelling only.
 * Source: RFC 9112 sections 3 and 6.3, RFC 9110 section 7.
 */
export function readRequest(scanner: HeadScanner, survey: FieldSurvey, scheme: string): RequestHead | Http1Refusal {
  const text = scanner.text()
  const start = scanner.startLineStart
  const end = scanner.startLineEnd
  const first = text.indexOf(' ', start)
  const second = text.indexOf(' ', first + 1)
  // Two spaces, and the second followed by no other before the line ends.
  const isThreeWords = first > start && second > first + 1 && second < end
  if (!isThreeWords || text.lastIndexOf(' ', end - 1) !== second) {
    const line = text.substring(start, end)
    return new Http1Refusal('bad_start_line', `Found ${quote(line)}: expected "METHOD target HTTP/1.1"`)
  }
  const frequent = frequentMethod(text, start)
  const method = frequent ?? text.substring(start, first)
  if (frequent === null && !isAll(method, TOKEN)) {
    return new Http1Refusal('bad_method', `Found method ${quote(method)}: expected a token`)
  }
  const version = readVersion(text, second + 1, end)
  if (version === 0) {
    const found = quote(text.substring(second + 1, end))
    return new Http1Refusal('bad_version', `Found version ${found}: expected HTTP/1.1 or HTTP/1.0`)
  }
  const refusal = survey.read(scanner, text)
  if (refusal !== null) return refusal

  const head = new RequestHead(method, scheme, survey.host, text.substring(first + 1, second), survey.headers, version)
  return checkHost(survey, version) ?? readTarget(head, survey) ?? readFraming(head, survey) ?? head
}

/** 10, 11, or 0 for anything else, of what stands in `text` between two positions. */
export function readVersion(text: string, start: number, end: number): number {
  if (end - start !== 8 || !text.startsWith('HTTP/1.', start)) return 0
  const minor = text.charCodeAt(start + 7) - 48
  return minor === 1 ? 11 : minor === 0 ? 10 : 0
}

/** The method at `start` as a string that is shared, so that comparing methods is comparing references; null for a rare one. */
function frequentMethod(text: string, start: number): string | null {
  switch (text.charCodeAt(start)) {
    case 0x47:
      return text.startsWith('GET ', start) ? 'GET' : null
    case 0x50:
      return text.startsWith('POST ', start) ? 'POST' : text.startsWith('PUT ', start) ? 'PUT' : null
    case 0x44:
      return text.startsWith('DELETE ', start) ? 'DELETE' : null
    case 0x48:
      return text.startsWith('HEAD ', start) ? 'HEAD' : null
    default:
      return null
  }
}

function checkHost(survey: FieldSurvey, version: number): Http1Refusal | null {
  if (survey.hostCount === 0) {
    return version === 10 ? null : new Http1Refusal('bad_host', 'Found no Host field: expected one in HTTP/1.1')
  }
  if (isAuthority(survey.host)) return null
  return new Http1Refusal('bad_host', `Found Host: ${quote(survey.host)}: expected host or host:port`)
}

function readTarget(head: RequestHead, survey: FieldSurvey): Http1Refusal | null {
  const target = head.path
  if (head.method === 'CONNECT') {
    if (!isAuthorityWithPort(target)) return badTarget(target, 'host:port for CONNECT')
    if (survey.hostCount > 0 && !isNamedBy(survey.host, target)) return otherHost(target, survey)
    head.authority = target
    head.path = ''
    return null
  }
  // The scanner let through visible ASCII alone.
  if (target.includes('#')) return badTarget(target, 'visible ASCII without "#"')
  if (target.charCodeAt(0) === 0x2f) return null
  if (target === '*') return head.method === 'OPTIONS' ? null : badTarget(target, '"*" only with OPTIONS')
  return readAbsolute(head, survey)
}

/** `http://host:port/path`. What the Host field says must be the same: a proxy and a server may follow different ones. */
function readAbsolute(head: RequestHead, survey: FieldSurvey): Http1Refusal | null {
  const target = head.path
  const schemeEnd = target.indexOf('://')
  const scheme = schemeEnd < 0 ? '' : target.substring(0, schemeEnd).toLowerCase()
  if (scheme !== 'http' && scheme !== 'https') return badTarget(target, 'a path, or an http or https URI')
  const start = schemeEnd + 3
  let end = start
  while (end < target.length && target[end] !== '/' && target[end] !== '?') end++
  const authority = target.substring(start, end)
  if (!isAuthority(authority)) return badTarget(target, 'an http or https URI with a host')
  if (survey.hostCount > 0 && !isSameAuthority(authority, survey.host, scheme)) return otherHost(target, survey)
  head.scheme = scheme
  head.authority = authority
  const rest = target.substring(end)
  if (rest === '') head.path = head.method === 'OPTIONS' ? '*' : '/'
  else head.path = rest.charCodeAt(0) === 0x3f ? `/${rest}` : rest
  return null
}

function readFraming(head: RequestHead, survey: FieldSurvey): Http1Refusal | null {
  if (survey.isChunked) {
    if (head.version === 10) {
      return new Http1Refusal('conflicting_framing', 'Found Transfer-Encoding in HTTP/1.0: expected Content-Length')
    }
    head.bodyKind = 'stream'
  } else if (survey.contentLength >= 0) {
    head.bodyLength = survey.contentLength
    if (survey.contentLength > 0) head.bodyKind = 'length'
  }
  if (head.method === 'CONNECT') {
    if (head.bodyKind !== 'none') {
      return new Http1Refusal('conflicting_framing', 'Found CONNECT with content: expected none')
    }
    head.bodyKind = 'tunnel'
    return null
  }
  // RFC 9110 7.8 and 10.1.1: in HTTP/1.0 both are to be ignored.
  if (head.version === 10) {
    if (survey.expectsContinue) dropExpect(head.headers)
    return null
  }
  head.upgrade = survey.upgrade
  head.expectsContinue = survey.expectsContinue && head.bodyKind !== 'none'
  return null
}

function dropExpect(headers: HeaderList): void {
  headers.delete('expect')
}

function otherHost(target: string, survey: FieldSurvey): Http1Refusal {
  const message = `Found Host: ${quote(survey.host)} with target ${quote(target)}: expected the same host in both`
  return new Http1Refusal('bad_host', message)
}

function badTarget(target: string, expected: string): Http1Refusal {
  return new Http1Refusal('bad_target', `Found request target ${quote(target)}: expected ${expected}`)
}
