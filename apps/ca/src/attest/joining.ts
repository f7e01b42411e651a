import type { KeyObject } from 'node:crypto'
import { describeError } from '@weft/faults'
import { RpcFailure } from '@weft/rpc'
import type { Clock } from '@weft/time'
import { hostOf, refuseImpatient, type Admission, type Admitted } from './admission.ts'
import type { FailureLimit } from './failure-limit.ts'
import type { JoinToken, JoinTokens } from './join-tokens.ts'
import type { TokenUses } from './token-uses.ts'

const TOKEN_CHARACTERS_MAX = 512

/** Admits by join tokens. Order matters: a token is spent, durably, only for a request that is right in everything else. */
export class Joining implements Admission {
  readonly #tokens: JoinTokens
  readonly #uses: TokenUses
  readonly #limit: FailureLimit
  readonly #clock: Clock

  constructor(tokens: JoinTokens, uses: TokenUses, limit: FailureLimit, clock: Clock) {
    this.#tokens = tokens
    this.#uses = uses
    this.#limit = limit
    this.#clock = clock
  }

  /**
   * Spends the token for the key.
   *
   * Faults: RpcFailure `rate_limited`, `token_unknown`, `token_expired`, `token_used`, `state_write_failed`, or what
   * `readKey` throws.
   */
  async admit(token: string, peerAddress: string, readKey: () => KeyObject): Promise<Admitted> {
    const address = hostOf(peerAddress)
    refuseImpatient(this.#limit, address)
    let entry: JoinToken
    let publicKey: KeyObject
    try {
      entry = this.#lookUp(token)
      publicKey = readKey()
      this.#refuseOtherKey(entry, publicKey)
    } catch (error) {
      this.#limit.recordFailure(address)
      throw error
    }
    this.#spend(entry, publicKey)
    return { role: entry.role, publicKey }
  }

  #lookUp(token: string): JoinToken {
    const entry = token.length <= TOKEN_CHARACTERS_MAX ? this.#tokens.find(token) : null
    if (entry === null) {
      throw new RpcFailure(
        'permission_denied',
        'token_unknown',
        'Cannot join: found a token that is not known, expected one made for this mesh',
      )
    }
    if (entry.expiresAtMs > this.#clock.wallMs()) return entry
    const since = new Date(entry.expiresAtMs).toISOString()
    throw new RpcFailure(
      'permission_denied',
      'token_expired',
      `Cannot join: the token expired at ${since}, expected a fresh one`,
    )
  }

  #refuseOtherKey(entry: JoinToken, publicKey: KeyObject): void {
    if (this.#uses.isUsedByAnother(entry, publicKey)) {
      throw new RpcFailure(
        'permission_denied',
        'token_used',
        'Cannot join: the token was used already by another key, expected a fresh one',
      )
    }
  }

  #spend(entry: JoinToken, publicKey: KeyObject): void {
    try {
      this.#uses.record(entry, publicKey, this.#clock.wallMs())
    } catch (error) {
      const why = describeError(error)
      throw new RpcFailure(
        'unavailable',
        'state_write_failed',
        `Cannot join: the use of the token cannot be recorded (${why}), try again`,
        error,
      )
    }
  }
}
