import type { Random } from '@weft/time'

/** Waits that double from a base to a maximum, each shortened by up to half so that many who wait do not come at once. */
export class Backoff {
  readonly #baseMs: number
  readonly #maxMs: number
  readonly #random: Random
  #nextMs: number

  constructor(baseMs: number, maxMs: number, random: Random) {
    this.#baseMs = baseMs
    this.#maxMs = maxMs
    this.#random = random
    this.#nextMs = baseMs
  }

  /** The next wait. */
  nextMs(): number {
    const waitMs = this.#nextMs * (1 - this.#random() / 2)
    this.#nextMs = Math.min(this.#nextMs * 2, this.#maxMs)
    return waitMs
  }

  reset(): void {
    this.#nextMs = this.#baseMs
  }
}
