import { Flag, FRAME_HEADER_BYTES, FrameHeader, FrameType, readFrameHeader } from './frame.ts'

/** What to do with the payload of a frame whose header has come. */
export type FrameVerdict = 'take' | 'skip' | 'stop'

/** Where frames go. The header object is the same one each time. */
export interface FrameTaker {
  /** Before any payload. `stop` ends reading for good. */
  frameStarts(header: FrameHeader): FrameVerdict
  /** A frame other than DATA, whole: `bytes[start, end)` is its payload, for this call only. */
  frame(header: FrameHeader, bytes: Uint8Array, start: number, end: number): void
  /** A part of the content of a DATA frame, to keep. */
  data(bytes: Uint8Array): void
  /** Padding and its length octet, which count for flow control. */
  padding(bytesCount: number): void
  dataEnds(header: FrameHeader): void
  /** Padding longer than the frame. Reading has ended. */
  paddingTooLong(): void
}

/** `header` → `whole` | `padLength` → `content` → `padding` | `skip` → `header`; `stopped` from any. */
type State = 'header' | 'whole' | 'padLength' | 'content' | 'padding' | 'skip' | 'stopped'

/**
 * Cuts the octets of a connection into frames, wherever chunks begin and end.
 *
 * DATA is handed on as it comes, without waiting for the frame; other frames are collected, in the chunk itself where they
 * are whole in it. Holds at most one payload, whose length the taker has accepted. Source: RFC 9113 section 4.
 */
export class FrameReader {
  readonly #taker: FrameTaker
  readonly #header = new FrameHeader()
  readonly #headerBytes = new Uint8Array(FRAME_HEADER_BYTES)
  #headerLength = 0
  #state: State = 'header'
  /** Octets of the current part still to come. */
  #missing = 0
  #padding = 0
  #payload: Uint8Array | null = null

  constructor(taker: FrameTaker) {
    this.#taker = taker
  }

  /** No frame begun is left unfinished. */
  get isBetweenFrames(): boolean {
    return this.#state === 'header' && this.#headerLength === 0
  }

  stop(): void {
    this.#state = 'stopped'
    this.#payload = null
  }

  /** Reads `bytes` from `at`; whatever is left unfinished waits for the next call. */
  read(bytes: Uint8Array, at: number): void {
    while (this.#state !== 'stopped') {
      if (this.#state === 'header') {
        at = this.#readHeader(bytes, at)
        if (at < 0) return
      }
      const available = bytes.length - at
      if (this.#missing > 0 && available === 0) return
      at = this.#readPart(bytes, at, Math.min(available, this.#missing))
    }
  }

  /** Returns the position after the header, or -1 when it is not whole yet. */
  #readHeader(bytes: Uint8Array, at: number): number {
    const header = this.#header
    if (this.#headerLength === 0 && bytes.length - at >= FRAME_HEADER_BYTES) {
      readFrameHeader(bytes, at, header)
      at += FRAME_HEADER_BYTES
    } else {
      while (this.#headerLength < FRAME_HEADER_BYTES) {
        if (at === bytes.length) return -1
        this.#headerBytes[this.#headerLength++] = bytes[at++]!
      }
      readFrameHeader(this.#headerBytes, 0, header)
      this.#headerLength = 0
    }
    this.#missing = header.lengthBytes
    const verdict = this.#taker.frameStarts(header)
    if (verdict === 'stop') this.stop()
    else if (verdict === 'skip') this.#state = 'skip'
    else if (header.type !== FrameType.data) this.#state = 'whole'
    else this.#startData(header)
    return at
  }

  #startData(header: FrameHeader): void {
    this.#padding = 0
    this.#state = header.has(Flag.padded) ? 'padLength' : 'content'
    if (this.#state === 'padLength' && header.lengthBytes === 0) this.#failPadding()
  }

  #readPart(bytes: Uint8Array, at: number, length: number): number {
    switch (this.#state) {
      case 'whole':
        return this.#readWhole(bytes, at, length)
      case 'padLength':
        this.#padding = bytes[at]!
        this.#missing -= 1 + this.#padding
        if (this.#missing < 0) this.#failPadding()
        else this.#state = 'content'
        return at + 1
      case 'content':
        this.#missing -= length
        if (length > 0) this.#taker.data(whole(bytes, at, at + length))
        if (this.#missing === 0) this.#enter('padding', this.#padding)
        return at + length
      case 'padding':
        this.#missing -= length
        if (this.#missing === 0) this.#endData()
        return at + length
      case 'skip':
        this.#missing -= length
        if (this.#missing === 0) this.#enter('header', 0)
        return at + length
      default:
        return at
    }
  }

  #readWhole(bytes: Uint8Array, at: number, length: number): number {
    const header = this.#header
    if (this.#payload === null && length === header.lengthBytes) {
      this.#enter('header', 0)
      this.#taker.frame(header, bytes, at, at + length)
      return at + length
    }
    this.#payload ??= new Uint8Array(header.lengthBytes)
    this.#payload.set(bytes.subarray(at, at + length), header.lengthBytes - this.#missing)
    this.#missing -= length
    if (this.#missing > 0) return at + length
    const payload = this.#payload
    this.#payload = null
    this.#enter('header', 0)
    this.#taker.frame(header, payload, 0, payload.length)
    return at + length
  }

  #endData(): void {
    const header = this.#header
    this.#enter('header', 0)
    if (header.has(Flag.padded)) this.#taker.padding(this.#padding + 1)
    // The taker may have ended the connection, and with it this reader.
    if (this.#state === 'header') this.#taker.dataEnds(header)
  }

  #failPadding(): void {
    this.stop()
    this.#taker.paddingTooLong()
  }

  /** Unless the taker has stopped the reader meanwhile. */
  #enter(state: State, missing: number): void {
    if (this.#state === 'stopped') return
    this.#state = state
    this.#missing = missing
  }
}

function whole(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end)
}
