import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { Failure } from '@weft/faults'
import {
  bitsOf,
  bitString,
  bytesOf,
  fromDer,
  implicitSet,
  integer,
  oid,
  oidOf,
  partsOf,
  sequence,
  tag,
  toDer,
  type DerNode,
} from './der.ts'
import { oids } from './oids.ts'
import { describeKey, type PrivateKey } from './private-key.ts'

/** A request of the mesh has about 200 octets; others are refused before they are parsed. */
export const CSR_BYTES_MAX = 4096

/** Everything before the point in a DER public key on P-256, uncompressed. Source: RFC 5480 sections 2.1.1 and 2.2. */
const P256_PREFIX = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex')
const P256_POINT_BYTES = 64

/**
 * Makes a PKCS #10 request that proves possession of `key` and asks for nothing else: who the certificate names is decided
 * by the CA. Source: RFC 2986.
 */
export function buildCsr(key: PrivateKey): Buffer {
  const publicKey = createPublicKey(key.keyObject).export({ type: 'spki', format: 'der' })
  const info = sequence(integer(Buffer.of(0)), sequence(), fromDer(publicKey, 'the public key'), implicitSet(0))
  const signature = sign('sha256', toDer(info), key.keyObject)
  return toDer(sequence(info, sequence(oid(oids.ecdsaWithSha256)), bitString(signature)))
}

/** What a request proves. */
export interface CertificateRequest {
  readonly publicKey: KeyObject
}

/**
 * Reads a PKCS #10 request and verifies that its sender holds the key. Subject and attributes are ignored.
 *
 * Faults: Failure `csr_invalid`: too large, not DER, not PKCS #10, a key other than P-256, a wrong signature.
 */
export function readCsr(der: Uint8Array): CertificateRequest {
  if (der.length > CSR_BYTES_MAX) throw invalid(`${der.length} octets`, `at most ${CSR_BYTES_MAX}`)
  const parts = csrParts(der)
  const publicKey = p256Key(parts.publicKey)
  if (parts.algorithm !== oids.ecdsaWithSha256)
    throw invalid(`signature algorithm ${parts.algorithm}`, 'ecdsa-with-SHA256')
  if (!verify('sha256', parts.signed, publicKey, parts.signature)) {
    throw invalid('a signature that is not by its key', 'proof of possession of the key')
  }
  return { publicKey }
}

function csrParts(der: Uint8Array): { signed: Buffer; publicKey: DerNode; algorithm: string; signature: Buffer } {
  try {
    const [info, algorithm, signature] = partsOf(fromDer(der, 'the request'), 'the request')
    const [version, , publicKey] = partsOf(info, 'the request')
    if (bytesOf(version, tag.integer, 'the version').compare(Buffer.of(0)) !== 0)
      throw invalid('another version', 'version 1')
    partsOf(publicKey, 'the public key')
    return {
      signed: toDer(info!),
      publicKey: publicKey!,
      algorithm: oidOf(partsOf(algorithm, 'the signature algorithm')[0], 'the signature algorithm'),
      signature: bitsOf(signature, 'the signature'),
    }
  } catch (error) {
    if (error instanceof Failure && error.code === 'csr_invalid') throw error
    throw invalid(`${der.length} octets that are something else`, 'PKCS #10 in DER', error)
  }
}

function p256Key(node: DerNode): KeyObject {
  const der = toDer(node)
  let key: KeyObject
  try {
    key = createPublicKey({ key: der, type: 'spki', format: 'der' })
  } catch (error) {
    throw invalid('a public key that cannot be read', 'an EC P-256 key', error)
  }
  const isPlainP256 =
    der.length === P256_PREFIX.length + P256_POINT_BYTES && der.subarray(0, P256_PREFIX.length).equals(P256_PREFIX)
  if (!isPlainP256) throw invalid(`a key of type ${describeKey(key)}`, 'an EC P-256 key with an uncompressed point')
  return key
}

function invalid(found: string, expected: string, cause?: unknown): Failure {
  return new Failure(
    'csr_invalid',
    `Cannot accept the certificate request: found ${found}, expected ${expected}`,
    cause,
  )
}
