import { equalsIgnoreCase } from '@weft/bytes'
import type { RequestHead } from '@weft/message'
import { isAuthority, isAuthorityWithPort } from './authority.ts'
import { Http1Refusal, quote } from './faults.ts'
import { isAll, TARGET, TEXT, TOKEN } from './octets.ts'
import { checkContentLength, connectionLine, writeHead } from './write-fields.ts'

/**
 * Writes the head of a request in HTTP/1.1: origin form, or authority form for CONNECT.
 *
 * Adds what belongs to the connection: Host from `head.authority`, Connection, Upgrade, `Transfer-Encoding: chunked` for a
 * body of kind `stream`, a missing Content-Length. `persistent` false asks the server to close after the reply;
 * `ownAuthority` is what Host says of a request that came without one.
 * Refuses, as a value, what a strict reader would not accept. Source: RFC 9112 sections 3 and 6, RFC 9110 8.6.
 */
export function writeRequestHead(head: RequestHead, persistent = true, ownAuthority = ''): Buffer | Http1Refusal {
  const authority = head.authority === '' && head.version === 10 ? ownAuthority : head.authority
  const refusal = checkStartLine(head, authority) ?? checkFraming(head)
  if (refusal !== null) return refusal
  const target = head.method === 'CONNECT' ? authority : head.path
  return writeHead(`${head.method} ${target} HTTP/1.1\r\n`, head.headers, authority, ourFields(head, persistent))
}

function checkStartLine(head: RequestHead, authority: string): Http1Refusal | null {
  if (!isAll(head.method, TOKEN)) {
    return new Http1Refusal('bad_method', `Cannot write method ${quote(head.method)}: expected a token`)
  }
  if (head.method === 'CONNECT') {
    if (isAuthorityWithPort(authority)) return null
    return new Http1Refusal('bad_target', `Cannot write CONNECT ${quote(authority)}: expected host:port`)
  }
  if (!isAuthority(authority)) {
    return new Http1Refusal('bad_host', `Cannot write Host: ${quote(authority)}: expected host or host:port`)
  }
  const isPath = head.path.charCodeAt(0) === 0x2f || (head.path === '*' && head.method === 'OPTIONS')
  if (isPath && isAll(head.path, TARGET)) return null
  const message = `Cannot write request target ${quote(head.path)}: expected a path of visible ASCII without "#"`
  return new Http1Refusal('bad_target', message)
}

function checkFraming(head: RequestHead): Http1Refusal | null {
  if ((head.bodyKind === 'tunnel') !== (head.method === 'CONNECT')) {
    const message = `Cannot write ${head.method} with a body of kind ${head.bodyKind}: expected a tunnel for CONNECT alone`
    return new Http1Refusal('conflicting_framing', message)
  }
  if (head.upgrade !== '' && !isAll(head.upgrade, TEXT)) {
    return new Http1Refusal('bad_upgrade', `Cannot write Upgrade: ${quote(head.upgrade)}: expected protocol names`)
  }
  switch (head.bodyKind) {
    case 'length':
      return checkKnownLength(head.bodyLength) ?? checkContentLength(head.headers, head.bodyLength)
    case 'none':
      return checkContentLength(head.headers, 0)
    default:
      return checkNoLength(head.headers.has('content-length'), head.bodyKind)
  }
}

export function checkKnownLength(length: number): Http1Refusal | null {
  if (Number.isSafeInteger(length) && length >= 0) return null
  return new Http1Refusal('bad_content_length', `Cannot write a body of ${length} octets: expected a known length`)
}

export function checkNoLength(hasLength: boolean, bodyKind: string): Http1Refusal | null {
  if (!hasLength) return null
  const message = `Cannot write Content-Length with a body of kind ${bodyKind}: expected kind length`
  return new Http1Refusal('conflicting_framing', message)
}

function ourFields(head: RequestHead, persistent: boolean): string {
  const te = head.headers.get('te')
  const upgrades = head.upgrade !== '' && head.bodyKind !== 'tunnel'
  let lines = upgrades ? `Upgrade: ${head.upgrade}\r\n` : ''
  if (head.bodyKind === 'stream') lines += 'Transfer-Encoding: chunked\r\n'
  else if (head.bodyKind !== 'tunnel' && !head.headers.has('content-length')) {
    if (head.bodyKind === 'length') lines += `Content-Length: ${head.bodyLength}\r\n`
    else if (expectsContent(head.method)) lines += 'Content-Length: 0\r\n'
  }
  return lines + connectionLine(persistent ? '' : 'close', te !== null && equalsIgnoreCase(te, 'trailers'), upgrades)
}

/** RFC 9110 8.6: with these methods a message without content says so. */
function expectsContent(method: string): boolean {
  return method === 'POST' || method === 'PUT' || method === 'PATCH'
}
