import type { Channel } from '@weft/channel'
import type { Fault } from '@weft/faults'
import { Http1Client, Http2Client } from '@weft/http-proxy'
import { type Connected, defaultPoolOptions, ExclusivePool, SharedPool } from '@weft/pool'
import type { Caller, Upstream } from '@weft/stack'
import type { Clock, TimerWheel } from '@weft/time'
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

const STREAMS_PER_CONNECTION = 100

/** The pools of HTTP connections, one of each version for every pair of caller and upstream that has traffic. */
export class UpstreamPools {
  readonly #connector: Connector
  readonly #idleTimeoutMs: number
  readonly #clock: Clock
  readonly #wheel: TimerWheel
  readonly #byCaller = new Map<Caller, Map<Upstream, PoolPair>>()

  constructor(connector: Connector, idleTimeoutMs: number, clock: Clock, wheel: TimerWheel) {
    this.#connector = connector
    this.#idleTimeoutMs = idleTimeoutMs
    this.#clock = clock
    this.#wheel = wheel
  }

  /** `policy` limits a pool that is made now; an upstream whose policy changed is another object, with pools of its own. */
  of(caller: Caller, upstream: Upstream, policy: TrafficPolicy): PoolPair {
    let byUpstream = this.#byCaller.get(caller)
    if (byUpstream === undefined) {
      byUpstream = new Map()
      this.#byCaller.set(caller, byUpstream)
    }
    let pair = byUpstream.get(upstream)
    if (pair === undefined) {
      pair = new PoolPair(caller, upstream, policy, this.#connector, this.#idleTimeoutMs, this.#clock, this.#wheel)
      byUpstream.set(upstream, pair)
    }
    return pair
  }

  /** Forgets pools that hold nothing; called now and then, so that what is gone from the mesh does not stay here. */
  sweep(): void {
    for (const [caller, byUpstream] of this.#byCaller) {
      for (const [upstream, pair] of byUpstream) if (pair.isUnused) byUpstream.delete(upstream)
      if (byUpstream.size === 0) this.#byCaller.delete(caller)
    }
  }

  close(): void {
    for (const byUpstream of this.#byCaller.values()) for (const pair of byUpstream.values()) pair.close()
  }
}

export class PoolPair {
  readonly http1: ExclusivePool<Http1Client>
  readonly http2: SharedPool<Http2Client>

  constructor(
    caller: Caller,
    upstream: Upstream,
    policy: TrafficPolicy,
    connector: Connector,
    idleTimeoutMs: number,
    clock: Clock,
    wheel: TimerWheel,
  ) {
    const name = `${upstream.address}:${upstream.port}`
    const { connectionsMax, pendingMax, connectTimeoutMs } = policy
    const options = { ...defaultPoolOptions, connectionsMax, pendingMax, idleTimeoutMs }
    const nowMs = (): number => clock.nowMs()
    const connectHttp1 = async (): Promise<Connected<Http1Client>> => {
      const opened = await connector(caller, upstream, 'http', connectTimeoutMs)
      if (!opened.ok) return opened
      return { ok: true, connection: new Http1Client(opened.channel, (client) => this.http1.release(client)) }
    }
    const connectHttp2 = async (): Promise<Connected<Http2Client>> => {
      const opened = await connector(caller, upstream, 'http2', connectTimeoutMs)
      if (!opened.ok) return opened
      return { ok: true, connection: new Http2Client(opened.channel, clock, () => this.http2.sweep()) }
    }
    this.http1 = new ExclusivePool(name, connectHttp1, options, wheel, nowMs)
    this.http2 = new SharedPool(name, connectHttp2, options, STREAMS_PER_CONNECTION, wheel, nowMs)
  }

  get isUnused(): boolean {
    return this.http1.isUnused && this.http2.isUnused
  }

  close(): void {
    this.http1.close()
    this.http2.close()
  }
}
