import type { Clock } from '@weft/time'

export interface FailureLimitOptions {
  readonly failuresMax: number
  readonly windowMs: number
  readonly addressesMax: number
}

const defaults: FailureLimitOptions = { failuresMax: 20, windowMs: 60_000, addressesMax: 10_000 }

interface Count {
  failures: number
  readonly sinceMs: number
}

/**
 * Counts failures per client address in fixed windows. Whoever has had too many waits for the window to end. When the table
 * is full the address seen first is forgotten.
 */
export class FailureLimit {
  readonly #options: FailureLimitOptions
  readonly #clock: Clock
  readonly #counts = new Map<string, Count>()

  constructor(clock: Clock, options: Partial<FailureLimitOptions> = {}) {
    this.#clock = clock
    this.#options = { ...defaults, ...options }
  }

  /** Milliseconds that the address has to wait; 0 when it may try. */
  waitMs(address: string): number {
    const count = this.#currentOf(address)
    if (count === null || count.failures < this.#options.failuresMax) return 0
    return count.sinceMs + this.#options.windowMs - this.#clock.nowMs()
  }

  recordFailure(address: string): void {
    const count = this.#currentOf(address)
    if (count !== null) {
      count.failures++
      return
    }
    if (this.#counts.size >= this.#options.addressesMax) {
      for (const oldest of this.#counts.keys()) {
        this.#counts.delete(oldest)
        break
      }
    }
    this.#counts.set(address, { failures: 1, sinceMs: this.#clock.nowMs() })
  }

  #currentOf(address: string): Count | null {
    const count = this.#counts.get(address)
    if (count === undefined) return null
    if (this.#clock.nowMs() - count.sinceMs < this.#options.windowMs) return count
    this.#counts.delete(address)
    return null
  }
}
