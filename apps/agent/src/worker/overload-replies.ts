import type { Channel, ChannelHandler } from '@weft/channel'
import type { Fault } from '@weft/faults'
import { refuseWithReply } from '@weft/http-proxy'
import { type Clock, type TimerWheel } from '@weft/time'
import { VersionWatch } from '../gateway/version-watch.ts'
import type { Connections } from './connections.ts'

/** Clients that are being told at once, beside those that were admitted; others are reset. */
export const ANSWERED_MAX = 256
/** How long a client may take to say something, and then to read the answer. */
const PATIENCE_MS = 2_000

/**
 * Tells clients of HTTP why their connection is not taken, in the words of their version: 503, or GOAWAY before the first
 * stream. A connection that is refused must cost next to nothing, so there are few at once and for a short time.
 */
export class OverloadReplies {
  readonly #connections: Connections
  readonly #wheel: TimerWheel
  readonly #clock: Clock
  #open = 0

  constructor(connections: Connections, wheel: TimerWheel, clock: Clock) {
    this.#connections = connections
    this.#wheel = wheel
    this.#clock = clock
  }

  answer(channel: Channel, refusal: Fault): void {
    const error = new Error(refusal.reason.message)
    if (this.#open >= ANSWERED_MAX) return channel.destroy(error)
    this.#open++
    let isOver = false
    const timer = this.#clock.after(PATIENCE_MS, () => channel.destroy(error))
    const over = (): void => {
      if (isOver) return
      isOver = true
      timer.cancel()
      this.#open--
    }
    const serve = (version: 'http1' | 'http2'): void => {
      channel.handler = new Told(over)
      if (version === 'http1') return refuseWithReply(channel, refusal)
      channel.write(goaway(refusal))
      channel.end()
    }
    new VersionWatch(channel, this.#connections, this.#wheel, this.#clock, serve, over)
  }
}

/** Reads on until the client has had its answer, and hears nothing. */
class Told implements ChannelHandler {
  readonly #over: () => void

  constructor(over: () => void) {
    this.#over = over
  }

  bytes(): void {}

  /** Both sides have ended: the channel closes by itself once the answer has left. */
  end(): void {}

  drained(): void {}

  closed(): void {
    this.#over()
  }
}

/** SETTINGS, and GOAWAY that says that no stream was acted on, with the message. Source: RFC 9113 sections 3.4 and 6.8. */
function goaway({ reason }: Fault): Buffer {
  const debug = Buffer.from(reason.message, 'utf8').subarray(0, 256)
  const frames = Buffer.alloc(9 + 9 + 8 + debug.length)
  frames[3] = 4
  frames.writeUIntBE(8 + debug.length, 9, 3)
  frames[12] = 7
  debug.copy(frames, 26)
  return frames
}
