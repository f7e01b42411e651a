/** Copies are collected in pieces that grow from the first size to the second. */
const PIECE_BYTES_MIN = 512
const PIECE_BYTES_MAX = 16_384

/**
 * Octets that wait, in the chunks they came in. What bounds it is a window: the user checks.
 *
 * A chunk that is a small part of what was read with it is copied, next to the one before: by single octets a peer could
 * otherwise make each keep a whole read alive. So it holds hardly more than twice its octets, and few chunks.
 */
export class ChunkQueue {
  /** Chunks are only lent. */
  readonly #copies: boolean
  bytes = 0
  #chunks: Uint8Array[] = []
  #first = 0
  /** What of the first chunk has been taken. */
  #offset = 0
  /** Where copies go; null before the first. */
  #piece: Uint8Array | null = null
  #pieceUsed = 0
  /** Where the last chunk begins in the piece; -1 when it is elsewhere, or gone. */
  #lastAt = -1

  constructor(copies = false) {
    this.#copies = copies
  }

  get isEmpty(): boolean {
    return this.bytes === 0
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return
    this.bytes += chunk.length
    if (this.#copies || chunk.length * 2 < chunk.buffer.byteLength) return this.#copy(chunk)
    this.#chunks.push(chunk)
    this.#lastAt = -1
  }

  /** The first chunk; `offset` tells where its rest begins. */
  get front(): Uint8Array {
    return this.#chunks[this.#first]!
  }

  get offset(): number {
    return this.#offset
  }

  /** Takes so many octets of the first chunk, at most all of it. */
  advance(bytes: number): void {
    this.bytes -= bytes
    this.#offset += bytes
    if (this.#offset === this.front.length) this.#dropFront()
  }

  /** Takes the rest of the first chunk. */
  shift(): Uint8Array {
    const chunk = this.#offset === 0 ? this.front : this.front.subarray(this.#offset)
    this.bytes -= chunk.length
    this.#dropFront()
    return chunk
  }

  clear(): void {
    this.#chunks = []
    this.#first = 0
    this.#offset = 0
    this.bytes = 0
    this.#piece = null
    this.#lastAt = -1
  }

  #copy(chunk: Uint8Array): void {
    let piece = this.#piece
    if (piece === null || piece.length - this.#pieceUsed < chunk.length) {
      const grown = piece === null ? PIECE_BYTES_MIN : Math.min(piece.length * 2, PIECE_BYTES_MAX)
      piece = Buffer.allocUnsafeSlow(Math.max(grown, chunk.length))
      this.#piece = piece
      this.#pieceUsed = 0
      this.#lastAt = -1
    }
    piece.set(chunk, this.#pieceUsed)
    if (this.#lastAt < 0) {
      this.#lastAt = this.#pieceUsed
      this.#chunks.push(piece.subarray(this.#pieceUsed, this.#pieceUsed + chunk.length))
    } else {
      this.#chunks[this.#chunks.length - 1] = piece.subarray(this.#lastAt, this.#pieceUsed + chunk.length)
    }
    this.#pieceUsed += chunk.length
  }

  #dropFront(): void {
    this.#first++
    this.#offset = 0
    if (this.#first === this.#chunks.length) {
      this.#chunks.length = 0
      this.#first = 0
      this.#lastAt = -1
      // Whoever took the last chunk has that piece now, and what is left of it is not worth an empty queue's keeping.
      this.#piece = null
    } else if (this.#first >= 32 && this.#first * 2 >= this.#chunks.length) {
      this.#chunks = this.#chunks.slice(this.#first)
      this.#first = 0
    }
  }
}
