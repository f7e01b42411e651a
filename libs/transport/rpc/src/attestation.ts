import { readFileSync } from 'node:fs'
import { Failure } from '@weft/faults'

/** How a part proves itself to the CA, and the CA to it, before the part has a certificate. Asked anew at each attempt. */
export interface Attestation {
  /** PEM of the roots by which the CA proves itself. Faults: Failure `trust_roots_missing`, `unavailable`: it tries again. */
  roots(): Promise<string>
  /** What the part joins with. Faults: Failure `join_token_missing`. */
  token(): Promise<string>
  /**
   * The token counts as often as wanted and is always fresh, so that the part renews by it too, and joins anew whenever what it
   * has stored will not do. Else the token is spent at the first join, and certificates renew by themselves.
   */
  readonly renewsByToken: boolean
}

/** Roots and a token for one join, from two files. */
export function fileAttestation(files: { trustRootsFile: string; joinTokenFile: string }): Attestation {
  return {
    roots: async () => readRequired(files.trustRootsFile, 'trust_roots_missing', 'the trust roots'),
    token: async () => readRequired(files.joinTokenFile, 'join_token_missing', 'the join token'),
    renewsByToken: false,
  }
}

/** The file's text without space around it. Faults: Failure of that code when there is none. */
export function readRequired(path: string, code: string, what: string): string {
  let text = ''
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch (error) {
    throw new Failure(
      code,
      `Cannot read ${what} from ${path}: ${(error as NodeJS.ErrnoException).code}, expected a readable file`,
      error,
    )
  }
  if (text === '') throw new Failure(code, `Cannot read ${what} from ${path}: found nothing in it, expected ${what}`)
  return text
}
