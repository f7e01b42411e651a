import type { FaultCode } from '@weft/faults'
import { GrpcStatus, isGrpc, readGrpcStatus } from '@weft/grpc'
import type { ReplyHead } from '@weft/message'
import { grpcPushbackMs, retryAfterMs } from '@weft/retry'
import type { Exchange } from '@weft/stack'
import type { Clock } from '@weft/time'

/** What an outcome says about the endpoint, as outlier detection counts it; `none`: nothing. */
export type Judgement = 'success' | 'failure' | 'gateway' | 'connect' | 'none'

/**
 * What the head of a reply says about the endpoint. A gRPC call that failed without any message has its status there
 * (trailers alone); the statuses that blame the server count as failures.
 */
export function judgeReply(head: ReplyHead): Judgement {
  const { status } = head
  if (status < 500) return head.version === 20 && head.bodyKind === 'none' ? judgeGrpc(head) : 'success'
  if (status === 501) return 'success'
  return status === 502 || status === 503 || status === 504 ? 'gateway' : 'failure'
}

/** Whether the status of a gRPC call is still to come, in its trailers. */
export function isJudgedLate(head: ReplyHead): boolean {
  return head.version === 20 && head.status === 200 && head.bodyKind !== 'none' && isGrpc(head.headers)
}

/** What a gRPC call that has ended says about the endpoint; `none` when the caller called it off. */
export function judgeEnd({ grpcStatus, isBroken, stoppedBy }: Exchange): Judgement {
  if (stoppedBy !== null) return judgeFault(stoppedBy.code)
  if (grpcStatus === -1) return isBroken ? 'gateway' : 'none'
  return judgeStatus(grpcStatus)
}

function judgeGrpc(head: ReplyHead): Judgement {
  return judgeStatus(readGrpcStatus(head.headers))
}

function judgeStatus(grpcStatus: number): Judgement {
  switch (grpcStatus) {
    case GrpcStatus.unavailable:
      return 'gateway'
    case GrpcStatus.unknown:
    case GrpcStatus.internal:
    case GrpcStatus.dataLoss:
      return 'failure'
    default:
      return 'success'
  }
}

/** The same of a fault: those that are about the caller, the policy or ourselves say nothing about the endpoint. */
export function judgeFault(code: FaultCode): Judgement {
  switch (code) {
    case 'connect_failed':
    case 'identity_mismatch':
      return 'connect'
    case 'upstream_refused':
    case 'upstream_reset':
    case 'upstream_malformed':
    case 'deadline_exceeded':
    case 'draining':
      return 'gateway'
    default:
      return 'none'
  }
}

/** Faults that say something about the endpoint, and not about the caller, the policy or ourselves. */
export function isEndpointsFault(code: FaultCode): boolean {
  return judgeFault(code) !== 'none'
}

/**
 * How long the endpoint asks to be left alone: Retry-After of a 429 or 503, or gRPC pushback. NaN when it does not ask,
 * NEVER (below 0) when it wants no other attempt of this request.
 */
export function pushbackOf(head: ReplyHead, clock: Clock): number {
  if (head.status === 429 || head.status === 503) {
    const text = head.headers.get('retry-after')
    return text === null ? Number.NaN : retryAfterMs(text, clock.wallMs())
  }
  if (head.version !== 20 || head.bodyKind !== 'none') return Number.NaN
  const text = head.headers.get('grpc-retry-pushback-ms')
  return text === null ? Number.NaN : grpcPushbackMs(text)
}
