import { type Channel, type ChannelHandler, PrefixedChannel } from '@weft/channel'
import { detectProtocol, detectServerSettings, type DetectedProtocol } from '@weft/detect'
import { type Fault, fault } from '@weft/faults'
import type { Clock, Timer } from '@weft/time'
import type { Connections, Open } from './connections.ts'

/** An upstream that was opened before it was known what for. */
export interface OpenedChannel {
  readonly ok: true
  readonly channel: Channel
}

/** What a {@link Detection} ends with; exactly one of these, once. */
export interface DetectionHandler<Opened extends OpenedChannel> {
  /** The client speaks HTTP. `channel` gives what was read of it first. */
  http(channel: Channel, version: 'http1' | 'http2'): void
  /** Octets to be relayed; `upstream` is where to when it is open already, its channel giving what was read first. */
  octets(channel: Channel, opened: Opened, upstream: Channel, first: 'client' | 'server'): void
  /** The upstream can't be had, and the client speaks no HTTP that could be told so. */
  refused(channel: Channel, refusal: Fault): void
  /** Opened and not needed. */
  discarded(opened: Opened): void
  /** The client went away first. */
  gone(): void
}

export interface DetectionOptions {
  /** How long the client may be silent before the upstream is opened; 0: open at once, Infinity: only when it spoke. */
  readonly openAfterMs: number
  /** How long a client that began something HTTP-like may take to go on, and one whose upstream failed to speak. */
  readonly patienceMs: number
}

/**
 * Finds out what a connection carries, without configuration and without a stall: the first octets of the client are
 * looked at while the upstream is opened, so that a server that speaks first is heard too. Whoever speaks first decides,
 * but for a server of HTTP/2 that sends its SETTINGS unasked: they are held until the client, which is slower, has spoken.
 *
 * States: looking → (octets wait for the upstream) → done.
 */
export class Detection<Opened extends OpenedChannel> implements ChannelHandler, Open {
  readonly #channel: Channel
  readonly #open: () => Promise<Opened | Fault>
  readonly #options: DetectionOptions
  readonly #handler: DetectionHandler<Opened>
  readonly #clock: Clock
  readonly #connections: Connections
  readonly #read: Uint8Array[]
  readonly #serverRead: Uint8Array[]
  #state: 'looking' | 'octets' | 'done'
  #hasClientEnded: boolean
  #isOpening: boolean
  #opened: Opened | null
  #refusal: Fault | null
  #timer: Timer | null

  constructor(
    channel: Channel,
    open: () => Promise<Opened | Fault>,
    options: DetectionOptions,
    handler: DetectionHandler<Opened>,
    clock: Clock,
    connections: Connections,
  ) {
    this.#channel = channel
    this.#open = open
    this.#options = options
    this.#handler = handler
    this.#clock = clock
    this.#connections = connections
    this.#read = []
    this.#serverRead = []
    this.#state = 'looking'
    this.#hasClientEnded = false
    this.#isOpening = false
    this.#opened = null
    this.#refusal = null
    this.#timer = null
    channel.handler = this
    connections.add(this)
    if (options.openAfterMs === 0) this.#beginOpening()
    else if (options.openAfterMs < Infinity) this.#timer = clock.after(options.openAfterMs, () => this.#silent())
  }

  /** Nobody has said anything yet that would have to be finished. */
  drain(): void {
    if (this.#state === 'looking') this.#channel.destroy()
  }

  destroy(error: Error): void {
    this.#channel.destroy(error)
  }

  bytes(bytes: Uint8Array): void {
    if (this.#state === 'done') return
    this.#read.push(bytes)
    if (this.#state !== 'looking') return
    const verdict = detectProtocol(this.#read.length === 1 ? bytes : Buffer.concat(this.#read))
    if (verdict === 'more') this.#restartTimer(this.#options.patienceMs)
    else this.#clientSpoke(verdict)
  }

  end(): void {
    this.#hasClientEnded = true
    if (this.#state === 'looking') this.#clientSpoke('other')
  }

  drained(): void {}

  closed(): void {
    const state = this.#state
    this.#finish()
    if (this.#opened !== null) this.#handler.discarded(this.#opened)
    if (state !== 'done') this.#handler.gone()
  }

  /** The server said something, or ended, before the client said anything. */
  serverSpoke(bytes: Uint8Array | null): void {
    if (this.#state === 'done') return
    if (bytes === null) return this.#joinServerFirst(true)
    this.#serverRead.push(bytes)
    const verdict = detectServerSettings(this.#serverRead.length === 1 ? bytes : Buffer.concat(this.#serverRead))
    if (verdict === 'other') return this.#joinServerFirst(false)
    if (verdict === 'http2') this.#opened!.channel.pause()
    this.#restartTimer(this.#options.patienceMs)
  }

  serverClosed(error: Error | null): void {
    if (this.#state === 'done') return
    const opened = this.#opened!
    this.#opened = null
    this.#serverRead.length = 0
    this.#handler.discarded(opened)
    const message = error?.message ?? 'the connection was closed'
    this.#upstreamFailed(fault('upstream_reset', 'detect', `The upstream ended before anybody spoke: ${message}`))
  }

  #clientSpoke(verdict: DetectedProtocol): void {
    this.#channel.pause()
    this.#timer?.cancel()
    if (verdict === 'http1' || verdict === 'http2') {
      this.#finish()
      if (this.#opened !== null) this.#handler.discarded(this.#opened)
      return this.#handler.http(this.#clientChannel(), verdict)
    }
    this.#state = 'octets'
    if (this.#refusal !== null) this.#refuse(this.#refusal)
    else if (this.#opened !== null) this.#joinClientFirst(this.#opened)
    else this.#beginOpening()
  }

  #beginOpening(): void {
    if (this.#isOpening) return
    this.#isOpening = true
    void this.#open().then((opened) => {
      if (opened.ok) this.#upstreamOpened(opened)
      else this.#upstreamFailed(opened)
    })
  }

  #upstreamOpened(opened: Opened): void {
    if (this.#state === 'done') return this.#handler.discarded(opened)
    this.#opened = opened
    if (this.#state === 'octets') return this.#joinClientFirst(opened)
    opened.channel.handler = new ServerWatch(this)
  }

  #upstreamFailed(refusal: Fault): void {
    if (this.#state === 'done') return
    if (this.#state === 'octets') return this.#refuse(refusal)
    // A client that turns out to speak HTTP gets a proper answer, from its own way through the stack.
    this.#refusal = refusal
    this.#restartTimer(this.#options.patienceMs)
  }

  #joinClientFirst(opened: Opened): void {
    this.#finish()
    const upstream = this.#serverRead.length === 0 ? opened.channel : this.#upstreamChannel(opened, false)
    this.#handler.octets(this.#clientChannel(), opened, upstream, 'client')
  }

  #joinServerFirst(hasServerEnded: boolean): void {
    const opened = this.#opened!
    this.#channel.pause()
    this.#finish()
    this.#handler.octets(this.#clientChannel(), opened, this.#upstreamChannel(opened, hasServerEnded), 'server')
  }

  #refuse(refusal: Fault): void {
    this.#finish()
    this.#read.length = 0
    // Read on, to nobody: so that the client's end is seen.
    this.#channel.resume()
    this.#handler.refused(this.#channel, refusal)
  }

  #silent(): void {
    if (this.#state !== 'looking') return
    if (this.#read.length > 0) return this.#clientSpoke('other')
    if (this.#serverRead.length > 0) return this.#joinServerFirst(false)
    if (this.#refusal !== null) return this.#refuse(this.#refusal)
    this.#beginOpening()
  }

  #restartTimer(delayMs: number): void {
    this.#timer?.cancel()
    this.#timer = this.#clock.after(delayMs, () => this.#silent())
  }

  #finish(): void {
    this.#state = 'done'
    this.#timer?.cancel()
    this.#connections.remove(this)
  }

  #clientChannel(): Channel {
    return new PrefixedChannel(this.#channel, this.#read, this.#hasClientEnded)
  }

  #upstreamChannel({ channel }: Opened, hasEnded: boolean): Channel {
    channel.pause()
    return new PrefixedChannel(channel, this.#serverRead, hasEnded)
  }
}

class ServerWatch implements ChannelHandler {
  readonly #detection: Pick<Detection<OpenedChannel>, 'serverSpoke' | 'serverClosed'>

  constructor(detection: Pick<Detection<OpenedChannel>, 'serverSpoke' | 'serverClosed'>) {
    this.#detection = detection
  }

  bytes(bytes: Uint8Array): void {
    this.#detection.serverSpoke(bytes)
  }

  end(): void {
    this.#detection.serverSpoke(null)
  }

  drained(): void {}

  closed(error: Error | null): void {
    this.#detection.serverClosed(error)
  }
}
