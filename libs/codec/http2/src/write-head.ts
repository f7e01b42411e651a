import { equalsIgnoreCase } from '@weft/bytes'
import { assert } from '@weft/faults'
import { fieldName, type FieldName, type HpackEncoder } from '@weft/hpack'
import type { HeaderList, ReplyHead, RequestHead } from '@weft/message'

const METHOD = fieldName(':method')
const SCHEME = fieldName(':scheme')
const AUTHORITY = fieldName(':authority')
const PATH = fieldName(':path')
const PROTOCOL = fieldName(':protocol')
const STATUS = fieldName(':status')
const CONTENT_LENGTH = fieldName('content-length')
const TE = fieldName('te')

/**
 * Encodes the head of a request into `encoder`. A head with `upgrade` becomes extended CONNECT.
 *
 * Fields that belong to one connection, Host and names that are no tokens are left out. Source: RFC 9113 section 8.3.1,
 * RFC 8441 section 4.
 */
export function encodeRequestHead(encoder: HpackEncoder, head: RequestHead): void {
  encoder.begin()
  if (head.upgrade !== '') {
    encoder.field(METHOD, 'CONNECT')
    // HTTP/1 compares without case, HTTP/2 knows one way to write it.
    encoder.field(PROTOCOL, head.upgrade.toLowerCase())
  } else {
    encoder.field(METHOD, head.method)
  }
  if (head.method !== 'CONNECT' || head.upgrade !== '') {
    encoder.field(SCHEME, head.scheme)
    encoder.field(PATH, head.path)
  }
  encoder.field(AUTHORITY, head.authority)
  encodeFields(encoder, head.headers, head.bodyKind === 'length' ? head.bodyLength : -1)
}

/** Encodes the head of a reply. `isExtendedConnect`: to an extended CONNECT, whose 101 is 200. */
export function encodeReplyHead(encoder: HpackEncoder, head: ReplyHead, isExtendedConnect: boolean): void {
  encoder.begin()
  encoder.field(STATUS, isExtendedConnect && head.status === 101 ? '200' : statusText(head.status))
  encodeFields(encoder, head.headers, head.bodyKind === 'length' ? head.bodyLength : -1)
}

/** Encodes an interim head, or a final one that has neither fields nor body. */
export function encodeStatus(encoder: HpackEncoder, status: number, headers: HeaderList | null): void {
  encoder.begin()
  encoder.field(STATUS, statusText(status))
  if (headers !== null) encodeFields(encoder, headers, -1)
}

export function encodeTrailers(encoder: HpackEncoder, trailers: HeaderList): void {
  encoder.begin()
  encodeFields(encoder, trailers, -1)
}

/** `contentLength` is added where the fields do not say it; -1 for none. */
function encodeFields(encoder: HpackEncoder, headers: HeaderList, contentLength: number): void {
  const flat = headers.flat
  const sensitive = headers.sensitiveNames
  for (let i = 0; i < flat.length; i += 2) {
    const name = fieldName(flat[i]!)
    if (!name.isRegular || (name === TE && !equalsIgnoreCase(flat[i + 1]!, 'trailers'))) continue
    if (name === CONTENT_LENGTH) contentLength = -1
    encoder.field(name, flat[i + 1]!, sensitive !== null && isSensitive(sensitive, name))
  }
  if (contentLength >= 0) encoder.field(CONTENT_LENGTH, String(contentLength))
}

function isSensitive(names: readonly string[], name: FieldName): boolean {
  for (let i = 0; i < names.length; i++) if (names[i] === name.lower) return true
  return false
}

const statusTexts: string[] = []

/** The status as text, made once for each. */
function statusText(status: number): string {
  assert(status >= 100 && status <= 999, `status ${status} in a reply`)
  return (statusTexts[status] ??= String(status))
}
