import type { Channel } from '@weft/channel'
import type { TrafficCounter } from '@weft/layers'
import { Relay, type RelayObserver } from '@weft/relay'
import type { AccessLog } from './access-log.ts'
import type { Open } from './connections.ts'
import type { DataPlane } from './data-plane.ts'

/**
 * A relay that is counted, logged and kept among the open connections until it ends.
 *
 * `onEnded` is for what else hangs on it: the endpoint that it is in flight at.
 */
export class CountedRelay implements Open, RelayObserver {
  readonly #plane: DataPlane
  readonly #direction: 'outbound' | 'inbound'
  readonly #counter: TrafficCounter
  readonly #onEnded: () => void
  readonly #startedAtMs: number
  readonly #relay: Relay

  constructor(
    plane: DataPlane,
    direction: 'outbound' | 'inbound',
    downstream: Channel,
    upstream: Channel,
    idleTimeoutMs: number,
    counter: TrafficCounter,
    onEnded: () => void,
  ) {
    this.#plane = plane
    this.#direction = direction
    this.#counter = counter
    this.#onEnded = onEnded
    this.#startedAtMs = plane.clock.nowMs()
    counter.opened()
    plane.connections.add(this)
    this.#relay = new Relay(downstream, upstream, { idleTimeoutMs }, plane.coarseWheel, plane.clock.nowMs, this)
  }

  /** Octets can't be asked to hurry: it ends when its sides do, or at the deadline of the drain. */
  drain(): void {}

  describe(): object {
    const { a, b, aToBBytes, bToABytes } = this.#relay
    const ageMs = Math.round(this.#plane.clock.nowMs() - this.#startedAtMs)
    const waiting = { toA: a.bufferedBytes, toB: b.bufferedBytes }
    return { kind: `${this.#direction} relay`, a: a.remote, b: b.remote, ageMs, aToBBytes, bToABytes, waiting }
  }

  destroy(error: Error): void {
    this.#relay.abort(error)
  }

  relayClosed(relay: Relay, error: Error | null): void {
    const counter = this.#counter
    counter.closed(relay.aToBBytes, relay.bToABytes)
    if (error === null) counter.successes++
    else counter.failures++
    this.#plane.connections.remove(this)
    this.#onEnded()
    const log: AccessLog = this.#plane.accessLog
    if (!log.isEnabled) return
    log.connection(this.#direction, {
      source: counter.caller.identity,
      service: counter.service,
      workload: counter.workload,
      durationMs: this.#plane.clock.nowMs() - this.#startedAtMs,
      bytesSent: relay.aToBBytes,
      bytesReceived: relay.bToABytes,
      error: error?.message ?? '',
    })
  }
}
