import type { Channel } from '@weft/channel'
import { chunkEnd, copyChunk, writeChunkHead } from '@weft/http1'
import type { BodyError, BodySink, BodySource, HeaderList } from '@weft/message'

/** Below this, one copy costs less than three writes. */
const COPIED_CHUNK_BYTES_MAX = 4096

/** Writes one chunk of chunked content; false as the channel's `write`. Source: RFC 9112 section 7.1. */
export function writeChunk(channel: Channel, bytes: Uint8Array, isLent: boolean): boolean {
  if (bytes.length <= COPIED_CHUNK_BYTES_MAX) return channel.write(copyChunk(bytes))
  channel.write(writeChunkHead(bytes.length))
  writeOctets(channel, bytes, isLent)
  return channel.write(chunkEnd())
}

export function writeOctets(channel: Channel, bytes: Uint8Array, isLent: boolean): boolean {
  return isLent ? channel.writeBorrowed(bytes) : channel.write(bytes)
}

/** Gives octets to a sink, as copies when they are lent and it does not borrow. */
export function giveOctets(sink: BodySink, bytes: Uint8Array, isLent: boolean): boolean {
  return isLent && sink.borrows !== true ? sink.bytes(Buffer.from(bytes), false) : sink.bytes(bytes, isLent)
}

/** The connection that a body is read from. */
export interface BodyOwner {
  /** Octets are wanted from now on. */
  bodyStarted(body: Http1Body): void
  pauseReading(): void
  resumeReading(): void
  /** Nobody wants the rest. */
  bodyCancelled(): void
}

/**
 * The body of a message that is being read from an HTTP/1 connection, whose it is: it says `ended` or `failed`, once,
 * and gives `bytes` to `sink`, which is null while nobody takes them.
 */
export class Http1Body implements BodySource {
  sink: BodySink | null
  /** Octets of a tunnel that may be opened: nothing flows before that. */
  readonly isTunnel: boolean
  readonly #owner: BodyOwner
  #isStarted: boolean
  #isOver: boolean
  #error: BodyError | null

  constructor(owner: BodyOwner, isTunnel: boolean) {
    this.sink = null
    this.isTunnel = isTunnel
    this.#owner = owner
    this.#isStarted = false
    this.#isOver = false
    this.#error = null
  }

  start(sink: BodySink): void {
    if (this.#isStarted) return
    this.#isStarted = true
    if (this.#error !== null) return sink.abort(this.#error)
    if (this.#isOver) return
    this.sink = sink
    this.#owner.bodyStarted(this)
  }

  pause(): void {
    if (!this.#isOver) this.#owner.pauseReading()
  }

  resume(): void {
    if (!this.#isOver) this.#owner.resumeReading()
  }

  cancel(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.sink = null
    this.#owner.bodyCancelled()
  }

  ended(trailers: HeaderList | null): void {
    if (this.#isOver) return
    const sink = this.sink
    this.sink = null
    this.#isOver = true
    sink?.end(trailers)
  }

  failed(error: BodyError): void {
    if (this.#isOver) return
    const sink = this.sink
    this.sink = null
    this.#isOver = true
    this.#error = error
    sink?.abort(error)
  }
}
