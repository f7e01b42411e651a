import type { HeaderList } from '@weft/message'

/** Source: gRPC "Status codes and their use". */
export const GrpcStatus = {
  ok: 0,
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  aborted: 10,
  outOfRange: 11,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  dataLoss: 15,
  unauthenticated: 16,
} as const
export type GrpcStatus = (typeof GrpcStatus)[keyof typeof GrpcStatus]

export const GRPC_STATUS_MAX = 16

/** As metrics and logs show them. */
const names = [
  ...['OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS'],
  ...['PERMISSION_DENIED', 'RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED'],
  ...['INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED'],
]

export function grpcStatusName(status: number): string {
  return names[status] ?? 'UNKNOWN'
}

/**
 * The status in trailers, or in the head of a trailers-only reply. -1 when there is none; UNKNOWN when it is no status.
 *
 * Source: gRPC over HTTP/2, "Responses".
 */
export function readGrpcStatus(fields: HeaderList): number {
  const value = fields.get('grpc-status')
  if (value === null) return -1
  const status = value.length <= 2 && /^(0|[1-9]\d?)$/.test(value) ? Number(value) : GrpcStatus.unknown
  return status <= GRPC_STATUS_MAX ? status : GrpcStatus.unknown
}

/** What a reply without grpc-status means to a client. Source: gRPC "HTTP to gRPC status code mapping". */
export function grpcStatusOfHttp(httpStatus: number): GrpcStatus {
  switch (httpStatus) {
    case 400:
      return GrpcStatus.internal
    case 401:
      return GrpcStatus.unauthenticated
    case 403:
      return GrpcStatus.permissionDenied
    case 404:
      return GrpcStatus.unimplemented
    case 429:
    case 502:
    case 503:
    case 504:
      return GrpcStatus.unavailable
    default:
      return GrpcStatus.unknown
  }
}
