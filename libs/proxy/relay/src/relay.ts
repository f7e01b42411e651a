import type { Channel, ChannelHandler } from '@weft/channel'
import { type TimerWheel, WheelTimer } from '@weft/time'

export interface RelayOptions {
  /** Closed after this long without an octet either way; 0: never. */
  readonly idleTimeoutMs: number
}

/** How a relay ended. `error` is null when both sides finished in order. */
export interface RelayObserver {
  relayClosed(relay: Relay, error: Error | null): void
}

/**
 * Joins two channels until both have ended: octets, half-closes and resets of one are those of the other, and a slow
 * reader slows the writer (no more than the two high-water marks is ever held).
 *
 * `a` is downstream, `b` upstream. A broken side resets the other one. Both channels are the relay's from the start and
 * are closed when it ends. Source: RFC 9110 section 9.3.6 for what a tunnel owes its ends.
 */
export class Relay {
  readonly a: Channel
  readonly b: Channel
  /** Octets that went from `a` to `b`, and back. */
  aToBBytes: number
  bToABytes: number
  readonly #observer: RelayObserver
  readonly #wheel: TimerWheel
  readonly #idleTimeoutMs: number
  readonly #timer: WheelTimer
  #nowMs: () => number
  #openSides: number
  #error: Error | null
  #closed: boolean

  constructor(
    a: Channel,
    b: Channel,
    options: RelayOptions,
    wheel: TimerWheel,
    nowMs: () => number,
    observer: RelayObserver,
  ) {
    this.a = a
    this.b = b
    this.aToBBytes = 0
    this.bToABytes = 0
    this.#observer = observer
    this.#wheel = wheel
    this.#idleTimeoutMs = options.idleTimeoutMs
    this.#timer = new WheelTimer(this)
    this.#nowMs = nowMs
    this.#openSides = 2
    this.#error = null
    this.#closed = false
    a.handler = new Side(this, a, b, true)
    b.handler = new Side(this, b, a, false)
    this.moved()
  }

  /** Ends both sides at once, with a reset; `relayClosed` is told of `error`. Safe in any state, and twice. */
  abort(error: Error): void {
    this.#error ??= error
    this.a.destroy(error)
    this.b.destroy(error)
  }

  /** Something flowed: puts the idle timeout off. */
  moved(): void {
    if (this.#idleTimeoutMs > 0 && !this.#closed) this.#wheel.set(this.#timer, this.#nowMs() + this.#idleTimeoutMs)
  }

  timedOut(): void {
    this.abort(new Error(`nothing flowed for ${this.#idleTimeoutMs} ms`))
  }

  sideClosed(other: Channel, error: Error | null): void {
    if (error !== null && this.#error === null) {
      this.#error = error
      other.destroy(error)
    }
    if (--this.#openSides > 0) return
    this.#closed = true
    this.#wheel.cancel(this.#timer)
    this.#observer.relayClosed(this, this.#error)
  }
}

class Side implements ChannelHandler {
  /** What is read goes on within the turn, or is copied by the channel that has to hold it. */
  readonly borrows = true
  readonly #relay: Relay
  readonly #from: Channel
  readonly #to: Channel
  readonly #isA: boolean

  constructor(relay: Relay, from: Channel, to: Channel, isA: boolean) {
    this.#relay = relay
    this.#from = from
    this.#to = to
    this.#isA = isA
  }

  bytes(bytes: Uint8Array): void {
    if (this.#isA) this.#relay.aToBBytes += bytes.length
    else this.#relay.bToABytes += bytes.length
    this.#relay.moved()
    if (!this.#to.writeBorrowed(bytes)) this.#from.pause()
  }

  end(): void {
    this.#to.end()
  }

  drained(): void {
    // What waited for this side has been written: the other may be read again.
    this.#relay.moved()
    this.#to.resume()
  }

  closed(error: Error | null): void {
    this.#relay.sideClosed(this.#to, error)
  }
}
