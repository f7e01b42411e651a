import { OutlierDetector, type OutlierDecision } from '@weft/outlier'
import type { Random } from '@weft/time'
import type { BalancerType, OutlierPolicy } from '@weft/traffic'
import { EndpointState, type Endpoint, type PickContext } from './endpoint.ts'
import { observeLatency } from './latency.ts'
import { createStrategy, type Eligible, type Strategy } from './strategy.ts'

/** The fields of a TrafficPolicy that the balancer reads; a TrafficPolicy is one. */
export interface BalancerOptions {
  readonly balancer: BalancerType
  readonly ewmaDecayMs: number
  readonly ewmaDefaultRttMs: number
  readonly outlier: OutlierPolicy
}

/**
 * The endpoints of one backend, and the choice among them.
 *
 * Per request: `pick`, `started`, and when the exchange is over `finished`; for an exchange that goes on after its head
 * (streams, tunnels) `replied` at the head and `released` at the end instead. `pick` allocates nothing and takes well
 * under a microsecond; `update` may take milliseconds and happens when configuration changes.
 */
export class Balancer<Target> {
  readonly #options: BalancerOptions
  readonly #strategy: Strategy<Target>
  readonly #outliers: OutlierDetector
  readonly #byKey = new Map<string, EndpointState<Target>>()
  /** Those with a weight, in the order of the update. */
  #endpoints: EndpointState<Target>[] = []
  #probed = 0

  constructor(options: BalancerOptions, random: Random) {
    this.#options = options
    this.#outliers = new OutlierDetector(options.outlier, random)
    const eligible: Eligible<Target> = (endpoint, context) => this.#isEligible(endpoint, context)
    this.#strategy = createStrategy(options, random, eligible)
  }

  /** Endpoints that may be picked: those with a weight above 0. */
  get size(): number {
    return this.#endpoints.length
  }

  /** Those that are ejected or on probation. */
  get ejectedCount(): number {
    return this.#outliers.outCount
  }

  get isPanicking(): boolean {
    return this.#outliers.isPanicking
  }

  /** Every listed endpoint, those without weight included; for dumps and metrics. */
  states(): IterableIterator<EndpointState<Target>> {
    return this.#byKey.values()
  }

  /** Replaces the endpoints. A key that stays keeps its state; a key given twice counts once, the last one wins. */
  update(endpoints: readonly Endpoint<Target>[]): void {
    for (const state of this.#byKey.values()) state.isListed = false
    for (const endpoint of endpoints) {
      const state = this.#byKey.get(endpoint.key)
      if (state === undefined) {
        this.#byKey.set(endpoint.key, new EndpointState(endpoint, this.#options.ewmaDefaultRttMs))
        continue
      }
      state.isListed = true
      state.weight = endpoint.weight
      state.target = endpoint.target
    }
    for (const state of this.#byKey.values()) {
      if (state.isListed && state.weight > 0) continue
      this.#outliers.forget(state.outlier)
      if (!state.isListed) this.#byKey.delete(state.key)
    }
    this.#endpoints = [...this.#byKey.values()].filter((state) => state.weight > 0)
    this.#outliers.setEndpoints(
      this.#endpoints.map((state) => state.outlier),
      1,
    )
    this.#strategy.update(this.#endpoints)
  }

  /**
   * The endpoint for this request, or null when every one is out or none has a weight. Endpoints in `context.tried` are
   * avoided, and picked again only when there is no other: a second try at the only endpoint is better than none.
   */
  pick(context: PickContext<Target>): EndpointState<Target> | null {
    if (this.#endpoints.length === 0) return null
    if (this.#outliers.outCount > 0 && context.tried.length === 0 && !this.#strategy.isSticky) {
      const probe = this.#dueForProbe(context.nowMs)
      if (probe !== null) return probe
    }
    const picked = this.#strategy.pick(context)
    if (picked !== null || context.tried.length === 0) return picked
    for (let i = 0; i < context.tried.length; i++) {
      const tried = context.tried[i]!
      if (tried.isListed && tried.weight > 0 && this.#outliers.isUsable(tried.outlier, context.nowMs)) return tried
    }
    return null
  }

  /** A request is on its way to `endpoint`. */
  started(endpoint: EndpointState<Target>, nowMs: number): void {
    endpoint.inFlight++
    endpoint.waiting++
    endpoint.waitingSinceMsSum += nowMs
    if (endpoint.outlier.phase !== 'healthy') this.#outliers.started(endpoint.outlier, nowMs)
  }

  /** The request left for `endpoint` only `byMs` after {@link started}: that time is not the endpoint's. */
  delayed(endpoint: EndpointState<Target>, byMs: number): void {
    endpoint.waitingSinceMsSum += byMs
  }

  /** The reply has begun, or will not: `latencyMs` after its start. The request stays in flight until {@link released}. */
  replied(endpoint: EndpointState<Target>, nowMs: number, latencyMs: number, ok: boolean): OutlierDecision {
    endpoint.waiting--
    endpoint.waitingSinceMsSum = endpoint.waiting === 0 ? 0.0 : endpoint.waitingSinceMsSum - (nowMs - latencyMs)
    observeLatency(endpoint, nowMs, latencyMs, ok, this.#options)
    if (!endpoint.isListed || endpoint.weight <= 0) return 'none'
    return this.#outliers.finished(endpoint.outlier, ok ? 'success' : 'failure', nowMs, latencyMs)
  }

  /** The exchange is over, after {@link replied}. */
  released(endpoint: EndpointState<Target>): void {
    endpoint.inFlight--
  }

  /** {@link replied} and {@link released} in one. */
  finished(endpoint: EndpointState<Target>, nowMs: number, latencyMs: number, ok: boolean): OutlierDecision {
    this.released(endpoint)
    return this.replied(endpoint, nowMs, latencyMs, ok)
  }

  /** The caller went away before there was an outcome: nothing is learned about the endpoint. */
  abandoned(endpoint: EndpointState<Target>, startedAtMs: number): void {
    endpoint.inFlight--
    endpoint.waiting--
    endpoint.waitingSinceMsSum = endpoint.waiting === 0 ? 0.0 : endpoint.waitingSinceMsSum - startedAtMs
  }

  #isEligible(endpoint: EndpointState<Target>, context: PickContext<Target>): boolean {
    if (endpoint.outlier.outUntilMs > context.nowMs && !this.#outliers.isPanicking) return false
    const tried = context.tried
    for (let i = 0; i < tried.length; i++) if (tried[i] === endpoint) return false
    return true
  }

  /**
   * An ejected endpoint whose time is over gets the very next first try. Left to the strategy it might wait for ever:
   * its latency of old makes it lose every comparison. The walk resumes where it ended, a few steps per request.
   */
  #dueForProbe(nowMs: number): EndpointState<Target> | null {
    const endpoints = this.#endpoints
    const steps = Math.min(endpoints.length, PROBE_STEPS_MAX)
    for (let i = 0; i < steps; i++) {
      this.#probed = this.#probed + 1 < endpoints.length ? this.#probed + 1 : 0
      const endpoint = endpoints[this.#probed]!
      if (endpoint.outlier.phase !== 'healthy' && endpoint.outlier.outUntilMs <= nowMs) return endpoint
    }
    return null
  }
}

const PROBE_STEPS_MAX = 16
