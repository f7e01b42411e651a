/**
 * What the peer may still send, for a stream or for the connection, and what it is to be given back.
 *
 * Octets count against the window when they come and are given back when they are taken, in portions of half a window, so
 * that the peer is never more than a window ahead of the taker. Source: RFC 9113 section 5.2.
 */
export class ReceiveWindow {
  /** What the peer may send; may be negative after a setting that makes windows smaller. */
  available: number
  readonly #sizeBytes: number
  #taken = 0

  constructor(available: number, sizeBytes: number) {
    this.available = available
    this.#sizeBytes = sizeBytes
  }

  /** The peer has sent so much. False when that was more than it might. */
  receive(bytes: number): boolean {
    this.available -= bytes
    return this.available >= 0
  }

  /** So much has been taken. Returns the increment to announce now, mostly 0. */
  take(bytes: number): number {
    this.#taken += bytes
    if (this.#taken * 2 < this.#sizeBytes) return 0
    const increment = this.#taken
    this.#taken = 0
    this.available += increment
    return increment
  }

  /** The peer has learnt that the window is smaller than it could think. */
  shrink(bytes: number): void {
    this.available -= bytes
  }
}
