import type { ServerDuplexStream, ServerReadableStream, ServerUnaryCall } from '@grpc/grpc-js'
import { spiffeIdOfDer } from '@weft/mtls'
import { rpcFailure } from './rpc-failure.ts'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- identity and address do not depend on the messages
export type GrpcCall = ServerUnaryCall<any, any> | ServerReadableStream<any, any> | ServerDuplexStream<any, any>

/** One call as its handler sees it, beside the messages. */
export interface IncomingCall {
  /** `/package.Service/Method` */
  readonly path: string
  /** SPIFFE ID that the client's certificate proved; null without one, and on a unix socket. */
  readonly peerIdentity: string | null
  /** `address:port` of the client, for logs. */
  readonly peerAddress: string
  /** Aborted when nobody waits for the call any more: cancelled, disconnected, past its deadline, or the server drains. */
  readonly signal: AbortSignal
}

/** The SPIFFE ID of the client of a call: only from a certificate that TLS verified. */
export function peerIdentity(call: GrpcCall): string | null {
  const der = call.getAuthContext()?.sslPeerCertificate?.raw
  return der === undefined ? null : spiffeIdOfDer(der)
}

/** The client's identity, for handlers that serve nobody else. Faults: RpcFailure `unauthenticated`. */
export function requirePeerIdentity(call: IncomingCall): string {
  if (call.peerIdentity !== null) return call.peerIdentity
  throw rpcFailure(
    'unauthenticated',
    `Cannot serve ${call.path} to ${call.peerAddress}: found no valid client certificate, expected an SVID of the mesh`,
  )
}
