import { type Channel, keepSoon } from '@weft/channel'
import { type Fault, fault } from '@weft/faults'
import {
  type Http1FaultCode,
  type Http1Limits,
  type Http1Reader,
  Http1Refusal,
  replyReader,
  writeLastChunk,
  withDefaultLimits,
  writeRequestHead,
} from '@weft/http1'
import { type BodyError, emptyBody, type HeaderList, type ReplyHead } from '@weft/message'
import type { PoolMember } from '@weft/pool'
import { type Exchange, type Outcome, Reply, type Stoppable } from '@weft/stack'
import { type BodyOwner, giveOctets, Http1Body, writeChunk, writeOctets } from './http1-body.ts'
import type { Http1Counters } from './http1-counters.ts'
import { ChannelEvents, ReaderEvents, type ReadingSide, WriteSink, type WritingSide } from './http1-events.ts'

/** Told when a connection is free for another exchange, or over: then it is not usable any more. */
export type ClientReleased = (client: Http1Client) => void

/**
 * One HTTP/1.1 connection to an upstream: one exchange at a time.
 *
 * `send` answers with the reply as soon as its head is there; the connection is free again when the reply is whole and
 * the request was sent in full, and `released` says so. Never two requests in flight.
 * Faults: `upstream_reset` (the connection ended before a reply), `upstream_malformed`, `malformed` (a head that can't be
 * written), and whatever the exchange was stopped by.
 * States: idle → sending → receiving → idle; receiving → tunnel; any → closed. Source: RFC 9112.
 */
export class Http1Client implements PoolMember, Stoppable, BodyOwner, ReadingSide<ReplyHead>, WritingSide {
  readonly #channel: Channel
  readonly #reader: Http1Reader<ReplyHead>
  readonly #onReleased: ClientReleased
  readonly #counters: Http1Counters | null
  readonly #requestSink: WriteSink
  #state: 'idle' | 'sending' | 'receiving' | 'tunnel' | 'closed'
  #exchange: Exchange | null
  #resolve: ((outcome: Outcome) => void) | null
  #replyBody: Http1Body | null
  #isChunked: boolean
  #isRequestSent: boolean
  #isReplyWhole: boolean
  /** The body of the request flows: it must be cancelled when the exchange breaks off. */
  #isBodyFlowing: boolean
  #hasReplyBegun: boolean
  #closesWhenIdle: boolean
  /** Somebody has it from the pool; a connection is made for somebody. */
  #isLeased: boolean

  constructor(
    channel: Channel,
    onReleased: ClientReleased,
    limits: Partial<Http1Limits> = noLimits,
    counters: Http1Counters | null = null,
  ) {
    this.#channel = channel
    this.#counters = counters
    this.#onReleased = onReleased
    this.#reader = replyReader(new ReaderEvents(this), withDefaultLimits(limits))
    this.#requestSink = new WriteSink(this)
    this.#state = 'idle'
    this.#exchange = null
    this.#resolve = null
    this.#replyBody = null
    this.#isChunked = false
    this.#isRequestSent = true
    this.#isReplyWhole = true
    this.#isBodyFlowing = false
    this.#hasReplyBegun = false
    this.#closesWhenIdle = false
    this.#isLeased = true
    channel.handler = new ChannelEvents(this, channel)
  }

  get isUsable(): boolean {
    return this.#state === 'idle' && !this.#closesWhenIdle
  }

  /** By Keep-Alive: timeout of its replies. */
  get keptIdleMs(): number {
    return this.#reader.keepAliveSeconds * 1_000
  }

  close(): void {
    this.#closesWhenIdle = true
    if (this.#state === 'idle') this.#channel.destroy()
  }

  /** Gives a leased connection back unused. */
  giveBack(): void {
    this.#isLeased = true
    if (this.#state === 'idle') this.#release()
  }

  /** Sends the request on a connection that was just leased, in the same turn. */
  send(exchange: Exchange): Promise<Outcome> {
    this.#isLeased = true
    const head = exchange.head
    if (!this.isUsable) {
      this.#tellReleased()
      return Promise.resolve(fault('connect_failed', 'http', 'The connection ended before the request was sent'))
    }
    // HTTP/1.0 knows no Host: then it is the place that was dialled (RFC 9112 3.3).
    const bytes = writeRequestHead(head, true, this.#channel.remote)
    if (bytes instanceof Http1Refusal) {
      this.#tellReleased()
      return Promise.resolve(fault('malformed', 'http', `Cannot send the request: ${bytes.message}`))
    }
    this.#state = 'sending'
    this.#exchange = exchange
    this.#isReplyWhole = false
    this.#hasReplyBegun = false
    exchange.running = this
    this.#reader.next(head.method, head.upgrade)
    this.#channel.write(bytes)
    const outcome = new Promise<Outcome>((resolve) => (this.#resolve = resolve))
    this.#isChunked = head.bodyKind === 'stream'
    this.#isRequestSent = head.bodyKind === 'none' || head.bodyKind === 'tunnel'
    if (!this.#isRequestSent) this.#startBody(exchange)
    return outcome
  }

  stop(why: Fault): void {
    this.#settle(why)
    this.#break(new Error(why.reason.message))
  }

  #startBody(exchange: Exchange): void {
    exchange.isBodyTaken = true
    this.#isBodyFlowing = true
    exchange.body.start(this.#requestSink)
  }

  // ── the body of the request ──

  writeBytes(bytes: Uint8Array, isLent: boolean): boolean {
    if (bytes.length === 0) return true
    this.#exchange!.requestBytes += bytes.length
    if (!this.#isChunked) return writeOctets(this.#channel, bytes, isLent)
    return writeChunk(this.#channel, bytes, isLent)
  }

  writeEnd(trailers: HeaderList | null): void {
    this.#isBodyFlowing = false
    if (this.#state === 'tunnel') {
      this.#channel.end()
      return
    }
    if (this.#isChunked) {
      const bytes = writeLastChunk(trailers)
      if (bytes instanceof Http1Refusal) return this.writeAborted({ kind: 'malformed', message: bytes.message })
      this.#channel.write(bytes)
    }
    this.#isRequestSent = true
    if (this.#isReplyWhole) this.#release()
  }

  /** The upstream must not take what it has for the whole: the connection is broken. */
  writeAborted(error: BodyError): void {
    this.#isBodyFlowing = false
    const code = error.kind === 'malformed' ? 'malformed' : 'downstream_closed'
    this.#settle(fault(code, 'http', `The body of the request broke off: ${error.message}`))
    this.#break(new Error(error.message))
  }

  // ── what the reader says ──

  readHead(head: ReplyHead): void {
    this.#hasReplyBegun = true
    const exchange = this.#exchange!
    if (head.bodyKind === 'none') {
      this.#state = 'receiving'
      this.#settle(new Reply(head, emptyBody))
      return
    }
    this.#replyBody = new Http1Body(this, false)
    if (head.bodyKind === 'tunnel') {
      this.#state = 'tunnel'
      this.#isChunked = false
      if (!this.#isBodyFlowing) this.#startBody(exchange)
    } else {
      this.#state = 'receiving'
    }
    this.#reader.pause()
    this.#settle(new Reply(head, this.#replyBody))
  }

  readInterim(head: ReplyHead): void {
    this.#exchange?.interimSink?.interim(head)
  }

  readBytes(bytes: Uint8Array, isLent: boolean): void {
    const sink = this.#replyBody?.sink ?? null
    if (sink !== null && !giveOctets(sink, bytes, isLent)) this.pauseReading()
  }

  readEnd(trailers: HeaderList | null): void {
    this.#isReplyWhole = true
    const body = this.#replyBody
    this.#replyBody = null
    // Free before the end is told: what the end sets off may be the next request, and finds this connection.
    const isOver = this.#isRequestSent && this.#state !== 'tunnel'
    if (isOver) this.#release()
    body?.ended(trailers)
    if (!isOver && this.#state !== 'tunnel' && this.#isBodyFlowing) {
      // The reply is complete, so the rest of the request interests nobody; the connection can't be used again.
      this.#isBodyFlowing = false
      this.#exchange!.body.cancel()
      this.#break(null)
    }
  }

  readFailed(code: Http1FaultCode, message: string): void {
    this.#counters?.count(code)
    const cut = code === 'truncated'
    const word = cut ? 'upstream_reset' : 'upstream_malformed'
    this.#settle(fault(word, 'http', `Cannot read the reply: ${message}`))
    const body = this.#replyBody
    this.#replyBody = null
    body?.failed({ kind: cut ? 'closed' : 'malformed', message })
    this.#break(new Error(message))
  }

  // ── what the channel says ──

  channelBytes(bytes: Uint8Array, isLent: boolean): void {
    // Octets that answer nothing: the next request would get the wrong reply.
    if (this.#state === 'idle') return this.#break(new Error('the upstream sent something that was not asked for'))
    const reader = this.#reader
    reader.feed(bytes, isLent)
    if (isLent && reader.unreadBytes > 0) keepSoon(reader)
  }

  channelEnd(): void {
    if (this.#state === 'idle') return this.#break(null)
    this.#reader.finish()
  }

  channelDrained(): void {
    if (this.#isBodyFlowing) this.#exchange!.body.resume()
  }

  channelClosed(error: Error | null): void {
    if (this.#state === 'closed') return
    const message = error?.message ?? 'the connection was closed'
    const begun = this.#hasReplyBegun ? 'within the reply' : 'before a reply'
    this.#settle(fault('upstream_reset', 'http', `The upstream ended the connection ${begun}: ${message}`))
    const body = this.#replyBody
    this.#replyBody = null
    body?.failed({ kind: 'closed', message })
    this.#break(error)
  }

  // ── what the body of the reply is asked for ──

  bodyStarted(): void {
    this.resumeReading()
  }

  pauseReading(): void {
    this.#reader.pause()
    this.#channel.pause()
  }

  resumeReading(): void {
    if (this.#state === 'closed') return
    // What was read already comes first: a tunnel gives all that waits in it at once, to a reader that must be reading.
    this.#reader.resume()
    if (!this.#reader.isPaused) this.#channel.resume()
  }

  bodyCancelled(): void {
    this.#replyBody = null
    this.#break(new Error('the client went away'))
  }

  #settle(outcome: Outcome): void {
    const resolve = this.#resolve
    if (resolve === null) return
    this.#resolve = null
    this.#exchange!.running = null
    resolve(outcome)
  }

  /** Both halves are done: free for the next one, unless either side wants the connection to end. */
  #release(): void {
    if (this.#state === 'closed') return
    this.#exchange = null
    if (this.#closesWhenIdle || (this.#state !== 'idle' && !this.#isReadyForNext())) return this.#break(null)
    this.#state = 'idle'
    this.#channel.resume()
    this.#tellReleased()
  }

  /** One that nobody has is spoken of only when it is over: so the pool learns how long its peer keeps idle ones. */
  #tellReleased(): void {
    if (!this.#isLeased && this.#state !== 'closed') return
    this.#isLeased = false
    this.#onReleased(this)
  }

  #isReadyForNext(): boolean {
    return this.#reader.persistent && this.#reader.unreadBytes === 0
  }

  #break(error: Error | null): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    const exchange = this.#exchange
    this.#exchange = null
    const isFlowing = this.#isBodyFlowing
    this.#isBodyFlowing = false
    if (isFlowing) exchange!.body.cancel()
    const body = this.#replyBody
    this.#replyBody = null
    body?.failed({ kind: 'closed', message: error?.message ?? 'the connection was closed' })
    if (error === null) this.#channel.destroy()
    else this.#channel.destroy(error)
    this.#tellReleased()
  }
}

const noLimits: Partial<Http1Limits> = Object.freeze({})
