import type { BodyError, HeaderList, ReplyHead, RequestHead } from '@weft/message'
import type { Http2Stream } from './http2-stream.ts'

/** What a connection tells its owner. Calls come from inside `receive`, `receiveEnd`, `close` or a timer. */
export interface Http2Handler {
  /** Server: a request. The stream is the request's body; set its `handler` in this call. */
  request(stream: Http2Stream, head: RequestHead): void
  /** The peer's SETTINGS are in force (each time they come). */
  settings(): void
  /** Client: `canRequest` has turned true again: a stream ended, or the peer allows more. */
  available(): void
  /** The peer takes no stream above `lastStreamId` (2^31-1 in a first warning); those above it have been reset as not processed. */
  goaway(lastStreamId: number, code: number, debug: string): void
  /** Last of all, once. Null when both sides ended in order. Every stream has been told before. */
  closed(error: Error | null): void
}

/** What a stream tells its user, besides the body (that goes to the sink of `start`). */
export interface Http2StreamHandler {
  /** Client: the final head of the reply. Its body is the stream. */
  reply(head: ReplyHead): void
  /** Client: a 1xx head. */
  interim(head: ReplyHead): void
  /**
   * The exchange broke off before both directions had ended: the peer reset it, broke the rules, or is gone (`connectionLost`).
   * Not called for our own `reset`. The sink is aborted and the source cancelled already.
   * `processed` is false when the peer has certainly not acted on the request, so that it is safe to send it again.
   */
  reset(code: number, processed: boolean): void
  /** After `write` was false: what waited has been sent. */
  drained(): void
  /**
   * Server, where it is there: the body of the request has brought too little for `bodyTimeoutMs`, though there is room for
   * it, and no reply flows. True when the exchange is given up for it; false to go on waiting.
   */
  requestStalled?(): boolean
  /**
   * Server, where it is there: the body of the reply broke off. Trailers that end the reply in order all the same, after
   * what has been given, for protocols that tell of failure there; null to reset the stream.
   */
  replyAborted?(error: BodyError): HeaderList | null
  /** Where it is there: what it does and waits for, for dumps. */
  describe?(): object
  /** Last of all, once: both directions have ended, or the stream was reset by either side. */
  closed(): void
}
