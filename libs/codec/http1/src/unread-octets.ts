/**
 * What was fed to a reader and not yet read: the current chunk from a position on, and the chunks after it. Some may be
 * lent, that is valid for a turn only: those come last, until `keep` makes copies of them.
 */
export class UnreadOctets {
  /** The chunk to read in, null when there is none. */
  chunk: Buffer | null
  /** The first unread octet of it. */
  at: number
  /** Unread octets in all. */
  size: number
  /** Whether what `take` gave last is lent. */
  isLent: boolean
  /** Unread octets at the front that are not lent. */
  #ownBytes: number
  readonly #later: Buffer[]

  constructor() {
    this.chunk = null
    this.at = 0
    this.size = 0
    this.isLent = false
    this.#ownBytes = 0
    this.#later = []
  }

  push(bytes: Uint8Array, isLent: boolean): void {
    const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (!isLent && this.#ownBytes === this.size) this.#ownBytes += buffer.length
    this.size += buffer.length
    if (this.chunk === null) this.chunk = buffer
    else this.#later.push(buffer)
  }

  /** Passes over `count` octets of the current chunk; the next chunk follows its end. */
  skip(count: number): void {
    this.size -= count
    this.#ownBytes = count < this.#ownBytes ? this.#ownBytes - count : 0
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
    this.isLent = this.#ownBytes === 0
    this.skip(count)
    return view
  }

  /** Makes copies of what is lent, so that it lasts. */
  keep(): void {
    if (this.chunk === null || this.#ownBytes === this.size) return
    let before = this.chunk.length - this.at
    if (this.#ownBytes === 0) {
      this.chunk = Buffer.from(this.chunk.subarray(this.at))
      this.at = 0
    }
    for (let i = 0; i < this.#later.length; i++) {
      if (before >= this.#ownBytes) this.#later[i] = Buffer.from(this.#later[i]!)
      before += this.#later[i]!.length
    }
    this.#ownBytes = this.size
  }

  /** All that is unread, to keep; it is then forgotten here. */
  takeAll(): Uint8Array[] {
    this.keep()
    const views: Uint8Array[] = this.chunk === null ? [] : [this.chunk.subarray(this.at), ...this.#later]
    this.clear()
    return views
  }

  clear(): void {
    this.chunk = null
    this.at = 0
    this.size = 0
    this.#ownBytes = 0
    this.#later.length = 0
  }
}
