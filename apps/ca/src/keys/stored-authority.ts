import { Failure } from '@weft/faults'
import { readCertificate, type Authority } from '@weft/mtls'
import { isSealedKey, openKey, sealKey, type SealedKey } from './sealed-key.ts'

/** An authority and where it belongs: certificate and key, kept together. */
export interface StoredAuthority extends Authority {
  readonly trustDomain: string
  readonly pem: string
}

interface Content {
  readonly trustDomain: string
  readonly certificate: string
  readonly key: SealedKey
}

/** As it is stored: JSON, the key encrypted by the secret. */
export function sealAuthority({ trustDomain, pem, key }: StoredAuthority, secret: string): string {
  const content: Content = { trustDomain, certificate: pem, key: sealKey(key, secret, pem) }
  return JSON.stringify(content, null, 2) + '\n'
}

/**
 * Opens what {@link sealAuthority} made. `place` names it in messages.
 *
 * Faults: Failure `state_invalid`; `key_sealed` when the secret does not open it.
 */
export function openAuthority(place: string, text: string, secret: string): StoredAuthority {
  const { trustDomain, certificate: pem, key: sealed } = parse(place, text)
  try {
    const key = openKey(sealed, secret, pem)
    const certificate = readCertificate(pem)
    if (certificate.isCa && certificate.x509.checkPrivateKey(key.keyObject))
      return { trustDomain, pem, certificate, key }
  } catch (error) {
    const isSealed = error instanceof Failure && error.code === 'key_sealed'
    if (isSealed) throw new Failure('key_sealed', `Cannot decrypt the key in ${place}: ${error.message}`, error)
    throw new Failure('state_invalid', `Cannot use ${place}: its certificate cannot be read`, error)
  }
  throw new Failure(
    'state_invalid',
    `Cannot use ${place}: the certificate is not an authority's with that key, expected it as it was written`,
  )
}

function parse(place: string, text: string): Content {
  let value: Partial<Record<keyof Content, unknown>>
  try {
    value = JSON.parse(text) as typeof value
  } catch {
    throw new Failure(
      'state_invalid',
      `Cannot use ${place}: found something else than JSON, expected it as it was written`,
    )
  }
  const isWhole =
    typeof value?.trustDomain === 'string' && typeof value.certificate === 'string' && isSealedKey(value.key)
  if (isWhole && Object.keys(value).length === 3) return value as Content
  throw new Failure(
    'state_invalid',
    `Cannot use ${place}: found other fields, expected trustDomain, certificate and key as they were written`,
  )
}
