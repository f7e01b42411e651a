import { status as Status } from '@grpc/grpc-js'

/** Status names as failure codes, and the numbers they have on the wire. Source: gRPC status codes. */
export const statusNumbers = {
  cancelled: Status.CANCELLED,
  unknown: Status.UNKNOWN,
  invalid_argument: Status.INVALID_ARGUMENT,
  deadline_exceeded: Status.DEADLINE_EXCEEDED,
  not_found: Status.NOT_FOUND,
  already_exists: Status.ALREADY_EXISTS,
  permission_denied: Status.PERMISSION_DENIED,
  resource_exhausted: Status.RESOURCE_EXHAUSTED,
  failed_precondition: Status.FAILED_PRECONDITION,
  aborted: Status.ABORTED,
  out_of_range: Status.OUT_OF_RANGE,
  unimplemented: Status.UNIMPLEMENTED,
  internal: Status.INTERNAL,
  unavailable: Status.UNAVAILABLE,
  data_loss: Status.DATA_LOSS,
  unauthenticated: Status.UNAUTHENTICATED,
} as const

export type StatusName = keyof typeof statusNumbers

const names = new Map<number, StatusName>(
  Object.entries(statusNumbers).map(([name, number]) => [number, name as StatusName]),
)

export function statusName(number: number): StatusName {
  return names.get(number) ?? 'unknown'
}

export function isStatusName(text: string): text is StatusName {
  return Object.hasOwn(statusNumbers, text)
}
