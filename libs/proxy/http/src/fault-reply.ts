import { type Fault, faults, formatReason, REASON_HEADER } from '@weft/faults'
import { grpcFaultReply, isGrpc as hasGrpcType } from '@weft/grpc'
import { type BodySink, type BodySource, emptyBody, HeaderList, ReplyHead, type RequestHead } from '@weft/message'
import { Reply } from '@weft/stack'

/**
 * What the caller sees of a fault: the status of its row, `weft-reason`, and the reason as a small JSON object; for a
 * gRPC call trailers alone with the status that gRPC knows it by. `request` is null when there was none to read.
 *
 * Source: RFC 9110 section 15, gRPC over HTTP/2 (Trailers-Only).
 */
export function faultReply(refusal: Fault, request: RequestHead | null): Reply {
  if (request !== null && isGrpc(request)) return new Reply(grpcFaultReply(refusal), emptyBody)
  const reason = formatReason(refusal.reason)
  const row = faults[refusal.code]
  const body = Buffer.from(`${reason}\n`, 'latin1')
  const head = new ReplyHead(row.httpStatus, new HeaderList(['content-type', 'application/json']), 11)
  head.headers.append('content-length', String(body.length))
  head.headers.append(REASON_HEADER, reason)
  if (request?.method === 'HEAD') return new Reply(head, emptyBody)
  head.bodyKind = 'length'
  head.bodyLength = body.length
  return new Reply(head, bytesBody(body))
}

/** Whether the request is a gRPC call; gRPC-Web, which tells of its end in the body, is plain HTTP here. */
export function isGrpc(request: RequestHead): boolean {
  return hasGrpcType(request.headers)
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
