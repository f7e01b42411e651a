const RETRY_BASE_MS = 1_000
const RETRY_MAX_MS = 30_000

/** How many connections are to be made without being asked for, and when to try again after one could not be made. */
export class WarmUp {
  wanted: number
  /** Infinity while nothing failed. */
  retryAtMs: number
  #waitMs: number

  constructor(wanted: number) {
    this.wanted = wanted
    this.retryAtMs = Infinity
    this.#waitMs = 0
  }

  missing(open: number, nowMs: number): number {
    if (this.wanted === 0 || (this.retryAtMs < Infinity && nowMs < this.retryAtMs)) return 0
    return Math.max(this.wanted - open, 0)
  }

  /** A connection was made, or could not be. */
  made(ok: boolean, nowMs: number): void {
    if (ok || this.wanted === 0) {
      this.#waitMs = 0
      this.retryAtMs = Infinity
      return
    }
    this.#waitMs = Math.min(Math.max(2 * this.#waitMs, RETRY_BASE_MS), RETRY_MAX_MS)
    this.retryAtMs = nowMs + this.#waitMs
  }
}
