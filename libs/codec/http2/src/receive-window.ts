/**
 * What the peer may still send, for a stream or for the connection, and what it is to be given back.
 *
 * Octets count against the window when they come and are given back when they are taken, in portions of `stepBytes`, so
 * that the peer is never more than a window ahead of the taker. Source: RFC 9113 section 5.2.
 */
export class ReceiveWindow {
  /** What the peer may send; may be negative after a setting that makes windows smaller. */
  available: number
  /** By how much it has grown. */
  grownBytes = 0
  #sizeBytes: number
  #stepBytes: number
  #taken = 0

  constructor(available: number, sizeBytes: number, stepBytes: number) {
    this.available = available
    this.#sizeBytes = sizeBytes
    this.#stepBytes = stepBytes
  }

  /** The peer has sent so much. False when that was more than it might. */
  receive(bytes: number): boolean {
    this.available -= bytes
    return this.available >= 0
  }

  /** So much has been taken. Returns the increment to announce now, mostly 0. */
  take(bytes: number): number {
    this.#taken += bytes
    if (this.#taken < this.#stepBytes) return 0
    const increment = this.#taken
    this.#taken = 0
    this.available += increment
    return increment
  }

  /** Doubles, as far as `sizeBytesMax` and `spareBytes` allow. Returns what is to be announced on top of {@link take}. */
  grow(sizeBytesMax: number, spareBytes: number): number {
    const more = Math.min(this.#sizeBytes, sizeBytesMax - this.#sizeBytes, spareBytes)
    if (more <= 0) return 0
    this.available += more
    this.grownBytes += more
    this.#sizeBytes += more
    this.#stepBytes = this.#sizeBytes >> 1
    return more
  }

  /** The peer has learnt that the window is smaller than it could think. */
  shrink(bytes: number): void {
    this.available -= bytes
  }
}
