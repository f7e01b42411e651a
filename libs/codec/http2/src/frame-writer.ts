import { ErrorCode } from './error-codes.ts'
import { CLIENT_PREFACE, Flag, FRAME_HEADER_BYTES, FrameType, writeFrameHeader, writeUint32 } from './frame.ts'
import type { Http2Output } from './http2-options.ts'

const SLAB_BYTES = 16_384
/** A slab with less room than this is let go. */
const SLAB_REST_BYTES = 2_048
const FREE_SLABS_MAX = 64
/** Up to here a payload is copied beside its header: cheaper than another buffer in the write. */
const COPY_BYTES_MAX = 1_024
/** With this much collected there is nothing to be won by waiting for the end of the turn. */
const FLUSH_BYTES = 65_536

interface Slab {
  readonly bytes: Buffer
  used: number
}

/**
 * Slabs with room left, shared by all connections: one holds a slab only from its first frame of a turn to the flush, so
 * that idle connections hold nothing. Octets once written never change: the transport has them.
 */
const freeSlabs: Slab[] = []

/**
 * Collects the frames of a turn and writes them at once.
 *
 * Frame headers are written in place; large payloads are not copied. `isWritable` is false while the transport takes no
 * more: DATA must wait then, other frames need not. Source: RFC 9113 section 6.
 */
export class FrameWriter {
  /** Octets other than DATA written while the transport took nothing. */
  unsentBytes = 0
  /** Where the header of the last frame is, as long as `epoch` stays the same; for {@link addEndStream}. */
  lastFrameAt = 0
  epoch = 0

  readonly #output: Http2Output
  readonly #schedule: (task: () => void) => void
  readonly #flushTask: () => void
  #slab: Slab | null = null
  /** Start of what the slab holds and `#parts` does not. */
  #start = 0
  #parts: Uint8Array[] = []
  /** Places in `#parts` of those that are lent, in order. */
  #lentParts: number[] = []
  #pendingBytes = 0
  #isBlocked = false
  #isScheduled = false
  #isFlushing = false
  #isClosed = false

  constructor(output: Http2Output, schedule: (task: () => void) => void) {
    this.#output = output
    this.#schedule = schedule
    this.#flushTask = () => {
      this.#isScheduled = false
      this.flush()
    }
  }

  get isWritable(): boolean {
    return !this.#isBlocked
  }

  unblock(): void {
    this.#isBlocked = false
    this.unsentBytes = 0
  }

  preface(): void {
    const slab = this.#room(CLIENT_PREFACE.length)
    slab.bytes.set(CLIENT_PREFACE, slab.used)
    this.#wrote(slab, CLIENT_PREFACE.length)
  }

  /** Identifier, value, identifier, value… */
  settings(values: readonly number[]): void {
    const slab = this.#frame(values.length * 3, FrameType.settings, 0, 0)
    for (let i = 0; i < values.length; i += 2) {
      const at = slab.used + FRAME_HEADER_BYTES + i * 3
      slab.bytes[at] = values[i]! >>> 8
      slab.bytes[at + 1] = values[i]!
      writeUint32(slab.bytes, at + 2, values[i + 1]!)
    }
    this.#wrote(slab, FRAME_HEADER_BYTES + values.length * 3)
  }

  settingsAck(): void {
    this.#wrote(this.#frame(0, FrameType.settings, Flag.ack, 0), FRAME_HEADER_BYTES)
  }

  /** The eight octets at `offset`. */
  ping(flags: number, bytes: Uint8Array, offset: number): void {
    const slab = this.#frame(8, FrameType.ping, flags, 0)
    for (let i = 0; i < 8; i++) slab.bytes[slab.used + FRAME_HEADER_BYTES + i] = bytes[offset + i]!
    this.#wrote(slab, FRAME_HEADER_BYTES + 8)
  }

  goaway(lastStreamId: number, code: number, debug: string): void {
    const text = Buffer.from(debug.slice(0, 512), 'latin1')
    const slab = this.#frame(8 + text.length, FrameType.goaway, 0, 0)
    writeUint32(slab.bytes, slab.used + FRAME_HEADER_BYTES, lastStreamId)
    writeUint32(slab.bytes, slab.used + FRAME_HEADER_BYTES + 4, Math.max(code, ErrorCode.noError))
    slab.bytes.set(text, slab.used + FRAME_HEADER_BYTES + 8)
    this.#wrote(slab, FRAME_HEADER_BYTES + 8 + text.length)
  }

  rstStream(streamId: number, code: number): void {
    this.#word(FrameType.rstStream, streamId, code)
  }

  windowUpdate(streamId: number, increment: number): void {
    this.#word(FrameType.windowUpdate, streamId, increment)
  }

  /** HEADERS, and CONTINUATION where the block `bytes[0, length)` is larger than a frame. Copies the block. */
  headers(streamId: number, endStream: boolean, bytes: Uint8Array, length: number, frameBytesMax: number): void {
    let type: number = FrameType.headers
    let at = 0
    let firstAt = 0
    let epoch = 0
    do {
      const size = Math.min(length - at, frameBytesMax)
      const end = at + size === length ? Flag.endHeaders : 0
      const flags = end | (endStream && type === FrameType.headers ? Flag.endStream : 0)
      const slab = this.#frame(size, type, flags, streamId)
      slab.bytes.set(bytes.subarray(at, at + size), slab.used + FRAME_HEADER_BYTES)
      this.#wrote(slab, FRAME_HEADER_BYTES + size)
      if (type === FrameType.headers) {
        firstAt = this.lastFrameAt
        epoch = this.epoch
      }
      type = FrameType.continuation
      at += size
    } while (at < length)
    this.lastFrameAt = this.epoch === epoch ? firstAt : -1
  }

  /** One DATA frame with `bytes[start, end)`, which never change afterwards, or are lent until the end of the turn. */
  data(streamId: number, endStream: boolean, bytes: Uint8Array, start: number, end: number, isLent: boolean): void {
    const length = end - start
    const flags = endStream ? Flag.endStream : 0
    if (length <= COPY_BYTES_MAX) {
      const slab = this.#frame(length, FrameType.data, flags, streamId)
      for (let i = 0, at = slab.used + FRAME_HEADER_BYTES; i < length; i++) slab.bytes[at + i] = bytes[start + i]!
      this.#wrote(slab, FRAME_HEADER_BYTES + length)
    } else {
      const slab = this.#frame(0, FrameType.data, flags, streamId)
      writeFrameHeader(slab.bytes, slab.used, length, FrameType.data, flags, streamId)
      this.#wrote(slab, FRAME_HEADER_BYTES)
      this.#seal()
      if (isLent) this.#lentParts.push(this.#parts.length)
      this.#parts.push(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end))
      this.#pendingBytes += length
    }
    if (this.#isBlocked) this.unsentBytes -= FRAME_HEADER_BYTES + (length <= COPY_BYTES_MAX ? length : 0)
    if (this.#pendingBytes >= FLUSH_BYTES) this.flush()
  }

  /** Adds END_STREAM to the frame written at that place; false when it has left already. */
  addEndStream(frameAt: number, epoch: number): boolean {
    if (epoch !== this.epoch || frameAt < 0 || this.#slab === null) return false
    this.#slab.bytes[frameAt + 4]! |= Flag.endStream
    return true
  }

  /** Writes what is collected. */
  flush(): void {
    if (this.#isFlushing) return
    this.#isFlushing = true
    while (this.#pendingBytes > 0 && !this.#isClosed) this.#writeParts()
    this.#isFlushing = false
  }

  /** Nothing is written from now on. */
  close(): void {
    this.#isClosed = true
    this.#release()
    this.#parts = []
    this.#lentParts = []
    this.#pendingBytes = 0
  }

  #writeParts(): void {
    this.#seal()
    this.#release()
    const parts = this.#parts
    const lentParts = this.#lentParts
    this.#parts = []
    if (lentParts.length > 0) this.#lentParts = []
    this.#pendingBytes = 0
    let nextLent = 0
    if (parts.length > 1) this.#output.cork()
    for (let i = 0; i < parts.length; i++) {
      const isLent = lentParts[nextLent] === i
      if (isLent) nextLent++
      if (!this.#output.write(parts[i]!, isLent)) this.#isBlocked = true
    }
    if (parts.length > 1) this.#output.uncork()
  }

  #word(type: number, streamId: number, value: number): void {
    const slab = this.#frame(4, type, 0, streamId)
    writeUint32(slab.bytes, slab.used + FRAME_HEADER_BYTES, value)
    this.#wrote(slab, FRAME_HEADER_BYTES + 4)
  }

  /** Writes a frame's header where there is room for all of it. */
  #frame(length: number, type: number, flags: number, streamId: number): Slab {
    const slab = this.#room(FRAME_HEADER_BYTES + length)
    writeFrameHeader(slab.bytes, slab.used, length, type, flags, streamId)
    this.lastFrameAt = slab.used
    return slab
  }

  #room(bytes: number): Slab {
    const held = this.#slab
    if (held !== null && held.bytes.length - held.used >= bytes) return held
    this.#seal()
    this.#release()
    const free = bytes <= SLAB_REST_BYTES ? freeSlabs.pop() : undefined
    const slab = free ?? { bytes: Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, bytes)), used: 0 }
    this.#slab = slab
    this.#start = slab.used
    return slab
  }

  #wrote(slab: Slab, bytes: number): void {
    slab.used += bytes
    this.#pendingBytes += bytes
    if (this.#isBlocked) this.unsentBytes += bytes
    if (this.#isScheduled || this.#isClosed) return
    this.#isScheduled = true
    this.#schedule(this.#flushTask)
  }

  /** Moves what the slab holds to `#parts`. */
  #seal(): void {
    const slab = this.#slab
    if (slab === null || slab.used === this.#start) return
    this.#parts.push(slab.bytes.subarray(this.#start, slab.used))
    this.#start = slab.used
  }

  #release(): void {
    const slab = this.#slab
    this.#slab = null
    this.epoch++
    this.lastFrameAt = -1
    if (slab === null || slab.bytes.length - slab.used < SLAB_REST_BYTES) return
    if (freeSlabs.length < FREE_SLABS_MAX) freeSlabs.push(slab)
  }
}
