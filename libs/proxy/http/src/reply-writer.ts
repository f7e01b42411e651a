import type { Channel } from '@weft/channel'
import { fault } from '@weft/faults'
import { Http1Refusal, isChunkedReply, isPersistentReply, writeLastChunk, writeReplyHead } from '@weft/http1'
import type { BodyError, BodySink, BodySource, HeaderList, RequestHead } from '@weft/message'
import type { Reply } from '@weft/stack'
import type { Clock } from '@weft/time'
import { faultReply } from './fault-reply.ts'
import { writeChunk, writeOctets } from './http1-body.ts'
import { httpDate } from './http-date.ts'

/** Told how the writing of a reply goes. */
export interface ReplyOwner {
  /** The head that opens a tunnel was written; what follows is the tunnel's. */
  tunnelOpened(): void
  /** So many octets of a body were given to the channel; `isWaiting`: it takes no more for now. */
  replyWritten(bytesCount: number, isWaiting: boolean): void
  /** It is whole; of a tunnel, the upstream has ended. */
  replyEnded(): void
}

/** Writes the replies of one HTTP/1 connection, one after another: heads, bodies in the framing that the client can read. */
export class ReplyWriter implements BodySink {
  readonly borrows = true
  /** Whether the connection may go on after the reply that was begun last. */
  isPersistent: boolean
  readonly #channel: Channel
  readonly #clock: Clock
  readonly #owner: ReplyOwner
  /** Of the present reply while it flows. */
  #body: BodySource | null
  #isChunked: boolean

  constructor(channel: Channel, clock: Clock, owner: ReplyOwner) {
    this.isPersistent = true
    this.#channel = channel
    this.#clock = clock
    this.#owner = owner
    this.#body = null
    this.#isChunked = false
  }

  /** A body flows. */
  get isFlowing(): boolean {
    return this.#body !== null
  }

  /** `request` is null when there was none to read. A reply that cannot be written becomes a 502. */
  begin(reply: Reply, request: RequestHead | null, mayPersist: boolean): void {
    const head = reply.head
    // RFC 9110 6.6.1: whoever forwards a reply without a date says when it came.
    if (head.status >= 200 && !head.headers.has('date')) {
      head.headers.append('Date', httpDate(this.#clock.wallMs()))
    }
    const bytes = writeReplyHead(head, request, mayPersist)
    if (bytes instanceof Http1Refusal) {
      reply.body.cancel()
      const message = `Cannot pass the reply on: ${bytes.message}`
      return this.begin(faultReply(fault('upstream_malformed', 'http', message), request), request, mayPersist)
    }
    this.isPersistent = isPersistentReply(head, request, mayPersist)
    this.#channel.write(bytes)
    if (head.bodyKind === 'none') return this.#owner.replyEnded()
    this.#isChunked = isChunkedReply(head, request)
    this.#body = reply.body
    if (head.bodyKind === 'tunnel') this.#owner.tunnelOpened()
    reply.body.start(this)
  }

  /** The channel takes more. */
  drained(): void {
    this.#body?.resume()
  }

  /** Nobody is there to take the rest. */
  cancel(): void {
    const body = this.#body
    this.#body = null
    body?.cancel()
  }

  bytes(bytes: Uint8Array, isLent = false): boolean {
    if (bytes.length === 0) return true
    const channel = this.#channel
    const isWilling = this.#isChunked ? writeChunk(channel, bytes, isLent) : writeOctets(channel, bytes, isLent)
    this.#owner.replyWritten(bytes.length, !isWilling)
    return isWilling
  }

  end(trailers: HeaderList | null): void {
    this.#body = null
    if (this.#isChunked) {
      const bytes = writeLastChunk(trailers)
      if (bytes instanceof Http1Refusal) return this.abort({ kind: 'malformed', message: bytes.message })
      this.#channel.write(bytes)
    }
    this.#owner.replyEnded()
  }

  /** The client must not take what it has for the whole: only a reset says so. */
  abort(error: BodyError): void {
    this.#body = null
    this.#channel.destroy(new Error(`the reply broke off: ${error.message}`))
  }
}
