import { carryHttp2, type Channel } from '@weft/channel'
import { fault } from '@weft/faults'
import type { Http2Connection, Http2Handler, Http2Stream, Http2StreamHandler } from '@weft/http2'
import type { ReplyHead, RequestHead } from '@weft/message'
import { Exchange, type InterimSink, type Origin, type Outcome } from '@weft/stack'
import { faultReply } from './fault-reply.ts'
import { Http2TunnelBody } from './http2-tunnel-body.ts'
import type { ConnectionClosed, HttpServerConnection, HttpService } from './http-service.ts'

/**
 * One HTTP/2 connection of a client: every stream is an exchange through the stack, its reply sent back on the stream.
 *
 * A stream that the client resets stops its exchange; a reply whose body breaks off resets the stream. Faults become
 * responses here. Source: RFC 9113 section 8.
 */
export class Http2Server implements HttpServerConnection, Http2Handler {
  readonly origin: Origin
  readonly service: HttpService
  readonly #http2: Http2Connection
  readonly #onClosed: ConnectionClosed

  constructor(channel: Channel, origin: Origin, service: HttpService, onClosed: ConnectionClosed) {
    this.origin = origin
    this.service = service
    this.#onClosed = onClosed
    const options = {
      role: 'server' as const,
      limits: service.options.http2Limits,
      streamWindowBytes: 1024 * 1024,
      connectionWindowBytes: 4 * 1024 * 1024,
      extendedConnect: true,
    }
    this.#http2 = carryHttp2(channel, options, this, service.clock)
  }

  get activeCount(): number {
    return this.#http2.openStreams
  }

  drain(): void {
    this.#http2.goaway()
  }

  destroy(error: Error): void {
    this.#http2.close(error)
  }

  request(stream: Http2Stream, head: RequestHead): void {
    new ServerStream(this, stream, head).serve()
  }

  settings(): void {}

  available(): void {}

  goaway(): void {}

  closed(): void {
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

  constructor(server: Http2Server, stream: Http2Stream, head: RequestHead) {
    this.#server = server
    this.#stream = stream
    const mayTunnel = head.bodyKind === 'tunnel' || head.upgrade !== ''
    this.#tunnel = mayTunnel ? new Http2TunnelBody(stream) : null
    this.#exchange = new Exchange(head, this.#tunnel ?? stream, server.origin, server.service.clock.nowMs())
    this.#exchange.interimSink = this
    this.#isGone = false
    stream.handler = this
  }

  serve(): void {
    void this.#server.service.handler(this.#exchange).then((outcome) => this.#send(outcome))
  }

  interim(head: ReplyHead): void {
    if (head.status !== 101) this.#stream.sendInterim(head.status, head.headers)
  }

  reply(): void {}

  reset(): void {
    this.#isGone = true
    this.#exchange.stop(fault('downstream_closed', 'http', 'the client reset the stream'))
  }

  drained(): void {}

  closed(): void {}

  #send(outcome: Outcome): void {
    if (this.#isGone) {
      if (outcome.ok) outcome.body.cancel()
      return
    }
    const reply = outcome.ok ? outcome : faultReply(outcome, this.#exchange.head)
    const isWhole = reply.head.bodyKind === 'none'
    this.#stream.sendHead(reply.head, isWhole)
    if (!isWhole) this.#stream.sendBody(reply.body)
    if (reply.head.bodyKind === 'tunnel') this.#tunnel?.grant()
    // A refused request may have a body on its way that nobody takes.
    if (!outcome.ok) this.#stream.cancel()
  }
}
