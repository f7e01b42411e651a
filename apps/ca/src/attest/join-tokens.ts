import { createHash, timingSafeEqual } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { describeError, Failure } from '@weft/faults'
import { formatMeshIdentity, parseMeshIdentity, type MeshRole } from '@weft/identity'
import type { Logger } from '@weft/telemetry'

/** Who may join by which token. The token itself is known only to the part; here is its hash. */
export interface JoinToken {
  /** Hex. */
  readonly sha256: string
  readonly role: Exclude<MeshRole, 'ca'>
  readonly expiresAtMs: number
}

const TOKENS_MAX = 10_000
const FILE_BYTES_MAX = 4 * 1024 * 1024
const fields = ['sha256', 'role', 'expiresAtMs']

/**
 * The join tokens file, read at start and again whenever it has changed. A change that is wrong is reported and the former
 * content stays in force.
 */
export class JoinTokens {
  readonly #path: string
  readonly #log: Logger
  #tokens: readonly JoinToken[]
  #version: string

  /** Faults: Failure `join_tokens_invalid` that names the file, the entry and the field. */
  constructor(path: string, log: Logger) {
    this.#path = path
    this.#log = log
    this.#version = versionOf(path)
    this.#tokens = readTokens(path)
  }

  /** The entry of a token; null when there is none. Takes the same time whichever entry it is. */
  find(token: string): JoinToken | null {
    this.#readAgain()
    const hash = createHash('sha256').update(token).digest()
    let found: JoinToken | null = null
    for (const entry of this.#tokens) if (timingSafeEqual(Buffer.from(entry.sha256, 'hex'), hash)) found = entry
    return found
  }

  #readAgain(): void {
    try {
      const version = versionOf(this.#path)
      if (version === this.#version) return
      this.#version = version
      this.#tokens = readTokens(this.#path)
      this.#log.info('read the join tokens again', { tokens: this.#tokens.length })
    } catch (error) {
      this.#log.error('cannot read the join tokens again; the former ones stay in force', {
        error: describeError(error),
      })
    }
  }
}

function versionOf(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path)
    return `${mtimeMs} ${size} ${ino}`
  } catch (error) {
    throw invalid(path, `${(error as NodeJS.ErrnoException).code}`, 'a readable file', error)
  }
}

function readTokens(path: string): JoinToken[] {
  const { size } = statSync(path)
  if (size > FILE_BYTES_MAX) throw invalid(path, `${size} octets`, `at most ${FILE_BYTES_MAX}`)
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw invalid(path, describeError(error), 'a JSON array')
  }
  if (!Array.isArray(value)) throw invalid(path, 'something else', 'a JSON array')
  if (value.length > TOKENS_MAX) throw invalid(path, `${value.length} entries`, `at most ${TOKENS_MAX}`)
  const tokens = value.map((entry: unknown, index) => readToken(entry, `${path} entry ${index}`))
  const hashes = new Set(tokens.map(({ sha256 }) => sha256))
  if (hashes.size < tokens.length) throw invalid(path, 'a token twice', 'each sha256 once')
  return tokens
}

function readToken(entry: unknown, where: string): JoinToken {
  if (typeof entry !== 'object' || entry === null) throw invalid(where, 'something else', 'an object')
  const strange = Object.keys(entry).find((name) => !fields.includes(name))
  if (strange !== undefined) throw invalid(where, `field ${JSON.stringify(strange)}`, `only ${fields.join(', ')}`)
  const { sha256, role, expiresAtMs } = entry as Record<string, unknown>
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256))
    throw invalid(`${where} sha256`, 'something else', '64 lower-case hex digits')
  if (!isRole(role)) throw invalid(`${where} role`, JSON.stringify(role), 'node/NAME, control-plane or policy')
  if (typeof expiresAtMs !== 'number' || !Number.isSafeInteger(expiresAtMs)) {
    throw invalid(`${where} expiresAtMs`, JSON.stringify(expiresAtMs), 'milliseconds since 1970')
  }
  return { sha256, role, expiresAtMs }
}

function isRole(value: unknown): value is JoinToken['role'] {
  if (typeof value !== 'string' || value === 'ca') return false
  return parseMeshIdentity(formatMeshIdentity('any', value as MeshRole)) !== null
}

function invalid(where: string, found: string, expected: string, cause?: unknown): Failure {
  return new Failure(
    'join_tokens_invalid',
    `Cannot use the join tokens in ${where}: found ${found}, expected ${expected}`,
    cause,
  )
}
