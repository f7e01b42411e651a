import type { BodySource, HeaderList, ReplyHead } from '@weft/message'
import type { Http2StreamHandler } from './http2-handler.ts'

/**
 * One exchange. As a `BodySource` it is what the peer sends: the request's body at a server, the reply's at a client, raw
 * octets for CONNECT. The peer may send one window ahead; more only as the sink takes octets, so back-pressure is real.
 * The two directions end each on its own (half-close), except by `reset`.
 *
 * `cancel()`: a client gives up the exchange (RST_STREAM CANCEL), as does a server's tunnel; a server drops the rest of the
 * request's body and lets its reply go on.
 * Every method may be called in any state; on a stream that is over it does nothing.
 */
export interface Http2Stream extends BodySource {
  readonly id: number
  handler: Http2StreamHandler
  /** Both directions have ended, or it was reset. */
  readonly isClosed: boolean
  /** Octets given to `write` or by the body that wait for the peer's window or for the transport. */
  readonly bufferedBytes: number
  /** Server: the final head, once. `end`: there is neither body nor trailers. */
  sendHead(head: ReplyHead, end: boolean): void
  /** Server: a 1xx head (not 101) before the final one. */
  sendInterim(status: number, headers: HeaderList): void
  /**
   * Sends a whole body after the head, as fast as both windows and the transport allow: the source is paused otherwise.
   * Its `end` ends our direction, its `abort` resets the stream. Cancelled when the stream ends before it.
   */
  sendBody(source: BodySource): void
  /**
   * Takes the octets over, or only for this turn when they are lent, which needs `Http2Options.borrows`. False when some of
   * them wait: expect `handler.drained`. Not together with `sendBody`.
   */
  write(bytes: Uint8Array, isLent?: boolean): boolean
  /** Ends our direction after what was written. */
  end(trailers: HeaderList | null): void
  /** Ends both directions at once; nothing that waits is sent. The sink is aborted; `handler.closed` follows, not `handler.reset`. */
  reset(code: number): void
}
