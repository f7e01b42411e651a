/** What was fed to a reader and not yet read: the current chunk from a position on, and the chunks after it. */
export class UnreadOctets {
  /** The chunk to read in, null when there is none. */
  chunk: Buffer | null
  /** The first unread octet of it. */
  at: number
  /** Unread octets in all. */
  size: number
  readonly #later: Buffer[]

  constructor() {
    this.chunk = null
    this.at = 0
    this.size = 0
    this.#later = []
  }

  push(bytes: Uint8Array): void {
    const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.size += buffer.length
    if (this.chunk === null) this.chunk = buffer
    else this.#later.push(buffer)
  }

  /** Passes over `count` octets of the current chunk; the next chunk follows its end. */
  skip(count: number): void {
    this.size -= count
    this.at += count
    if (this.at < this.chunk!.length) return
    this.chunk = this.#later.shift() ?? null
    this.at = 0
  }

  /** A view of at most `countMax` octets of the current chunk, which are then passed over. */
  take(countMax: number): Buffer {
    const chunk = this.chunk!
    const count = Math.min(chunk.length - this.at, countMax)
    const view = count === chunk.length ? chunk : chunk.subarray(this.at, this.at + count)
    this.skip(count)
    return view
  }

  /** Views of all that is unread, which is then forgotten. */
  takeAll(): Uint8Array[] {
    const views: Uint8Array[] = this.chunk === null ? [] : [this.chunk.subarray(this.at), ...this.#later]
    this.clear()
    return views
  }

  clear(): void {
    this.chunk = null
    this.at = 0
    this.size = 0
    this.#later.length = 0
  }
}
