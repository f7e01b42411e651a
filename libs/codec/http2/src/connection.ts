import type { RequestHead } from '@weft/message'
import type { Clock } from '@weft/time'
import { Core } from './core.ts'
import { ErrorCode } from './error-codes.ts'
import { FrameReader } from './frame-reader.ts'
import { FrameRules } from './frame-rules.ts'
import { CLIENT_PREFACE } from './frame.ts'
import { kindOf } from './header-rules.ts'
import type { Http2Handler, Http2StreamHandler } from './http2-handler.ts'
import type { Http2Options, Http2Output } from './http2-options.ts'
import type { Http2Stream } from './http2-stream.ts'
import { Lifecycle } from './lifecycle.ts'
import { resolveOptions } from './resolve-options.ts'
import { Stream } from './stream.ts'
import { encodeRequestHead } from './write-head.ts'

/**
 * One HTTP/2 connection, either role, without a socket: octets come by `receive` and leave by the output.
 *
 * What happens because of the peer or of time is told by the handler and the stream handlers, from inside `receive`,
 * `receiveEnd`, `outputDrained`, `close` or a timer of the clock. Frames leave at the end of the turn.
 * States: open → finishing (GOAWAY sent or received, streams in flight end) → closed. Source: RFC 9113.
 */
export class Http2Connection {
  readonly #core: Core
  readonly #reader: FrameReader
  readonly #lifecycle: Lifecycle
  /** Octets of the client's preface that have come. */
  #prefaceLength: number

  /** Queues the preface and SETTINGS. */
  constructor(options: Http2Options, output: Http2Output, handler: Http2Handler, clock: Clock) {
    const core = new Core(resolveOptions(options), output, handler, clock)
    this.#core = core
    this.#lifecycle = new Lifecycle(core)
    this.#reader = new FrameReader(new FrameRules(core, this.#lifecycle))
    this.#prefaceLength = core.isServer ? 0 : CLIENT_PREFACE.length
    core.onEnd = () => {
      this.#reader.stop()
      this.#lifecycle.stop()
    }
    this.#lifecycle.greet()
  }

  get handler(): Http2Handler {
    return this.#core.handler
  }

  set handler(handler: Http2Handler) {
    this.#core.handler = handler
  }

  /** Octets from the transport; they are the connection's from now on (bodies are views of them). */
  receive(bytes: Uint8Array): void {
    const core = this.#core
    if (core.isClosed) return
    this.#lifecycle.heard()
    const at = this.#prefaceLength < CLIENT_PREFACE.length ? this.#readPreface(bytes) : 0
    if (at >= 0) this.#reader.read(bytes, at)
    if (core.isClosed || core.writer.unsentBytes <= core.options.limits.unsentBytesMax) return
    core.counters.unsentFloods++
    core.fail(ErrorCode.enhanceYourCalm, 'found a peer that asks for answers and does not read them')
  }

  /** The transport has ended or is gone. Everything open is told `connectionLost`. */
  receiveEnd(error: Error | null): void {
    this.#core.end(error)
  }

  /** The transport can take more after `write` was false. */
  outputDrained(): void {
    if (this.#core.isClosed) return
    this.#core.writer.unblock()
    this.#core.side.run()
  }

  /**
   * Client: opens a stream and sends the head; `end` when the request has no body. The body, if any, follows by the stream.
   *
   * Null when no stream may be opened now, or when the head has `upgrade` and `extendedConnectAllowed` is false.
   */
  request(head: RequestHead, end: boolean, handler: Http2StreamHandler): Http2Stream | null {
    const core = this.#core
    if (!core.canRequest || (head.upgrade !== '' && !this.extendedConnectAllowed)) return null
    const stream = new Stream(core, core.nextOwnStreamId, kindOf(head.method, head.upgrade), head.upgrade)
    stream.handler = handler
    core.nextOwnStreamId += 2
    core.streams.set(stream.id, stream)
    encodeRequestHead(core.encoder, head)
    core.writeBlock(stream.id, end)
    stream.outgoing.mark()
    if (end) {
      stream.outgoing.endWithHead()
      stream.outgoingEnded()
    }
    return stream
  }

  /** Client: whether `request` would open a stream now. When false, `handler.available` tells of the change. */
  get canRequest(): boolean {
    return this.#core.canRequest
  }

  get openStreams(): number {
    return this.#core.streams.size
  }

  get isClosed(): boolean {
    return this.#core.isClosed
  }

  /** What is open and what it waits for, for dumps; `streamsMax` bounds the list, oldest first. */
  describe(streamsMax = 20): object {
    const { streams, side, window, isFinishing, hasPeerGoneAway } = this.#core
    return {
      streamsOpen: streams.size,
      maySendBytes: side.windowBytes,
      mayReceiveBytes: window.available,
      isTransportFull: !side.writer.isWritable,
      isLeaving: isFinishing || hasPeerGoneAway,
      streams: [...streams.values()].slice(0, streamsMax).map((stream) => stream.describe()),
    }
  }

  /** Client: the server takes extended CONNECT (RFC 8441), and our options too. */
  get extendedConnectAllowed(): boolean {
    return this.#core.options.extendedConnect && this.#core.peer.isConnectProtocolEnabled
  }

  /** Client: how many streams the server allows at once. */
  get peerStreamsMax(): number {
    return this.#core.peer.streamsMax
  }

  /** Ends gracefully: GOAWAY (a server's in two steps), streams in flight finish, then the connection closes itself. */
  goaway(): void {
    this.#lifecycle.goaway()
  }

  /** Ends at once: GOAWAY, every stream is told, the output closed after what was written. Safe in any state, and twice. */
  close(error?: Error): void {
    const core = this.#core
    if (core.isClosed) return
    core.sendGoaway(error === undefined ? ErrorCode.noError : ErrorCode.internalError, '')
    core.end(error ?? null)
  }

  /** Measures a round trip; null when the connection ended first. False when too many are under way. */
  ping(done: (roundTripMs: number | null) => void): boolean {
    return !this.#core.isClosed && this.#lifecycle.pings.send(done)
  }

  /** There is reason to think that the peer is gone: asks at once, and ends the connection when nothing comes within so long. */
  doubt(timeoutMs: number): void {
    this.#lifecycle.doubt(timeoutMs)
  }

  /** Writes what is collected now instead of at the end of the turn. */
  flush(): void {
    this.#core.writer.flush()
  }

  /** Returns the position after the preface, or -1 when it is not whole, or not the preface. Source: RFC 9113 section 3.4. */
  #readPreface(bytes: Uint8Array): number {
    let at = 0
    while (at < bytes.length && this.#prefaceLength < CLIENT_PREFACE.length) {
      if (bytes[at++] === CLIENT_PREFACE[this.#prefaceLength++]) continue
      this.#core.fail(ErrorCode.protocolError, 'found no connection preface of HTTP/2')
      return -1
    }
    return this.#prefaceLength === CLIENT_PREFACE.length ? at : -1
  }
}
