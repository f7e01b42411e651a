import type { HeaderList } from '@weft/message'

const TYPE = 'application/grpc'

/**
 * Whether a message is gRPC by its Content-Type: `application/grpc`, alone or with `+` a format or `;` parameters.
 *
 * gRPC-Web (`application/grpc-web…`) is not: its trailers are in the body. Source: gRPC over HTTP/2, "Content-Type".
 */
export function isGrpc(headers: HeaderList): boolean {
  const type = headers.get('content-type')
  if (type === null || type.length < TYPE.length) return false
  if (!type.startsWith(TYPE) && type.slice(0, TYPE.length).toLowerCase() !== TYPE) return false
  const next = type.length === TYPE.length ? '+' : type[TYPE.length]!
  return next === '+' || next === ';' || next === ' '
}
