import type { Clock } from '@weft/time'
import type { FrameWriter } from './frame-writer.ts'
import { readUint32, writeUint32 } from './frame.ts'

const PINGS_MAX = 16
/** Marks a PING as ours, so that acknowledgements of none are told apart. */
const MARK = 0x57656674

interface Ping {
  readonly number: number
  readonly sentAtMs: number
  readonly done: (roundTripMs: number | null) => void
}

/** Our PINGs that the peer has not acknowledged. */
export class Pings {
  readonly #writer: FrameWriter
  readonly #clock: Clock
  readonly #bytes = new Uint8Array(8)
  #waiting: Ping[] = []
  #next = 1

  constructor(writer: FrameWriter, clock: Clock) {
    this.#writer = writer
    this.#clock = clock
  }

  /** False when too many are under way. */
  send(done: (roundTripMs: number | null) => void): boolean {
    if (this.#waiting.length >= PINGS_MAX) return false
    const number = this.#next
    this.#next = (this.#next % 0x3fffffff) + 1
    writeUint32(this.#bytes, 0, MARK)
    writeUint32(this.#bytes, 4, number)
    this.#writer.ping(0, this.#bytes, 0)
    this.#waiting.push({ number, sentAtMs: this.#clock.nowMs(), done })
    return true
  }

  /** An acknowledgement; one of no PING of ours is passed over. */
  acknowledged(bytes: Uint8Array, offset: number): void {
    if (readUint32(bytes, offset) !== MARK) return
    const number = readUint32(bytes, offset + 4)
    const at = this.#waiting.findIndex((ping) => ping.number === number)
    if (at < 0) return
    const [ping] = this.#waiting.splice(at, 1)
    ping!.done(this.#clock.nowMs() - ping!.sentAtMs)
  }

  abandon(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const ping of waiting) ping.done(null)
  }
}
