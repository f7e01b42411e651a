/**
 * What streams whose readers rest may hold beyond the windows of their connections, on all connections that share it.
 *
 * The window of a connection is for all of its streams: what one that rests holds would be missing to the others. As long
 * as there is budget it is given back to the peer at once, and counts here instead until it is taken.
 */
export class HeldBudget {
  readonly bytesMax: number
  heldBytes = 0
  /** How often there was none left. */
  timesExhausted = 0

  constructor(bytesMax: number) {
    this.bytesMax = bytesMax
  }

  hold(bytesCount: number): boolean {
    if (this.heldBytes + bytesCount > this.bytesMax) {
      this.timesExhausted++
      return false
    }
    this.heldBytes += bytesCount
    return true
  }

  release(bytesCount: number): void {
    this.heldBytes -= bytesCount
  }
}
