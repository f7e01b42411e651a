import type { BodyError, BodySink, BodySource, HeaderList } from '@weft/message'

/** Retained of a request's body so that it can be sent once more. */
const REPLAY_BYTES_MAX = 64 * 1024
/** Octets that are lent are copied into a block from here on, below each on its own. */
const BLOCK_COPY_BYTES_MIN = 4 * 1024
const SPARE_BLOCKS_MAX = 64

/** Blocks that served a body and wait for the next: a fresh one for every upload would be the collector's main work. */
const spareBlocks: Buffer[] = []

/**
 * The body of a request that may have to be sent again: what has flowed is retained, up to 64 KiB, so that another
 * attempt can begin with it and go on with what follows.
 *
 * An attempt that breaks off cancels it, which only detaches the attempt, until {@link settle} says that there will be no
 * other one. States: unsettled (detach, attach again) → settled (a plain body).
 */
export class ReplayBody implements BodySource, BodySink {
  readonly #source: BodySource
  #retained: Uint8Array[] | null
  #retainedBytes: number
  /** Where copies are; null while there are none. */
  #block: Buffer | null
  #blockUsed: number
  /** What is retained was given out once more, and may be in use. */
  #isGivenAgain: boolean
  #sink: BodySink | null
  #isStarted: boolean
  #isSettled: boolean
  #isDetached: boolean
  /** How the source ended: null while it has not. */
  #ending: ((sink: BodySink) => void) | null

  constructor(source: BodySource) {
    this.#source = source
    this.#retained = []
    this.#retainedBytes = 0
    this.#block = null
    this.#blockUsed = 0
    this.#isGivenAgain = false
    this.#sink = null
    this.#isStarted = false
    this.#isSettled = false
    this.#isDetached = false
    this.#ending = null
  }

  get borrows(): boolean {
    return this.#sink?.borrows === true
  }

  /** Whether all that has flowed is at hand. */
  get canReplay(): boolean {
    return this.#retained !== null
  }

  start(sink: BodySink): void {
    this.#isDetached = false
    if (!this.#isStarted) {
      this.#isStarted = true
      this.#sink = sink
      this.#source.start(this)
      return
    }
    let isWilling = true
    this.#isGivenAgain = true
    for (const bytes of this.#retained ?? []) isWilling = sink.bytes(bytes)
    if (this.#ending !== null) return this.#ending(sink)
    this.#sink = sink
    if (isWilling) this.#source.resume()
  }

  pause(): void {
    this.#source.pause()
  }

  resume(): void {
    this.#source.resume()
  }

  cancel(): void {
    this.#sink = null
    if (this.#isSettled || this.#retained === null) return this.#source.cancel()
    if (this.#isDetached) return
    this.#isDetached = true
    this.#source.pause()
  }

  /** There will be no other attempt: nothing more is retained, and whoever has detached was the last. */
  settle(): void {
    if (this.#isSettled) return
    this.#isSettled = true
    this.#letGo()
    if (this.#isDetached) this.#source.cancel()
  }

  bytes(bytes: Uint8Array, isLent = false): boolean {
    if (this.#retained !== null) this.#retain(bytes, isLent)
    // Detached: a few octets that were on their way; they are retained for the next attempt.
    return this.#sink === null ? false : this.#sink.bytes(bytes, isLent)
  }

  end(trailers: HeaderList | null): void {
    this.#finish((sink) => sink.end(trailers))
  }

  abort(error: BodyError): void {
    this.#finish((sink) => sink.abort(error))
  }

  #retain(bytes: Uint8Array, isLent: boolean): void {
    this.#retainedBytes += bytes.length
    if (this.#retainedBytes <= REPLAY_BYTES_MAX) {
      this.#retained!.push(isLent ? this.#copyOf(bytes) : bytes)
      return
    }
    this.#letGo()
    if (this.#isDetached) this.#source.cancel()
  }

  #copyOf(bytes: Uint8Array): Uint8Array {
    if (bytes.length < BLOCK_COPY_BYTES_MIN) return Buffer.from(bytes)
    this.#block ??= spareBlocks.pop() ?? Buffer.allocUnsafeSlow(REPLAY_BYTES_MAX)
    const start = this.#blockUsed
    this.#blockUsed += bytes.length
    this.#block.set(bytes, start)
    return this.#block.subarray(start, this.#blockUsed)
  }

  #letGo(): void {
    this.#retained = null
    const block = this.#block
    this.#block = null
    if (block !== null && !this.#isGivenAgain && spareBlocks.length < SPARE_BLOCKS_MAX) spareBlocks.push(block)
  }

  #finish(ending: (sink: BodySink) => void): void {
    const sink = this.#sink
    this.#sink = null
    this.#ending = ending
    if (sink !== null) ending(sink)
  }
}
