import { createHash, createPublicKey, randomBytes, sign, type KeyObject } from 'node:crypto'
import { isIP } from 'node:net'
import {
  bitString,
  bitsOf,
  boolean,
  explicit,
  fromDer,
  implicit,
  integer,
  octetString,
  oid,
  partsOf,
  sequence,
  set,
  time,
  toDer,
  utf8,
  type DerNode,
} from './der.ts'
import { packIpAddress } from './ip-octets.ts'
import { oids } from './oids.ts'
import type { PrivateKey } from './private-key.ts'
import { certificatePem, type Certificate } from './read-certificate.ts'

const SERIAL_BYTES = 16
const KEY_IDENTIFIER_BYTES = 20

export interface Validity {
  readonly notBeforeMs: number
  readonly notAfterMs: number
}

/** Whoever signs certificates. */
export interface Authority {
  readonly certificate: Certificate
  readonly key: PrivateKey
}

export interface AuthoritySpec extends Validity {
  readonly commonName: string
  readonly key: PrivateKey
  /** How many authorities may stand between it and a leaf. */
  readonly pathLength: number
}

export interface SvidSpec extends Validity {
  readonly identity: string
  readonly publicKey: KeyObject
  /** DNS names and IP addresses at which a part serves; none for workloads. */
  readonly hosts: readonly string[]
}

/** Makes the certificate of an authority: self-signed (a root) when `issuer` is null. PEM. Source: RFC 5280. */
export function buildAuthority(spec: AuthoritySpec, issuer: Authority | null): string {
  const name = sequence(set(sequence(oid(oids.commonName), utf8(spec.commonName))))
  const publicKey = createPublicKey(spec.key.keyObject)
  const signer = issuer === null ? { name, publicKey, key: spec.key } : signerOf(issuer)
  return buildCertificate(spec, name, publicKey, signer, [
    extension(oids.basicConstraints, true, sequence(boolean(true), integer(Buffer.of(spec.pathLength)))),
    // keyCertSign and cRLSign: bits 5 and 6.
    extension(oids.keyUsage, true, bitString(Buffer.of(0b0000_0110), 1)),
  ])
}

/**
 * Makes the leaf of an X.509-SVID: no subject, therefore a critical alternative name with the SPIFFE ID (and hosts of a
 * part); may sign, as server and client. PEM. Source: SPIFFE X.509-SVID, RFC 5280.
 */
export function buildSvidLeaf(spec: SvidSpec, issuer: Authority): string {
  const names = [implicit(6, Buffer.from(spec.identity, 'latin1')), ...spec.hosts.map(hostName)]
  return buildCertificate(spec, sequence(), spec.publicKey, signerOf(issuer), [
    extension(oids.basicConstraints, true, sequence()),
    extension(oids.keyUsage, true, bitString(Buffer.of(0b1000_0000), 7)),
    extension(oids.extendedKeyUsage, false, sequence(oid(oids.serverAuth), oid(oids.clientAuth))),
    extension(oids.subjectAltName, true, sequence(...names)),
  ])
}

interface Signer {
  readonly name: DerNode
  readonly publicKey: KeyObject
  readonly key: PrivateKey
}

function signerOf(issuer: Authority): Signer {
  const [body] = partsOf(fromDer(issuer.certificate.x509.raw, 'the issuer'), 'the issuer')
  // Version, serial, algorithm, issuer, validity, subject.
  const name = partsOf(body, 'the issuer')[5]!
  return { name, publicKey: issuer.certificate.x509.publicKey, key: issuer.key }
}

function buildCertificate(
  validity: Validity,
  subject: DerNode,
  publicKey: KeyObject,
  signer: Signer,
  extensions: DerNode[],
): string {
  const algorithm = sequence(oid(oids.ecdsaWithSha256))
  const keyIdentifiers = [
    extension(oids.subjectKeyIdentifier, false, octetString(keyIdentifier(publicKey))),
    extension(oids.authorityKeyIdentifier, false, sequence(implicit(0, keyIdentifier(signer.publicKey)))),
  ]
  const body = sequence(
    explicit(0, integer(Buffer.of(2))),
    integer(serialNumber()),
    algorithm,
    signer.name,
    sequence(time(validity.notBeforeMs), time(validity.notAfterMs)),
    subject,
    spkiOf(publicKey),
    explicit(3, sequence(...extensions, ...keyIdentifiers)),
  )
  const signature = sign('sha256', toDer(body), signer.key.keyObject)
  return certificatePem(toDer(sequence(body, algorithm, bitString(signature))))
}

/** 128 random bits, never 0: positive and unique without a counter to keep. */
function serialNumber(): Buffer {
  const serial = randomBytes(SERIAL_BYTES)
  if (serial[0] === 0) serial[0] = 1
  return serial
}

/** The first 160 bits of SHA-256 over the key's bits. Source: RFC 7093 section 2, method 1. */
function keyIdentifier(publicKey: KeyObject): Buffer {
  const bits = bitsOf(partsOf(spkiOf(publicKey), 'the public key')[1], 'the public key')
  return createHash('sha256').update(bits).digest().subarray(0, KEY_IDENTIFIER_BYTES)
}

function spkiOf(publicKey: KeyObject): DerNode {
  return fromDer(publicKey.export({ type: 'spki', format: 'der' }), 'the public key')
}

function extension(id: string, isCritical: boolean, value: DerNode): DerNode {
  const octets = octetString(toDer(value))
  return isCritical ? sequence(oid(id), boolean(true), octets) : sequence(oid(id), octets)
}

function hostName(host: string): DerNode {
  return isIP(host) === 0 ? implicit(2, Buffer.from(host, 'latin1')) : implicit(7, packIpAddress(host))
}
