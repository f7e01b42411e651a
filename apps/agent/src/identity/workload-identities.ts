import type { Logger } from '@weft/telemetry'
import type { Clock, Random, Timer } from '@weft/time'
import { describeError } from '@weft/faults'
import type { IdentityMessage } from '../worker/messages.ts'
import type { KeptIdentities } from './identity-file.ts'

const RETRY_MS = 2_000

/** A certificate as the CA gave it, and the key that was made here. */
export interface IssuedIdentity {
  readonly chainPem: string
  readonly keyPem: string
  readonly rootsPem: string
  /** Wall clock. */
  readonly notBeforeMs: number
  readonly notAfterMs: number
}

/** Makes a key and has the CA certify it. */
export type IssueIdentity = (identity: string) => Promise<IssuedIdentity>

interface Held {
  readonly identity: string
  readonly users: Set<string>
  issued: IssuedIdentity | null
  issuing: Promise<void> | null
  renewal: Timer | null
}

/**
 * The SVIDs of the workloads on this node: one per identity however many workloads share it, renewed at half-life with
 * jitter, forgotten with its last workload. A renewal that fails is tried again until the certificate ends. What an earlier
 * life of the agent was given is used before the CA is asked.
 */
export class WorkloadIdentities {
  readonly #issue: IssueIdentity
  readonly #kept: KeptIdentities
  readonly #onIdentity: (message: IdentityMessage) => void
  readonly #onForget: (identity: string) => void
  readonly #clock: Clock
  readonly #random: Random
  readonly #log: Logger
  readonly #held = new Map<string, Held>()

  constructor(
    issue: IssueIdentity,
    kept: KeptIdentities,
    outputs: { onIdentity: (message: IdentityMessage) => void; onForget: (identity: string) => void },
    clock: Clock,
    random: Random,
    log: Logger,
  ) {
    this.#issue = issue
    this.#kept = kept
    this.#onIdentity = outputs.onIdentity
    this.#onForget = outputs.onForget
    this.#clock = clock
    this.#random = random
    this.#log = log
  }

  /** Resolves when the identity's certificate is in place; rejects when the CA does not give it. */
  async acquire(user: string, identity: string): Promise<void> {
    let held = this.#held.get(identity)
    if (held === undefined) {
      held = { identity, users: new Set(), issued: null, issuing: null, renewal: null }
      this.#held.set(identity, held)
    }
    held.users.add(user)
    const kept = held.issued === null ? this.#kept.find(identity) : null
    if (kept !== null) return this.#use(held, kept)
    if (held.issued !== null && held.issued.notAfterMs > this.#clock.wallMs()) return
    const current = held
    held.issuing ??= this.#obtain(current).finally(() => (current.issuing = null))
    await held.issuing
  }

  /** Gives back every identity that `user` acquired. */
  release(user: string): void {
    for (const held of this.#held.values()) {
      if (!held.users.delete(user) || held.users.size > 0) continue
      held.renewal?.cancel()
      this.#held.delete(held.identity)
      this.#kept.forget(held.identity)
      this.#onForget(held.identity)
    }
  }

  /** Identity to the end of its certificate (wall clock), for metrics and the admin page. */
  expiries(): { identity: string; notAfterMs: number }[] {
    return [...this.#held.values()].flatMap((held) =>
      held.issued === null ? [] : [{ identity: held.identity, notAfterMs: held.issued.notAfterMs }],
    )
  }

  stop(): void {
    for (const held of this.#held.values()) held.renewal?.cancel()
  }

  async #obtain(held: Held): Promise<void> {
    const issued = await this.#issue(held.identity)
    if (this.#held.get(held.identity) !== held) return
    this.#kept.keep(held.identity, issued)
    this.#use(held, issued)
  }

  #use(held: Held, issued: IssuedIdentity): void {
    held.issued = issued
    const { chainPem, keyPem, rootsPem } = issued
    this.#onIdentity({ type: 'identity', identity: held.identity, chainPem, keyPem, rootsPem })
    const lifeMs = issued.notAfterMs - issued.notBeforeMs
    const renewAtMs = issued.notBeforeMs + lifeMs * (0.5 + 0.1 * this.#random())
    this.#renewIn(held, Math.max(RETRY_MS, renewAtMs - this.#clock.wallMs()))
  }

  #renewIn(held: Held, delayMs: number): void {
    held.renewal?.cancel()
    // Node's timers end at 2^31 ms; a longer life is renewed in more than one step.
    held.renewal = this.#clock.after(Math.min(delayMs, 2 ** 31 - 1), () => {
      this.#obtain(held).catch((error: unknown) => {
        if (this.#held.get(held.identity) !== held) return
        this.#log.warn('cannot renew certificate', { identity: held.identity, error: describeError(error) })
        this.#renewIn(held, RETRY_MS * (1 + this.#random()))
      })
    })
  }
}
