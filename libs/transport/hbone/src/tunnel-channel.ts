import { type Channel, type ChannelHandler, keptBytes } from '@weft/channel'
import { ErrorCode, errorCodeName, type Http2Stream, type Http2StreamHandler } from '@weft/http2'
import type { BodySink } from '@weft/message'

/**
 * The octets of one HBONE tunnel as a {@link Channel}: DATA both ways, END_STREAM for half-close, RST_STREAM for a reset.
 *
 * `destroy(error)` resets with CONNECT_ERROR, `destroy()` with CANCEL. A CANCEL or NO_ERROR from the peer is read as its
 * end, any other code as a broken connection. Source: RFC 9113 section 8.5; the codes as Istio's ztunnel reads them.
 */
export class TunnelChannel implements Channel {
  readonly remote: string
  readonly #stream: Http2Stream
  /** What flows is lent for a turn, both ways. */
  readonly #isPrompt: boolean
  readonly #events: TunnelEvents
  #isStarted: boolean

  /** Takes the stream over, its handler included. */
  constructor(stream: Http2Stream, remote: string, isPrompt: boolean) {
    this.remote = remote
    this.#stream = stream
    this.#isPrompt = isPrompt
    this.#events = new TunnelEvents()
    this.#isStarted = false
    stream.handler = this.#events
  }

  get lends(): boolean {
    return this.#isPrompt
  }

  get handler(): ChannelHandler {
    return this.#events.handler!
  }

  set handler(handler: ChannelHandler) {
    this.#events.handler = handler
    if (this.#isStarted) return
    this.#isStarted = true
    if (this.#events.isClosed) queueMicrotask(() => handler.closed(this.#events.error))
    else this.#stream.start(this.#events)
  }

  get bufferedBytes(): number {
    return this.#stream.bufferedBytes
  }

  write(bytes: Uint8Array): boolean {
    return this.#events.isEnded || this.#events.isClosed ? true : this.#stream.write(bytes)
  }

  writeBorrowed(bytes: Uint8Array): boolean {
    if (!this.#isPrompt) return this.write(keptBytes(bytes))
    return this.#events.isEnded || this.#events.isClosed ? true : this.#stream.write(bytes, true)
  }

  /** The connection beneath collects by itself: all streams of a turn leave together. */
  cork(): void {}

  uncork(): void {}

  end(): void {
    if (this.#events.isEnded || this.#events.isClosed) return
    this.#events.isEnded = true
    this.#stream.end(null)
  }

  pause(): void {
    this.#stream.pause()
  }

  resume(): void {
    this.#stream.resume()
  }

  destroy(error?: Error): void {
    if (this.#events.isClosed) return
    this.#events.error ??= error ?? null
    this.#events.isEnded = true
    this.#stream.reset(error === undefined ? ErrorCode.cancel : ErrorCode.connectError)
  }
}

class TunnelEvents implements Http2StreamHandler, BodySink {
  handler: ChannelHandler | null = null
  error: Error | null = null
  /** Our direction has ended. */
  isEnded = false
  isClosed = false
  #hasPeerEnded = false

  get borrows(): boolean {
    return this.handler?.borrows === true
  }

  reply(): void {}

  interim(): void {}

  bytes(bytes: Uint8Array): boolean {
    this.handler!.bytes(bytes)
    return true
  }

  end(): void {
    this.#hasPeerEnded = true
    this.handler!.end()
  }

  /** `reset` says what there is to say. */
  abort(): void {}

  drained(): void {
    this.handler?.drained()
  }

  reset(code: number): void {
    const isEnd = code === ErrorCode.cancel || code === ErrorCode.noError
    if (isEnd && !this.#hasPeerEnded && this.handler !== null) this.end()
    if (!isEnd || !this.isEnded) this.error ??= new Error(`the tunnel was reset by the peer (${errorCodeName(code)})`)
  }

  closed(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.handler?.closed(this.error)
  }
}
