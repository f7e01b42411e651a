import type { Fault } from '@weft/faults'
import type { BodySink, BodySource, HeaderList } from '@weft/message'
import type { Stoppable } from '@weft/stack'

/** The body of a reply that can be broken off while it flows; what flows is unchanged and uncopied. */
export class RevocableBody implements BodySource, BodySink, Stoppable {
  borrows: boolean
  readonly #source: BodySource
  #sink: BodySink | null

  constructor(source: BodySource) {
    this.borrows = false
    this.#source = source
    this.#sink = null
  }

  /** The taker is told that it broke off, the source that nobody wants more. */
  stop(why: Fault): void {
    const sink = this.#sink
    this.#sink = null
    this.#source.cancel()
    sink?.abort({ kind: 'closed', message: why.reason.message })
  }

  start(sink: BodySink): void {
    this.#sink = sink
    this.borrows = sink.borrows === true
    this.#source.start(this)
  }

  pause(): void {
    this.#source.pause()
  }

  resume(): void {
    this.#source.resume()
  }

  cancel(): void {
    this.#sink = null
    this.#source.cancel()
  }

  bytes(bytes: Uint8Array, isLent = false): boolean {
    return this.#sink === null ? true : this.#sink.bytes(bytes, isLent)
  }

  end(trailers: HeaderList | null): void {
    this.#sink?.end(trailers)
  }

  abort(error: Parameters<BodySink['abort']>[0]): void {
    this.#sink?.abort(error)
  }
}
