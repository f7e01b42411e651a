import type { Clock } from '@weft/time'

/** The first answers of the API server to several questions, for those who can go on without them after a while. */
export class FirstLists {
  readonly #ask: () => Promise<unknown>
  readonly #patienceMs: number
  readonly #clock: Clock
  #lists: Promise<void> | null = null
  #patience: Promise<void> | null = null
  #areTold = false

  /** `ask` is called once, at the first look. */
  constructor(ask: () => Promise<unknown>, patienceMs: number, clock: Clock) {
    this.#ask = ask
    this.#patienceMs = patienceMs
    this.#clock = clock
  }

  /** Resolves with whether all are there: at once when they are, else when they come or patience, counted from the first look, ends. */
  async look(): Promise<boolean> {
    // Why they fail is for `whole` to say.
    const answered = this.whole().catch(() => {})
    this.#patience ??= this.#clock.sleepUntil(this.#clock.nowMs() + this.#patienceMs)
    await Promise.race([answered, this.#patience])
    return this.#areTold
  }

  /** Resolves when all are there; rejects when one cannot be had. */
  whole(): Promise<void> {
    this.#lists ??= this.#ask().then(() => void (this.#areTold = true))
    return this.#lists
  }
}
