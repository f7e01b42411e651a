import { readFileSync } from 'node:fs'
import { Failure } from '@weft/faults'
import { writeFileAtomic } from '@weft/host'
import { makeSvid, readPrivateKey, type PrivateKey, type Svid } from '@weft/mtls'

/** What a part keeps over restarts. `key` alone means: it was about to join with this key. */
export interface StoredCredentials {
  readonly key: PrivateKey
  readonly svid: Svid | null
}

const fields = ['chain', 'key', 'roots']

/**
 * Reads the credentials file; null when there is none.
 *
 * Faults: Failure `credentials_invalid` that names the file and never quotes its content.
 */
export function readCredentials(path: string): StoredCredentials | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw invalid(path, (error as NodeJS.ErrnoException).code ?? 'it cannot be read', error)
  }
  const { key: keyPem, chain, roots } = parse(path, text)
  try {
    const key = readPrivateKey(keyPem)
    return { key, svid: chain === '' ? null : makeSvid({ key, chainPem: chain, rootsPem: roots }) }
  } catch (error) {
    throw invalid(path, 'its parts do not fit together', error)
  }
}

/** Faults: Failure `write_failed`; the former file stays. */
export function writeCredentials(path: string, { key, svid }: StoredCredentials): void {
  const content = { key: key.revealPem(), chain: svid?.chainPem ?? '', roots: svid?.rootsPem ?? '' }
  writeFileAtomic(path, JSON.stringify(content, null, 2) + '\n')
}

function parse(path: string, text: string): { key: string; chain: string; roots: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw invalid(path, 'it is not JSON')
  }
  const found = typeof value === 'object' && value !== null ? Object.entries(value) : []
  const isComplete =
    found.length === fields.length && found.every(([name, part]) => fields.includes(name) && typeof part === 'string')
  if (!isComplete) throw invalid(path, `it has other fields than ${fields.join(', ')}`)
  return value as { key: string; chain: string; roots: string }
}

function invalid(path: string, found: string, cause?: unknown): Failure {
  return new Failure(
    'credentials_invalid',
    `Cannot use the credentials in ${path}: ${found}, expected the file as it was written; remove it to join anew`,
    cause,
  )
}
