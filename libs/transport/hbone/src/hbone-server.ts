import { carryHttp2, type Channel } from '@weft/channel'
import { fault, type Reason } from '@weft/faults'
import type { Http2Connection, Http2Handler, Http2Stream, Http2StreamHandler } from '@weft/http2'
import { type HeaderList, HeaderList as Headers, ReplyHead, type RequestHead } from '@weft/message'
import type { Clock } from '@weft/time'
import { defaultHboneOptions, type HboneOptions, http2OptionsOf } from './hbone-options.ts'
import { refusalHead, refusalStatus } from './refusal.ts'
import { TunnelChannel } from './tunnel-channel.ts'

/** Decides on each tunnel, at once or later, by exactly one of `accept` and `refuse`. */
export type TunnelHandler = (request: TunnelRequest) => void

export interface HboneServerHandler {
  tunnel(request: TunnelRequest): void
  /** The connection is over; every tunnel has been told. */
  closed(server: HboneServer): void
}

/** The server side of one HBONE connection, after the handshake. */
export class HboneServer implements Http2Handler {
  /** SPIFFE ID of the other end, proved. */
  readonly peer: string
  readonly remote: string
  readonly #http2: Http2Connection
  readonly #handler: HboneServerHandler
  readonly #isPrompt: boolean

  /** `channel` is the TLS one. */
  constructor(
    channel: Channel,
    peer: string,
    handler: HboneServerHandler,
    clock: Clock,
    options: HboneOptions = defaultHboneOptions,
  ) {
    this.peer = peer
    this.remote = channel.remote
    this.#handler = handler
    this.#isPrompt = channel.isPrompt === true
    this.#http2 = carryHttp2(channel, http2OptionsOf('server', options, this.#isPrompt), this, clock)
  }

  get openTunnels(): number {
    return this.#http2.openStreams
  }

  /** For dumps. */
  describe(): object {
    return { kind: 'tunnels', peer: this.peer, remote: this.remote, ...this.#http2.describe() }
  }

  /** No new tunnels (GOAWAY); the connection closes after the last. */
  drain(): void {
    this.#http2.goaway()
  }

  destroy(error: Error): void {
    this.#http2.close(error)
  }

  request(stream: Http2Stream, head: RequestHead): void {
    const request = new TunnelRequest(this, stream, head, this.#isPrompt)
    if (head.method === 'CONNECT' && head.upgrade === '') return this.#handler.tunnel(request)
    const message = `Cannot serve ${head.method} here: expected a plain CONNECT`
    request.refuse(fault('malformed', 'hbone', message).reason)
  }

  settings(): void {}

  available(): void {}

  goaway(): void {}

  closed(): void {
    this.#handler.closed(this)
  }
}

/** A CONNECT that waits for an answer. */
export class TunnelRequest implements Http2StreamHandler {
  /** As asked for: `ip:port`. */
  readonly authority: string
  readonly headers: HeaderList
  readonly server: HboneServer
  /** The client gave up: an answer goes nowhere. */
  isGone: boolean
  readonly #stream: Http2Stream
  readonly #isPrompt: boolean

  constructor(server: HboneServer, stream: Http2Stream, head: RequestHead, isPrompt: boolean) {
    this.server = server
    this.authority = head.authority
    this.headers = head.headers
    this.isGone = false
    this.#stream = stream
    this.#isPrompt = isPrompt
    stream.handler = this
  }

  /** Opens the tunnel: the application is connected. */
  accept(): TunnelChannel {
    const head = new ReplyHead(200, new Headers(), 20)
    head.bodyKind = 'tunnel'
    this.#stream.sendHead(head, false)
    return new TunnelChannel(this.#stream, this.server.remote, this.#isPrompt)
  }

  refuse(reason: Reason): void {
    this.#stream.sendHead(refusalHead(refusalStatus(reason.code), reason), true)
    // Nothing is read of a refused tunnel.
    this.#stream.cancel()
  }

  reply(): void {}

  interim(): void {}

  reset(): void {
    this.isGone = true
  }

  drained(): void {}

  closed(): void {
    this.isGone = true
  }
}
