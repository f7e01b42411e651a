import { type Channel, keepSoon } from '@weft/channel'
import { type Fault, fault, faults } from '@weft/faults'
import {
  type Http1FaultCode,
  type Http1Reader,
  Http1Refusal,
  http1Faults,
  requestReader,
  withDefaultLimits,
  writeReplyHead,
} from '@weft/http1'
import type { HeaderList, ReplyHead, RequestHead } from '@weft/message'
import { Exchange, type InterimSink, type Origin, type Outcome } from '@weft/stack'
import { WheelTimer } from '@weft/time'
import { countForward } from './max-forwards.ts'
import { faultReply, isGrpc } from './fault-reply.ts'
import { ChannelEvents, ReaderEvents, type ReadingSide } from './http1-events.ts'
import type { ConnectionClosed, HttpServerConnection, HttpService } from './http-service.ts'
import { type IntakeOwner, RequestIntake } from './request-intake.ts'
import { type ReplyOwner, ReplyWriter } from './reply-writer.ts'
import { type StallOwner, StallWatch } from './stall-watch.ts'

/**
 * How long a connection that drains is open to one more request: the client may just be sending it, and could not tell
 * whether it was heard. It is answered with `Connection: close` (RFC 9112 section 9.6).
 */
export const DRAIN_IDLE_MS = 1_000

/**
 * One HTTP/1 connection of a client: requests one after another, each through the stack, its reply written back.
 *
 * A request that comes while another is under way waits in the reader (pipelining), and the client is read no further
 * than the reader's limit. A body flows only once it is asked for. A reply may come before the request is whole; the
 * rest of the request is then dropped, so that the client sees the reply, and beyond a limit the connection ends with it.
 * A client that waits for 100 Continue is told so by the upstream, or here when the upstream stays silent; a final reply
 * instead ends the connection, since nobody knows whether the content still comes. Faults become responses here. A head or
 * a body that takes too long is answered with 408; a client that takes its reply too slowly is reset.
 * States: waiting → request → reply → waiting; reply → tunnel; any → closing → closed.
 * Source: RFC 9112 section 9, RFC 9110 section 10.1.1.
 */
export class Http1Server
  implements HttpServerConnection, InterimSink, IntakeOwner, ReplyOwner, StallOwner, ReadingSide<RequestHead>
{
  readonly origin: Origin
  readonly #channel: Channel
  readonly #service: HttpService
  readonly #onClosed: ConnectionClosed
  readonly #reader: Http1Reader<RequestHead>
  readonly #intake: RequestIntake
  readonly #writer: ReplyWriter
  readonly #timer: WheelTimer
  readonly #takeOutcome: (outcome: Outcome) => void
  #state: 'waiting' | 'request' | 'reply' | 'tunnel' | 'closing' | 'closed'
  #exchange: Exchange | null
  /** Null while no body and no reply had to wait. */
  #stalls: StallWatch | null
  /** Octets of a reply wait for the client. */
  #isUnread: boolean
  #isDraining: boolean
  #hasPeerEnded: boolean

  constructor(channel: Channel, origin: Origin, service: HttpService, onClosed: ConnectionClosed) {
    this.origin = origin
    this.#channel = channel
    this.#service = service
    this.#onClosed = onClosed
    const limits = withDefaultLimits(service.options.http1Limits)
    this.#reader = requestReader(new ReaderEvents(this), service.options.scheme, limits)
    this.#intake = new RequestIntake(this, channel, this.#reader, service.options.dropBytesMax)
    this.#writer = new ReplyWriter(channel, service.clock, this)
    this.#timer = new WheelTimer(this)
    this.#takeOutcome = (outcome) => this.#outcome(outcome)
    this.#state = 'waiting'
    this.#exchange = null
    this.#stalls = null
    this.#isUnread = false
    this.#isDraining = false
    this.#hasPeerEnded = false
    channel.handler = new ChannelEvents(this, channel)
    this.#awaitRequest()
  }

  get activeCount(): number {
    return this.#exchange === null ? 0 : 1
  }

  drain(): void {
    this.#isDraining = true
    if (this.#state === 'waiting' && this.#reader.isIdle) this.#setTimer(DRAIN_IDLE_MS)
  }

  destroy(error: Error): void {
    this.#channel.destroy(error)
  }

  /** A 1xx of the upstream; the client is told if it can understand it. */
  interim(head: ReplyHead): void {
    const request = this.#exchange?.head
    if (this.#state !== 'request' || request === undefined || request.version === 10) return
    if (head.status === 100 && !this.#intake.takeContinue()) return
    const bytes = writeReplyHead(head, request, true)
    if (!(bytes instanceof Http1Refusal)) this.#channel.write(bytes)
  }

  timedOut(): void {
    if (this.#state === 'closing') return this.#lingered()
    if (this.#intake.awaitsContinue) return this.#intake.sendContinue(this.#state === 'request')
    if (this.#state !== 'waiting') return
    if (this.#reader.isIdle) return this.#close()
    const { http1Counters, options } = this.#service
    if (http1Counters !== undefined) http1Counters.refused.head_timeout++
    const message = `The head of a request was not whole after ${options.headTimeoutMs} ms: expected all of it`
    this.#refuse(fault('request_timeout', 'http', message), faults.request_timeout.httpStatus)
  }

  // ── what takes too long ──

  get awaitsBody(): boolean {
    const { body, isWhole } = this.#intake
    const isTunnel = this.#state === 'tunnel' || body?.isTunnel === true
    const isOpen = this.#state === 'request' || this.#state === 'reply'
    return isOpen && !isTunnel && !isWhole && !this.#isGrpcCall
  }

  /** Both ends of a gRPC call may be silent for as long as they like; its deadline is its own. */
  get #isGrpcCall(): boolean {
    return this.#exchange !== null && isGrpc(this.#exchange.head)
  }

  takeWasPaused(): boolean {
    return this.#intake.takeWasPaused()
  }

  get awaitsReader(): boolean {
    return this.#isUnread && this.#state !== 'closed' && this.#state !== 'tunnel'
  }

  get unsentBytes(): number {
    return this.#channel.bufferedBytes
  }

  bodyStalled(message: string): void {
    this.#reader.persistent = false
    if (this.#exchange === null) return this.#close()
    this.#exchange.stop(fault('request_timeout', 'http', message))
    // The reply has begun: there is no other word for it.
    if (this.#state !== 'request') this.#channel.destroy(new Error(message))
  }

  readerStalled(message: string): void {
    this.#channel.destroy(new Error(message))
  }

  #watch(): StallWatch {
    return (this.#stalls ??= new StallWatch(this, this.#service))
  }

  // ── what the reader says ──

  readHead(head: RequestHead): void {
    const body = this.#intake.begin(head)
    this.#state = 'request'
    const exchange = new Exchange(head, body, this.origin, this.#service.clock.nowMs())
    exchange.interimSink = this
    this.#exchange = exchange
    const ownReply = countForward(head)
    const outcome = ownReply === null ? this.#service.handler(exchange) : Promise.resolve(ownReply)
    void outcome.then(this.#takeOutcome)
  }

  /** Never for requests. */
  readInterim(): void {}

  readBytes(bytes: Uint8Array, isLent: boolean): void {
    this.#stalls?.received(bytes.length)
    this.#intake.bytes(bytes, isLent)
  }

  readEnd(trailers: HeaderList | null): void {
    this.#intake.end(trailers)
    if (this.#exchange === null && this.#state === 'reply') this.#afterReply()
  }

  readFailed(code: Http1FaultCode, message: string): void {
    this.#reader.persistent = false
    this.#service.http1Counters?.count(code)
    const cause = code === 'truncated' ? 'closed' : 'malformed'
    this.#intake.body?.failed({ kind: cause, message })
    if (this.#state === 'request') {
      const why = code === 'truncated' ? 'downstream_closed' : 'malformed'
      this.#exchange!.stop(fault(why, 'http', message))
      return
    }
    if (this.#state !== 'waiting') {
      if (this.#state === 'reply' && this.#exchange === null) this.#close()
      return
    }
    this.#refuse(fault('malformed', 'http', message), http1Faults[code])
  }

  /** Answers what could not be read as a request; the connection ends. */
  #refuse(refusal: Fault, status: number): void {
    const reply = faultReply(refusal, null)
    reply.head.status = status
    this.#state = 'reply'
    this.#writer.begin(reply, null, false)
  }

  // ── what the channel says ──

  channelBytes(bytes: Uint8Array, isLent: boolean): void {
    if (this.#state === 'closing') return
    const reader = this.#reader
    const wasIdle = this.#state === 'waiting' && reader.isIdle
    reader.feed(bytes, isLent)
    if (isLent && reader.unreadBytes > 0) keepSoon(reader)
    if (wasIdle && this.#state === 'waiting' && !reader.isIdle) {
      this.#setTimer(this.#service.options.headTimeoutMs)
    } else if (this.#state !== 'waiting' && reader.unreadBytes >= this.#service.options.pipelinedBytesMax) {
      this.#channel.pause()
    }
  }

  channelEnd(): void {
    this.#hasPeerEnded = true
    this.#reader.finish()
    // When it closes already, the channel does the rest: what was written last has perhaps not left yet.
    if (this.#state === 'waiting') this.#close()
  }

  channelDrained(): void {
    this.#isUnread = false
    this.#writer.drained()
  }

  channelClosed(): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    this.#service.wheel.cancel(this.#timer)
    this.#stalls?.stop()
    const message = 'the client closed the connection'
    this.#intake.body?.failed({ kind: 'closed', message })
    this.#exchange?.stop(fault('downstream_closed', 'http', message))
    this.#writer.cancel()
    this.#onClosed(this)
  }

  // ── what the body of the request is asked for ──

  get isTunnel(): boolean {
    return this.#state === 'tunnel'
  }

  get isClosed(): boolean {
    return this.#state === 'closed'
  }

  contentWanted(awaitsContinue: boolean): void {
    if (awaitsContinue) this.#setTimer(CONTINUE_AFTER_MS)
    else this.#watch().watchBody()
  }

  /** As long as the reply lasts, then up to a limit, at last for as long as we linger. */
  droppedTooMuch(): void {
    if (this.#state === 'closing') return
    this.#reader.persistent = false
    if (this.#state === 'reply' && this.#exchange === null) this.#close()
  }

  tunnelLeft(): void {
    if (this.#writer.isFlowing) this.#channel.destroy(new Error('the upstream closed the tunnel'))
    else this.#close()
  }

  // ── the reply ──

  #outcome(outcome: Outcome): void {
    if (this.#state === 'closed') {
      this.#exchange = null
      if (outcome.ok) outcome.body.cancel()
      return
    }
    const exchange = this.#exchange!
    // What is left of a request that nobody takes is dropped now: often it is here already, and the connection goes on.
    if (!outcome.ok && !this.#intake.isWhole) this.#intake.body?.cancel()
    this.#state = 'reply'
    const isTaken = this.#intake.isWhole || (exchange.isBodyTaken && !this.#intake.awaitsContinue)
    const mayPersist = this.#reader.persistent && !this.#isDraining && isTaken
    this.#writer.begin(outcome.ok ? outcome : faultReply(outcome, exchange.head), exchange.head, mayPersist)
  }

  tunnelOpened(): void {
    this.#state = 'tunnel'
    this.#reader.tunnel()
    this.#intake.resumeReading()
  }

  replyWritten(bytesCount: number, isWaiting: boolean): void {
    this.#stalls?.sent(bytesCount)
    if (!isWaiting) return
    this.#isUnread = true
    if (this.#state !== 'tunnel') this.#watch().watchReader()
  }

  replyEnded(): void {
    if (this.#state === 'tunnel') {
      this.#channel.end()
      return
    }
    this.#exchange = null
    if (!this.#isPersistent) return this.#close()
    if (this.#intake.isWhole) return this.#afterReply()
    this.#intake.body?.cancel()
    if (this.#state === 'reply' && !this.#intake.isWhole) this.#watch().watchBody()
  }

  get #isPersistent(): boolean {
    return this.#writer.isPersistent && this.#reader.persistent
  }

  #afterReply(): void {
    this.#intake.body = null
    if (!this.#isPersistent || this.#isDraining) return this.#close()
    this.#state = 'waiting'
    this.#awaitRequest()
    const reader = this.#reader
    reader.next()
    if (!reader.isPaused) this.#channel.resume()
    if (this.#state !== 'waiting') return
    if (this.#hasPeerEnded) this.#close()
    else if (!reader.isIdle) this.#setTimer(this.#service.options.headTimeoutMs)
  }

  #awaitRequest(): void {
    if (this.#service.options.idleTimeoutMs > 0) this.#setTimer(this.#service.options.idleTimeoutMs)
    else this.#service.wheel.cancel(this.#timer)
  }

  /** Half-closes, and lets the client finish what it sends, so that a reset does not take the reply from it. */
  #close(): void {
    if (this.#state === 'closed' || this.#state === 'closing') return
    this.#state = 'closing'
    this.#intake.body = null
    this.#channel.end()
    this.#channel.resume()
    this.#setTimer(this.#service.options.lingerMs)
  }

  /** A client that still takes the end of its reply has its time as before the end. */
  #lingered(): void {
    if (this.#channel.bufferedBytes === 0) return this.#channel.destroy()
    this.#isUnread = true
    this.#watch().watchReader()
    this.#setTimer(this.#service.options.lingerMs)
  }

  #setTimer(delayMs: number): void {
    this.#service.wheel.set(this.#timer, this.#service.clock.nowMs() + delayMs)
  }
}

/** Longer than a server takes that means to answer, no longer than clients wait (curl: a second). */
const CONTINUE_AFTER_MS = 1_000
