import { readFileSync } from 'node:fs'
import { Failure } from '@weft/faults'

const CHARACTERS_MIN = 32

/** Reads the secret that encrypts keys at rest. Faults: Failure `key_encryption_key`, which never quotes the secret. */
export function readKeyEncryptionKey(path: string): string {
  let secret: string
  try {
    secret = readFileSync(path, 'utf8').trim()
  } catch (error) {
    const found = (error as NodeJS.ErrnoException).code ?? 'an error'
    throw new Failure(
      'key_encryption_key',
      `Cannot read the key-encryption key from ${path}: ${found}, expected a readable file`,
      error,
    )
  }
  if (secret.length >= CHARACTERS_MIN) return secret
  throw new Failure(
    'key_encryption_key',
    `Cannot use the key-encryption key in ${path}: found ${secret.length} characters, expected ${CHARACTERS_MIN} or more`,
  )
}
