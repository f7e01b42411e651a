import { crc32 } from 'node:zlib'

const BLOCK_BYTES = 1 << 20

/** Octets that both ends know: every body is a piece of it, so that each end can tell whether it came whole and unchanged. */
export class Block {
  readonly #bytes: Buffer

  constructor(seed: number) {
    this.#bytes = Buffer.allocUnsafe(2 * BLOCK_BYTES)
    let state = seed | 1
    for (let i = 0; i < BLOCK_BYTES; i++) {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      this.#bytes[i] = state
    }
    this.#bytes.copy(this.#bytes, BLOCK_BYTES, 0, BLOCK_BYTES)
  }

  /** The body that begins at `offset`; at most a mebibyte. */
  body(offset: number, length: number): Buffer {
    const start = offset % BLOCK_BYTES
    return this.#bytes.subarray(start, start + Math.min(length, BLOCK_BYTES))
  }

  checksum(offset: number, length: number): number {
    return crc32(this.body(offset, length))
  }
}

export const BODY_BYTES_MAX = BLOCK_BYTES

/** Counts and sums up what arrives. */
export class Arrived {
  bytes = 0
  #sum = 0

  add(chunk: Uint8Array): void {
    this.bytes += chunk.length
    this.#sum = crc32(chunk, this.#sum)
  }

  get checksum(): number {
    return this.#sum
  }
}
