import { Failure } from '@weft/faults'
import { parseMeshIdentity, parseWorkloadIdentity } from '@weft/identity'
import { oids } from './oids.ts'
import { readPrivateKey, type PrivateKey } from './private-key.ts'
import { hasKeyUsage, keyUsageBit, readCertificate, readCertificates, type Certificate } from './read-certificate.ts'

/** A workload's or part's proof of identity: key, chain and the roots that it trusts. Immutable; a renewal is a new one. */
export interface Svid {
  /** SPIFFE ID. */
  readonly identity: string
  readonly key: PrivateKey
  /** PEM, leaf first, intermediates after. */
  readonly chainPem: string
  /** PEM of every trusted root. */
  readonly rootsPem: string
  readonly notBeforeMs: number
  readonly notAfterMs: number
}

/** Who gives the SVID in force, and tells of a new one: files, the CA, or a test. */
export interface SvidSource {
  current(): Svid
  /** Calls `listener` after each change of `current()`; the result stops it. */
  onChange(listener: (svid: Svid) => void): () => void
}

/**
 * Joins key, chain and roots and checks that they belong together.
 *
 * Faults: Failure `svid_invalid`, `certificate_invalid`, `key_invalid`.
 */
export function makeSvid(parts: { key: PrivateKey | string; chainPem: string; rootsPem: string }): Svid {
  const key = typeof parts.key === 'string' ? readPrivateKey(parts.key) : parts.key
  const leaf = readCertificates(parts.chainPem)[0]!
  const identity = spiffeIdOf(leaf)
  if (!leaf.x509.checkPrivateKey(key.keyObject)) {
    throw new Failure(
      'svid_invalid',
      `Cannot use the SVID of ${identity}: the key is not the certificate's, expected its own`,
    )
  }
  readCertificates(parts.rootsPem)
  const { notBeforeMs, notAfterMs } = leaf
  return Object.freeze({ identity, key, chainPem: parts.chainPem, rootsPem: parts.rootsPem, notBeforeMs, notAfterMs })
}

/**
 * The SPIFFE ID of a leaf certificate, strictly: exactly one URI name, which is an identity of the mesh; not a CA; may
 * sign; may be server and client where it limits purposes.
 *
 * Faults: Failure `svid_invalid`. Source: SPIFFE X.509-SVID sections 2 to 5.
 */
export function spiffeIdOf(leaf: Certificate): string {
  const [uri] = leaf.uris
  if (uri === undefined || leaf.uris.length !== 1) throw invalid(`found ${leaf.uris.length} URI names`, 'exactly one')
  if (parseWorkloadIdentity(uri) === null && parseMeshIdentity(uri) === null) {
    throw invalid(
      `found URI ${JSON.stringify(uri.slice(0, 300))}`,
      'spiffe://DOMAIN/ns/NAMESPACE/sa/ACCOUNT or spiffe://DOMAIN/weft/PART',
    )
  }
  if (leaf.isCa) throw invalid(`${uri} is a certificate authority`, 'a leaf')
  if (!hasKeyUsage(leaf, keyUsageBit.digitalSignature))
    throw invalid(`${uri} may not sign`, 'key usage digitalSignature')
  if (hasKeyUsage(leaf, keyUsageBit.keyCertSign) || hasKeyUsage(leaf, keyUsageBit.crlSign)) {
    throw invalid(`${uri} may sign certificates`, 'key usage without keyCertSign and cRLSign')
  }
  for (const purpose of [oids.serverAuth, oids.clientAuth]) {
    if (!leaf.extendedKeyUsage.includes(purpose))
      throw invalid(`${uri} lacks purpose ${purpose}`, 'serverAuth and clientAuth')
  }
  return uri
}

/** The SPIFFE ID in a DER certificate that TLS has verified already; null for anything that is not a strict SVID. */
export function spiffeIdOfDer(der: Uint8Array): string | null {
  try {
    return spiffeIdOf(readCertificate(der))
  } catch (error) {
    if (error instanceof Failure) return null
    throw error
  }
}

function invalid(found: string, expected: string): Failure {
  return new Failure('svid_invalid', `Cannot accept the certificate as an SVID: ${found}, expected ${expected}`)
}
