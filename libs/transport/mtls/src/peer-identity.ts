import type { PeerCertificate, TLSSocket } from 'node:tls'
import { Failure } from '@weft/faults'
import { spiffeIdOfDer } from './svid.ts'

/** Who a client asked for: when its connection is authorized, that is who answered. */
const destinations = new WeakMap<TLSSocket, string>()

/**
 * Notes that `socket` is authorized only when the server proved to be `destination`. Needed where a session resumes: the
 * client has no certificate to look at then.
 */
export function expectPeer(socket: TLSSocket, destination: string): void {
  destinations.set(socket, destination)
}

/**
 * The SPIFFE ID of the other end as its verified certificate proves it; null without one. For sockets of TlsContexts and
 * of a tls.Server; a bare server-side TLSSocket never learns whether the certificate verified and gives null.
 */
export function peerIdentityOf(socket: TLSSocket): string | null {
  if (!socket.authorized) return null
  const destination = destinations.get(socket)
  if (destination !== undefined) return destination
  const der = socket.getPeerCertificate()?.raw
  return der === undefined ? null : spiffeIdOfDer(der)
}

/** Which SPIFFE IDs are expected at the other end. */
export type ExpectedIdentities = readonly string[]

/** Undefined when the certificate proves one of `expected`; else the Failure `identity_mismatch` that says who it is. */
export function identityError(certificate: PeerCertificate, expected: ExpectedIdentities): Failure | undefined {
  const found = certificate.raw === undefined ? null : spiffeIdOfDer(certificate.raw)
  return found !== null && expected.includes(found) ? undefined : peerMismatch(found, expected)
}

export function peerMismatch(found: string | null, expected: ExpectedIdentities): Failure {
  const who = found ?? 'no SPIFFE ID of the mesh'
  return new Failure('identity_mismatch', `Cannot trust the server: found ${who}, expected ${expected.join(' or ')}`)
}
