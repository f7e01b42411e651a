import type { ReplyHead, RequestHead } from '@weft/message'
import { Http1Refusal, quote } from './faults.ts'
import { isAll, TEXT } from './octets.ts'
import { checkContentLength, connectionLine, writeHead } from './write-fields.ts'
import { checkKnownLength, checkNoLength } from './write-request.ts'

/**
 * Writes the head of a reply in HTTP/1.1. `request` is what it answers, null when that could not be read.
 *
 * The framing follows from `head.bodyKind` and the client's version: {@link isChunkedReply} tells whether the body must be
 * chunked, {@link isPersistentReply} whether the connection goes on; both agree with what is written. Refuses, as a value,
 * what a strict reader would not accept. Source: RFC 9112 sections 4, 6 and 9.
 */
export function writeReplyHead(
  head: ReplyHead,
  request: RequestHead | null,
  persistent: boolean,
): Buffer | Http1Refusal {
  const refusal = checkStartLine(head) ?? checkFraming(head, request)
  if (refusal !== null) return refusal
  const startLine = `HTTP/1.1 ${head.status} ${head.reasonPhrase}\r\n`
  return writeHead(startLine, head.headers, '', ourFields(head, request, persistent))
}

/** Whether the body of this reply must be written in chunks: of kind `stream`, for a client that speaks HTTP/1.1. */
export function isChunkedReply(head: ReplyHead, request: RequestHead | null): boolean {
  return head.bodyKind === 'stream' && request?.version !== 10
}

/**
 * Whether the connection can carry another exchange after this reply, given that both sides would like to (`persistent`).
 * Not when the end of the connection is the end of the body.
 */
export function isPersistentReply(head: ReplyHead, request: RequestHead | null, persistent: boolean): boolean {
  return persistent && head.bodyKind !== 'tunnel' && (head.bodyKind !== 'stream' || isChunkedReply(head, request))
}

function checkStartLine(head: ReplyHead): Http1Refusal | null {
  if (!(Number.isInteger(head.status) && head.status >= 100 && head.status <= 999)) {
    return new Http1Refusal('bad_status', `Cannot write status ${head.status}: expected 100 to 999`)
  }
  if (head.reasonPhrase === '' || isAll(head.reasonPhrase, TEXT)) return null
  return new Http1Refusal('bad_start_line', `Cannot write reason ${quote(head.reasonPhrase)}: expected visible text`)
}

function checkFraming(head: ReplyHead, request: RequestHead | null): Http1Refusal | null {
  const isSwitch = head.status === 101 || (head.status >= 200 && head.status < 300 && request?.method === 'CONNECT')
  if ((head.bodyKind === 'tunnel') !== isSwitch || (head.status === 101 && head.upgrade === '')) {
    const message = `Cannot write status ${head.status} with a body of kind ${head.bodyKind}: expected a tunnel for 101 with Upgrade, or for CONNECT`
    return new Http1Refusal('conflicting_framing', message)
  }
  if (head.upgrade !== '' && !isAll(head.upgrade, TEXT)) {
    return new Http1Refusal('bad_upgrade', `Cannot write Upgrade: ${quote(head.upgrade)}: expected protocol names`)
  }
  const hasContent = head.bodyKind === 'length' || head.bodyKind === 'stream'
  if (hasContent && !mayHaveContent(head, request)) {
    const message = `Cannot write status ${head.status} to ${request?.method ?? 'a request'} with content: expected none`
    return new Http1Refusal('conflicting_framing', message)
  }
  if (head.bodyKind === 'length') {
    return checkKnownLength(head.bodyLength) ?? checkContentLength(head.headers, head.bodyLength)
  }
  const isLengthForbidden = hasContent || head.status < 200 || head.status === 204 || isSwitch
  if (isLengthForbidden) return checkNoLength(head.headers.has('content-length'), head.bodyKind)
  return checkContentLength(head.headers, mayHaveContent(head, request) ? 0 : -1)
}

/** RFC 9112 6.3: these replies end with their head, whatever their fields say. */
function mayHaveContent(head: ReplyHead, request: RequestHead | null): boolean {
  return head.status >= 200 && head.status !== 204 && head.status !== 304 && request?.method !== 'HEAD'
}

function ourFields(head: ReplyHead, request: RequestHead | null, persistent: boolean): string {
  let lines = head.upgrade === '' ? '' : `Upgrade: ${head.upgrade}\r\n`
  if (head.status < 200 && head.status !== 101) return lines
  if (isChunkedReply(head, request)) lines += 'Transfer-Encoding: chunked\r\n'
  else if (mayHaveContent(head, request) && !head.headers.has('content-length')) {
    // Without a length the client would wait for the end of the connection.
    if (head.bodyKind === 'length') lines += `Content-Length: ${head.bodyLength}\r\n`
    else if (head.bodyKind === 'none') lines += 'Content-Length: 0\r\n'
  }
  return lines + connectionLine(firstOption(head, request, persistent), false, head.upgrade !== '')
}

function firstOption(head: ReplyHead, request: RequestHead | null, persistent: boolean): '' | 'close' | 'keep-alive' {
  if (head.bodyKind === 'tunnel') return ''
  if (!isPersistentReply(head, request, persistent)) return 'close'
  return request?.version === 10 ? 'keep-alive' : ''
}
