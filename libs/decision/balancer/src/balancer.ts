import { OutlierDetector, type Outcome, type OutlierDecision } from '@weft/outlier'
import type { Random } from '@weft/time'
import { Dice } from './dice.ts'
import { EndpointState, type Endpoint, type PickContext } from './endpoint.ts'
import { mix32 } from './hash.ts'
import { countedLatencyMs, observeLatency } from './latency.ts'
import { type BalancerClient, type BalancerOptions, defaultBalancerClient, defaultBalancerOptions } from './options.ts'
import { shareTraffic } from './shares.ts'
import { beginSlowStart } from './slow-start.ts'
import { SpillOver } from './spill-over.ts'
import type { Tier } from './tier.ts'
import { tiersOf } from './tiers.ts'

/**
 * The endpoints of one backend, and the choice among them.
 *
 * Per request: `pick`, `started`, and when the exchange is over `finished`; for an exchange that goes on after its head
 * (streams, tunnels) `replied` at the head and `released` at the end instead. `pick` allocates nothing and takes well
 * under a microsecond; `update` may take milliseconds and happens when configuration changes.
 *
 * Endpoints stand in tiers by priority and by distance from the client. Which share of the traffic a tier gets is worked
 * out when endpoints or their health change; within a tier the strategy chooses.
 */
export class Balancer<Target> {
  readonly #options: BalancerOptions
  readonly #client: BalancerClient
  readonly #dice: Dice
  readonly #outliers: OutlierDetector
  readonly #byKey = new Map<string, EndpointState<Target>>()
  readonly #spillOver: SpillOver | null
  /** Those that are used: with a weight, and within the subset. */
  #endpoints: EndpointState<Target>[] = []
  #tiers: Tier<Target>[] = []
  /** Of each tier; up to date while `#preparedFor` is the number of changes that the detector counts. */
  #shares = new Float64Array(0)
  /** The only tier that has a share, or null when there are several. */
  #only: Tier<Target> | null = null
  #preparedFor = -1
  #probed = 0
  #latestMs = 0.0

  /** Absent options have the defaults of a TrafficPolicy. */
  constructor(
    options: Partial<BalancerOptions> = {},
    random: Random,
    client: Partial<BalancerClient> = defaultBalancerClient,
  ) {
    this.#options = { ...defaultBalancerOptions, ...options }
    this.#client = { ...defaultBalancerClient, ...client }
    this.#dice = new Dice(random)
    this.#outliers = new OutlierDetector(this.#options.outlier, random)
    this.#spillOver = this.#options.zone.mode === 'off' ? null : new SpillOver(this.#options.zone.spillOverRatio)
  }

  /** Endpoints that may be picked: those with a weight above 0, of the subset of this client. */
  get size(): number {
    return this.#endpoints.length
  }

  /** Those that are ejected or on probation. */
  get ejectedCount(): number {
    return this.#outliers.outCount
  }

  get isPanicking(): boolean {
    this.#prepareIfChanged()
    return this.#tiers.some((tier) => tier.isPanicking)
  }

  /** Every listed endpoint, those without weight included; for dumps and metrics. */
  states(): IterableIterator<EndpointState<Target>> {
    return this.#byKey.values()
  }

  /** Tiers with the share of traffic that each gets before spill-over; for dumps and tests. */
  tiers(): { readonly tier: Tier<Target>; readonly share: number }[] {
    this.#prepareIfChanged()
    return this.#tiers.map((tier, i) => ({ tier, share: this.#shares[i]! }))
  }

  /**
   * Replaces the endpoints. A key that stays keeps its state; a key given twice counts once, the last one wins. `nowMs` is
   * when, for slow start; the newest time that the balancer was told when absent.
   */
  update(endpoints: readonly Endpoint<Target>[], nowMs: number = this.#latestMs): void {
    const isFirst = this.#byKey.size === 0
    for (const state of this.#byKey.values()) state.isListed = false
    for (const endpoint of endpoints) {
      const known = this.#byKey.get(endpoint.key)
      if (known !== undefined) {
        known.assign(endpoint)
        continue
      }
      const state = new EndpointState(endpoint, this.#options.ewmaDefaultRttMs)
      // All that come at once are equals: there is nobody to take their traffic meanwhile.
      if (!isFirst) beginSlowStart(state, nowMs, this.#options.slowStart)
      this.#byKey.set(endpoint.key, state)
    }
    this.#rebuild()
  }

  /**
   * Takes over the endpoints of `previous` with all that is known of them; for a policy that changed. What is under way is
   * still reported to `previous`, which has no endpoints any more.
   */
  adopt(previous: Balancer<Target>): void {
    for (const [key, state] of previous.#byKey) {
      previous.#unshare(state)
      this.#byKey.set(key, state)
    }
    this.#latestMs = previous.#latestMs
    previous.#byKey.clear()
    previous.#endpoints = []
    previous.#tiers = []
    this.#rebuild()
  }

  /** Gives back what it holds in the table of shared loads. */
  close(): void {
    this.update([])
  }

  /**
   * The endpoint for this request, or null when every one is out or none has a weight. Endpoints in `context.tried` are
   * avoided, and picked again only when there is no other: a second try at the only endpoint is better than none.
   */
  pick(context: PickContext<Target>): EndpointState<Target> | null {
    if (this.#endpoints.length === 0) return null
    if (this.#preparedFor !== this.#outliers.changes) this.#prepare()
    const isFirstTry = context.tried.length === 0
    const isSticky = this.#tiers[0]!.strategy.isSticky
    if (isFirstTry && !isSticky && this.#outliers.outCount > 0) {
      const probe = this.#dueForProbe(context)
      if (probe !== null) return probe
    }
    const tier = this.#tiers.length === 1 ? this.#tiers[0]! : this.#chooseTier(context, isSticky)
    const picked = tier.strategy.pick(context)
    if (picked !== null) return picked
    return this.#pickElsewhere(context, tier)
  }

  /** A request is on its way to `endpoint`. */
  started(endpoint: EndpointState<Target>, nowMs: number): void {
    this.#latestMs = nowMs
    endpoint.inFlight++
    endpoint.waiting++
    endpoint.waitingSinceMsSum += nowMs
    const tier = endpoint.tier
    if (tier !== null) {
      tier.waiting++
      tier.waitingSinceMsSum += nowMs
      if (endpoint.outlier.phase !== 'healthy') tier.outliers.started(endpoint.outlier, nowMs)
    }
    if (endpoint.sharedSlot >= 0) this.#client.shared!.began(endpoint.sharedSlot)
  }

  /** The request left for `endpoint` only `byMs` after {@link started}: that time is not the endpoint's. */
  delayed(endpoint: EndpointState<Target>, byMs: number): void {
    endpoint.waitingSinceMsSum += byMs
    if (endpoint.tier !== null) endpoint.tier.waitingSinceMsSum += byMs
  }

  /**
   * The reply has begun, or will not: `latencyMs` after its start. The request stays in flight until {@link released}.
   * `failure` says of what kind it was when it was not ok.
   */
  replied(
    endpoint: EndpointState<Target>,
    nowMs: number,
    latencyMs: number,
    ok: boolean,
    failure: Exclude<Outcome, 'success'> = 'failure',
  ): OutlierDecision {
    stopWaiting(endpoint, nowMs - latencyMs)
    this.#observe(endpoint, nowMs, latencyMs, ok)
    return this.#judge(endpoint, nowMs, latencyMs, ok, failure)
  }

  /** As {@link replied}, of a reply that tells only at its end whether it is one: {@link judged} follows then, or never. */
  begun(endpoint: EndpointState<Target>, nowMs: number, latencyMs: number): void {
    stopWaiting(endpoint, nowMs - latencyMs)
    this.#observe(endpoint, nowMs, latencyMs, true)
  }

  /** How a reply that had {@link begun} `latencyMs` after its start has ended. */
  judged(
    endpoint: EndpointState<Target>,
    nowMs: number,
    latencyMs: number,
    ok: boolean,
    failure: Exclude<Outcome, 'success'> = 'failure',
  ): OutlierDecision {
    if (!ok) this.#observe(endpoint, nowMs, latencyMs, false)
    return this.#judge(endpoint, nowMs, latencyMs, ok, failure)
  }

  #observe(endpoint: EndpointState<Target>, nowMs: number, latencyMs: number, ok: boolean): void {
    const tier = endpoint.tier
    if (tier !== null) tier.observe(nowMs, countedLatencyMs(endpoint, latencyMs, ok, this.#options))
    observeLatency(endpoint, nowMs, latencyMs, ok, this.#options)
  }

  #judge(
    endpoint: EndpointState<Target>,
    nowMs: number,
    latencyMs: number,
    ok: boolean,
    failure: Exclude<Outcome, 'success'>,
  ): OutlierDecision {
    const tier = endpoint.tier
    if (tier === null) return 'none'
    const decision = tier.outliers.finished(endpoint.outlier, ok ? 'success' : failure, nowMs, latencyMs)
    if (decision === 'restored') beginSlowStart(endpoint, nowMs, this.#options.slowStart)
    return decision
  }

  /** The exchange is over, after {@link replied}. */
  released(endpoint: EndpointState<Target>): void {
    endpoint.inFlight--
    if (endpoint.sharedSlot >= 0) this.#client.shared!.ended(endpoint.sharedSlot)
  }

  /** {@link replied} and {@link released} in one. */
  finished(
    endpoint: EndpointState<Target>,
    nowMs: number,
    latencyMs: number,
    ok: boolean,
    failure: Exclude<Outcome, 'success'> = 'failure',
  ): OutlierDecision {
    this.released(endpoint)
    return this.replied(endpoint, nowMs, latencyMs, ok, failure)
  }

  /** The caller went away before there was an outcome: nothing is learned about the endpoint. */
  abandoned(endpoint: EndpointState<Target>, startedAtMs: number): void {
    this.released(endpoint)
    stopWaiting(endpoint, startedAtMs)
  }

  /** The endpoint asked not to be asked for `forMs` (Retry-After of a 429 or 503, gRPC pushback). After {@link replied}. */
  pushedBack(endpoint: EndpointState<Target>, nowMs: number, forMs: number): OutlierDecision {
    return endpoint.tier === null ? 'none' : endpoint.tier.outliers.pushedBack(endpoint.outlier, forMs, nowMs)
  }

  #rebuild(): void {
    for (const state of this.#byKey.values()) {
      state.tier = null
      if (!state.isListed) this.#byKey.delete(state.key)
      if (state.isListed && state.weight > 0) continue
      this.#outliers.forget(state.outlier)
      this.#unshare(state)
    }
    const usable = [...this.#byKey.values()].filter((state) => state.weight > 0)
    const former = this.#tiers
    this.#tiers = tiersOf(usable, this.#options, this.#client, this.#dice, this.#outliers)
    for (const tier of this.#tiers) {
      const before = former.find((one) => one.priority === tier.priority && one.distance === tier.distance)
      if (before !== undefined) tier.inherit(before)
    }
    this.#endpoints = this.#tiers.flatMap((tier) => tier.endpoints)
    for (const state of usable) if (state.tier === null) this.#outliers.forget(state.outlier)
    this.#tiers.forEach((tier, i) => {
      for (const endpoint of tier.endpoints) endpoint.outlier.group = i
    })
    this.#outliers.setEndpoints(
      this.#endpoints.map((state) => state.outlier),
      this.#tiers.length,
    )
    this.#share()
    this.#prepare()
  }

  /** A single endpoint needs no comparison, and one of a subset that is not used none either. */
  #share(): void {
    const { shared, scope } = this.#client
    if (shared === null) return
    for (const state of this.#byKey.values()) {
      if (state.tier === null || this.#endpoints.length < 2) this.#unshare(state)
      else if (state.sharedSlot < 0) {
        state.sharedSlot = shared.hold(`${scope} ${state.key}`)
        if (state.sharedSlot >= 0) for (let i = 0; i < state.inFlight; i++) shared.began(state.sharedSlot)
      }
    }
  }

  #unshare(state: EndpointState<Target>): void {
    if (state.sharedSlot < 0) return
    this.#client.shared!.release(state.sharedSlot)
    state.sharedSlot = -1
  }

  #prepareIfChanged(): void {
    if (this.#preparedFor !== this.#outliers.changes) this.#prepare()
  }

  #prepare(): void {
    this.#preparedFor = this.#outliers.changes
    if (this.#shares.length !== this.#tiers.length) this.#shares = new Float64Array(this.#tiers.length)
    const { overprovisioning, outlier } = this.#options
    const healthOf = (i: number): { total: number; out: number } => ({
      total: this.#tiers[i]!.endpoints.length,
      out: this.#outliers.outOf(i),
    })
    shareTraffic(this.#tiers, healthOf, overprovisioning, outlier.panicRatio, this.#shares)
    const shared = this.#tiers.filter((_, i) => this.#shares[i]! > 0)
    this.#only = shared.length === 1 ? shared[0]! : null
  }

  /** By the shares, then by spill-over. A sticky request has its numbers from its hash, so that it stays where it is. */
  #chooseTier(context: PickContext<Target>, isSticky: boolean): Tier<Target> {
    const tiers = this.#tiers
    if (this.#spillOver !== null) this.#spillOver.look(tiers, context.nowMs)
    let at = 0
    if (this.#only === null) at = this.#draw(isSticky ? mix32(context.hash) : this.#dice.next())
    else at = tiers.indexOf(this.#only)
    while (tiers[at]!.spill > 0) {
      const drawn = isSticky ? mix32(context.hash + at + 1) : this.#dice.next()
      if (drawn >>> 0 >= tiers[at]!.spill * ALL_DRAWS || !this.#isSound(at + 1)) break
      at++
    }
    return tiers[at]!
  }

  /** The tier in whose share 32 drawn bits fall. */
  #draw(drawn: number): number {
    const shares = this.#shares
    let left = (drawn >>> 0) / ALL_DRAWS
    let last = 0
    for (let i = 0; i < shares.length; i++) {
      if (shares[i]! <= 0) continue
      last = i
      left -= shares[i]!
      if (left < 0) return i
    }
    return last
  }

  #isSound(tier: number): boolean {
    return this.#outliers.outOf(tier) < this.#tiers[tier]!.endpoints.length
  }

  /** Nobody of the tier can: anybody of the others, in order; at last somebody who was tried before. */
  #pickElsewhere(context: PickContext<Target>, not: Tier<Target>): EndpointState<Target> | null {
    for (let i = 0; i < this.#tiers.length; i++) {
      const tier = this.#tiers[i]!
      const picked = tier === not ? null : tier.strategy.pick(context)
      if (picked !== null) return picked
    }
    for (let i = 0; i < context.tried.length; i++) {
      const tried = context.tried[i]!
      if (tried.tier === null) continue
      if (tried.outlier.outUntilMs <= context.nowMs || tried.tier.isPanicking) return tried
    }
    return null
  }

  /**
   * An ejected endpoint whose time is over gets the very next first try. Left to the strategy it might wait for ever:
   * its latency of old makes it lose every comparison. The walk resumes where it ended, a few steps per request.
   */
  #dueForProbe(context: PickContext<Target>): EndpointState<Target> | null {
    const nowMs = context.nowMs
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
const ALL_DRAWS = 0x1_0000_0000

function stopWaiting(endpoint: EndpointState<unknown>, sinceMs: number): void {
  endpoint.waiting--
  endpoint.waitingSinceMsSum = endpoint.waiting === 0 ? 0.0 : endpoint.waitingSinceMsSum - sinceMs
  const tier = endpoint.tier
  if (tier === null) return
  tier.waiting--
  tier.waitingSinceMsSum = tier.waiting === 0 ? 0.0 : tier.waitingSinceMsSum - sinceMs
}
