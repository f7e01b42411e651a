import type { Channel } from '@weft/channel'
import type { Fault } from '@weft/faults'
import type { Http2Counters } from '@weft/http2'
import type { HttpLimits } from '@weft/http-limits'
import { Http1Client, type Http1Counters, Http2Client } from '@weft/http-proxy'
import { type Connected, defaultPoolOptions, ExclusivePool, type PoolOptions, SharedPool, type Waits } from '@weft/pool'
import type { Caller, Upstream } from '@weft/stack'
import type { Clock, Random, TimerWheel } from '@weft/time'
import type { TrafficPolicy } from '@weft/traffic'

const DESCRIBED_MAX = 10

/** What is to flow: `detect` before the client has said, `either` version of HTTP as TLS agrees on it. */
export type Protocol = 'http' | 'http2' | 'tcp' | 'detect' | 'either'

/** `isHttp2`: of `either`, HTTP/2 was agreed on. */
export type Opened = { readonly ok: true; readonly channel: Channel; readonly isHttp2?: boolean } | Fault

/** Opens a stream of octets to an upstream on behalf of a caller. */
export type Connector = (
  caller: Caller,
  upstream: Upstream,
  protocol: Protocol,
  connectTimeoutMs: number,
) => Promise<Opened>

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

/**
 * The connections of a caller to an upstream: a pool for each version of HTTP.
 *
 * Where TLS agrees on the version, the first connection says which of the two is used from then on, until an upstream says
 * otherwise or the pair is forgotten.
 */
export class PoolPair {
  readonly http1: ExclusivePool<Http1Client>
  readonly http2: SharedPool<Http2Client>
  /** What was agreed on; 0 before, and where nothing is. */
  agreedVersion: 0 | 11 | 20
  readonly #name: string
  readonly #warm: number
  readonly #isAgreed: boolean
  readonly #openEither: () => Promise<Opened>
  readonly #http1Client: (channel: Channel) => Http1Client
  readonly #http2Client: (channel: Channel) => Http2Client
  #agreeing: Promise<Fault | null> | null

  constructor(caller: Caller, upstream: Upstream, policy: TrafficPolicy, parts: PoolParts) {
    const { connector, clock, wheel, random, http1Counters, http2Counters: counters } = parts
    const { http1Limits, http2Limits: limits } = parts.limits
    const { connectionsMax, connectTimeoutMs, streamsMax } = policy
    this.agreedVersion = 0
    this.#agreeing = null
    this.#openEither = () => connector(caller, upstream, 'either', connectTimeoutMs)
    this.#http1Client = (channel) => {
      const released = (client: Http1Client): void => this.http1.release(client)
      return new Http1Client(channel, released, http1Limits, http1Counters)
    }
    this.#http2Client = (channel) => {
      const over = (): void => this.http2.sweep()
      const onRoom = (): void => this.http2.roomed()
      return new Http2Client(channel, clock, over, { streamsMax, onRoom, limits, counters })
    }
    this.#name = `${upstream.address}:${upstream.port}`
    const options = poolOptions(policy, parts.idleTimeoutMs)
    const nowMs = (): number => clock.nowMs()
    const connectHttp1 = async (): Promise<Connected<Http1Client>> => {
      const opened = await connector(caller, upstream, 'http', connectTimeoutMs)
      return opened.ok ? { ok: true, connection: this.#http1Client(opened.channel) } : opened
    }
    const connectHttp2 = async (): Promise<Connected<Http2Client>> => {
      const opened = await connector(caller, upstream, 'http2', connectTimeoutMs)
      return opened.ok ? { ok: true, connection: this.#http2Client(opened.channel) } : opened
    }
    this.http1 = new ExclusivePool(this.#name, connectHttp1, options, wheel, nowMs, random)
    this.http2 = new SharedPool(this.#name, connectHttp2, options, streamsMax, wheel, nowMs, random, true)
    this.#warm = Math.min(policy.warmConnections, connectionsMax)
    // What is kept ready is of the version that is declared or agreed on, or else of HTTP/1.1.
    const { external } = upstream
    this.#isAgreed = external !== null && external.isAgreed
    if (!this.#isAgreed) this.#keepWarm(external !== null && external.httpVersion === 20 ? 20 : 11)
  }

  /**
   * Finds out which version the upstream agrees on, by a connection that is then kept; null when it is known. `owner` may be
   * called off meanwhile.
   */
  agree(owner: Waits): Promise<Fault | null> {
    if (this.agreedVersion !== 0) return Promise.resolve(null)
    this.#agreeing ??= this.#agree()
    const agreeing = this.#agreeing
    return new Promise((resolve) => {
      const waiting = { stop: resolve }
      owner.running = waiting
      void agreeing.then((refusal) => {
        if (owner.running === waiting) owner.running = null
        resolve(refusal)
      })
    })
  }

  /** The upstream does not hold to what was agreed on: the next request asks anew. */
  disagree(): void {
    this.agreedVersion = 0
  }

  async #agree(): Promise<Fault | null> {
    const opened = await this.#openEither()
    this.#agreeing = null
    if (!opened.ok) return opened
    this.agreedVersion = opened.isHttp2 === true ? 20 : 11
    if (this.agreedVersion === 20) this.http2.add(this.#http2Client(opened.channel))
    else this.http1.add(this.#http1Client(opened.channel))
    this.#keepWarm(this.agreedVersion)
    return null
  }

  #keepWarm(version: 11 | 20): void {
    if (this.#warm === 0) return
    this.http1.keepWarm(version === 11 ? this.#warm : 0)
    this.http2.keepWarm(version === 20 ? this.#warm : 0)
  }

  get isUnused(): boolean {
    return this.#agreeing === null && this.http1.isUnused && this.http2.isUnused
  }

  /** Makes the connections that the policy wants ready. */
  warmUp(): void {
    if (this.#isAgreed && this.agreedVersion === 0 && this.#warm > 0) return void this.agree({ running: null })
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
      http2: {
        connections: http2.connectionCount,
        pending: http2.pendingCount,
        open: http2.connections.slice(0, DESCRIBED_MAX).map((client) => client.describe()),
      },
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
