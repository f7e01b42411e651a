import { Http2Counters } from '@weft/http2'
import { defaultHttpLimits } from '@weft/http-limits'
import { Http1Counters } from '@weft/http-proxy'
import type { Caller, Upstream } from '@weft/stack'
import type { Clock, Random, TimerWheel } from '@weft/time'
import type { TrafficPolicy } from '@weft/traffic'
import { type Connector, PoolPair, type UpstreamLimits } from './pool-pair.ts'

/** The pools of HTTP connections, one of each version for every pair of caller and upstream that has traffic. */
export class UpstreamPools {
  /** How often upstreams of HTTP/2 went over a limit. */
  readonly http2Counters = new Http2Counters()
  /** How often connections of HTTP/1 were given up for what an upstream sent. */
  readonly http1Counters = new Http1Counters()
  readonly #connector: Connector
  readonly #idleTimeoutMs: number
  readonly #clock: Clock
  readonly #wheel: TimerWheel
  readonly #random: Random
  readonly #limits: UpstreamLimits
  readonly #byCaller = new Map<Caller, Map<Upstream, PoolPair>>()
  /** The last that was asked for: it is very often the next one too. */
  #lastCaller: Caller | null = null
  #lastUpstream: Upstream | null = null
  #last: PoolPair | null = null

  constructor(
    connector: Connector,
    idleTimeoutMs: number,
    clock: Clock,
    wheel: TimerWheel,
    random: Random = () => 0,
    limits: UpstreamLimits = defaultHttpLimits,
  ) {
    this.#connector = connector
    this.#idleTimeoutMs = idleTimeoutMs
    this.#clock = clock
    this.#wheel = wheel
    this.#random = random
    this.#limits = limits
  }

  /** `policy` limits a pool that is made now; an upstream whose policy changed is another object, with pools of its own. */
  of(caller: Caller, upstream: Upstream, policy: TrafficPolicy): PoolPair {
    if (upstream === this.#lastUpstream && caller === this.#lastCaller) return this.#last!
    let byUpstream = this.#byCaller.get(caller)
    if (byUpstream === undefined) {
      byUpstream = new Map()
      this.#byCaller.set(caller, byUpstream)
    }
    let pair = byUpstream.get(upstream)
    if (pair === undefined) {
      pair = new PoolPair(caller, upstream, policy, {
        connector: this.#connector,
        idleTimeoutMs: this.#idleTimeoutMs,
        clock: this.#clock,
        wheel: this.#wheel,
        random: this.#random,
        limits: this.#limits,
        http1Counters: this.http1Counters,
        http2Counters: this.http2Counters,
      })
      byUpstream.set(upstream, pair)
    }
    this.#lastCaller = caller
    this.#lastUpstream = upstream
    return (this.#last = pair)
  }

  /** These are gone: what is idle is closed, what is in use when it is done. */
  retire(upstreams: readonly Upstream[]): void {
    for (const byUpstream of this.#byCaller.values()) {
      for (const upstream of upstreams) {
        byUpstream.get(upstream)?.close()
        byUpstream.delete(upstream)
      }
    }
    this.#forgetLast()
  }

  /** Forgets pools that hold nothing; called now and then, so that what is gone from the mesh does not stay here. */
  sweep(): void {
    for (const [caller, byUpstream] of this.#byCaller) {
      for (const [upstream, pair] of byUpstream) if (pair.isUnused) byUpstream.delete(upstream)
      if (byUpstream.size === 0) this.#byCaller.delete(caller)
    }
    this.#forgetLast()
  }

  close(): void {
    for (const byUpstream of this.#byCaller.values()) for (const pair of byUpstream.values()) pair.close()
    this.#forgetLast()
  }

  /** For dumps. */
  describe(): unknown[] {
    return [...this.#byCaller].flatMap(([caller, byUpstream]) =>
      [...byUpstream.values()].map((pair) => ({ caller: caller.workload, ...pair.describe() })),
    )
  }

  #forgetLast(): void {
    this.#lastCaller = null
    this.#lastUpstream = null
    this.#last = null
  }
}
