import { readFileSync } from 'node:fs'
import { Failure } from '@weft/faults'
import { writeFileAtomic } from '@weft/host'
import { readCertificate, type Authority } from '@weft/mtls'
import { isSealedKey, openKey, sealKey, type SealedKey } from './sealed-key.ts'

/** An authority and where it belongs: what one file of the state directory holds, key and certificate together. */
export interface StoredAuthority extends Authority {
  readonly trustDomain: string
  readonly pem: string
}

interface Content {
  readonly trustDomain: string
  readonly certificate: string
  readonly key: SealedKey
}

/**
 * Reads and opens an authority; null when the file does not exist. Changes nothing.
 *
 * Faults: Failure `state_invalid` that names the file; `key_sealed` when the secret does not open it.
 */
export function readAuthority(path: string, secret: string): StoredAuthority | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    throw new Failure('state_invalid', `Cannot read ${path}: ${code ?? 'an error'}, expected a readable file`, error)
  }
  const { trustDomain, certificate: pem, key: sealed } = parse(path, text)
  try {
    const key = openKey(sealed, secret, pem)
    const certificate = readCertificate(pem)
    if (certificate.isCa && certificate.x509.checkPrivateKey(key.keyObject))
      return { trustDomain, pem, certificate, key }
  } catch (error) {
    const isSealed = error instanceof Failure && error.code === 'key_sealed'
    if (isSealed) throw new Failure('key_sealed', `Cannot decrypt the key in ${path}: ${error.message}`, error)
    throw new Failure('state_invalid', `Cannot use ${path}: its certificate cannot be read`, error)
  }
  throw new Failure(
    'state_invalid',
    `Cannot use ${path}: the certificate is not an authority's with that key, expected the file as it was written`,
  )
}

/** Faults: Failure `write_failed`; a former file stays. */
export function writeAuthority(path: string, { trustDomain, pem, key }: StoredAuthority, secret: string): void {
  const content: Content = { trustDomain, certificate: pem, key: sealKey(key, secret, pem) }
  writeFileAtomic(path, JSON.stringify(content, null, 2) + '\n')
}

function parse(path: string, text: string): Content {
  let value: Partial<Record<keyof Content, unknown>>
  try {
    value = JSON.parse(text) as typeof value
  } catch {
    throw new Failure(
      'state_invalid',
      `Cannot use ${path}: found something else than JSON, expected the file as it was written`,
    )
  }
  const isWhole =
    typeof value?.trustDomain === 'string' && typeof value.certificate === 'string' && isSealedKey(value.key)
  if (isWhole && Object.keys(value).length === 3) return value as Content
  throw new Failure(
    'state_invalid',
    `Cannot use ${path}: found other fields, expected trustDomain, certificate and key as they were written`,
  )
}
