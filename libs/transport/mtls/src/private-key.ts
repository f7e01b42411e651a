import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { Failure } from '@weft/faults'

/** A P-256 private key that prints as `[redacted]` wherever it ends up: strings, JSON, inspection, errors. */
export class PrivateKey {
  readonly #key: KeyObject

  constructor(key: KeyObject) {
    if (!isP256(key)) throw new Failure('key_invalid', `Cannot use a ${describeKey(key)} key: expected EC P-256`)
    this.#key = key
  }

  /** The key itself, for signing. Hand it to nothing that logs. */
  get keyObject(): KeyObject {
    return this.#key
  }

  /** PKCS #8 PEM in clear: for files of mode 0600 and for the process's own workers. */
  revealPem(): string {
    return this.#key.export({ type: 'pkcs8', format: 'pem' }) as string
  }

  toString(): string {
    return '[redacted]'
  }

  toJSON(): string {
    return '[redacted]'
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[redacted]'
  }
}

export function generatePrivateKey(): PrivateKey {
  return new PrivateKey(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey)
}

/** Reads PKCS #8 or SEC 1 PEM. Faults: Failure `key_invalid`, which never quotes what was found. */
export function readPrivateKey(pem: string): PrivateKey {
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    throw new Failure(
      'key_invalid',
      'Cannot read the private key: found something else, expected PEM of an EC P-256 key',
    )
  }
  return new PrivateKey(key)
}

export function isP256(key: KeyObject): boolean {
  return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
}

/** `RSA`, `EC secp384r1`: for messages. */
export function describeKey(key: KeyObject): string {
  const type = key.asymmetricKeyType ?? 'symmetric'
  const curve = key.asymmetricKeyDetails?.namedCurve
  return curve === undefined ? type.toUpperCase() : `${type.toUpperCase()} ${curve}`
}
