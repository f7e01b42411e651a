/** Octets that wait, in the chunks they came in. What bounds it is a window: the user checks. */
export class ChunkQueue {
  bytes = 0
  #chunks: Uint8Array[] = []
  #first = 0
  /** What of the first chunk has been taken. */
  #offset = 0

  get isEmpty(): boolean {
    return this.bytes === 0
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return
    this.#chunks.push(chunk)
    this.bytes += chunk.length
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
  }

  #dropFront(): void {
    this.#first++
    this.#offset = 0
    if (this.#first === this.#chunks.length) {
      this.#chunks.length = 0
      this.#first = 0
    } else if (this.#first >= 32 && this.#first * 2 >= this.#chunks.length) {
      this.#chunks = this.#chunks.slice(this.#first)
      this.#first = 0
    }
  }
}
