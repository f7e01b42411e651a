import { createHash, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Failure } from '@weft/faults'
import { writeFileAtomic } from '@weft/host'
import type { JoinToken } from './join-tokens.ts'

interface Use {
  /** Of the token, hex. */
  readonly token: string
  /** SHA-256 of the public key that used it, hex. */
  readonly key: string
  readonly expiresAtMs: number
}

const USES_MAX = 100_000
/** How long a use is remembered past the token's end, should somebody move that end. */
const REMEMBER_MS = 90 * 24 * 3_600_000

/**
 * Which tokens were used and by which key, on disk before a certificate is issued. The same key may use its token again
 * until it expires: a part whose reply was lost joins by repeating itself, and nobody else can. See
 * docs/decisions/0031-join-tokens.md.
 */
export class TokenUses {
  readonly #path: string
  #uses: Map<string, Use>

  /** Faults: Failure `state_invalid`. */
  constructor(path: string) {
    this.#path = path
    this.#uses = readUses(path)
  }

  /** True when another key has used the token. */
  isUsedByAnother(token: JoinToken, publicKey: KeyObject): boolean {
    const use = this.#uses.get(token.sha256)
    return use !== undefined && use.key !== keyHash(publicKey)
  }

  /** Records a use durably. Faults: Failure `write_failed` or `token_uses_full`: then nothing is recorded. */
  record(token: JoinToken, publicKey: KeyObject, nowMs: number): void {
    if (this.#uses.has(token.sha256)) return
    const kept = [...this.#uses].filter(([, use]) => use.expiresAtMs + REMEMBER_MS > nowMs)
    if (kept.length >= USES_MAX) {
      throw new Failure(
        'token_uses_full',
        `Cannot record the use of a token: found ${kept.length} in ${this.#path}, expected fewer than ${USES_MAX}`,
      )
    }
    const use = { token: token.sha256, key: keyHash(publicKey), expiresAtMs: token.expiresAtMs }
    const uses = new Map([...kept, [use.token, use] as const])
    writeFileAtomic(this.#path, JSON.stringify([...uses.values()], null, 1) + '\n')
    this.#uses = uses
  }
}

function keyHash(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
}

function readUses(path: string): Map<string, Use> {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return new Map()
    throw new Failure(
      'state_invalid',
      `Cannot read ${path}: found ${code ?? 'something else than JSON'}, expected the file as it was written`,
      error,
    )
  }
  if (!Array.isArray(value) || !value.every(isUse)) {
    throw new Failure('state_invalid', `Cannot use ${path}: found other fields, expected the file as it was written`)
  }
  return new Map(value.map((use) => [use.token, use]))
}

function isUse(value: unknown): value is Use {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 3) return false
  const { token, key, expiresAtMs } = value as Record<string, unknown>
  return typeof token === 'string' && typeof key === 'string' && typeof expiresAtMs === 'number'
}
