import type { BodyError, BodySink, HeaderList } from '@weft/message'
import { ChunkQueue } from './chunk-queue.ts'

/** Told what the sink has taken, so that the peer may send more. */
export interface BodyOwner {
  taken(bytesCount: number): void
}

/**
 * What the peer sends on one stream, on its way to the sink. What comes while there is no sink, or the sink is paused, waits
 * here; the windows bound it.
 *
 * States: flowing → whole (the peer has ended) → over (the sink was told, or wants no more).
 */
export class IncomingBody {
  readonly #owner: BodyOwner
  readonly #copies: boolean
  #sink: BodySink | null = null
  #queue: ChunkQueue | null = null
  #trailers: HeaderList | null = null
  #error: BodyError | null = null
  #isWhole = false
  #isOver = false
  #isPaused = false
  #isDelivering = false

  /** `copies`: chunks are only lent, and so is what the sink is given at once. */
  constructor(owner: BodyOwner, copies = false) {
    this.#owner = owner
    this.#copies = copies
  }

  /** The sink wants no more, before the end. */
  isDiscarding = false

  get queuedBytes(): number {
    return this.#queue === null ? 0 : this.#queue.bytes
  }

  deliver(chunk: Uint8Array): void {
    if (this.#isOver) return this.#owner.taken(chunk.length)
    const isQueueEmpty = this.#queue === null || this.#queue.isEmpty
    if (this.#sink === null || this.#isPaused || this.#isDelivering || !isQueueEmpty) {
      this.#queue ??= new ChunkQueue(this.#copies)
      this.#queue.push(chunk)
      return
    }
    this.#isDelivering = true
    this.#give(this.#sink, chunk)
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
    while (this.#queue !== null && !this.#queue.isEmpty && !this.#isPaused) this.#give(sink, this.#queue.shift())
    this.#isDelivering = false
    if (!this.#isWhole || this.#isOver || (this.#queue !== null && !this.#queue.isEmpty)) return
    this.#isOver = true
    sink.end(this.#trailers)
  }

  #give(sink: BodySink, chunk: Uint8Array): void {
    if (!sink.bytes(chunk)) this.#isPaused = true
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
