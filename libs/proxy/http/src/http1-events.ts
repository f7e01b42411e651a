import type { Channel, ChannelHandler } from '@weft/channel'
import type { Http1FaultCode, Http1Handler } from '@weft/http1'
import type { BodyError, BodySink, HeaderList } from '@weft/message'

/** One side of an HTTP/1 connection as its reader and its channel see it: what both tell has one name each here. */
export interface ReadingSide<Head> {
  readHead(head: Head): void
  readInterim(head: Head): void
  readBytes(bytes: Uint8Array, isLent: boolean): void
  readEnd(trailers: HeaderList | null): void
  readFailed(code: Http1FaultCode, message: string): void
  channelBytes(bytes: Uint8Array, isLent: boolean): void
  channelEnd(): void
  channelDrained(): void
  channelClosed(error: Error | null): void
}

/** The body that a side writes. */
export interface WritingSide {
  writeBytes(bytes: Uint8Array, isLent: boolean): boolean
  writeEnd(trailers: HeaderList | null): void
  writeAborted(error: BodyError): void
}

/** Hands what the reader says to its side. */
export class ReaderEvents<Head> implements Http1Handler<Head> {
  readonly #side: ReadingSide<Head>

  constructor(side: ReadingSide<Head>) {
    this.#side = side
  }

  head(head: Head): void {
    this.#side.readHead(head)
  }

  interim(head: Head): void {
    this.#side.readInterim(head)
  }

  bytes(bytes: Uint8Array, isLent: boolean): void {
    this.#side.readBytes(bytes, isLent)
  }

  end(trailers: HeaderList | null): void {
    this.#side.readEnd(trailers)
  }

  failed(code: Http1FaultCode, message: string): void {
    this.#side.readFailed(code, message)
  }
}

/** Hands what the channel says to its side. */
export class ChannelEvents<Head> implements ChannelHandler {
  readonly borrows = true
  readonly #side: ReadingSide<Head>
  readonly #isLent: boolean

  constructor(side: ReadingSide<Head>, channel: Channel) {
    this.#side = side
    this.#isLent = channel.lends === true
  }

  bytes(bytes: Uint8Array): void {
    this.#side.channelBytes(bytes, this.#isLent)
  }

  end(): void {
    this.#side.channelEnd()
  }

  drained(): void {
    this.#side.channelDrained()
  }

  closed(error: Error | null): void {
    this.#side.channelClosed(error)
  }
}

/** Hands the octets of the body that is to be written to its side. */
export class WriteSink implements BodySink {
  readonly borrows = true
  readonly #side: WritingSide

  constructor(side: WritingSide) {
    this.#side = side
  }

  bytes(bytes: Uint8Array, isLent = false): boolean {
    return this.#side.writeBytes(bytes, isLent)
  }

  end(trailers: HeaderList | null): void {
    this.#side.writeEnd(trailers)
  }

  abort(error: BodyError): void {
    this.#side.writeAborted(error)
  }
}
