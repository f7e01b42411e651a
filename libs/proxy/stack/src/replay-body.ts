import type { BodyError, BodySink, BodySource, HeaderList } from '@weft/message'

/** Retained of a request's body so that it can be sent once more. */
const REPLAY_BYTES_MAX = 64 * 1024

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
    this.#sink = null
    this.#isStarted = false
    this.#isSettled = false
    this.#isDetached = false
    this.#ending = null
  }

  /** What is retained must last. */
  get borrows(): boolean {
    return this.#retained === null && this.#sink?.borrows === true
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
    this.#retained = null
    if (this.#isDetached) this.#source.cancel()
  }

  bytes(bytes: Uint8Array, isLent = false): boolean {
    this.#retain(bytes)
    // Detached: a few octets that were on their way; they are retained for the next attempt.
    return this.#sink === null ? false : this.#sink.bytes(bytes, isLent)
  }

  end(trailers: HeaderList | null): void {
    this.#finish((sink) => sink.end(trailers))
  }

  abort(error: BodyError): void {
    this.#finish((sink) => sink.abort(error))
  }

  #retain(bytes: Uint8Array): void {
    if (this.#retained === null) return
    this.#retainedBytes += bytes.length
    if (this.#retainedBytes <= REPLAY_BYTES_MAX) {
      this.#retained.push(bytes)
      return
    }
    this.#retained = null
    if (this.#isDetached) this.#source.cancel()
  }

  #finish(ending: (sink: BodySink) => void): void {
    const sink = this.#sink
    this.#sink = null
    this.#ending = ending
    if (sink !== null) ending(sink)
  }
}
