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
  return new ReplyHead(200, new HeaderList(['content-type', 'application/grpc', ...endOf(status, message)]), 20)
}

/** The reply that tells a gRPC client of a fault, with its reason for whoever looks for it. */
export function grpcFaultReply(fault: Fault): ReplyHead {
  const head = trailersOnly(faults[fault.code].grpcStatus, fault.reason.message)
  head.headers.append(REASON_HEADER, formatReason(fault.reason))
  return head
}

/** The trailers that tell a gRPC client of a fault that came after the head of its reply. */
export function grpcFaultTrailers(fault: Fault): HeaderList {
  const trailers = new HeaderList(endOf(faults[fault.code].grpcStatus, fault.reason.message))
  trailers.append(REASON_HEADER, formatReason(fault.reason))
  return trailers
}

function endOf(status: number, message: string): string[] {
  const fields = ['grpc-status', String(status)]
  if (message !== '') fields.push('grpc-message', encodeGrpcMessage(message))
  return fields
}
