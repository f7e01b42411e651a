import type { BodyError, BodySink, HeaderList } from '@weft/message'
import { ChunkQueue } from './chunk-queue.ts'
import type { Keeper, Keeping } from './keeping.ts'

/** Told what the sink has taken, so that the peer may send more. */
export interface BodyOwner {
  taken(bytesCount: number): void
  /** So much more waits for it. */
  waits(bytesCount: number): void
}

/**
 * What the peer sends on one stream, on its way to the sink. What comes while there is no sink, or the sink is paused, waits
 * here; the windows bound it.
 *
 * States: flowing → whole (the peer has ended) → over (the sink was told, or wants no more).
 */
export class IncomingBody implements Keeper {
  readonly #owner: BodyOwner
  readonly #keeping: Keeping
  #sink: BodySink | null = null
  #queue: ChunkQueue | null = null
  #trailers: HeaderList | null = null
  #error: BodyError | null = null
  #isWhole = false
  #isOver = false
  #isPaused = false
  #isDelivering = false

  constructor(owner: BodyOwner, keeping: Keeping) {
    this.#owner = owner
    this.#keeping = keeping
  }

  /** The sink wants no more, before the end. */
  isDiscarding = false

  /** Somebody takes whatever comes at once. */
  get isFlowing(): boolean {
    return this.#sink !== null && !this.#isPaused && !this.#isOver
  }

  get queuedBytes(): number {
    return this.#queue === null ? 0 : this.#queue.bytes
  }

  /** For dumps. */
  describe(): object {
    const state = this.#isOver ? 'over' : this.#sink === null ? 'unasked' : this.#isPaused ? 'paused' : 'flowing'
    return { state, queuedBytes: this.queuedBytes }
  }

  deliver(chunk: Uint8Array): void {
    if (this.#isOver) return this.#owner.taken(chunk.length)
    const isQueueEmpty = this.#queue === null || this.#queue.isEmpty
    if (this.#sink === null || this.#isPaused || this.#isDelivering || !isQueueEmpty) {
      this.#queue ??= new ChunkQueue()
      if (this.#queue.push(chunk, this.#keeping.isLent)) this.#keeping.keepSoon(this)
      this.#owner.waits(chunk.length)
      return
    }
    this.#isDelivering = true
    this.#give(this.#sink, chunk, this.#keeping.isLent)
    this.#isDelivering = false
    // The sink may have resumed, or more may have come, in between.
    if (this.#queue !== null || this.#isWhole) this.#drain()
  }

  /** Nothing more will come. */
  finish(trailers: HeaderList | null): void {
    this.#isWhole = true
    this.#trailers = trailers
    this.#drain()
  }

  /** Breaks off; a body that has come whole already stays deliverable, unless `evenWhole`. */
  abort(error: BodyError, evenWhole: boolean): void {
    if (this.#isOver || (this.#isWhole && !evenWhole)) return
    this.#dropQueue()
    this.#error = error
    if (this.#sink === null) return
    this.#isOver = true
    this.#sink.abort(error)
  }

  start(sink: BodySink): void {
    if (this.#isOver || this.#sink !== null) return
    this.#sink = sink
    if (this.#error === null) return this.#drain()
    this.#isOver = true
    sink.abort(this.#error)
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    this.#drain()
  }

  /** Returns whether the peer may still be sending. */
  cancel(): boolean {
    if (this.#isOver) return false
    this.#isOver = true
    this.isDiscarding = !this.#isWhole && this.#error === null
    this.#dropQueue()
    return this.isDiscarding
  }

  #drain(): void {
    const sink = this.#sink
    if (sink === null || this.#isDelivering) return
    this.#isDelivering = true
    for (let queue = this.#queue; queue !== null && !queue.isEmpty && !this.#isPaused; queue = this.#queue) {
      const isLent = queue.isFrontLent
      this.#give(sink, queue.shift(), isLent)
    }
    this.#isDelivering = false
    if (!this.#isWhole || this.#isOver || (this.#queue !== null && !this.#queue.isEmpty)) return
    this.#isOver = true
    sink.end(this.#trailers)
  }

  /** The turn ends: what has come and is not taken must last. */
  keep(): void {
    this.#queue?.keep()
  }

  #give(sink: BodySink, chunk: Uint8Array, isLent: boolean): void {
    const isWilling = isLent && sink.borrows !== true ? sink.bytes(Buffer.from(chunk)) : sink.bytes(chunk, isLent)
    if (!isWilling) this.#isPaused = true
    this.#owner.taken(chunk.length)
  }

  #dropQueue(): void {
    const queue = this.#queue
    if (queue === null) return
    const bytes = queue.bytes
    this.#queue = null
    if (bytes > 0) this.#owner.taken(bytes)
  }
}
