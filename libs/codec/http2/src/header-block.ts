import type { Http2Limits } from './http2-limits.ts'

/** What the HEADERS of a block were for, until the block is whole. */
export type BlockUse = 'open' | 'reply' | 'trailers' | 'ignore' | 'refuse' | 'closed' | 'selfDependent'

/** A header block in several frames, until END_HEADERS. Holds at most `headerBlockBytesMax`. */
export class HeaderBlock {
  /** 0 while no block is unfinished. */
  streamId = 0
  endStream = false
  use: BlockUse = 'ignore'
  readonly #limits: Http2Limits
  #parts: Uint8Array[] = []
  #bytes = 0

  constructor(limits: Http2Limits) {
    this.#limits = limits
  }

  begin(streamId: number, endStream: boolean, use: BlockUse): void {
    this.streamId = streamId
    this.endStream = endStream
    this.use = use
  }

  /** Whether another frame of this length is within the limits. */
  takes(lengthBytes: number): boolean {
    return (
      this.#parts.length <= this.#limits.continuationFramesMax &&
      this.#bytes + lengthBytes <= this.#limits.headerBlockBytesMax
    )
  }

  /** Copies, since the frame's octets may be anyone's afterwards. */
  add(bytes: Uint8Array, start: number, end: number): void {
    // Not `slice`, which makes only a view of a Buffer.
    this.#parts.push(Buffer.from(bytes.subarray(start, end)))
    this.#bytes += end - start
  }

  /** The octets of the whole block. */
  take(): Uint8Array {
    const whole = Buffer.concat(this.#parts, this.#bytes)
    this.#parts = []
    this.#bytes = 0
    return whole
  }
}
