import { assert } from '@weft/faults'
import type { HeaderList, ReplyHead, RequestHead } from '@weft/message'
import { ChunkDecoder } from './chunk-decoder.ts'
import { Http1Refusal, type Http1FaultCode, quote } from './faults.ts'
import { type FieldSurvey, surveyOf } from './field-survey.ts'
import { HeadScanner } from './head-scanner.ts'
import { defaultHttp1Limits, type Http1Limits } from './limits.ts'
import { isOffered, readReply } from './read-reply.ts'
import { readRequest } from './read-request.ts'
import { readTrailers } from './read-trailers.ts'
import { UnreadOctets } from './unread-octets.ts'

/** Takes what a reader reads, in order: any `interim`, one `head`, any `bytes`, one `end`; or `failed`, once, last of all. */
export interface Http1Handler<Head> {
  /** A head. The body follows as soon as the handler returns, unless it told the reader to `pause`. */
  head(head: Head): void
  /** A 1xx reply other than 101; the head of the real reply is still to come. Never for requests. */
  interim(head: Head): void
  /** A view of octets that were fed; it is the handler's, unless they were lent. */
  bytes(bytes: Uint8Array, isLent: boolean): void
  /** The message is whole. Nothing more is read until `next` or `tunnel`. */
  end(trailers: HeaderList | null): void
  /** What came is no HTTP/1 message, or broke off. Nothing more will be read; the connection is of no further use. */
  failed(code: Http1FaultCode, message: string): void
}

/**
 * `idle`: between messages; what comes is kept. `head`, `length`, `chunked`, `trailers`, `rest`: reading that.
 * `whole`: all read, `end` not yet told. `tunnel`: octets pass as they are. `over`: after `failed`, or ended by the peer.
 */
type State = 'idle' | 'head' | 'length' | 'chunked' | 'trailers' | 'rest' | 'whole' | 'tunnel' | 'over'

/**
 * Reads the messages of one direction of an HTTP/1 connection: octets in, heads, bodies and trailers out.
 *
 * Strict: what RFC 9112 leaves ambiguous is refused, never repaired. Stops after each message until told to go on, so
 * what a client pipelines waits. Calls the handler only from within `feed`, `finish`, `resume`, `next` and `tunnel`.
 * States: idle → head → (length | chunked → trailers | rest) → whole → idle; whole or idle → tunnel; any → over.
 * Source: RFC 9112.
 */
export class Http1Reader<Head extends RequestHead | ReplyHead> {
  /**
   * Whether the connection may carry another message after this one. Known from `head` on. For a reader of requests the
   * writer of the reply may still decide to close.
   */
  persistent: boolean
  /** How long a peer said last that it keeps the connection when idle, in seconds; -1 when it never said. */
  keepAliveSeconds: number
  readonly #isRequests: boolean
  readonly #handler: Http1Handler<Head>
  readonly #limits: Http1Limits
  readonly #scheme: string
  readonly #scanner: HeadScanner
  readonly #survey: FieldSurvey
  /** Made for the first content in chunks: most connections carry none. */
  #chunks: ChunkDecoder | null
  readonly #unread: UnreadOctets
  #state: State
  #isPaused: boolean
  #isRunning: boolean
  #isEnded: boolean
  #isTunnelMessage: boolean
  #remaining: number
  #trailers: HeaderList | null
  #method: string
  #upgrade: string
  #interimHeads: number

  /** `scheme` is that of the requests in origin form; null makes it a reader of replies. Use {@link requestReader} or {@link replyReader}. */
  constructor(handler: Http1Handler<Head>, scheme: 'http' | 'https' | null, limits: Http1Limits) {
    this.persistent = true
    this.keepAliveSeconds = -1
    this.#isRequests = scheme !== null
    this.#handler = handler
    this.#limits = limits
    this.#scheme = scheme ?? ''
    this.#scanner = new HeadScanner(limits)
    this.#survey = surveyOf(limits)
    this.#chunks = null
    this.#unread = new UnreadOctets()
    this.#state = 'idle'
    this.#isPaused = false
    this.#isRunning = false
    this.#isEnded = false
    this.#isTunnelMessage = false
    this.#remaining = 0
    this.#trailers = null
    this.#method = ''
    this.#upgrade = ''
    this.#interimHeads = 0
    if (this.#isRequests) this.#beginHead()
  }

  /** Between messages: nothing of the next one was read. What a server sends then (see `unreadBytes`) is no reply to anything. */
  get isIdle(): boolean {
    return this.#state === 'idle' || (this.#state === 'head' && !this.#scanner.hasBegun)
  }

  get isTunnel(): boolean {
    return this.#state === 'tunnel'
  }

  /** Octets fed and not read yet. */
  get unreadBytes(): number {
    return this.#unread.size
  }

  /**
   * Reads on. The octets are the reader's, which hands out views of them; they never change afterwards, or not before
   * {@link keep} when they are only lent.
   */
  feed(bytes: Uint8Array, isLent = false): void {
    if (this.#state === 'over' || bytes.length === 0) return
    this.#unread.push(bytes, isLent)
    this.#run()
    const most = this.#limits.unreadBytesMax
    if (this.#unread.size <= most || this.#isRunning) return
    this.#fail('unread_overflow', `Found ${this.#unread.size} octets that nobody reads: expected at most ${most}`)
  }

  /** What was lent is about to change: what is not read of it is copied. */
  keep(): void {
    this.#unread.keep()
  }

  /** The peer will send no more. Ends a body that runs to the end of the connection; any other unfinished message fails. */
  finish(): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#run()
  }

  /** Stops reading, even in the middle of what was fed, until `resume`. What is fed meanwhile is kept, up to a limit. */
  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    if (!this.#isPaused) return
    this.#isPaused = false
    this.#run()
  }

  get isPaused(): boolean {
    return this.#isPaused
  }

  /**
   * Goes on to the next message. A reader of replies is told what was asked, since that decides what the reply may be:
   * the method, and the protocols that Upgrade offered. Needs the message before to be whole.
   */
  next(method = '', upgrade = ''): void {
    if (this.#state === 'over') return
    assert(this.#state === 'idle', `next message asked for in state ${this.#state}`)
    this.#method = method
    this.#upgrade = upgrade
    this.#interimHeads = 0
    this.#beginHead()
    this.#run()
  }

  /** From here on octets pass as they are, to `bytes` and `end`. Needs a whole message: a request that was granted CONNECT or Upgrade. */
  tunnel(): void {
    if (this.#state === 'over') return
    assert(this.#state === 'idle' || this.#isTunnelMessage, `tunnel asked for in state ${this.#state}`)
    this.#isTunnelMessage = false
    this.#state = 'tunnel'
    this.#run()
  }

  /** Hands out what was fed and not read, and ends the reader: for whoever takes the connection over. */
  takeUnread(): Uint8Array[] {
    const unread = this.#unread.takeAll()
    this.#over()
    return unread
  }

  #beginHead(): void {
    this.#state = 'head'
    this.#isTunnelMessage = false
    this.#trailers = null
    this.#scanner.begin(this.#isRequests ? 'request' : 'reply')
  }

  #run(): void {
    if (this.#isRunning) return
    this.#isRunning = true
    while (!this.#isPaused && this.#step());
    this.#isRunning = false
  }

  /** One event, or one piece of input. False when there is nothing to do but wait. */
  #step(): boolean {
    if (this.#state === 'whole') return this.#tellEnd()
    if (this.#state === 'idle' || this.#state === 'over') return false
    const chunk = this.#unread.chunk
    if (chunk === null) return this.#isEnded && this.#stepEnded()
    switch (this.#state) {
      case 'head':
        return this.#stepHead(chunk)
      case 'length':
        return this.#stepLength()
      case 'chunked':
        return this.#stepChunked(chunk)
      case 'trailers':
        return this.#stepTrailers(chunk)
      case 'rest':
      case 'tunnel':
        this.#handler.bytes(this.#unread.take(Number.MAX_SAFE_INTEGER), this.#unread.isLent)
        return true
    }
  }

  #stepHead(chunk: Buffer): boolean {
    const scanner = this.#scanner
    this.#unread.skip(scanner.scan(chunk, this.#unread.at))
    if (scanner.outcome === 'more') return true
    if (scanner.outcome === 'malformed') return this.#fail(scanner.code, scanner.message)
    return this.#isRequests ? this.#takeRequest() : this.#takeReply()
  }

  #takeRequest(): boolean {
    const head = readRequest(this.#scanner, this.#survey, this.#scheme)
    this.#scanner.release()
    if (head instanceof Http1Refusal) return this.#fail(head.code, head.message)
    this.#judgePersistence(head.version)
    // What follows a refused CONNECT may have been meant for the tunnel: never read it as a request.
    if (head.bodyKind === 'tunnel') this.persistent = false
    this.#beginBody(head)
    this.#handler.head(head as Head)
    return true
  }

  #takeReply(): boolean {
    const survey = this.#survey
    const head = readReply(this.#scanner, survey, this.#method)
    this.#scanner.release()
    if (head instanceof Http1Refusal) return this.#fail(head.code, head.message)
    if (head.status < 200 && head.status !== 101) return this.#takeInterim(head)
    if (head.status === 101 && !isOffered(head.upgrade, this.#upgrade)) {
      const message = `Found 101 with Upgrade: ${quote(head.upgrade)}: expected a protocol that the request offered`
      return this.#fail('bad_upgrade', message)
    }
    this.#judgePersistence(head.version)
    if (head.bodyKind === 'stream' && !survey.isChunked) this.persistent = false
    // A server that announces content where there is none may send it all the same.
    if (head.status === 204 && (survey.isChunked || survey.contentLength > 0)) this.persistent = false
    this.#beginBody(head)
    this.#handler.head(head as Head)
    return true
  }

  #takeInterim(head: ReplyHead): boolean {
    if (++this.#interimHeads > this.#limits.interimHeadsMax) {
      const most = this.#limits.interimHeadsMax
      return this.#fail('too_many_interim_heads', `Found over ${most} interim replies: expected a final one`)
    }
    this.#beginHead()
    this.#handler.interim(head as Head)
    return true
  }

  #judgePersistence(version: number): void {
    const survey = this.#survey
    this.persistent = !survey.hasClose && (version === 11 || survey.hasKeepAlive)
    if (survey.keepAliveSeconds >= 0) this.keepAliveSeconds = survey.keepAliveSeconds
  }

  #beginBody(head: RequestHead | ReplyHead): void {
    this.#isTunnelMessage = false
    switch (head.bodyKind) {
      case 'none':
        this.#state = 'whole'
        return
      case 'length':
        this.#state = 'length'
        this.#remaining = head.bodyLength
        return
      case 'stream':
        this.#state = this.#survey.isChunked ? 'chunked' : 'rest'
        if (this.#survey.isChunked) this.#beginChunks()
        return
      case 'tunnel':
        // A client waits for the answer before it is in the tunnel; a server is in it as soon as it has granted it.
        this.persistent = false
        this.#isTunnelMessage = this.#isRequests
        this.#state = this.#isRequests ? 'whole' : 'tunnel'
    }
  }

  #beginChunks(): void {
    this.#chunks ??= new ChunkDecoder(this.#limits)
    this.#chunks.begin()
  }

  #stepLength(): boolean {
    const unread = this.#unread
    const view = unread.take(this.#remaining)
    this.#remaining -= view.length
    if (this.#remaining === 0) this.#state = 'whole'
    this.#handler.bytes(view, unread.isLent)
    return true
  }

  #stepChunked(chunk: Buffer): boolean {
    const chunks = this.#chunks!
    if (chunks.isData) {
      const view = this.#unread.take(chunks.dataBytes)
      chunks.dataBytes -= view.length
      this.#handler.bytes(view, this.#unread.isLent)
      return true
    }
    const at = this.#unread.at
    this.#unread.skip(chunks.readFraming(chunk, at) - at)
    if (chunks.isBad) return this.#fail(chunks.code, chunks.message)
    if (chunks.isLast) {
      this.#scanner.begin('trailers')
      this.#state = 'trailers'
    }
    return true
  }

  #stepTrailers(chunk: Buffer): boolean {
    const scanner = this.#scanner
    this.#unread.skip(scanner.scan(chunk, this.#unread.at))
    if (scanner.outcome === 'more') return true
    if (scanner.outcome === 'malformed') return this.#fail(scanner.code, scanner.message)
    const trailers = readTrailers(scanner)
    scanner.release()
    if (trailers instanceof Http1Refusal) return this.#fail(trailers.code, trailers.message)
    this.#trailers = trailers
    this.#state = 'whole'
    return true
  }

  #tellEnd(): boolean {
    this.#state = 'idle'
    const trailers = this.#trailers
    this.#trailers = null
    // The end of a CONNECT request is not the end of what the client sends: `end` is told when the tunnel ends.
    if (!this.#isTunnelMessage) this.#handler.end(trailers)
    return true
  }

  #stepEnded(): boolean {
    if (this.#state === 'rest' || this.#state === 'tunnel') {
      this.#over()
      this.#handler.end(null)
      return false
    }
    if (this.#state === 'head' && !this.#scanner.hasBegun) {
      if (this.#isRequests) {
        this.#over()
        return false
      }
      return this.#fail('truncated', 'Found the end of the connection: expected a reply')
    }
    return this.#fail(
      'truncated',
      `Found the end of the connection within a message: expected more of its ${this.#state}`,
    )
  }

  #over(): void {
    this.#state = 'over'
    this.persistent = false
    this.#unread.clear()
  }

  #fail(code: Http1FaultCode, message: string): false {
    this.#over()
    this.#handler.failed(code, message)
    return false
  }
}

/** Reads requests; `scheme` is what the client sees. */
export function requestReader(
  handler: Http1Handler<RequestHead>,
  scheme: 'http' | 'https' = 'http',
  limits: Http1Limits = defaultHttp1Limits,
): Http1Reader<RequestHead> {
  return new Http1Reader(handler, scheme, limits)
}

/** Reads replies: call `next(method)` for each request that was sent, before its reply can come. */
export function replyReader(
  handler: Http1Handler<ReplyHead>,
  limits: Http1Limits = defaultHttp1Limits,
): Http1Reader<ReplyHead> {
  return new Http1Reader(handler, null, limits)
}
