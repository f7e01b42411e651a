import { ReplyHead } from '@weft/message'
import { Http1Refusal, quote } from './faults.ts'
import type { FieldSurvey } from './field-survey.ts'
import type { HeadScanner } from './head-scanner.ts'
import { readVersion } from './read-request.ts'

/**
 * Makes the head of a reply from what `scanner` found and `survey` is to read. `method` is that of the request.
 *
 * A body whose end is the end of the connection has kind `stream` while `survey.isChunked` is false.
 * Source: RFC 9112 sections 4 and 6.3, RFC 9110 section 15.
 */
export function readReply(scanner: HeadScanner, survey: FieldSurvey, method: string): ReplyHead | Http1Refusal {
  const text = scanner.text()
  const start = scanner.startLineStart
  const end = scanner.startLineEnd
  const version = readVersion(text, start, Math.min(start + 8, end))
  if (version === 0) {
    return new Http1Refusal('bad_version', `Found ${lineOf(scanner, text)}: expected "HTTP/1.1 status reason"`)
  }
  const status = readStatus(text, start, end)
  if (status === 0) {
    const message = `Found ${lineOf(scanner, text)}: expected a status from 100 to 999 after one space`
    return new Http1Refusal('bad_status', message)
  }
  const refusal = survey.read(scanner, text)
  if (refusal !== null) return refusal

  const head = new ReplyHead(status, survey.headers, version)
  head.reasonPhrase = text.startsWith('OK\r', start + 13) ? 'OK' : text.substring(Math.min(start + 13, end), end)
  return readFraming(head, survey, method) ?? head
}

function lineOf(scanner: HeadScanner, text: string): string {
  return quote(text.substring(scanner.startLineStart, scanner.startLineEnd))
}

function readStatus(text: string, start: number, end: number): number {
  if (end < start + 12 || text.charCodeAt(start + 8) !== 0x20) return 0
  if (end > start + 12 && text.charCodeAt(start + 12) !== 0x20) return 0
  let status = 0
  for (let i = start + 9; i < start + 12; i++) {
    const digit = text.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return 0
    status = status * 10 + digit
  }
  return status >= 100 ? status : 0
}

function readFraming(head: ReplyHead, survey: FieldSurvey, method: string): Http1Refusal | null {
  if (survey.isChunked && head.version === 10) {
    return new Http1Refusal('conflicting_framing', 'Found Transfer-Encoding in HTTP/1.0: expected Content-Length')
  }
  if (head.status < 200) return readInterim(head, survey)
  if (head.status < 300 && method === 'CONNECT') {
    // RFC 9110 9.3.6: framing fields in this reply are to be ignored.
    head.headers.delete('content-length')
    survey.contentLength = -1
    survey.isChunked = false
    head.bodyKind = 'tunnel'
    return null
  }
  head.upgrade = head.status === 426 ? survey.upgrade : ''
  head.bodyLength = survey.contentLength
  if (method === 'HEAD' || head.status === 304) return null
  if (head.status === 204) {
    // Never content, whatever the fields say (RFC 9112 6.3); a server that says otherwise is not asked again: see reader.ts.
    head.headers.delete('content-length')
    head.bodyLength = -1
    return null
  }
  if (survey.isChunked || survey.contentLength < 0) head.bodyKind = 'stream'
  else if (survey.contentLength > 0) head.bodyKind = 'length'
  return null
}

/** 101 opens a tunnel; every other 1xx announces that a final reply is to come. */
function readInterim(head: ReplyHead, survey: FieldSurvey): Http1Refusal | null {
  if (survey.isChunked || survey.contentLength > 0) {
    return new Http1Refusal('conflicting_framing', `Found ${head.status} with content: expected none`)
  }
  head.headers.delete('content-length')
  if (head.status !== 101) return null
  if (survey.upgrade === '') {
    return new Http1Refusal('bad_upgrade', 'Found 101 without the protocol it switches to: expected Upgrade')
  }
  head.upgrade = survey.upgrade
  head.bodyKind = 'tunnel'
  return null
}

/** Whether every protocol of a 101 is among those that the request offered, whatever their case. Source: RFC 9110 section 7.8. */
export function isOffered(taken: string, offered: string): boolean {
  if (taken === offered) return offered !== ''
  const offers = offered
    .toLowerCase()
    .split(',')
    .map((protocol) => protocol.trim())
  return taken
    .toLowerCase()
    .split(',')
    .every((protocol) => offers.includes(protocol.trim()))
}
