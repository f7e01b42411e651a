import type { BodyError, BodySink, BodySource, HeaderList } from '@weft/message'
import { ChunkQueue } from './chunk-queue.ts'
import type { Keeper } from './keeping.ts'
import type { SendSide } from './send-side.ts'

/** What the sending half asks of its stream. */
export interface BodySender {
  readonly id: number
  sendTrailers(trailers: HeaderList): void
  /** END_STREAM has been written. */
  outgoingEnded(): void
  /** Trailers to end with all the same, or null when it is over. */
  outgoingAborted(error: BodyError): HeaderList | null
  outgoingDrained(): void
}

/** A peer whose windows cut DATA smaller makes more work than it is given octets. */
export const SMALL_BYTES = 256

const NOTHING = new Uint8Array(0)

/**
 * What we send on one stream: DATA as the stream's window, the connection's window and the transport allow; the rest waits
 * here and the source is paused, so that at most what it had under way is held.
 *
 * States: open → ending (`end` was called, octets wait) → over.
 */
export class OutgoingBody implements BodySink, Keeper {
  /** What the peer still takes on this stream; negative after a setting that made windows smaller. */
  windowBytes: number
  /** In the line of `SendSide`. */
  isQueued = false
  /** How often running the watchdog has looked and found too little gone since. */
  stalledChecks = 0
  #sentSinceCheck = 0
  #hasSent = false

  readonly #sender: BodySender
  readonly #side: SendSide
  #queue: ChunkQueue | null = null
  #source: BodySource | null = null
  #trailers: HeaderList | null = null
  #state: 'open' | 'ending' | 'over' = 'open'
  #needsDrain = false
  /** Where the last frame is while it has not left, so that END_STREAM can be added to it. */
  #markAt = -1
  #markEpoch = 0

  constructor(sender: BodySender, side: SendSide, windowBytes: number) {
    this.#sender = sender
    this.#side = side
    this.windowBytes = windowBytes
  }

  get bufferedBytes(): number {
    return this.#queue === null ? 0 : this.#queue.bytes
  }

  get isOver(): boolean {
    return this.#state === 'over'
  }

  /**
   * Asked at intervals: whether anything waits for the peer. Counts `stalledChecks` while less than `bytesMin` leaves in
   * between, so that a peer that opens its window octet by octet gets nowhere.
   */
  checkProgress(bytesMin: number): boolean {
    const isWaiting = this.#state !== 'over' && (this.#needsDrain || this.bufferedBytes > 0)
    this.stalledChecks = isWaiting && this.#sentSinceCheck < bytesMin ? this.stalledChecks + 1 : 0
    this.#sentSinceCheck = 0
    return isWaiting
  }

  /** Whether anything of the body has gone since this was asked last. */
  takeHasSent(): boolean {
    const hasSent = this.#hasSent
    this.#hasSent = false
    return hasSent
  }

  /** For dumps. */
  describe(): object {
    const { bufferedBytes, windowBytes, isQueued } = this
    return { state: this.#state, bufferedBytes, maySendBytes: windowBytes, isQueued, isSourcePaused: this.#needsDrain }
  }

  /** The last frame written is this stream's. */
  mark(): void {
    this.#markAt = this.#side.writer.lastFrameAt
    this.#markEpoch = this.#side.writer.epoch
  }

  startFrom(source: BodySource): void {
    if (this.#state !== 'open') return source.cancel()
    this.#source = source
    source.start(this)
  }

  /** Whether octets may be lent to it. */
  get borrows(): boolean {
    return this.#side.keeping.isLent
  }

  bytes(chunk: Uint8Array, isLent = false): boolean {
    if (this.#state !== 'open') return false
    const queue = this.#queue
    const sent = queue === null || queue.isEmpty ? this.#send(chunk, isLent) : 0
    if (sent < chunk.length) this.#enqueue(sent === 0 ? chunk : chunk.subarray(sent), isLent)
    else if (!this.#side.writer.isWritable) this.#side.enqueue(this)
    else return true
    this.#needsDrain = true
    if (this.#source !== null) this.#source.pause()
    return false
  }

  end(trailers: HeaderList | null): void {
    if (this.#state !== 'open') return
    this.#state = 'ending'
    this.#trailers = trailers
    this.#source = null
    if (this.#queue === null || this.#queue.isEmpty) this.#finish()
  }

  abort(error: BodyError): void {
    if (this.#state !== 'open') return
    this.#source = null
    const trailers = this.#sender.outgoingAborted(error)
    if (trailers !== null) this.end(trailers)
  }

  /** The head said that nothing follows it. */
  endWithHead(): void {
    this.#state = 'over'
  }

  /** Nothing more is sent; the source is told. */
  discard(): void {
    this.#state = 'over'
    this.#queue = null
    this.#trailers = null
    const source = this.#source
    this.#source = null
    if (source !== null) source.cancel()
  }

  /** Sends one frame of what waits. Returns whether it is to have another turn. Needs `SendSide.canSend`. */
  sendTurn(): boolean {
    const queue = this.#queue
    if (this.#state === 'over') return false
    if (queue !== null && !queue.isEmpty) {
      const front = queue.front
      const sent = Math.min(
        front.length - queue.offset,
        this.windowBytes,
        this.#side.windowBytes,
        this.#side.frameBytesMax,
      )
      if (sent <= 0) return false
      const isLast = this.#state === 'ending' && this.#trailers === null && sent === queue.bytes
      this.#writeData(front, queue.offset, sent, isLast, sent === front.length - queue.offset, queue.isFrontLent)
      queue.advance(sent)
      if (!queue.isEmpty) return this.windowBytes > 0
      if (isLast) return this.#over()
    }
    if (this.#state === 'ending') this.#finish()
    else this.#drained()
    return false
  }

  /** The peer takes so much more on this stream. False when that is more than a window can be. */
  widen(bytes: number): boolean {
    this.windowBytes += bytes
    if (this.windowBytes > 0x7fffffff) return false
    if (this.windowBytes > 0 && this.bufferedBytes > 0) this.#side.enqueue(this)
    return true
  }

  /** Sends as much as may be sent; returns how much that was. */
  #send(chunk: Uint8Array, isLent: boolean): number {
    const side = this.#side
    let at = 0
    while (at < chunk.length && this.windowBytes > 0 && side.canSend) {
      const sent = Math.min(chunk.length - at, this.windowBytes, side.windowBytes, side.frameBytesMax)
      this.#writeData(chunk, at, sent, false, sent === chunk.length - at, isLent)
      at += sent
    }
    return at
  }

  #writeData(
    chunk: Uint8Array,
    offset: number,
    bytesCount: number,
    isLast: boolean,
    isRest: boolean,
    isLent: boolean,
  ): void {
    this.windowBytes -= bytesCount
    this.#side.windowBytes -= bytesCount
    if (bytesCount < SMALL_BYTES && !isRest) this.#side.smallDataFrames++
    else this.#side.fullDataFrames++
    this.#sentSinceCheck += bytesCount
    this.#hasSent = true
    this.#side.writer.data(this.#sender.id, isLast, chunk, offset, offset + bytesCount, isLent)
    this.mark()
  }

  /** The turn ends: what waits must last. */
  keep(): void {
    this.#queue?.keep()
  }

  #enqueue(rest: Uint8Array, isLent: boolean): void {
    this.#queue ??= new ChunkQueue()
    if (this.#queue.push(rest, isLent)) this.#side.keeping.keepSoon(this)
    if (this.windowBytes > 0) this.#side.enqueue(this)
    else this.#side.onWait()
  }

  #finish(): void {
    const writer = this.#side.writer
    const trailers = this.#trailers
    if (trailers !== null) this.#sender.sendTrailers(trailers)
    else if (!writer.addEndStream(this.#markAt, this.#markEpoch))
      writer.data(this.#sender.id, true, NOTHING, 0, 0, false)
    this.#over()
  }

  #over(): false {
    this.#state = 'over'
    this.#trailers = null
    this.#sender.outgoingEnded()
    return false
  }

  #drained(): void {
    if (!this.#needsDrain) return
    this.#needsDrain = false
    if (this.#source !== null) this.#source.resume()
    else this.#sender.outgoingDrained()
  }
}
