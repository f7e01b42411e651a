import { createCipheriv, createDecipheriv, createPrivateKey, randomBytes, scryptSync } from 'node:crypto'
import { Failure } from '@weft/faults'
import { PrivateKey } from '@weft/mtls'

/**
 * A private key at rest: PKCS #8 under AES-256-GCM, the key for it by scrypt from the key-encryption key and a salt of its
 * own. Binary fields are base64. See docs/decisions/0030-keys-at-rest.md.
 */
export interface SealedKey {
  readonly kdf: 'scrypt'
  readonly cost: number
  readonly salt: string
  readonly cipher: 'aes-256-gcm'
  readonly nonce: string
  readonly tag: string
  readonly ciphertext: string
}

const COST = 2 ** 15
const COST_MAX = 2 ** 20
const BLOCK_SIZE = 8
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Encrypts. `context` must be given again to open: it ties the key to what it belongs to. */
export function sealKey(key: PrivateKey, secret: string, context: string): SealedKey {
  const salt = randomBytes(KEY_BYTES)
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', derive(secret, salt, COST), nonce)
  cipher.setAAD(Buffer.from(context))
  const plain = key.keyObject.export({ type: 'pkcs8', format: 'der' })
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()])
  plain.fill(0)
  return {
    kdf: 'scrypt',
    cost: COST,
    salt: salt.toString('base64'),
    cipher: 'aes-256-gcm',
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    ciphertext: ciphertext.toString('base64'),
  }
}

/** Decrypts. Faults: Failure `key_sealed`: another secret, another context or damage; which of them cannot be told. */
export function openKey(sealed: SealedKey, secret: string, context: string): PrivateKey {
  try {
    const salt = Buffer.from(sealed.salt, 'base64')
    const nonce = Buffer.from(sealed.nonce, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', derive(secret, salt, sealed.cost), nonce, {
      authTagLength: TAG_BYTES,
    })
    decipher.setAAD(Buffer.from(context))
    decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'))
    const plain = Buffer.concat([decipher.update(Buffer.from(sealed.ciphertext, 'base64')), decipher.final()])
    return new PrivateKey(createPrivateKey({ key: plain, type: 'pkcs8', format: 'der' }))
  } catch {
    throw new Failure(
      'key_sealed',
      'found a key-encryption key that does not open it, expected the one that it was encrypted with',
    )
  }
}

export function isSealedKey(value: unknown): value is SealedKey {
  if (typeof value !== 'object' || value === null) return false
  const sealed = value as Record<string, unknown>
  const texts = ['salt', 'nonce', 'tag', 'ciphertext']
  if (Object.keys(sealed).length !== texts.length + 3) return false
  if (sealed['kdf'] !== 'scrypt' || sealed['cipher'] !== 'aes-256-gcm' || !isCost(sealed['cost'])) return false
  return texts.every((name) => typeof sealed[name] === 'string')
}

function isCost(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(Math.log2(value)) && value >= 2 && value <= COST_MAX
}

function derive(secret: string, salt: Buffer, cost: number): Buffer {
  return scryptSync(secret, salt, KEY_BYTES, { N: cost, r: BLOCK_SIZE, p: 1, maxmem: 256 * cost * BLOCK_SIZE })
}
