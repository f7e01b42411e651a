import type { Channel } from '@weft/channel'
import type { Fault } from '@weft/faults'
import { Http2Counters } from '@weft/http2'
import { defaultHttpLimits, type HttpLimits } from '@weft/http-limits'
import { Http1Client, Http1Counters, Http2Client } from '@weft/http-proxy'
import { type Connected, defaultPoolOptions, ExclusivePool, type PoolOptions, SharedPool } from '@weft/pool'
import type { Caller, Upstream } from '@weft/stack'
import type { Clock, Random, TimerWheel } from '@weft/time'
import type { TrafficPolicy } from '@weft/traffic'

/** What is to flow: `detect` before the client has said. */
export type Protocol = 'http' | 'http2' | 'tcp' | 'detect'

/** Opens a stream of octets to an upstream on behalf of a caller. */
export type Connector = (
  caller: Caller,
  upstream: Upstream,
  protocol: Protocol,
  connectTimeoutMs: number,
) => Promise<{ readonly ok: true; readonly channel: Channel } | Fault>

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

/** What an upstream may make us hold and do. */
export type UpstreamLimits = Pick<HttpLimits, 'http1Limits' | 'http2Limits'>

interface PoolParts {
  readonly connector: Connector
  readonly idleTimeoutMs: number
  readonly clock: Clock
  readonly wheel: TimerWheel
  readonly random: Random
  readonly limits: UpstreamLimits
  readonly http1Counters: Http1Counters
  readonly http2Counters: Http2Counters
}

export class PoolPair {
  readonly http1: ExclusivePool<Http1Client>
  readonly http2: SharedPool<Http2Client>
  readonly #name: string

  constructor(caller: Caller, upstream: Upstream, policy: TrafficPolicy, parts: PoolParts) {
    const { connector, clock, wheel, random, http1Counters, http2Counters: counters } = parts
    const { http1Limits, http2Limits: limits } = parts.limits
    const { connectionsMax, connectTimeoutMs, streamsMax } = policy
    this.#name = `${upstream.address}:${upstream.port}`
    const options = poolOptions(policy, parts.idleTimeoutMs)
    const nowMs = (): number => clock.nowMs()
    const connectHttp1 = async (): Promise<Connected<Http1Client>> => {
      const opened = await connector(caller, upstream, 'http', connectTimeoutMs)
      if (!opened.ok) return opened
      const released = (client: Http1Client): void => this.http1.release(client)
      return { ok: true, connection: new Http1Client(opened.channel, released, http1Limits, http1Counters) }
    }
    const connectHttp2 = async (): Promise<Connected<Http2Client>> => {
      const opened = await connector(caller, upstream, 'http2', connectTimeoutMs)
      if (!opened.ok) return opened
      const over = (): void => this.http2.sweep()
      const onRoom = (): void => this.http2.roomed()
      const client = new Http2Client(opened.channel, clock, over, { streamsMax, onRoom, limits, counters })
      return { ok: true, connection: client }
    }
    // What is kept ready is of the version that is declared, or else is used first.
    const declared = upstream.external === null ? 0 : upstream.external.httpVersion
    const warm = Math.min(policy.warmConnections, connectionsMax)
    const http1 = { ...options, warm: declared === 20 ? 0 : warm }
    const http2 = { ...options, warm: declared === 20 ? warm : 0 }
    this.http1 = new ExclusivePool(this.#name, connectHttp1, http1, wheel, nowMs, random)
    this.http2 = new SharedPool(this.#name, connectHttp2, http2, streamsMax, wheel, nowMs, random, true)
  }

  get isUnused(): boolean {
    return this.http1.isUnused && this.http2.isUnused
  }

  /** Makes the connections that the policy wants ready. */
  warmUp(): void {
    this.http1.warmUp()
    this.http2.warmUp()
  }

  close(): void {
    this.http1.close()
    this.http2.close()
  }

  describe(): object {
    const { http1, http2 } = this
    return {
      upstream: this.#name,
      http1: {
        idle: http1.idleCount,
        busy: http1.busyCount,
        pending: http1.pendingCount,
        idleLimitMs: http1.idleLimitMs,
      },
      http2: { connections: http2.connectionCount, pending: http2.pendingCount },
    }
  }
}

function poolOptions(policy: TrafficPolicy, idleTimeoutMs: number): PoolOptions {
  return {
    ...defaultPoolOptions,
    connectionsMax: policy.connectionsMax,
    pendingMax: policy.pendingMax,
    idleTimeoutMs: policy.idleTimeoutMs === 0 ? idleTimeoutMs : Math.min(policy.idleTimeoutMs, idleTimeoutMs),
    ageMaxMs: policy.connectionAgeMaxMs,
    leasesMax: policy.requestsPerConnectionMax,
    rule: policy.name,
  }
}
