import type { Fault } from '@weft/faults'
import { faults, formatReason, REASON_HEADER } from '@weft/faults'
import { HeaderList, ReplyHead } from '@weft/message'
import { encodeGrpcMessage } from './message-text.ts'

/**
 * A reply that says only how a call ended, in one head without a body: status 200, grpc-status, grpc-message.
 *
 * Source: gRPC over HTTP/2, "Trailers-Only".
 */
export function trailersOnly(status: number, message: string): ReplyHead {
  const headers = new HeaderList(['content-type', 'application/grpc', 'grpc-status', String(status)])
  if (message !== '') headers.append('grpc-message', encodeGrpcMessage(message))
  return new ReplyHead(200, headers, 20)
}

/** The reply that tells a gRPC client of a fault, with its reason for whoever looks for it. */
export function grpcFaultReply(fault: Fault): ReplyHead {
  const head = trailersOnly(faults[fault.code].grpcStatus, fault.reason.message)
  head.headers.append(REASON_HEADER, formatReason(fault.reason))
  return head
}
