import { Failure } from '@weft/faults'
import { oids } from './oids.ts'
import { hasKeyUsage, keyUsageBit, readCertificates, type Certificate } from './read-certificate.ts'
import { spiffeIdOf } from './svid.ts'

const CHAIN_MAX = 5
const understood: readonly string[] = [oids.basicConstraints, oids.keyUsage, oids.extendedKeyUsage, oids.subjectAltName]

/**
 * Verifies a chain (PEM, leaf first) up to one of the roots at `nowMs` (wall clock) and gives the leaf's SPIFFE ID.
 *
 * Checked: strict SVID leaf, signatures, issuers that are authorities and may sign, path lengths, validity of every
 * certificate, no critical extension that is not understood. Not checked: revocation; SVIDs are short-lived instead.
 * Faults: Failure `svid_invalid`, `certificate_invalid`. Source: RFC 5280 section 6, SPIFFE X.509-SVID section 5.
 */
export function verifySvid(chainPem: string, rootsPem: string, nowMs: number): string {
  const chain = readCertificates(chainPem)
  if (chain.length > CHAIN_MAX) throw invalid(`a chain of ${chain.length}`, `at most ${CHAIN_MAX} certificates`)
  const identity = spiffeIdOf(chain[0]!)
  const roots = readCertificates(rootsPem)
  for (const [index, certificate] of chain.entries()) {
    checkOne(certificate, nowMs)
    const next = chain[index + 1]
    const issuer = next ?? roots.find((root) => isIssuedBy(certificate, root))
    if (issuer === undefined) throw invalid(`issuer ${named(certificate.x509.issuer)}`, 'one of the trusted roots')
    checkIssuer(certificate, issuer, index)
    if (next === undefined) checkOne(issuer, nowMs)
  }
  return identity
}

function checkOne(certificate: Certificate, nowMs: number): void {
  const { notBeforeMs, notAfterMs } = certificate
  if (nowMs < notBeforeMs) {
    const ahead = `${Math.ceil((notBeforeMs - nowMs) / 1000)} s ahead of the clock here`
    throw invalid(`a certificate valid from ${isoTime(notBeforeMs)}, ${ahead}`, `one valid at ${isoTime(nowMs)}`)
  }
  if (nowMs > notAfterMs)
    throw invalid(`a certificate that expired at ${isoTime(notAfterMs)}`, `one valid at ${isoTime(nowMs)}`)
  const strange = certificate.criticalExtensions.find((id) => !understood.includes(id))
  if (strange !== undefined) throw invalid(`critical extension ${strange}`, 'none that is not understood')
}

function checkIssuer(certificate: Certificate, issuer: Certificate, authoritiesBelow: number): void {
  const who = named(issuer.x509.subject)
  if (!issuer.isCa || !hasKeyUsage(issuer, keyUsageBit.keyCertSign))
    throw invalid(`issuer ${who}`, 'an authority that may sign certificates')
  if (issuer.pathLength !== null && authoritiesBelow > issuer.pathLength) {
    throw invalid(`${authoritiesBelow} authorities below ${who}`, `at most ${issuer.pathLength}`)
  }
  if (!isIssuedBy(certificate, issuer))
    throw invalid(`a certificate not signed by ${who}`, 'each certificate signed by the next')
}

function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  return certificate.x509.checkIssued(issuer.x509) && certificate.x509.verify(issuer.x509.publicKey)
}

function named(name: string | undefined): string {
  return JSON.stringify((name ?? '').replaceAll('\n', ', '))
}

function isoTime(atMs: number): string {
  return new Date(atMs).toISOString()
}

function invalid(found: string, expected: string): Failure {
  return new Failure('svid_invalid', `Cannot verify the SVID: found ${found}, expected ${expected}`)
}
