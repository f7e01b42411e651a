import type { Channel, ChannelHandler } from '@weft/channel'
import { isForeignLine } from '@weft/detect'
import { type Clock, type TimerWheel, type WheelTarget, WheelTimer } from '@weft/time'
import type { Connections, Open } from '../worker/connections.ts'

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1')
/** How long a client may take to say the first octets. */
const FIRST_OCTETS_MS = 60_000

/**
 * Tells HTTP/2 with prior knowledge from HTTP/1.1 by the first octets of a connection. `serve` sets the channel's handler,
 * which then gets what was read in the same turn. What is neither is HTTP/1.1's to refuse, unless it is plain that nobody
 * would understand that: then the connection ends without a word.
 *
 * States: looking → done. Source: RFC 9113 section 3.3.
 */
export class VersionWatch implements ChannelHandler, Open, WheelTarget {
  readonly #channel: Channel
  readonly #connections: Connections
  readonly #wheel: TimerWheel
  readonly #serve: (version: 'http1' | 'http2') => void
  /** The client went away before it had said enough. */
  readonly #gone: () => void
  readonly #timer: WheelTimer
  /** The beginning of a preface that came in pieces; null before. */
  #read: Buffer | null

  constructor(
    channel: Channel,
    connections: Connections,
    wheel: TimerWheel,
    clock: Clock,
    serve: (version: 'http1' | 'http2') => void,
    gone: () => void = () => {},
  ) {
    this.#channel = channel
    this.#connections = connections
    this.#wheel = wheel
    this.#serve = serve
    this.#gone = gone
    this.#timer = new WheelTimer(this)
    this.#read = null
    connections.add(this)
    channel.handler = this
    wheel.set(this.#timer, clock.nowMs() + FIRST_OCTETS_MS)
  }

  /** Nobody has said anything yet that would have to be answered. */
  drain(): void {
    this.#channel.destroy()
  }

  destroy(error: Error): void {
    this.#channel.destroy(error)
  }

  timedOut(): void {
    this.#channel.destroy()
  }

  bytes(bytes: Uint8Array): void {
    const read = this.#read === null ? bytes : Buffer.concat([this.#read, bytes])
    const count = Math.min(read.length, PREFACE.length)
    let same = 0
    while (same < count && read[same] === PREFACE[same]) same++
    if (same === count && count < PREFACE.length) {
      this.#read = Buffer.from(read)
      return
    }
    this.#finish()
    if (same < PREFACE.length && isForeignLine(read)) return this.#channel.destroy()
    this.#serve(same === PREFACE.length ? 'http2' : 'http1')
    this.#channel.handler.bytes(read)
  }

  end(): void {
    const read = this.#read
    this.#finish()
    if (read === null) return this.#channel.destroy()
    this.#serve('http1')
    this.#channel.handler.bytes(read)
    this.#channel.handler.end()
  }

  drained(): void {}

  closed(): void {
    this.#finish()
    this.#gone()
  }

  #finish(): void {
    this.#wheel.cancel(this.#timer)
    this.#connections.remove(this)
  }
}
