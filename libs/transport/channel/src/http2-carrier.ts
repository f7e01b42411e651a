import { Http2Connection, type Http2Handler, type Http2Options, type Http2Output } from '@weft/http2'
import type { Clock } from '@weft/time'
import type { Channel, ChannelHandler } from './channel.ts'
import { keepSoon } from './keep.ts'

/** How long the peer may take to close after we did. */
const CLOSE_TIMEOUT_MS = 5_000

/** Puts an HTTP/2 connection onto a channel, whose handler it becomes; the channel ends with the connection. */
export function carryHttp2(
  channel: Channel,
  options: Http2Options,
  handler: Http2Handler,
  clock: Clock,
): Http2Connection {
  const output = new ChannelOutput(channel, clock)
  const connection = new Http2Connection({ keepSoon, ...options }, output, handler, clock)
  channel.handler = new ChannelInput(connection, options.borrows === true)
  return connection
}

/** Whether HTTP/2 on that channel may borrow what it is given, and lend what it writes. */
export function canBorrow(channel: Channel): boolean {
  return channel.lends === true || channel.isPrompt === true
}

class ChannelOutput implements Http2Output {
  readonly #channel: Channel
  readonly #lends: boolean
  readonly #isPrompt: boolean
  readonly #clock: Clock

  constructor(channel: Channel, clock: Clock) {
    this.#channel = channel
    this.#lends = channel.lends === true
    this.#isPrompt = channel.isPrompt === true
    this.#clock = clock
  }

  write(bytes: Uint8Array, isLent: boolean): boolean {
    return isLent && !this.#isPrompt ? this.#channel.writeBorrowed(bytes) : this.#channel.write(bytes)
  }

  /** What lends collects by itself, and would have to copy what is lent meanwhile. */
  cork(): void {
    if (!this.#lends) this.#channel.cork()
  }

  uncork(): void {
    if (!this.#lends) this.#channel.uncork()
  }

  closed(): void {
    // In order also after an error: the GOAWAY that tells it must get out.
    this.#channel.end()
    this.#clock.after(CLOSE_TIMEOUT_MS, () => this.#channel.destroy())
  }
}

class ChannelInput implements ChannelHandler {
  readonly borrows: boolean
  readonly #connection: Http2Connection

  constructor(connection: Http2Connection, borrows: boolean) {
    this.borrows = borrows
    this.#connection = connection
  }

  bytes(bytes: Uint8Array): void {
    this.#connection.receive(bytes)
  }

  end(): void {
    this.#connection.receiveEnd(null)
  }

  drained(): void {
    this.#connection.outputDrained()
  }

  closed(error: Error | null): void {
    this.#connection.receiveEnd(error)
  }
}
