import { carryHttp2, type Channel } from '@weft/channel'
import { type Fault, fault } from '@weft/faults'
import {
  errorCodeName,
  type Http2Connection,
  type Http2Handler,
  type Http2Stream,
  type Http2StreamHandler,
} from '@weft/http2'
import { type HeaderList, type ReplyHead, RequestHead } from '@weft/message'
import type { SharedMember } from '@weft/pool'
import type { Clock, Timer } from '@weft/time'
import { type HboneOptions, http2OptionsOf } from './hbone-options.ts'
import { refusalFault } from './refusal.ts'
import { TunnelChannel } from './tunnel-channel.ts'

export interface OpenedTunnel {
  readonly ok: true
  readonly channel: TunnelChannel
  /** Of the answer. */
  readonly headers: HeaderList
}

/** `not_processed`: the peer has certainly not acted on it; another connection may be tried. */
export type TunnelAnswer = OpenedTunnel | Fault | 'not_processed'

const DOUBT_MS = 5_000

/** The client side of one HBONE connection, after the handshake. */
export class HboneConnection implements SharedMember, Http2Handler {
  readonly remote: string
  readonly #http2: Http2Connection
  readonly #clock: Clock
  readonly #options: HboneOptions
  readonly #onOver: () => void
  readonly #onRoom: () => void
  readonly #isPrompt: boolean
  #isLeaving: boolean

  /** `onOver`: it takes no more tunnels for ever. `onRoom`: it does again, after a time when it was full. */
  constructor(channel: Channel, options: HboneOptions, clock: Clock, onOver: () => void, onRoom: () => void) {
    this.remote = channel.remote
    this.#clock = clock
    this.#options = options
    this.#onOver = onOver
    this.#onRoom = onRoom
    this.#isLeaving = false
    this.#isPrompt = channel.isPrompt === true
    this.#http2 = carryHttp2(channel, http2OptionsOf('client', options, this.#isPrompt), this, clock)
  }

  /** For dumps. */
  describe(): object {
    return { remote: this.remote, ...this.#http2.describe() }
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

  /** Tunnels that are open go on; the connection closes after the last. */
  close(): void {
    if (this.#isLeaving) return
    this.#isLeaving = true
    this.#http2.goaway()
  }

  /** What it leads to is said to be gone: its tunnels end soon, unless it answers. */
  doubt(): void {
    this.#http2.doubt(DOUBT_MS)
  }

  /** Ends all tunnels at once. */
  destroy(error: Error): void {
    this.#isLeaving = true
    this.#http2.close(error)
  }

  /** Asks for a tunnel to `authority`. */
  open(authority: string, headers: HeaderList): Promise<TunnelAnswer> {
    const head = new RequestHead('CONNECT', '', authority, '', headers, 20)
    head.bodyKind = 'tunnel'
    return new Promise((resolve) => {
      const opening = new Opening(authority, this, this.#isPrompt, resolve)
      const stream = this.#http2.request(head, false, opening)
      if (stream === null) resolve('not_processed')
      else opening.begin(stream, this.#clock, this.#options.openTimeoutMs)
    })
  }

  request(): void {}

  settings(): void {}

  available(): void {
    this.#onRoom()
  }

  goaway(): void {
    this.#isLeaving = true
    this.#onOver()
  }

  closed(): void {
    this.#isLeaving = true
    this.#onOver()
  }
}

/** A tunnel that is asked for and not yet answered. */
class Opening implements Http2StreamHandler {
  readonly #authority: string
  readonly #connection: HboneConnection
  readonly #isPrompt: boolean
  readonly #resolve: (answer: TunnelAnswer) => void
  #stream: Http2Stream | null = null
  #timer: Timer | null = null

  constructor(
    authority: string,
    connection: HboneConnection,
    isPrompt: boolean,
    resolve: (answer: TunnelAnswer) => void,
  ) {
    this.#authority = authority
    this.#connection = connection
    this.#isPrompt = isPrompt
    this.#resolve = resolve
  }

  begin(stream: Http2Stream, clock: Clock, timeoutMs: number): void {
    this.#stream = stream
    this.#timer = clock.after(timeoutMs, () => {
      this.#resolve(this.#failed(`no answer within ${timeoutMs} ms`))
      stream.cancel()
      // The application may be slow to accept; or nobody is there, and all tunnels here wait for nothing.
      this.#connection.doubt()
    })
  }

  reply(head: ReplyHead): void {
    this.#timer?.cancel()
    const stream = this.#stream!
    if (head.status === 200) {
      this.#resolve({
        ok: true,
        channel: new TunnelChannel(stream, this.#authority, this.#isPrompt),
        headers: head.headers,
      })
      return
    }
    this.#resolve(refusalFault(head, this.#authority, this.#connection.remote))
    stream.cancel()
  }

  interim(): void {}

  reset(code: number, processed: boolean): void {
    this.#timer?.cancel()
    this.#resolve(processed ? this.#failed(`the stream was reset (${errorCodeName(code)})`) : 'not_processed')
  }

  drained(): void {}

  closed(): void {
    this.#timer?.cancel()
    this.#resolve(this.#failed('the stream was closed without an answer'))
  }

  /** No octet of the application has been sent yet: safe to try elsewhere. */
  #failed(found: string): Fault {
    const where = `${this.#authority} by ${this.#connection.remote}`
    return fault('connect_failed', 'hbone', `Cannot open a tunnel to ${where}: ${found}`)
  }
}
