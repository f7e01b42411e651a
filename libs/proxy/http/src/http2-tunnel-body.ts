import type { Http2Stream } from '@weft/http2'
import type { BodySink, BodySource } from '@weft/message'

/**
 * What a client will send into a tunnel that it has asked for over HTTP/2: nothing of it is read before the tunnel is
 * granted, and an attempt that fails lets go of it without resetting the stream, on which the refusal is still to be told.
 *
 * States: asked → granted (then it is the stream).
 */
export class Http2TunnelBody implements BodySource {
  readonly #stream: Http2Stream
  #sink: BodySink | null
  #isGranted: boolean

  constructor(stream: Http2Stream) {
    this.#stream = stream
    this.#sink = null
    this.#isGranted = false
  }

  /** The head that opens the tunnel has been sent. */
  grant(): void {
    this.#isGranted = true
    if (this.#sink === null) this.#stream.cancel()
    else this.#stream.start(this.#sink)
  }

  start(sink: BodySink): void {
    if (this.#isGranted) this.#stream.start(sink)
    else this.#sink = sink
  }

  pause(): void {
    this.#stream.pause()
  }

  resume(): void {
    this.#stream.resume()
  }

  cancel(): void {
    this.#sink = null
    if (this.#isGranted) this.#stream.cancel()
  }
}
