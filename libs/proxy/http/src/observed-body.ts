import type { BodyError, BodySink, BodySource, HeaderList } from '@weft/message'

/** Told how a body went. */
export interface BodyObserver {
  /** It is whole, or `error` says why not. Once, after the last octet was given on. */
  bodyEnded(body: ObservedBody, trailers: HeaderList | null, error: BodyError | null): void
}

/** What an observer is given when the taker wanted no more: nobody's fault. */
export const bodyCancelled: BodyError = Object.freeze({ kind: 'closed' as const, message: 'the taker wants no more' })

/** A body that counts its octets and tells when it has ended; what flows is unchanged and uncopied. */
export class ObservedBody implements BodySource, BodySink {
  bytesCount: number
  readonly #source: BodySource
  readonly #observer: BodyObserver
  #sink: BodySink | null
  #isEnded: boolean

  constructor(source: BodySource, observer: BodyObserver) {
    this.bytesCount = 0
    this.#source = source
    this.#observer = observer
    this.#sink = null
    this.#isEnded = false
  }

  get borrows(): boolean {
    return this.#sink?.borrows === true
  }

  start(sink: BodySink): void {
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
    this.#sink = null
    this.#ended(null, bodyCancelled)
  }

  bytes(bytes: Uint8Array, isLent = false): boolean {
    this.bytesCount += bytes.length
    return this.#sink === null ? true : this.#sink.bytes(bytes, isLent)
  }

  end(trailers: HeaderList | null): void {
    const sink = this.#sink
    this.#sink = null
    sink?.end(trailers)
    this.#ended(trailers, null)
  }

  abort(error: BodyError): void {
    const sink = this.#sink
    this.#sink = null
    sink?.abort(error)
    this.#ended(null, error)
  }

  #ended(trailers: HeaderList | null, error: BodyError | null): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#observer.bodyEnded(this, trailers, error)
  }
}
