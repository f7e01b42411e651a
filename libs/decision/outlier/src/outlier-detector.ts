import type { Random } from '@weft/time'
import type { OutlierPolicy } from '@weft/traffic'

/** `ejected` and `restored` tell of a change, for the log and the counters; nothing else is to be done. */
export type OutlierDecision = 'none' | 'ejected' | 'restored'

/** Ejection times differ by up to this share, so that many agents do not all try an endpoint in the same moment. */
const JITTER = 0.1

/**
 * What is known of one endpoint's failures. States: healthy → ejected → probation → healthy, or ejected again for twice
 * as long. An endpoint may be used when `outUntilMs` has passed; for a healthy one that is always so.
 */
export class OutlierState {
  phase: 'healthy' | 'ejected' | 'probation'
  consecutiveFailures: number
  /** Ejections in a row, the exponent of the back-off. */
  ejections: number
  outUntilMs: number
  restoredAtMs: number

  constructor() {
    this.phase = 'healthy'
    this.consecutiveFailures = 0
    this.ejections = 0
    this.outUntilMs = Number.NEGATIVE_INFINITY
    this.restoredAtMs = Number.NEGATIVE_INFINITY
  }
}

/**
 * Ejects an endpoint after `consecutiveFailures` failures in a row, lets one request through when its time is over, and
 * ejects it for twice as long (up to `ejectMaxMs`) when that one fails as well. When more than `panicRatio` of the
 * endpoints are out, ejection is ignored: failing everywhere says nothing about one endpoint.
 *
 * Knows endpoints only by their {@link OutlierState}; keep it for as long as the endpoint exists. Allocates nothing.
 * Source: Finagle FailureAccrual (probation), Envoy outlier detection (panic threshold).
 */
export class OutlierDetector {
  readonly policy: OutlierPolicy
  readonly #random: Random
  #out = 0
  #total = 0

  constructor(policy: OutlierPolicy, random: Random) {
    this.policy = policy
    this.#random = random
  }

  /** How many endpoints there are, ejected ones included. */
  setTotal(total: number): void {
    this.#total = total
  }

  /** Endpoints that are ejected or on probation. */
  get outCount(): number {
    return this.#out
  }

  get isPanicking(): boolean {
    return this.#out > this.policy.panicRatio * this.#total
  }

  isUsable(state: OutlierState, nowMs: number): boolean {
    return state.outUntilMs <= nowMs || this.isPanicking
  }

  /** A request was sent. The first one after an ejection's time is the probe; until its outcome the endpoint is out again. */
  started(state: OutlierState, nowMs: number): void {
    if (state.phase === 'healthy' || state.outUntilMs > nowMs) return
    state.phase = 'probation'
    // A probe whose outcome never comes must not leave the endpoint out for ever: another follows after the same time.
    state.outUntilMs = nowMs + this.#backoffMs(state.ejections)
  }

  /** The outcome of a request. */
  finished(state: OutlierState, ok: boolean, nowMs: number): OutlierDecision {
    return ok ? this.#succeeded(state, nowMs) : this.#failed(state, nowMs)
  }

  /** The endpoint exists no more. */
  forget(state: OutlierState): void {
    if (state.phase === 'healthy') return
    state.phase = 'healthy'
    state.outUntilMs = Number.NEGATIVE_INFINITY
    this.#out--
  }

  #succeeded(state: OutlierState, nowMs: number): OutlierDecision {
    state.consecutiveFailures = 0
    if (state.phase === 'healthy') return 'none'
    // What was sent before the ejection and answers now is no proof; in a panic new requests go there, and are.
    if (state.phase === 'ejected' && !this.isPanicking) return 'none'
    state.phase = 'healthy'
    state.outUntilMs = Number.NEGATIVE_INFINITY
    state.restoredAtMs = nowMs
    this.#out--
    return 'restored'
  }

  #failed(state: OutlierState, nowMs: number): OutlierDecision {
    state.consecutiveFailures++
    if (state.phase === 'ejected') return 'none'
    if (state.phase === 'healthy') {
      if (state.consecutiveFailures < this.policy.consecutiveFailures) return 'none'
      if (nowMs - state.restoredAtMs > this.policy.ejectMaxMs) state.ejections = 0
      this.#out++
    }
    state.ejections++
    state.phase = 'ejected'
    state.outUntilMs = nowMs + this.#backoffMs(state.ejections)
    return 'ejected'
  }

  #backoffMs(ejections: number): number {
    const { ejectBaseMs, ejectMaxMs } = this.policy
    const exponent = Math.min(Math.max(ejections - 1, 0), 30)
    return Math.min(ejectBaseMs * 2 ** exponent, ejectMaxMs) * (1 + JITTER * this.#random())
  }
}
