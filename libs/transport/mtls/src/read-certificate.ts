import { X509Certificate } from 'node:crypto'
import { Failure } from '@weft/faults'
import { bytesOf, fromDer, insideOf, isContext, oidOf, partsOf, tag, type DerNode } from './der.ts'
import { oids } from './oids.ts'

/** What a certificate says, as far as the mesh asks. */
export interface Certificate {
  readonly x509: X509Certificate
  /** SHA-256 over the DER, hex. */
  readonly fingerprint: string
  readonly isCa: boolean
  /** How many authorities may follow below; null when unlimited. */
  readonly pathLength: number | null
  readonly uris: readonly string[]
  readonly dnsNames: readonly string[]
  /** As octets: 4 or 16. */
  readonly ipAddresses: readonly Uint8Array[]
  /** The octets of the key usage bits; null without the extension. Bit 0 is the highest bit of the first octet. */
  readonly keyUsage: Uint8Array | null
  readonly extendedKeyUsage: readonly string[]
  readonly criticalExtensions: readonly string[]
  readonly notBeforeMs: number
  readonly notAfterMs: number
}

/** Bits of key usage. Source: RFC 5280 section 4.2.1.3. */
export const keyUsageBit = { digitalSignature: 0, keyCertSign: 5, crlSign: 6 } as const

export function hasKeyUsage(certificate: Certificate, bit: number): boolean {
  const octet = certificate.keyUsage?.[bit >> 3] ?? 0
  return (octet & (0x80 >> (bit & 7))) !== 0
}

/**
 * Reads one certificate from DER or PEM.
 *
 * Faults: Failure `certificate_invalid` or `der_invalid`: not X.509, not canonical DER, an extension twice.
 */
export function readCertificate(source: string | Uint8Array): Certificate {
  let x509: X509Certificate
  try {
    x509 = new X509Certificate(source)
  } catch (error) {
    throw new Failure('certificate_invalid', 'Cannot read the certificate: found something else, expected X.509', error)
  }
  const [body] = partsOf(fromDer(x509.raw, 'the certificate'), 'the certificate')
  const extensions = extensionsOf(partsOf(body, 'the certificate'))
  const names = subjectAltNames(extensions.values.get(oids.subjectAltName))
  return {
    x509,
    fingerprint: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
    ...basicConstraintsOf(extensions.values.get(oids.basicConstraints)),
    ...names,
    keyUsage: keyUsageOf(extensions.values.get(oids.keyUsage)),
    extendedKeyUsage: extendedKeyUsageOf(extensions.values.get(oids.extendedKeyUsage)),
    criticalExtensions: extensions.critical,
    notBeforeMs: Date.parse(x509.validFrom),
    notAfterMs: Date.parse(x509.validTo),
  }
}

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** Reads every certificate of a PEM text, in order. Faults: Failure `certificate_invalid` when there is none. */
export function readCertificates(pem: string): Certificate[] {
  const blocks = pem.match(PEM_CERTIFICATE)
  if (blocks === null) {
    throw new Failure('certificate_invalid', 'Cannot read certificates: found no PEM block, expected BEGIN CERTIFICATE')
  }
  return blocks.map((block) => readCertificate(block))
}

export function certificatePem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

function extensionsOf(body: DerNode[]): { values: Map<string, Buffer>; critical: string[] } {
  const values = new Map<string, Buffer>()
  const critical: string[] = []
  const wrapper = body.find((part) => isContext(part, 3))
  const list = wrapper === undefined ? [] : partsOf(insideOf(wrapper, 'the extensions'), 'the extensions')
  for (const extension of list) {
    const parts = partsOf(extension, 'an extension')
    const id = oidOf(parts[0], 'an extension')
    if (values.has(id))
      throw new Failure(
        'certificate_invalid',
        `Cannot read the certificate: found extension ${id} twice, expected once`,
      )
    if (parts.length === 3) critical.push(id)
    values.set(id, bytesOf(parts.at(-1), tag.octetString, `extension ${id}`))
  }
  return { values, critical }
}

function subjectAltNames(value: Buffer | undefined): Pick<Certificate, 'uris' | 'dnsNames' | 'ipAddresses'> {
  const uris: string[] = []
  const dnsNames: string[] = []
  const ipAddresses: Uint8Array[] = []
  const names =
    value === undefined ? [] : partsOf(fromDer(value, 'the subject alternative name'), 'the subject alternative name')
  for (const name of names) {
    const octets = Array.isArray(name.value) ? Buffer.alloc(0) : Buffer.from(name.value as string, 'binary')
    if (isContext(name, 6)) uris.push(octets.toString('latin1'))
    else if (isContext(name, 2)) dnsNames.push(octets.toString('latin1'))
    else if (isContext(name, 7)) ipAddresses.push(octets)
  }
  return { uris, dnsNames, ipAddresses }
}

function basicConstraintsOf(value: Buffer | undefined): Pick<Certificate, 'isCa' | 'pathLength'> {
  const [first, length] =
    value === undefined ? [] : partsOf(fromDer(value, 'the basic constraints'), 'the basic constraints')
  // DER leaves out cA when it is false.
  if (first === undefined || (first.type as number) !== tag.boolean) return { isCa: false, pathLength: null }
  const pathLength = length === undefined ? null : bytesOf(length, tag.integer, 'the path length').readUIntBE(0, 1)
  return { isCa: bytesOf(first, tag.boolean, 'cA')[0] !== 0, pathLength }
}

function keyUsageOf(value: Buffer | undefined): Uint8Array | null {
  return value === undefined
    ? null
    : bytesOf(fromDer(value, 'the key usage'), tag.bitString, 'the key usage').subarray(1)
}

function extendedKeyUsageOf(value: Buffer | undefined): string[] {
  if (value === undefined) return []
  return partsOf(fromDer(value, 'the extended key usage'), 'the extended key usage').map((part) =>
    oidOf(part, 'a key purpose'),
  )
}
