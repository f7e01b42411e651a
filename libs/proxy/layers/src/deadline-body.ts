import type { Fault } from '@weft/faults'
import type { BodyError, BodySink, BodySource, HeaderList } from '@weft/message'
import type { Exchange, Stoppable } from '@weft/stack'

/**
 * The body of a reply that must be whole before a deadline: called off, it breaks off for its taker and is cancelled at its
 * source. `ended` is called once, however it ends.
 */
export class DeadlineBody implements BodySource, BodySink, Stoppable {
  readonly #source: BodySource
  readonly #exchange: Exchange
  readonly #ended: () => void
  #sink: BodySink | null
  #isOver: boolean

  constructor(source: BodySource, exchange: Exchange, ended: () => void) {
    this.#source = source
    this.#exchange = exchange
    this.#ended = ended
    this.#sink = null
    this.#isOver = false
    exchange.running = this
  }

  get borrows(): boolean {
    return this.#sink?.borrows === true
  }

  stop(why: Fault): void {
    if (this.#isOver) return
    this.#source.cancel()
    this.#over()?.abort({ kind: 'timeout', message: why.reason.message })
  }

  start(sink: BodySink): void {
    if (this.#isOver) return sink.abort({ kind: 'timeout', message: 'the deadline came before the body was taken' })
    this.#sink = sink
    this.#source.start(this)
  }

  pause(): void {
    this.#source.pause()
  }

  resume(): void {
    this.#source.resume()
  }

  cancel(): void {
    this.#source.cancel()
    this.#over()
  }

  bytes(bytes: Uint8Array, isLent = false): boolean {
    return this.#sink === null ? true : this.#sink.bytes(bytes, isLent)
  }

  end(trailers: HeaderList | null): void {
    this.#over()?.end(trailers)
  }

  abort(error: BodyError): void {
    this.#over()?.abort(error)
  }

  /** Whoever still has to be told. */
  #over(): BodySink | null {
    if (this.#isOver) return null
    this.#isOver = true
    if (this.#exchange.running === this) this.#exchange.running = null
    this.#ended()
    const sink = this.#sink
    this.#sink = null
    return sink
  }
}
