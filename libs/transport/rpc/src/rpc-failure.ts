import { Metadata, type ServiceError, type StatusObject } from '@grpc/grpc-js'
import { Failure } from '@weft/faults'
import { isStatusName, statusName, statusNumbers, type StatusName } from './status.ts'

/** Carries the failure's code beside the status, so that it is the same at both ends. */
export const CODE_METADATA = 'weft-code'
const MESSAGE_CHARS_MAX = 4096
/** What OpenSSL says when clocks differ. */
const OUT_OF_TIME = /certificate (is not yet valid|has expired)$/
const CODE = /^[a-z][a-z0-9_]{0,63}$/

/** A failure of a call: `status` is the gRPC status by name, `code` the failure's own, often the same word. */
export class RpcFailure extends Failure {
  readonly status: StatusName

  constructor(status: StatusName, code: string, message: string, cause?: unknown) {
    super(code, message, cause)
    this.name = 'RpcFailure'
    this.status = status
  }
}

/** A failure whose code is its status. */
export function rpcFailure(status: StatusName, message: string, cause?: unknown): RpcFailure {
  return new RpcFailure(status, status, message, cause)
}

/** The status of any failure: its own, else the one its code names, else FAILED_PRECONDITION (do not try again as it is). */
export function statusOf(failure: Failure): StatusName {
  if (failure instanceof RpcFailure) return failure.status
  return isStatusName(failure.code) ? failure.code : 'failed_precondition'
}

/** What a server sends for a failure: status, `weft-code`, and the message within the limit of header fields. */
export function statusObjectOf(failure: Failure): StatusObject {
  const metadata = new Metadata()
  metadata.set(CODE_METADATA, failure.code)
  const details = failure.message.slice(0, MESSAGE_CHARS_MAX).toWellFormed()
  return { code: statusNumbers[statusOf(failure)], details, metadata }
}

/** What a client makes of an error of grpc-js: a failure that names the call in front of what the server said. */
export function failureOf(error: ServiceError, call: string): RpcFailure {
  const status = statusName(error.code)
  const carried = error.metadata?.get(CODE_METADATA)[0]
  if (typeof carried === 'string' && CODE.test(carried)) return new RpcFailure(status, carried, error.details)
  return rpcFailure(status, `Cannot call ${call}: ${plainDetails(error.details)}`)
}

/** The cause alone out of what grpc-js says about a connection that it could not make. */
function plainDetails(details: string): string {
  const match = /^No connection established\. Last error: (?:Error: )?(.*?)\. Resolution note: $/s.exec(details)
  const cause = match?.[1] ?? details
  return OUT_OF_TIME.test(cause) ? `${cause} by the clock here; expected the clocks of both ends to agree` : cause
}
