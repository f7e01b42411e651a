import { type Fault, faults, formatReason, REASON_HEADER } from '@weft/faults'
import { type BodySink, type BodySource, emptyBody, HeaderList, ReplyHead, type RequestHead } from '@weft/message'
import { Reply } from '@weft/stack'

/**
 * What the caller sees of a fault: the status of its row, `weft-reason`, and the reason as a small JSON object; for a
 * gRPC call trailers alone with the status that gRPC knows it by. `request` is null when there was none to read.
 *
 * Source: RFC 9110 section 15, gRPC over HTTP/2 (Trailers-Only).
 */
export function faultReply(refusal: Fault, request: RequestHead | null): Reply {
  const reason = formatReason(refusal.reason)
  const row = faults[refusal.code]
  if (request !== null && isGrpc(request)) {
    const headers = new HeaderList(['content-type', 'application/grpc', 'grpc-status', String(row.grpcStatus)])
    headers.append('grpc-message', encodeGrpcMessage(refusal.reason.message))
    headers.append(REASON_HEADER, reason)
    return new Reply(new ReplyHead(200, headers, request.version), emptyBody)
  }
  const body = Buffer.from(`${reason}\n`, 'latin1')
  const head = new ReplyHead(row.httpStatus, new HeaderList(['content-type', 'application/json']), 11)
  head.headers.append('content-length', String(body.length))
  head.headers.append(REASON_HEADER, reason)
  if (request?.method === 'HEAD') return new Reply(head, emptyBody)
  head.bodyKind = 'length'
  head.bodyLength = body.length
  return new Reply(head, bytesBody(body))
}

export function isGrpc(request: RequestHead): boolean {
  const type = request.headers.get('content-type')
  return type !== null && type.startsWith('application/grpc')
}

/** A body of octets that are there already. */
export function bytesBody(octets: Uint8Array): BodySource {
  return {
    start: (sink: BodySink) => {
      sink.bytes(octets)
      sink.end(null)
    },
    pause: () => {},
    resume: () => {},
    cancel: () => {},
  }
}

/** Percent-encodes what gRPC does not allow in grpc-message. */
function encodeGrpcMessage(message: string): string {
  let out = ''
  for (const octet of Buffer.from(message, 'utf8')) {
    const plain = octet >= 0x20 && octet <= 0x7e && octet !== 0x25
    out += plain ? String.fromCharCode(octet) : `%${octet.toString(16).padStart(2, '0').toUpperCase()}`
  }
  return out
}
