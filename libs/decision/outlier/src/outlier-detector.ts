import type { Random } from '@weft/time'
import type { OutlierPolicy } from '@weft/traffic'
import { compareEndpoints } from './compare.ts'
import type { EjectionCause, OutlierState } from './outlier-state.ts'

/** `ejected` and `restored` tell of a change, for the log and the counters; nothing else is to be done. */
export type OutlierDecision = 'none' | 'ejected' | 'restored'

/**
 * What a request came to. `failure`: the endpoint answered badly (5xx); `gateway`: 502, 503, 504, or a reply that broke
 * off or did not come in time; `connect`: no connection could be made. Each includes those before it in its counts.
 */
export type Outcome = 'success' | 'failure' | 'gateway' | 'connect'

/** Ejection times differ by up to this share, so that many agents do not all try an endpoint in the same moment. */
const JITTER = 0.1

/**
 * Ejects endpoints that fail in a row, fail more often or answer more slowly than the others, or ask to be left alone.
 * When an ejected endpoint's time is over one request is let through; when that fails as well it is out for twice as long
 * (up to `ejectMaxMs`). When more than `panicRatio` of the endpoints are out, ejection is ignored: failing everywhere
 * says nothing about one endpoint.
 *
 * Knows endpoints only by their {@link OutlierState}; keep it for as long as the endpoint exists. Allocates nothing but
 * once per interval. Source: Finagle FailureAccrual (probation), Envoy outlier detection (success rate, panic threshold).
 */
export class OutlierDetector {
  readonly policy: OutlierPolicy
  readonly #random: Random
  #states: readonly OutlierState[] = []
  #outByGroup = new Int32Array(1)
  #out = 0
  #total = 0
  #compareAtMs = Number.NaN
  #changes = 0

  constructor(policy: OutlierPolicy, random: Random) {
    this.policy = policy
    this.#random = random
  }

  /** The endpoints, ejected ones included, each in one of `groups` groups. */
  setEndpoints(states: readonly OutlierState[], groups: number): void {
    this.#states = states
    this.#total = states.length
    this.#out = 0
    this.#outByGroup = new Int32Array(Math.max(groups, 1))
    for (const state of states) {
      if (state.phase === 'healthy') continue
      this.#out++
      this.#outByGroup[state.group]!++
    }
    this.#changes++
  }

  /** Endpoints that are ejected or on probation. */
  get outCount(): number {
    return this.#out
  }

  /** Grows whenever an endpoint goes out or comes back, or the endpoints change. */
  get changes(): number {
    return this.#changes
  }

  outOf(group: number): number {
    return this.#outByGroup[group] ?? 0
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
  finished(state: OutlierState, outcome: Outcome, nowMs: number, latencyMs: number): OutlierDecision {
    state.requests++
    state.latencySumMs += latencyMs
    // Written so that NaN, which is before the first request, passes.
    if (!(nowMs < this.#compareAtMs)) this.#compare(nowMs)
    return outcome === 'success' ? this.#succeeded(state, nowMs) : this.#failed(state, outcome, nowMs)
  }

  /** The endpoint asked to be left alone for `forMs`; the next request after that is a probe. 0 or less asks nothing. */
  pushedBack(state: OutlierState, forMs: number, nowMs: number): OutlierDecision {
    const waitMs = Math.min(forMs, this.policy.retryAfterMaxMs)
    if (!(waitMs > 0)) return 'none'
    const untilMs = nowMs + waitMs
    if (state.phase !== 'healthy') {
      state.phase = 'ejected'
      state.outUntilMs = Math.max(state.outUntilMs, untilMs)
      return 'none'
    }
    if (!this.#mayEject) return 'none'
    this.#goOut(state, 'retry_after', untilMs)
    return 'ejected'
  }

  /** The endpoint exists no more, or has no weight: what was held against it is forgotten. */
  forget(state: OutlierState): void {
    if (state.phase === 'healthy') return
    this.#comeBack(state)
  }

  get #mayEject(): boolean {
    return this.#out < Math.max(1, Math.floor(this.policy.ejectRatioMax * this.#total))
  }

  #succeeded(state: OutlierState, nowMs: number): OutlierDecision {
    state.consecutiveFailures = 0
    state.consecutiveGatewayFailures = 0
    state.consecutiveConnectFailures = 0
    if (state.phase === 'healthy') return 'none'
    // What was sent before the ejection and answers now is no proof; in a panic new requests go there, and are.
    if (state.phase === 'ejected' && !this.isPanicking) return 'none'
    if (++state.proofs < this.policy.probes) {
      state.outUntilMs = nowMs
      return 'none'
    }
    this.#comeBack(state)
    state.restoredAtMs = nowMs
    return 'restored'
  }

  #failed(state: OutlierState, outcome: Outcome, nowMs: number): OutlierDecision {
    state.failures++
    state.consecutiveFailures++
    state.consecutiveGatewayFailures = outcome === 'failure' ? 0 : state.consecutiveGatewayFailures + 1
    state.consecutiveConnectFailures = outcome === 'connect' ? state.consecutiveConnectFailures + 1 : 0
    if (state.phase === 'ejected') return 'none'
    if (state.phase === 'probation') {
      state.ejections++
      state.ejectionsTotal++
      state.phase = 'ejected'
      state.outUntilMs = nowMs + this.#backoffMs(state.ejections)
      return 'ejected'
    }
    const cause = this.#causeOf(state)
    return cause === '' ? 'none' : this.#eject(state, cause, nowMs)
  }

  #causeOf(state: OutlierState): EjectionCause {
    const { policy } = this
    if (reaches(state.consecutiveFailures, policy.consecutiveFailures)) return 'consecutive_failures'
    if (reaches(state.consecutiveGatewayFailures, policy.consecutiveGatewayFailures))
      return 'consecutive_gateway_failures'
    if (reaches(state.consecutiveConnectFailures, policy.consecutiveConnectFailures))
      return 'consecutive_connect_failures'
    return ''
  }

  #eject(state: OutlierState, cause: EjectionCause, nowMs: number): OutlierDecision {
    if (!this.#mayEject) return 'none'
    if (nowMs - state.restoredAtMs > this.policy.ejectMaxMs) state.ejections = 0
    state.ejections++
    this.#goOut(state, cause, nowMs + this.#backoffMs(state.ejections))
    return 'ejected'
  }

  #goOut(state: OutlierState, cause: EjectionCause, untilMs: number): void {
    state.ejectionsTotal++
    state.phase = 'ejected'
    state.cause = cause
    state.proofs = 0
    state.outUntilMs = untilMs
    this.#out++
    this.#outByGroup[state.group]!++
    this.#changes++
  }

  #comeBack(state: OutlierState): void {
    state.phase = 'healthy'
    state.cause = ''
    state.proofs = 0
    state.outUntilMs = Number.NEGATIVE_INFINITY
    this.#out--
    this.#outByGroup[state.group]!--
    this.#changes++
  }

  #compare(nowMs: number): void {
    const isFirst = Number.isNaN(this.#compareAtMs)
    this.#compareAtMs = nowMs + this.policy.intervalMs
    if (isFirst || this.policy.intervalMs <= 0) return
    compareEndpoints(this.policy, this.#states, (state, cause) => void this.#eject(state, cause, nowMs))
  }

  #backoffMs(ejections: number): number {
    const { ejectBaseMs, ejectMaxMs } = this.policy
    const exponent = Math.min(Math.max(ejections - 1, 0), 30)
    return Math.min(ejectBaseMs * 2 ** exponent, ejectMaxMs) * (1 + JITTER * this.#random())
  }
}

function reaches(count: number, limit: number): boolean {
  return limit > 0 && count >= limit
}
