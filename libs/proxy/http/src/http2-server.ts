import { canBorrow, carryHttp2, type Channel, turnSchedule } from '@weft/channel'
import { fault } from '@weft/faults'
import { grpcFaultTrailers } from '@weft/grpc'
import {
  defaultHttp2Limits,
  ErrorCode,
  type Http2Connection,
  type Http2Handler,
  type Http2Limits,
  type Http2Options,
  type Http2Stream,
  type Http2StreamHandler,
} from '@weft/http2'
import type { BodyError, HeaderList, ReplyHead, RequestHead } from '@weft/message'
import { Exchange, type InterimSink, type Origin, type Outcome } from '@weft/stack'
import { type WheelTarget, WheelTimer } from '@weft/time'
import { faultReply, isGrpc } from './fault-reply.ts'
import { httpDate } from './http-date.ts'
import { Http2TunnelBody } from './http2-tunnel-body.ts'
import { countForward } from './max-forwards.ts'
import type { ConnectionClosed, HttpServerConnection, HttpService } from './http-service.ts'

/** So often within the idle timeout it is looked whether the connection is idle. */
const IDLE_LOOKS = 4

/**
 * One HTTP/2 connection of a client: every stream is an exchange through the stack, its reply sent back on the stream.
 *
 * A stream that the client resets stops its exchange; a reply whose body breaks off resets the stream, or ends it with
 * trailers that say so to a gRPC client. Faults become responses here. A connection that is idle for long is drained.
 * Source: RFC 9113 section 8.
 */
export class Http2Server implements HttpServerConnection, Http2Handler, WheelTarget {
  readonly origin: Origin
  readonly service: HttpService
  readonly #http2: Http2Connection
  readonly #onClosed: ConnectionClosed
  readonly #timer: WheelTimer
  /** There was a request since the last look. */
  #wasActive: boolean
  #idleLooks: number

  constructor(channel: Channel, origin: Origin, service: HttpService, onClosed: ConnectionClosed) {
    this.origin = origin
    this.service = service
    this.#onClosed = onClosed
    this.#timer = new WheelTimer(this)
    this.#wasActive = false
    this.#idleLooks = 0
    const { http2Limits, http2KeepAliveMs } = service.options
    const shared = service.http2Counters
    const options: Http2Options = {
      role: 'server',
      limits: http2Limits,
      keepAliveMs: http2KeepAliveMs,
      extendedConnect: true,
      schedule: turnSchedule(),
      borrows: canBorrow(channel),
      ...(shared === undefined ? {} : { counters: shared }),
    }
    this.#http2 = carryHttp2(channel, options, this, service.clock)
    this.#lookLater(service.clock.nowMs())
  }

  /** In force on this connection. */
  get limits(): Http2Limits {
    return { ...defaultHttp2Limits, ...this.service.options.http2Limits }
  }

  get activeCount(): number {
    return this.#http2.openStreams
  }

  describe(): object {
    return { kind: 'http2 client', ...this.#http2.describe() }
  }

  drain(): void {
    this.#http2.goaway()
  }

  destroy(error: Error): void {
    this.#http2.close(error)
  }

  timedOut(_: WheelTimer, nowMs: number): void {
    this.#idleLooks = this.#wasActive || this.#http2.openStreams > 0 ? 0 : this.#idleLooks + 1
    this.#wasActive = false
    if (this.#idleLooks >= IDLE_LOOKS) this.drain()
    else this.#lookLater(nowMs)
  }

  #lookLater(nowMs: number): void {
    const { wheel, options } = this.service
    if (options.idleTimeoutMs > 0) wheel.set(this.#timer, nowMs + options.idleTimeoutMs / IDLE_LOOKS)
  }

  request(stream: Http2Stream, head: RequestHead): void {
    this.#wasActive = true
    new ServerStream(this, stream, head).serve()
  }

  settings(): void {}

  available(): void {}

  goaway(): void {}

  closed(): void {
    this.service.wheel.cancel(this.#timer)
    this.#onClosed(this)
  }
}

class ServerStream implements Http2StreamHandler, InterimSink {
  readonly #server: Http2Server
  readonly #stream: Http2Stream
  readonly #exchange: Exchange
  /** Null for a request that asks for no tunnel. */
  readonly #tunnel: Http2TunnelBody | null
  #isGone: boolean
  #isAnswered: boolean

  constructor(server: Http2Server, stream: Http2Stream, head: RequestHead) {
    this.#server = server
    this.#stream = stream
    const mayTunnel = head.bodyKind === 'tunnel' || head.upgrade !== ''
    this.#tunnel = mayTunnel ? new Http2TunnelBody(stream) : null
    this.#exchange = new Exchange(head, this.#tunnel ?? stream, server.origin, server.service.clock.nowMs())
    this.#exchange.interimSink = this
    this.#isGone = false
    this.#isAnswered = false
    stream.handler = this
  }

  serve(): void {
    const ownReply = countForward(this.#exchange.head)
    const outcome = ownReply === null ? this.#server.service.handler(this.#exchange) : Promise.resolve(ownReply)
    void outcome.then((found) => this.#send(found))
  }

  interim(head: ReplyHead): void {
    if (head.status !== 101) this.#stream.sendInterim(head.status, head.headers)
  }

  describe(): object {
    const { startedAtMs, attempt, endpoint, running, stoppedBy } = this.#exchange
    return {
      ageMs: Math.round(this.#server.service.clock.nowMs() - startedAtMs),
      attempt,
      endpoint: endpoint === null ? '' : `${endpoint.target.address}:${endpoint.target.port}`,
      waitsFor: running === null ? '' : running.constructor.name,
      stoppedBy: stoppedBy?.code ?? '',
      isAnswered: this.#isAnswered,
    }
  }

  reply(): void {}

  reset(): void {
    this.#isGone = true
    this.#exchange.stop(fault('downstream_closed', 'http', 'the client reset the stream'))
  }

  drained(): void {}

  /** Both ends of a gRPC call may be silent for as long as they like; its deadline is its own. */
  requestStalled(): boolean {
    if (isGrpc(this.#exchange.head)) return false
    const { bodyTimeoutMs, bodyBytesMin } = this.#server.limits
    const message = `The body of a request brought less than ${bodyBytesMin} octets in ${bodyTimeoutMs} ms: expected more`
    this.#exchange.stop(fault('request_timeout', 'http', message))
    // The reply has begun: there is no other word for it.
    if (this.#isAnswered) this.#stream.reset(ErrorCode.cancel)
    return true
  }

  replyAborted(error: BodyError): HeaderList | null {
    const exchange = this.#exchange
    if (!isGrpc(exchange.head)) return null
    const code = error.kind === 'malformed' ? 'upstream_malformed' : 'upstream_reset'
    return grpcFaultTrailers(exchange.stoppedBy ?? fault(code, 'http', `The reply broke off: ${error.message}`))
  }

  closed(): void {}

  #send(outcome: Outcome): void {
    if (this.#isGone) {
      if (outcome.ok) outcome.body.cancel()
      return
    }
    this.#isAnswered = true
    const reply = outcome.ok ? outcome : faultReply(outcome, this.#exchange.head)
    const isWhole = reply.head.bodyKind === 'none'
    // RFC 9110 6.6.1: whoever forwards a reply without a date says when it came.
    if (!reply.head.headers.has('date')) {
      reply.head.headers.append('date', httpDate(this.#server.service.clock.wallMs()))
    }
    this.#stream.sendHead(reply.head, isWhole)
    if (!isWhole) this.#stream.sendBody(reply.body)
    if (reply.head.bodyKind === 'tunnel') this.#tunnel?.grant()
    // A refused request may have a body on its way that nobody takes.
    if (!outcome.ok) this.#stream.cancel()
  }
}
