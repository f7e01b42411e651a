import type { FrameWriter } from './frame-writer.ts'
import { FRAME_BYTES_DEFAULT, WINDOW_BYTES_DEFAULT } from './frame.ts'
import type { Keeping } from './keeping.ts'
import type { OutgoingBody } from './outgoing-body.ts'

/** What all streams share in sending: the connection's window, the transport, and turns when either is short. */
export class SendSide {
  readonly writer: FrameWriter
  /** What the peer still takes on all streams together. */
  windowBytes = WINDOW_BYTES_DEFAULT
  readonly keeping: Keeping
  /** The largest payload to send. */
  frameBytesMax = FRAME_BYTES_DEFAULT
  /** DATA frames that a window of the peer's made small, and others, since they were last counted. */
  smallDataFrames = 0
  fullDataFrames = 0
  /** Set by the owner: some body has begun to wait. */
  onWait: () => void = () => {}
  /** Bodies that wait for the connection's window or the transport, next first; at most one entry a stream. */
  #waiting: OutgoingBody[] = []
  #first = 0
  #isRunning = false

  constructor(writer: FrameWriter, keeping: Keeping) {
    this.writer = writer
    this.keeping = keeping
  }

  get canSend(): boolean {
    return this.windowBytes > 0 && this.writer.isWritable
  }

  enqueue(body: OutgoingBody): void {
    if (body.isQueued) return
    body.isQueued = true
    this.#waiting.push(body)
    this.onWait()
  }

  /** Gives turns of one frame each, round and round, as long as there is room. */
  run(): void {
    if (this.#isRunning) return
    this.#isRunning = true
    while (this.#first < this.#waiting.length && this.canSend) {
      const body = this.#shift()
      body.isQueued = false
      if (body.sendTurn()) this.enqueue(body)
    }
    this.#isRunning = false
  }

  #shift(): OutgoingBody {
    const body = this.#waiting[this.#first++]!
    if (this.#first === this.#waiting.length) {
      this.#waiting.length = 0
      this.#first = 0
    } else if (this.#first >= 64 && this.#first * 2 >= this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#first)
      this.#first = 0
    }
    return body
  }
}
