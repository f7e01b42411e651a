/** The fields of a TrafficPolicy that the budget reads; a TrafficPolicy is one. */
export interface RetryBudgetOptions {
  /** Retries per request, 0.2 = 20 %. */
  readonly retryBudgetRatio: number
  /** Retries per second that are allowed besides, so that little traffic can be tried again at all. */
  readonly retryBudgetPerSecond: number
  readonly retryBudgetWindowMs: number
}

const SLICES = 10

/**
 * How many retries the recent traffic can pay for. Each request deposits `ratio` of a token, each retry takes a whole
 * one, and `perSecond` tokens per second of window are there from the start; deposits and withdrawals are forgotten when
 * the window has passed. So retries never add more than the ratio to a busy upstream, whatever fails.
 *
 * Time is kept in ten slices, so the window is exact to a tenth. Allocates nothing. One budget per backend.
 * Source: Finagle RetryBudget (windowed token bucket with reserve).
 */
export class RetryBudget {
  readonly #ratio: number
  readonly #reserve: number
  readonly #sliceMs: number
  readonly #slices = new Float64Array(SLICES)
  #sum = 0.0
  #slice = Number.NaN

  constructor(options: RetryBudgetOptions) {
    this.#ratio = options.retryBudgetRatio
    this.#reserve = (options.retryBudgetPerSecond * options.retryBudgetWindowMs) / 1000
    this.#sliceMs = options.retryBudgetWindowMs / SLICES
  }

  /** A request (not a retry) was made. */
  deposit(nowMs: number): void {
    this.#expire(nowMs)
    this.#add(this.#ratio)
  }

  /** True, and one token less, when a retry can be paid for. */
  tryWithdraw(nowMs: number): boolean {
    this.#expire(nowMs)
    // A hair of tolerance: five deposits of 0.2 must pay for one retry.
    if (this.#reserve + this.#sum < 1 - 1e-9) return false
    this.#add(-1)
    return true
  }

  /** Retries that could be paid for now, for metrics. */
  balance(nowMs: number): number {
    this.#expire(nowMs)
    return this.#reserve + this.#sum
  }

  #add(amount: number): void {
    this.#slices[this.#slice % SLICES]! += amount
    this.#sum += amount
  }

  /** Empties the slices that have left the window. A clock that stands or steps back changes nothing. */
  #expire(nowMs: number): void {
    const slice = Math.floor(nowMs / this.#sliceMs)
    if (slice === this.#slice) return
    if (!(slice - this.#slice < SLICES)) {
      this.#slices.fill(0)
      this.#slice = Math.max(slice, 0)
      this.#sum = 0.0
      return
    }
    while (this.#slice < slice) this.#slices[++this.#slice % SLICES] = 0
    let sum = 0.0
    for (let i = 0; i < SLICES; i++) sum += this.#slices[i]!
    this.#sum = sum
  }
}
