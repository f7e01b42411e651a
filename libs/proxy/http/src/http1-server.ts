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
import { emptyBody, type HeaderList, type ReplyHead, type RequestHead } from '@weft/message'
import { Exchange, type InterimSink, type Origin, type Outcome } from '@weft/stack'
import { WheelTimer } from '@weft/time'
import { countForward } from './max-forwards.ts'
import { faultReply, isGrpc } from './fault-reply.ts'
import { type BodyOwner, giveOctets, Http1Body } from './http1-body.ts'
import { ChannelEvents, ReaderEvents, type ReadingSide } from './http1-events.ts'
import type { ConnectionClosed, HttpServerConnection, HttpService } from './http-service.ts'
import { type ReplyOwner, ReplyWriter } from './reply-writer.ts'
import { type StallOwner, StallWatch } from './stall-watch.ts'

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
  implements HttpServerConnection, InterimSink, BodyOwner, ReplyOwner, StallOwner, ReadingSide<RequestHead>
{
  readonly origin: Origin
  readonly #channel: Channel
  readonly #service: HttpService
  readonly #onClosed: ConnectionClosed
  readonly #reader: Http1Reader<RequestHead>
  readonly #writer: ReplyWriter
  readonly #timer: WheelTimer
  readonly #takeOutcome: (outcome: Outcome) => void
  #state: 'waiting' | 'request' | 'reply' | 'tunnel' | 'closing' | 'closed'
  #exchange: Exchange | null
  /** Of the present request; null when it has none. */
  #body: Http1Body | null
  /** Null while no body and no reply had to wait. */
  #stalls: StallWatch | null
  #isRequestWhole: boolean
  /** The client holds the body back until it is told to go on, and neither has happened. */
  #awaitsContinue: boolean
  /** Told to go on by us: the upstream's word for it comes too late. */
  #hasSentContinue: boolean
  /** Octets of a reply wait for the client. */
  #isUnread: boolean
  #isDraining: boolean
  #hasPeerEnded: boolean
  #droppedBytes: number

  constructor(channel: Channel, origin: Origin, service: HttpService, onClosed: ConnectionClosed) {
    this.origin = origin
    this.#channel = channel
    this.#service = service
    this.#onClosed = onClosed
    const limits = withDefaultLimits(service.options.http1Limits)
    this.#reader = requestReader(new ReaderEvents(this), service.options.scheme, limits)
    this.#writer = new ReplyWriter(channel, service.clock, this)
    this.#timer = new WheelTimer(this)
    this.#takeOutcome = (outcome) => this.#outcome(outcome)
    this.#state = 'waiting'
    this.#exchange = null
    this.#body = null
    this.#stalls = null
    this.#isRequestWhole = true
    this.#awaitsContinue = false
    this.#hasSentContinue = false
    this.#isUnread = false
    this.#isDraining = false
    this.#hasPeerEnded = false
    this.#droppedBytes = 0
    channel.handler = new ChannelEvents(this, channel)
    this.#awaitRequest()
  }

  get activeCount(): number {
    return this.#exchange === null ? 0 : 1
  }

  drain(): void {
    this.#isDraining = true
    if (this.#state === 'waiting' && this.#reader.isIdle) this.#close()
  }

  destroy(error: Error): void {
    this.#channel.destroy(error)
  }

  /** A 1xx of the upstream; the client is told if it can understand it. */
  interim(head: ReplyHead): void {
    const request = this.#exchange?.head
    if (this.#state !== 'request' || request === undefined || request.version === 10) return
    if (head.status === 100) {
      if (this.#hasSentContinue) return
      this.#awaitsContinue = false
    }
    const bytes = writeReplyHead(head, request, true)
    if (!(bytes instanceof Http1Refusal)) this.#channel.write(bytes)
  }

  timedOut(): void {
    if (this.#state === 'closing') return this.#channel.destroy()
    if (this.#awaitsContinue) return this.#sendContinue()
    if (this.#state !== 'waiting') return
    if (this.#reader.isIdle) return this.#close()
    const { http1Counters, options } = this.#service
    if (http1Counters !== undefined) http1Counters.refused.head_timeout++
    const message = `The head of a request was not whole after ${options.headTimeoutMs} ms: expected all of it`
    this.#refuse(fault('request_timeout', 'http', message), faults.request_timeout.httpStatus)
  }

  // ── what takes too long ──

  get awaitsBody(): boolean {
    const isTunnel = this.#state === 'tunnel' || this.#body?.isTunnel === true
    const isOpen = this.#state === 'request' || this.#state === 'reply'
    return isOpen && !isTunnel && !this.#isRequestWhole && !this.#isGrpcCall
  }

  /** Both ends of a gRPC call may be silent for as long as they like; its deadline is its own. */
  get #isGrpcCall(): boolean {
    return this.#exchange !== null && isGrpc(this.#exchange.head)
  }

  get isBodyPaused(): boolean {
    return this.#reader.isPaused
  }

  get awaitsReader(): boolean {
    return this.#isUnread && this.#state !== 'closed'
  }

  get unsentBytes(): number {
    return this.#channel.bufferedBytes
  }

  bodyStalled(message: string): void {
    this.#reader.persistent = false
    if (this.#state === 'request') this.#exchange!.stop(fault('request_timeout', 'http', message))
    else if (this.#exchange === null) this.#close()
    else this.#channel.destroy(new Error(message))
  }

  readerStalled(message: string): void {
    this.#channel.destroy(new Error(message))
  }

  #watch(): StallWatch {
    return (this.#stalls ??= new StallWatch(this, this.#service))
  }

  /** The upstream says neither 100 nor anything final, and many clients wait for one of them. */
  #sendContinue(): void {
    this.#awaitsContinue = false
    if (this.#state !== 'request') return
    this.#hasSentContinue = true
    this.#channel.write(continueReply)
  }

  // ── what the reader says ──

  readHead(head: RequestHead): void {
    const hasContent = head.bodyKind === 'length' || head.bodyKind === 'stream'
    // An upgrade with content is not granted by anybody; h2c is not ours to pass on (RFC 9113 3.1).
    if (head.upgrade !== '' && (hasContent || head.upgrade.toLowerCase().includes('h2c'))) head.upgrade = ''
    const mayTunnel = head.bodyKind === 'tunnel' || head.upgrade !== ''
    if (hasContent) this.#reader.pause()
    this.#body = hasContent || mayTunnel ? new Http1Body(this, mayTunnel) : null
    this.#isRequestWhole = !hasContent
    this.#awaitsContinue = head.expectsContinue
    this.#hasSentContinue = false
    this.#droppedBytes = 0
    this.#state = 'request'
    const exchange = new Exchange(head, this.#body ?? emptyBody, this.origin, this.#service.clock.nowMs())
    exchange.interimSink = this
    this.#exchange = exchange
    const ownReply = countForward(head)
    const outcome = ownReply === null ? this.#service.handler(exchange) : Promise.resolve(ownReply)
    void outcome.then(this.#takeOutcome)
  }

  /** Never for requests. */
  readInterim(): void {}

  readBytes(bytes: Uint8Array, isLent: boolean): void {
    this.#awaitsContinue = false
    this.#stalls?.received(bytes.length)
    const body = this.#body
    if (body === null || body.sink === null) {
      this.#dropped(bytes.length)
      return
    }
    if (!giveOctets(body.sink, bytes, isLent)) this.pauseReading()
  }

  readEnd(trailers: HeaderList | null): void {
    this.#isRequestWhole = true
    const body = this.#body
    if (body !== null && (!body.isTunnel || this.#state === 'tunnel')) body.ended(trailers)
    if (this.#exchange === null && this.#state === 'reply') this.#afterReply()
  }

  readFailed(code: Http1FaultCode, message: string): void {
    this.#reader.persistent = false
    this.#service.http1Counters?.count(code)
    const cause = code === 'truncated' ? 'closed' : 'malformed'
    this.#body?.failed({ kind: cause, message })
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
    if (this.#state === 'waiting') this.#close()
    else if (this.#state === 'closing') this.#channel.destroy()
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
    this.#body?.failed({ kind: 'closed', message })
    this.#exchange?.stop(fault('downstream_closed', 'http', message))
    this.#writer.cancel()
    this.#onClosed(this)
  }

  // ── what the body of the request is asked for ──

  bodyStarted(body: Http1Body): void {
    if (body.isTunnel) return
    if (this.#awaitsContinue) this.#setTimer(CONTINUE_AFTER_MS)
    this.resumeReading()
    if (!this.#isRequestWhole) this.#watch().watchBody()
  }

  pauseReading(): void {
    this.#stalls?.paused()
    this.#reader.pause()
    this.#channel.pause()
  }

  resumeReading(): void {
    if (this.#state === 'closed') return
    // What was read already comes first, and its taker may have had enough: then the channel rests too.
    this.#reader.resume()
    if (!this.#reader.isPaused) this.#channel.resume()
  }

  /** Nobody wants the rest of the request. A tunnel ends; anything else is read on and dropped. */
  bodyCancelled(): void {
    if (this.#state !== 'tunnel') this.resumeReading()
    else if (!this.#writer.isFlowing) this.#close()
    else this.#channel.destroy(new Error('the upstream closed the tunnel'))
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
    if (!outcome.ok && !this.#isRequestWhole) this.#body?.cancel()
    this.#state = 'reply'
    const isTaken = this.#isRequestWhole || (exchange.isBodyTaken && !this.#awaitsContinue)
    const mayPersist = this.#reader.persistent && !this.#isDraining && isTaken
    this.#writer.begin(outcome.ok ? outcome : faultReply(outcome, exchange.head), exchange.head, mayPersist)
  }

  tunnelOpened(): void {
    this.#state = 'tunnel'
    this.#reader.tunnel()
    this.resumeReading()
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
    if (this.#isRequestWhole) return this.#afterReply()
    this.#body?.cancel()
    if (this.#state === 'reply' && !this.#isRequestWhole) this.#watch().watchBody()
  }

  get #isPersistent(): boolean {
    return this.#writer.isPersistent && this.#reader.persistent
  }

  #afterReply(): void {
    this.#body = null
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

  /** The rest of a request is dropped as long as its reply lasts, then up to a limit, at last for as long as we linger. */
  #dropped(count: number): void {
    this.#droppedBytes += count
    if (this.#droppedBytes <= this.#service.options.dropBytesMax || this.#state === 'closing') return
    this.#reader.persistent = false
    if (this.#state === 'reply' && this.#exchange === null) this.#close()
  }

  /** Half-closes, and lets the client finish what it sends, so that a reset does not take the reply from it. */
  #close(): void {
    if (this.#state === 'closed' || this.#state === 'closing') return
    this.#state = 'closing'
    this.#body = null
    this.#channel.end()
    this.#channel.resume()
    this.#setTimer(this.#service.options.lingerMs)
  }

  #setTimer(delayMs: number): void {
    this.#service.wheel.set(this.#timer, this.#service.clock.nowMs() + delayMs)
  }
}

const continueReply = Buffer.from('HTTP/1.1 100 Continue\r\n\r\n', 'latin1')
/** Longer than a server takes that means to answer, no longer than clients wait (curl: a second). */
const CONTINUE_AFTER_MS = 1_000
