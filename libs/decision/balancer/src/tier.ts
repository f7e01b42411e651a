import type { OutlierDetector } from '@weft/outlier'
import type { Dice } from './dice.ts'
import type { EndpointState, PickContext } from './endpoint.ts'
import type { BalancerOptions } from './options.ts'
import type { SharedLoad } from './shared-load.ts'
import { warmth } from './slow-start.ts'
import { createStrategy, type Gate, type Strategy } from './strategy.ts'

/** How fast the tier's latency follows: quick enough to see an overload, slow enough to average over many requests. */
const FOLLOW_MS = 500

/**
 * The endpoints of one priority that are equally near: the unit that failover and spill-over move traffic between.
 *
 * Counts what is under way to all of its endpoints together, and knows how long they take.
 */
export class Tier<Target> implements Gate<Target> {
  readonly priority: number
  /** 0: the client's zone, 1: its region, 2: elsewhere, or not known. */
  readonly distance: number
  readonly endpoints: readonly EndpointState<Target>[]
  readonly strategy: Strategy<Target>
  /** Who judges its endpoints. */
  readonly outliers: OutlierDetector
  /** Ejection is ignored: too many are out to tell who is ill. */
  isPanicking: boolean
  /** Share of its traffic that is passed on to the tier after it, because it is overloaded; 0 to 1. */
  spill: number
  waiting: number
  waitingSinceMsSum: number
  latencyMs: number
  latencyAtMs: number
  /** How many wait, on the average of the same while as the latency. */
  waitingMean: number
  waitingMeanAtMs: number
  readonly #dice: Dice
  readonly #options: BalancerOptions
  readonly #shared: SharedLoad | null

  constructor(
    priority: number,
    distance: number,
    endpoints: readonly EndpointState<Target>[],
    options: BalancerOptions,
    dice: Dice,
    shared: SharedLoad | null,
    outliers: OutlierDetector,
  ) {
    this.priority = priority
    this.distance = distance
    this.endpoints = endpoints
    this.outliers = outliers
    this.isPanicking = false
    this.spill = 0
    this.waiting = 0
    this.waitingSinceMsSum = 0.0
    this.latencyMs = Number.NaN
    this.latencyAtMs = Number.NaN
    this.waitingMean = 0.0
    this.waitingMeanAtMs = Number.NaN
    this.#dice = dice
    this.#options = options
    this.#shared = shared
    this.strategy = createStrategy(options, dice, this)
    const mean = endpoints.reduce((sum, endpoint) => sum + endpoint.weight, 0) / endpoints.length
    for (const endpoint of endpoints) {
      this.#take(endpoint)
      endpoint.loadFactor = mean / endpoint.weight
    }
    this.strategy.update(endpoints)
  }

  accepts(endpoint: EndpointState<Target>, context: PickContext<Target>): boolean {
    if (endpoint.outlier.outUntilMs > context.nowMs && !this.isPanicking) return false
    const tried = context.tried
    for (let i = 0; i < tried.length; i++) if (tried[i] === endpoint) return false
    return true
  }

  isWarm(endpoint: EndpointState<Target>, context: PickContext<Target>): boolean {
    return this.#dice.chance(warmth(endpoint, context.nowMs, this.#options.slowStart))
  }

  inFlight(endpoint: EndpointState<Target>): number {
    if (endpoint.sharedSlot < 0) return endpoint.inFlight
    return endpoint.inFlight + this.#shared!.others(endpoint.sharedSlot)
  }

  observe(nowMs: number, latencyMs: number): void {
    if (Number.isNaN(this.latencyAtMs)) this.latencyMs = latencyMs
    else {
      const kept = Math.exp(-Math.max(nowMs - this.latencyAtMs, 0) / FOLLOW_MS)
      // Several observations in one moment count a little each.
      this.latencyMs += (latencyMs - this.latencyMs) * Math.max(1 - kept, 0.01)
    }
    this.latencyAtMs = nowMs
  }

  /**
   * What a request takes here now. The age of those that wait counts once it exceeds the average. A tier without traffic is
   * forgotten towards the default, which is also assumed of one that was never used.
   */
  latencyNowMs(nowMs: number): number {
    const { ewmaDefaultRttMs, ewmaDecayMs } = this.#options
    const sinceMs = nowMs - this.latencyAtMs
    const known = Number.isNaN(sinceMs) ? 0 : Math.exp(-Math.max(sinceMs, 0) / ewmaDecayMs)
    const averageMs = known === 0 ? ewmaDefaultRttMs : ewmaDefaultRttMs + (this.latencyMs - ewmaDefaultRttMs) * known
    const ageMs = this.waiting === 0 ? 0 : nowMs - this.waitingSinceMsSum / this.waiting
    return ageMs > averageMs ? ageMs : averageMs
  }

  /**
   * What a request that comes now will take: the latency of late, grown as the line has grown since. Where few are under way
   * one more or less says nothing, so as many as there are endpoints are thought of as always there.
   */
  expectedMs(nowMs: number): number {
    const sinceMs = nowMs - this.waitingMeanAtMs
    if (Number.isNaN(sinceMs)) this.waitingMean = this.waiting
    else this.waitingMean += (this.waiting - this.waitingMean) * (1 - Math.exp(-Math.max(sinceMs, 0) / FOLLOW_MS))
    this.waitingMeanAtMs = nowMs
    const always = this.endpoints.length
    return (this.latencyNowMs(nowMs) * (this.waiting + always)) / (this.waitingMean + always)
  }

  /** Takes over what is known of the tier that stood in its place. */
  inherit(from: Tier<Target>): void {
    this.spill = from.spill
    this.latencyMs = from.latencyMs
    this.latencyAtMs = from.latencyAtMs
    this.waitingMean = from.waitingMean
    this.waitingMeanAtMs = from.waitingMeanAtMs
  }

  #take(endpoint: EndpointState<Target>): void {
    endpoint.tier = this
    this.waiting += endpoint.waiting
    this.waitingSinceMsSum += endpoint.waitingSinceMsSum
  }
}
