import type { HeldBudget } from './held-budget.ts'
import type { Keeper } from './keeping.ts'
import type { Http2Counters, Http2Limits } from './http2-limits.ts'

export interface Http2Options {
  readonly role: 'server' | 'client'
  /** What is left out comes from `defaultHttp2Limits`. */
  readonly limits?: Partial<Http2Limits>
  /** Octets of a body that the peer may send before they are taken, per stream; at most 2^31-1. Default 80 KiB. */
  readonly streamWindowBytes?: number
  /** What that may grow to for streams whose reader keeps up. Default 1 MiB, or `streamWindowBytes` where that is more. */
  readonly streamWindowBytesMax?: number
  /**
   * The same for all streams together, and so the most of their bodies that the connection holds; at least 65,535. The
   * default is enough for every stream to fill its first window and 4 MiB more, so that none can hold up another.
   */
  readonly connectionWindowBytes?: number
  /** The largest payload of a frame that we take (16,384 to 1,048,576) and send, as far as the peer takes it. Default 16 KiB. */
  readonly frameBytesMax?: number
  /** The dynamic table of the peer's encoder; announced. Default 4,096. */
  readonly headerTableBytesMax?: number
  /** Server: announce and take extended CONNECT (RFC 8441). Client: send it once the server has announced it. Default false. */
  readonly extendedConnect?: boolean
  /** Client: requests at once, however many the server allows. Default 256. */
  readonly requestsMax?: number
  /** Client: requests at once before the server's SETTINGS are known. Default 100. */
  readonly assumedStreamsMax?: number
  /** A PING after this long without a word from the peer; 0 (default) for never. */
  readonly keepAliveMs?: number
  /** Also while no stream is open. Default true. */
  readonly keepAliveIdle?: boolean
  /** How long its acknowledgement may take. Default 20 s. */
  readonly keepAliveTimeoutMs?: number
  /** Runs the task once, at the end of the turn: all frames until then leave in one write. Default `queueMicrotask`. */
  readonly schedule?: (task: () => void) => void
  /**
   * The octets given to `receive` are lent for a turn, and bodies may be given octets that are; sinks are lent them if they
   * borrow too. `schedule` runs its task within the turn. Default false.
   */
  readonly borrows?: boolean
  /** Calls `keep` within the turn, as late as may be. Default at once, which costs a copy of much that goes on directly. */
  readonly keepSoon?: (keeper: Keeper) => void
  readonly counters?: Http2Counters
  /** Where the windows of streams together are more than that of the connection: what those that rest may hold. Default none. */
  readonly heldBudget?: HeldBudget
}

/** Where the connection's octets go: a transport, or what stands for it. Fits a `Channel` with little glue. */
export interface Http2Output {
  /** Takes the octets over (they never change afterwards), unless they are lent. False: no more DATA until `outputDrained`. */
  write(bytes: Uint8Array, isLent: boolean): boolean
  /** Around several writes of one flush, so that they may leave in one system call or record. */
  cork(): void
  uncork(): void
  /** Last of all, once: nothing more will be written; what was written may go out, then the transport is to be closed. */
  closed(error: Error | null): void
}
