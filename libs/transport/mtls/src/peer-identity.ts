import type { PeerCertificate, TLSSocket } from 'node:tls'
import { Failure } from '@weft/faults'
import { spiffeIdOfDer } from './svid.ts'

/** The SPIFFE ID of the other end as its verified certificate proves it; null without one. */
export function peerIdentityOf(socket: TLSSocket): string | null {
  if (!socket.authorized) return null
  const der = socket.getPeerCertificate()?.raw
  return der === undefined ? null : spiffeIdOfDer(der)
}

/** Which SPIFFE IDs are expected at the other end. */
export type ExpectedIdentities = readonly string[]

/** Undefined when the certificate proves one of `expected`; else the Failure `identity_mismatch` that says who it is. */
export function identityError(certificate: PeerCertificate, expected: ExpectedIdentities): Failure | undefined {
  const found = certificate.raw === undefined ? null : spiffeIdOfDer(certificate.raw)
  if (found !== null && expected.includes(found)) return undefined
  const who = found ?? 'no SPIFFE ID of the mesh'
  return new Failure('identity_mismatch', `Cannot trust the server: found ${who}, expected ${expected.join(' or ')}`)
}
