import { faults, type FaultCode } from '@weft/faults'

export const GRPC_UNAVAILABLE = 14

/** Methods whose repetition means what one means. Source: RFC 9110 section 9.2.2 (safe methods, PUT, DELETE). */
export function isIdempotent(method: string): boolean {
  switch (method) {
    case 'GET':
    case 'HEAD':
    case 'OPTIONS':
    case 'TRACE':
    case 'PUT':
    case 'DELETE':
      return true
    default:
      return false
  }
}

/**
 * Whether a request that ended in this fault may be sent again without its being done twice.
 *
 * `isBodyReplayable`: there was no body, or all of what was sent of it is still at hand. Budget, attempts and deadline
 * are the caller's to check.
 */
export function isRetrySafe(code: FaultCode, method: string, isBodyReplayable: boolean): boolean {
  if (!isBodyReplayable) return false
  const safety = faults[code].retry
  return safety === 'elsewhere' || (safety === 'if_idempotent' && isIdempotent(method))
}

/**
 * Whether a reply with this status may be thrown away and the request sent again. The application answered, so it may
 * have acted: only an idempotent method qualifies, whatever the policy lists.
 */
export function isStatusRetrySafe(
  status: number,
  statusCodes: readonly number[],
  method: string,
  isBodyReplayable: boolean,
): boolean {
  return isBodyReplayable && isIdempotent(method) && statusCodes.includes(status)
}

/** What a gRPC call ended with. */
export interface GrpcEnding {
  readonly status: number
  /** The reply was trailers alone: nothing of it has been handed to the caller. */
  readonly isTrailersOnly: boolean
  /** The code of the `weft-reason` that came with it, null when the application itself answered. */
  readonly reasonCode: FaultCode | null
}

/**
 * Whether a gRPC call may be made again. Every call is a POST, so being idempotent can't be told from the method; only
 * UNAVAILABLE that a mesh part answered before the application saw the call qualifies, or any UNAVAILABLE without
 * messages where the route says that the method is idempotent.
 * Source: gRFC A6 (transparent and configured retries).
 */
export function isGrpcRetrySafe(ending: GrpcEnding, isDeclaredIdempotent: boolean, isBodyReplayable: boolean): boolean {
  if (ending.status !== GRPC_UNAVAILABLE || !ending.isTrailersOnly || !isBodyReplayable) return false
  if (ending.reasonCode !== null && faults[ending.reasonCode].retry === 'elsewhere') return true
  return isDeclaredIdempotent
}
