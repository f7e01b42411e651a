import { HpackDecoder, HpackEncoder } from '@weft/hpack'
import type { Clock } from '@weft/time'
import { ErrorCode, Http2Error } from './error-codes.ts'
import { FloodGuard, type FloodKind } from './flood-guard.ts'
import { FrameWriter } from './frame-writer.ts'
import { STREAM_ID_MAX, WINDOW_BYTES_DEFAULT } from './frame.ts'
import type { Http2Handler } from './http2-handler.ts'
import type { Http2Counters } from './http2-limits.ts'
import type { Http2Output } from './http2-options.ts'
import type { Keeping } from './keeping.ts'
import type { ResolvedOptions } from './resolve-options.ts'
import { ReceiveWindow } from './receive-window.ts'
import { SendSide } from './send-side.ts'
import { PeerSettings } from './settings.ts'
import type { Stream } from './stream.ts'
import { CONNECTION_STEP_BYTES } from './resolve-options.ts'
import { encodeStatus } from './write-head.ts'

/** Streams that we reset and whose frames may still be under way: ignored rather than answered. */
const RESET_STREAMS_MAX = 1024

/**
 * What one connection is made of, shared by the parts that act on it: frame-rules.ts (what the peer sends), stream.ts (what
 * users do) and connection.ts (the connection as its owner sees it).
 */
export class Core {
  readonly isServer: boolean
  readonly options: ResolvedOptions
  readonly counters: Http2Counters
  readonly clock: Clock
  readonly output: Http2Output
  handler: Http2Handler

  readonly writer: FrameWriter
  readonly side: SendSide
  readonly keeping: Keeping
  readonly encoder = new HpackEncoder()
  readonly decoder: HpackDecoder
  readonly guard: FloodGuard
  readonly peer: PeerSettings
  /** What the peer may still send on all streams together. */
  readonly window: ReceiveWindow
  /** What it may send on a new stream: what it knows of. */
  streamWindowBytes: number

  readonly streams = new Map<number, Stream>()
  readonly #resetIds = new Set<number>()
  /** The highest stream that the peer has opened. */
  lastPeerStreamId = 0
  nextOwnStreamId = 1
  /** Streams of the peer above this are ignored: our GOAWAY said so. */
  goawayLastId = STREAM_ID_MAX
  /** Closes when the last stream has ended. */
  isFinishing = false
  hasPeerGoneAway = false
  isClosed = false
  /** Called once, by `end`. */
  onEnd: (error: Error | null) => void = () => {}
  /** `request` could not open a stream, and the handler waits for `available`. */
  #isShort = false
  /** By how much windows of streams may grow yet. */
  #spareWindowBytes: number

  constructor(options: ResolvedOptions, output: Http2Output, handler: Http2Handler, clock: Clock) {
    this.options = options
    this.isServer = options.role === 'server'
    this.output = output
    this.handler = handler
    this.clock = clock
    this.counters = options.counters
    this.writer = new FrameWriter(output, options.schedule)
    this.keeping = { isLent: options.borrows, keepSoon: options.keepSoon }
    this.side = new SendSide(this.writer, this.keeping)
    const { headerListBytesMax, headerFieldsMax } = options.limits
    const tableBytesMax = options.headerTableBytesMax
    this.decoder = new HpackDecoder({ tableBytesMax, listBytesMax: headerListBytesMax, fieldsMax: headerFieldsMax })
    this.guard = new FloodGuard(options.limits, this.counters, clock)
    this.peer = new PeerSettings(options.assumedStreamsMax)
    const { connectionWindowBytes, spareWindowBytes } = options
    const stepBytes = Math.min(CONNECTION_STEP_BYTES, (connectionWindowBytes + 1) >> 1)
    this.window = new ReceiveWindow(connectionWindowBytes, connectionWindowBytes, stepBytes)
    this.#spareWindowBytes = spareWindowBytes
    // The peer may count on the default until it has acknowledged less.
    this.streamWindowBytes = Math.max(WINDOW_BYTES_DEFAULT, options.streamWindowBytes)
  }

  get canRequest(): boolean {
    if (this.isServer || this.isClosed || this.isFinishing || this.hasPeerGoneAway) return false
    const streamsMax = Math.min(this.peer.streamsMax, this.options.requestsMax)
    const can = this.streams.size < streamsMax && this.nextOwnStreamId <= STREAM_ID_MAX
    if (!can) this.#isShort = true
    return can
  }

  /** Whether the id belongs to a stream that was never opened. */
  isIdle(id: number): boolean {
    const isPeers = (id & 1) === (this.isServer ? 1 : 0)
    return isPeers ? id > this.lastPeerStreamId : id >= this.nextOwnStreamId
  }

  /** Whether frames for this stream, which is not open, are to be passed over in silence. */
  isIgnored(id: number): boolean {
    return this.#resetIds.has(id) || (this.isServer && id > this.goawayLastId)
  }

  /** Sends what the encoder holds. */
  writeBlock(streamId: number, endStream: boolean): void {
    this.writer.headers(streamId, endStream, this.encoder.bytes, this.encoder.length, this.side.frameBytesMax)
  }

  /** Sends RST_STREAM and remembers it; the stream itself is told by the caller. */
  resetStream(id: number, code: number): void {
    this.writer.rstStream(id, code)
    this.#rememberReset(id)
  }

  #rememberReset(id: number): void {
    if (this.#resetIds.size >= RESET_STREAMS_MAX) this.#resetIds.delete(this.#resetIds.values().next().value!)
    this.#resetIds.add(id)
  }

  /** Answers a request that never became a stream. */
  replyStatus(id: number, status: number, isRequestWhole: boolean): void {
    encodeStatus(this.encoder, status, null)
    this.writeBlock(id, true)
    if (!isRequestWhole) this.resetStream(id, ErrorCode.noError)
  }

  /** The peer may send so much more on the connection. */
  credit(bytesCount: number): void {
    if (this.isClosed) return
    const increment = this.window.take(bytesCount)
    if (increment > 0) this.writer.windowUpdate(0, increment)
  }

  /** The window of a stream doubles while there is something to spare. Returns the increment to announce for it. */
  growWindow(window: ReceiveWindow): number {
    const growth = window.grow(this.options.streamWindowBytesMax, this.#spareWindowBytes)
    this.#spareWindowBytes -= growth
    return growth
  }

  /** So much waits for a reader that rests. Whether it counts as held, and no longer for the connection. */
  hold(bytesCount: number): boolean {
    const budget = this.options.heldBudget
    if (budget === null || !budget.hold(bytesCount)) return false
    this.credit(bytesCount)
    return true
  }

  forget(stream: Stream): void {
    this.streams.delete(stream.id)
    this.#spareWindowBytes += stream.window.grownBytes
  }

  /** After a stream has ended and its user was told. */
  slotFreed(): void {
    if (this.isClosed) return
    if (this.streams.size === 0 && (this.isFinishing || this.hasPeerGoneAway)) return this.end(null)
    this.announceAvailable()
  }

  announceAvailable(): void {
    if (!this.#isShort || !this.canRequest) return
    this.#isShort = false
    this.handler.available()
  }

  /** The peer made us reset or refuse a stream. */
  provoked(): void {
    this.flood('provokedReset')
  }

  /** Counts; true, and the connection has ended, when it was too much. */
  flood(kind: FloodKind, amount = 1, allowance = 0): boolean {
    if (this.isClosed) return true
    const message = this.guard.count(kind, amount, allowance)
    if (message === null) return false
    this.fail(ErrorCode.enhanceYourCalm, message)
    return true
  }

  /** A connection error: GOAWAY, and the end. Source: RFC 9113 section 5.4.1. */
  fail(code: number, message: string): void {
    if (this.isClosed) return
    this.sendGoaway(code, message)
    this.end(new Http2Error(code, `HTTP/2 connection: ${message}`))
  }

  /** The last stream of the peer's that was or will be acted on; never more than an earlier GOAWAY said. */
  sendGoaway(code: number, debug: string): void {
    this.goawayLastId = Math.min(this.goawayLastId, this.lastPeerStreamId)
    this.writer.goaway(this.goawayLastId, code, debug)
  }

  /** The end: what is written goes out, every stream is told, then the handler and the output. */
  end(error: Error | null): void {
    if (this.isClosed) return
    this.isClosed = true
    this.writer.flush()
    this.writer.close()
    for (const stream of [...this.streams.values()]) stream.lost(error)
    this.onEnd(error)
    this.handler.closed(error)
    this.output.closed(error)
  }
}
