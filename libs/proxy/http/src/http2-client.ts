import { canBorrow, carryHttp2, type Channel, turnSchedule } from '@weft/channel'
import { type Fault, fault } from '@weft/faults'
import {
  ErrorCode,
  errorCodeName,
  type Http2Connection,
  Http2Counters,
  type Http2Handler,
  type Http2Limits,
  type Http2Options,
  type Http2Stream,
  type Http2StreamHandler,
} from '@weft/http2'
import { emptyBody, type ReplyHead } from '@weft/message'
import type { SharedMember } from '@weft/pool'
import { type Exchange, type Outcome, Reply, type Stoppable } from '@weft/stack'
import type { Clock } from '@weft/time'
import { type BodyObserver, ObservedBody } from './observed-body.ts'

const STREAMS_MAX = 100
/** Servers of gRPC take more than one PING in five minutes for abuse, and any while no call is open. */
const KEEP_ALIVE_MS = 310_000

export interface Http2ClientOptions {
  readonly streamsMax?: number
  /** It takes requests again, after a time when it was full. */
  readonly onRoom?: () => void
  readonly limits?: Partial<Http2Limits>
  /** How often limits were hit, on all connections that share them. */
  readonly counters?: Http2Counters
}

const noLimits: Partial<Http2Limits> = Object.freeze({})
const nothing = (): void => {}

/**
 * One HTTP/2 connection to an upstream: many exchanges at once, each a stream.
 *
 * Faults: `upstream_refused` (the peer says that it has not acted on the request), `upstream_reset`, `overloaded` (no
 * stream may be opened), `protocol_mismatch` (a tunnel that the peer does not open), and what the exchange was stopped by. Source: RFC 9113 sections 8.1 and 8.7.
 */
export class Http2Client implements SharedMember, Http2Handler {
  readonly #http2: Http2Connection
  readonly #onOver: () => void
  readonly #onRoom: () => void
  readonly #firstSettings: PromiseWithResolvers<void>
  #isLeaving: boolean

  /** `onOver`: it takes no more requests for ever. */
  constructor(channel: Channel, clock: Clock, onOver: () => void, given: Http2ClientOptions = {}) {
    const { streamsMax = STREAMS_MAX, onRoom = nothing, limits = noLimits, counters = new Http2Counters() } = given
    this.#onOver = onOver
    this.#onRoom = onRoom
    this.#firstSettings = Promise.withResolvers<void>()
    this.#isLeaving = false
    const options: Http2Options = {
      role: 'client',
      requestsMax: streamsMax,
      assumedStreamsMax: Math.min(streamsMax, STREAMS_MAX),
      extendedConnect: true,
      keepAliveMs: KEEP_ALIVE_MS,
      keepAliveIdle: false,
      schedule: turnSchedule(),
      borrows: canBorrow(channel),
      limits,
      counters,
    }
    this.#http2 = carryHttp2(channel, options, this, clock)
  }

  /** For dumps. */
  describe(): object {
    return this.#http2.describe()
  }

  get openStreams(): number {
    return this.#http2.openStreams
  }

  get isUsable(): boolean {
    return !this.isOver && this.#http2.canRequest
  }

  get isOver(): boolean {
    return this.#isLeaving || this.#http2.isClosed
  }

  close(): void {
    if (this.#isLeaving) return
    this.#isLeaving = true
    this.#http2.goaway()
  }

  /** Sends the request on a stream of its own. */
  send(exchange: Exchange): Promise<Outcome> {
    if (exchange.head.upgrade !== '' && !this.#http2.extendedConnectAllowed) return this.#sendOnceAllowed(exchange)
    // A tunnel that is asked for has no body, and yet the stream stays open for what it will carry.
    const isWhole = exchange.head.bodyKind === 'none' && exchange.head.upgrade === ''
    return new Promise((resolve) => {
      const handler = new ClientStream(exchange, resolve)
      const stream = this.#http2.request(exchange.head, isWhole, handler)
      if (stream === null) {
        return resolve(fault('connect_failed', 'http', 'The connection took no more streams: expected room for one'))
      }
      handler.begin(stream, isWhole)
    })
  }

  /** The upstream says in its first SETTINGS whether it takes extended CONNECT; until then nothing else can be said. */
  async #sendOnceAllowed(exchange: Exchange): Promise<Outcome> {
    await this.#firstSettings.promise
    if (exchange.stoppedBy !== null) return exchange.stoppedBy
    if (this.#http2.extendedConnectAllowed) return this.send(exchange)
    const message = `The upstream opens no tunnels for ${exchange.head.upgrade} in HTTP/2: expected extended CONNECT`
    return fault('protocol_mismatch', 'http', message)
  }

  request(): void {}

  settings(): void {
    this.#firstSettings.resolve()
  }

  available(): void {
    this.#onRoom()
  }

  goaway(): void {
    this.#isLeaving = true
    this.#onOver()
  }

  closed(): void {
    this.#isLeaving = true
    this.#firstSettings.resolve()
    this.#onOver()
  }
}

class ClientStream implements Http2StreamHandler, Stoppable, BodyObserver {
  readonly #exchange: Exchange
  readonly #resolve: (outcome: Outcome) => void
  #stream: Http2Stream | null
  #isAnswered: boolean

  constructor(exchange: Exchange, resolve: (outcome: Outcome) => void) {
    this.#exchange = exchange
    this.#resolve = resolve
    this.#stream = null
    this.#isAnswered = false
  }

  begin(stream: Http2Stream, isWhole: boolean): void {
    this.#stream = stream
    this.#exchange.running = this
    if (isWhole) return
    this.#exchange.isBodyTaken = true
    stream.sendBody(new ObservedBody(this.#exchange.body, this))
  }

  stop(why: Fault): void {
    this.#settle(why)
    this.#stream!.reset(ErrorCode.cancel)
  }

  reply(head: ReplyHead): void {
    this.#settle(new Reply(head, head.bodyKind === 'none' ? emptyBody : this.#stream!))
  }

  bodyEnded(body: ObservedBody): void {
    this.#exchange.requestBytes += body.bytesCount
  }

  interim(head: ReplyHead): void {
    this.#exchange.interimSink?.interim(head)
  }

  reset(code: number, processed: boolean): void {
    const word = processed ? 'upstream_reset' : 'upstream_refused'
    this.#settle(fault(word, 'http', `The upstream ended the stream (${errorCodeName(code)}): expected a reply`))
  }

  drained(): void {}

  closed(): void {
    if (this.#isAnswered) return
    this.#settle(fault('upstream_reset', 'http', 'The upstream closed the stream without a reply'))
  }

  #settle(outcome: Outcome): void {
    if (this.#isAnswered) return
    this.#isAnswered = true
    if (this.#exchange.running === this) this.#exchange.running = null
    this.#resolve(outcome)
  }
}
