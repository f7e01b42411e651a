import { assert } from '@weft/faults'
import type { BodyError, BodySink, BodySource, HeaderList, ReplyHead } from '@weft/message'
import type { Core } from './core.ts'
import { ErrorCode, errorCodeName } from './error-codes.ts'
import type { Http2StreamHandler } from './http2-handler.ts'
import type { Http2Stream } from './http2-stream.ts'
import { IncomingBody, type BodyOwner } from './incoming-body.ts'
import { OutgoingBody, type BodySender } from './outgoing-body.ts'
import { ReceiveWindow } from './receive-window.ts'
import { encodeReplyHead, encodeStatus, encodeTrailers } from './write-head.ts'

/** What the request means for the exchange; the same at both ends. */
export type StreamKind = 'message' | 'head' | 'connect' | 'extendedConnect'

/** Does nothing, until the user has set a handler. */
export const idleHandler: Http2StreamHandler = Object.freeze({
  reply: () => {},
  interim: () => {},
  reset: () => {},
  drained: () => {},
  closed: () => {},
})

/**
 * One open stream. What the peer's frames do is in the methods `received…`, which frame-rules.ts calls; the rest is
 * {@link Http2Stream}.
 *
 * States: each direction open or ended, and closed when both have or by a reset. Source: RFC 9113 section 5.1.
 */
export class Stream implements Http2Stream, BodyOwner, BodySender {
  readonly id: number
  handler: Http2StreamHandler
  readonly kind: StreamKind
  /** Raw octets both ways, as asked for; no more once the reply is a refusal. */
  isTunnel: boolean
  /** The protocol of an extended CONNECT. */
  readonly upgrade: string
  readonly window: ReceiveWindow
  readonly outgoing: OutgoingBody
  readonly #incoming: IncomingBody
  readonly #core: Core
  isClosed = false
  /** The peer has ended its direction. */
  isPeerEnded = false
  /** Client: the final head has come; server: always. */
  hasPeerHead: boolean
  /** Our final head has been sent. */
  hasOwnHead: boolean
  #isOwnEnded = false
  /** From Content-Length; -1 when any length is right. */
  #expectedBytes = -1
  #receivedBytes = 0
  interimReplies = 0
  /** Octets of the body at the look before the last that found enough of them, and looks since. */
  #bytesLookedAt = 0
  #quietLooks = 0
  /** Octets that wait and no longer count for the connection: they are given back to it no second time. */
  #creditedBytes = 0
  /** Those of them that count for the budget. */
  #heldBytes = 0

  constructor(core: Core, id: number, kind: StreamKind, upgrade: string) {
    this.#core = core
    this.id = id
    this.kind = kind
    this.isTunnel = kind === 'connect' || kind === 'extendedConnect'
    this.upgrade = upgrade
    this.handler = idleHandler
    const { streamWindowBytes } = core.options
    this.window = new ReceiveWindow(core.streamWindowBytes, streamWindowBytes, (streamWindowBytes + 1) >> 1)
    this.outgoing = new OutgoingBody(this, core.side, core.peer.windowBytes)
    this.#incoming = new IncomingBody(this, core.keeping)
    this.hasPeerHead = core.isServer
    this.hasOwnHead = !core.isServer
  }

  get bufferedBytes(): number {
    return this.outgoing.bufferedBytes
  }

  /** For dumps. */
  describe(): object {
    return {
      id: this.id,
      ...(this.hasPeerHead ? {} : { awaits: 'head' }),
      ...(this.hasOwnHead ? {} : { owes: 'head' }),
      receivedBytes: this.#receivedBytes,
      isPeerEnded: this.isPeerEnded,
      isOwnEnded: this.#isOwnEnded,
      mayReceiveBytes: this.window.available,
      incoming: this.#incoming.describe(),
      outgoing: this.outgoing.describe(),
      ...(this.handler.describe?.() ?? {}),
    }
  }

  start(sink: BodySink): void {
    this.#incoming.start(sink)
  }

  pause(): void {
    this.#incoming.pause()
  }

  resume(): void {
    this.#incoming.resume()
  }

  cancel(): void {
    if (!this.#incoming.cancel() || this.isClosed) return
    if (this.#core.isServer && this.#isOwnEnded) this.reset(ErrorCode.noError)
    else if (!this.#core.isServer || this.isTunnel) this.reset(ErrorCode.cancel)
  }

  sendHead(head: ReplyHead, end: boolean): void {
    if (this.isClosed) return
    assert(!this.hasOwnHead, 'second final head on an HTTP/2 stream')
    encodeReplyHead(this.#core.encoder, head, this.kind === 'extendedConnect')
    this.hasOwnHead = true
    this.isTunnel &&= head.status === 101 || (head.status >= 200 && head.status < 300)
    this.#core.writeBlock(this.id, end)
    this.outgoing.mark()
    if (!end) return
    this.outgoing.endWithHead()
    this.outgoingEnded()
  }

  sendInterim(status: number, headers: HeaderList): void {
    if (this.isClosed || this.hasOwnHead) return
    assert(status >= 100 && status < 200 && status !== 101, `status ${status} in an interim reply`)
    encodeStatus(this.#core.encoder, status, headers)
    this.#core.writeBlock(this.id, false)
  }

  sendBody(source: BodySource): void {
    if (this.isClosed) return source.cancel()
    assert(this.hasOwnHead, 'body before the head')
    this.outgoing.startFrom(source)
  }

  write(bytes: Uint8Array, isLent = false): boolean {
    assert(this.hasOwnHead || this.isClosed, 'octets before the head')
    return this.outgoing.bytes(bytes, isLent)
  }

  end(trailers: HeaderList | null): void {
    assert(this.hasOwnHead || this.isClosed, 'end before the head')
    this.outgoing.end(trailers)
  }

  reset(code: number): void {
    if (this.isClosed) return
    this.#core.resetStream(this.id, code)
    this.#terminate({ kind: 'reset', message: `reset by us: ${errorCodeName(code)}` }, true)
    this.handler.closed()
    this.#core.slotFreed()
  }

  // What the peer does.

  expectBytes(bytesCount: number): void {
    this.#expectedBytes = bytesCount
  }

  receivedData(bytes: Uint8Array): void {
    this.#receivedBytes += bytes.length
    if (this.#expectedBytes >= 0 && this.#receivedBytes > this.#expectedBytes) {
      this.#core.credit(bytes.length)
      this.fail(ErrorCode.protocolError, `found more DATA than content-length ${this.#expectedBytes}`)
      return
    }
    this.#incoming.deliver(bytes)
  }

  receivedEnd(trailers: HeaderList | null): void {
    if (this.#expectedBytes >= 0 && this.#receivedBytes !== this.#expectedBytes) {
      const message = `found ${this.#receivedBytes} octets of DATA: expected content-length ${this.#expectedBytes}`
      this.fail(ErrorCode.protocolError, message)
      return
    }
    this.#peerEnded()
    // The end may be told only later, when the sink has taken what waits; the stream is closed all the same.
    this.#incoming.finish(trailers)
    this.#closeIfEnded()
  }

  receivedReply(head: ReplyHead, endStream: boolean): void {
    this.hasPeerHead = true
    this.isTunnel = head.bodyKind === 'tunnel'
    const hasNoBody = this.kind === 'head' || head.status === 204 || head.status === 304
    this.#expectedBytes = this.isTunnel ? -1 : hasNoBody ? 0 : head.bodyLength
    if (endStream) {
      this.#peerEnded()
      this.#incoming.finish(null)
    }
    this.handler.reply(head)
    this.#closeIfEnded()
  }

  receivedReset(code: number): void {
    // A reply that has come whole is whole; a reset after it only says that the server wants no more of our body.
    const isQuiet = !this.#core.isServer && this.isPeerEnded && !this.isTunnel
    const processed = this.#core.isServer || code !== ErrorCode.refusedStream
    this.#end({ kind: 'reset', message: `reset by the peer: ${errorCodeName(code)}` }, code, processed, isQuiet)
  }

  /** The peer broke a rule on this stream alone. */
  fail(code: number, message: string): void {
    if (this.isClosed) return
    this.#core.resetStream(this.id, code)
    const error: BodyError = { kind: 'malformed', message }
    this.#end(error, code, true, false)
    this.#core.provoked()
  }

  /** Nothing moved for too long. */
  timedOut(): void {
    this.#core.resetStream(this.id, ErrorCode.cancel)
    this.#end({ kind: 'timeout', message: 'the peer opened no window in time' }, ErrorCode.cancel, true, false)
  }

  /** The peer will not act on it. */
  receivedRefusal(): void {
    this.#end({ kind: 'reset', message: 'the peer goes away' }, ErrorCode.refusedStream, false, false)
  }

  lost(error: Error | null): void {
    const message = error === null ? 'the connection has ended' : error.message
    this.#end({ kind: 'closed', message }, ErrorCode.connectionLost, true, false)
  }

  /**
   * Asked at intervals: whether less than `bytesMin` octets of the body have come over `looksMax` looks in a row, though
   * somebody takes them and the windows have room, and nothing of a reply has gone meanwhile.
   */
  hasStalled(bytesMin: number, looksMax: number): boolean {
    const hasRoom = this.window.available > 0 && this.#core.window.available > 0
    const hasMoved = this.#receivedBytes - this.#bytesLookedAt >= bytesMin || this.outgoing.takeHasSent()
    if (hasMoved || !hasRoom || !this.#incoming.isFlowing) {
      this.#bytesLookedAt = this.#receivedBytes
      this.#quietLooks = 0
      return false
    }
    if (++this.#quietLooks < looksMax) return false
    this.#quietLooks = 0
    return true
  }

  // What the bodies tell.

  waits(bytesCount: number): void {
    if (!this.#core.hold(bytesCount)) return
    this.#creditedBytes += bytesCount
    this.#heldBytes += bytesCount
  }

  /** At most so many octets are held no longer; what was taken, or what is left when the stream is over. */
  #releaseHeld(bytesCount: number): void {
    const released = Math.min(this.#heldBytes, bytesCount)
    if (released === 0) return
    this.#heldBytes -= released
    this.#core.options.heldBudget!.release(released)
  }

  taken(bytesCount: number): void {
    const creditedBytes = Math.min(this.#creditedBytes, bytesCount)
    if (creditedBytes > 0) {
      this.#creditedBytes -= creditedBytes
      this.#releaseHeld(creditedBytes)
    }
    if (this.isPeerEnded) return
    this.#core.credit(bytesCount - creditedBytes)
    if (this.isClosed || this.#incoming.isDiscarding) return
    const increment = this.window.take(bytesCount)
    if (increment === 0) return
    // Whoever keeps up may have more under way; who does not holds no more than the first window.
    const growth = this.#incoming.queuedBytes === 0 ? this.#core.growWindow(this.window) : 0
    this.#core.writer.windowUpdate(this.id, increment + growth)
  }

  sendTrailers(trailers: HeaderList): void {
    encodeTrailers(this.#core.encoder, trailers)
    this.#core.writeBlock(this.id, true)
  }

  outgoingEnded(): void {
    this.#isOwnEnded = true
    this.#closeIfEnded()
    if (this.isClosed || !this.#core.isServer) return
    // A server that has said all it has to say tells a client to stop sending (RFC 9113 section 8.1). What a client
    // sends into a tunnel that was refused is for nobody.
    const isRefusedTunnel = !this.isTunnel && (this.kind === 'connect' || this.kind === 'extendedConnect')
    if (this.#incoming.isDiscarding || isRefusedTunnel) this.reset(ErrorCode.noError)
  }

  outgoingAborted(error: BodyError): HeaderList | null {
    const trailers = this.handler.replyAborted?.(error) ?? null
    if (trailers !== null && !this.isTunnel) return trailers
    // A reply that broke off is not called off by who asked for it: to a client, CANCEL would read like that.
    const isCalledOff = !this.#core.isServer && (error.kind === 'reset' || error.kind === 'timeout')
    this.reset(isCalledOff ? ErrorCode.cancel : ErrorCode.internalError)
    return null
  }

  outgoingDrained(): void {
    this.handler.drained()
  }

  /**
   * What waits is the reader's from now on: it no longer counts for the connection, where streams that are over would take
   * the room of those that go on.
   */
  #peerEnded(): void {
    this.#core.credit(this.#incoming.queuedBytes - this.#creditedBytes)
    this.isPeerEnded = true
  }

  #closeIfEnded(): void {
    if (!this.isPeerEnded || !this.#isOwnEnded || this.isClosed) return
    this.isClosed = true
    this.#core.forget(this)
    this.#releaseHeld(Infinity)
    this.handler.closed()
    this.#core.slotFreed()
  }

  #end(error: BodyError, code: number, processed: boolean, isQuiet: boolean): void {
    if (this.isClosed) return
    this.#terminate(error, this.#core.isServer)
    if (!isQuiet) this.handler.reset(code, processed)
    this.handler.closed()
    this.#core.slotFreed()
  }

  #terminate(error: BodyError, evenWhole: boolean): void {
    this.isClosed = true
    this.#core.forget(this)
    this.outgoing.discard()
    this.#incoming.abort(error, evenWhole)
    this.#releaseHeld(Infinity)
  }
}
