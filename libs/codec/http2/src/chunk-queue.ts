/** Copies are collected in pieces that grow from the first size to the second. */
const PIECE_BYTES_MIN = 512
const PIECE_BYTES_MAX = 16_384

/**
 * Octets that wait, in the chunks they came in. What bounds it is a window: the user checks.
 *
 * A chunk that is lent, or is a small part of what was read with it, can wait for a turn only: `keep` copies it next to the
 * one before. By single octets a peer could otherwise make each keep a whole read alive. So what waits for long holds
 * hardly more than twice its octets, in few chunks, and what goes on in the same turn is not copied.
 */
export class ChunkQueue {
  bytes = 0
  #chunks: Uint8Array[] = []
  #first = 0
  /** What of the first chunk has been taken. */
  #offset = 0
  /** The first chunk that `keep` has not seen. */
  #unkept = 0
  #isLent = false
  #isKeepDue = false
  /** Where copies go; null before the first. */
  #piece: Uint8Array | null = null
  #pieceUsed = 0
  /** Where the last chunk begins in the piece; -1 when it is elsewhere, or gone. */
  #lastAt = -1

  get isEmpty(): boolean {
    return this.bytes === 0
  }

  /** Returns whether `keep` must be called before the turn is over. */
  push(chunk: Uint8Array, isLent: boolean): boolean {
    if (chunk.length === 0) return false
    this.bytes += chunk.length
    this.#chunks.push(chunk)
    if (isLent) this.#isLent = true
    if (this.#isKeepDue || !(isLent || chunk.length * 2 < chunk.buffer.byteLength)) return false
    this.#isKeepDue = true
    return true
  }

  /** The octets at the front are lent for this turn. */
  get isFrontLent(): boolean {
    return this.#isLent && this.#first >= this.#unkept
  }

  /** Makes everything last. */
  keep(): void {
    const from = Math.max(this.#unkept, this.#first)
    const isLent = this.#isLent
    this.#isLent = false
    this.#isKeepDue = false
    if (from < this.#chunks.length) {
      // The last copy is taken already: nothing can be added to it.
      if (from === this.#first) this.#lastAt = -1
      if (from === this.#first && this.#offset > 0) {
        this.#chunks[from] = this.front.subarray(this.#offset)
        this.#offset = 0
      }
      const fresh = from === 0 ? this.#chunks : this.#chunks.slice(from)
      if (from === 0) this.#chunks = []
      else this.#chunks.length = from
      for (let i = 0; i < fresh.length; i++) {
        const chunk = fresh[i]!
        if (isLent || chunk.length * 2 < chunk.buffer.byteLength) this.#copy(chunk)
        else {
          this.#chunks.push(chunk)
          this.#lastAt = -1
        }
      }
    }
    this.#unkept = this.#chunks.length
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
    this.#unkept = 0
    this.#isLent = false
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
      this.#unkept = 0
      this.#isLent = false
      this.#lastAt = -1
      // Whoever took the last chunk has that piece now, and what is left of it is not worth an empty queue's keeping.
      this.#piece = null
    } else if (this.#first >= 32 && this.#first * 2 >= this.#chunks.length) {
      this.#chunks = this.#chunks.slice(this.#first)
      this.#unkept = Math.max(0, this.#unkept - this.#first)
      this.#first = 0
    }
  }
}
