import type { Clock, Timer } from '@weft/time'

/** Someone who answers what it is asked, by anything it says. */
export interface Watched {
  ask(): void
  /** It has not answered for too long. Called once. */
  silent(): void
}

export interface SilenceLimits {
  readonly askEveryMs: number
  /** So many questions in a row may stay without an answer. */
  readonly unansweredMax: number
}

/** Half a minute: more than a worker ever needs that gets a share of the processor at all. */
export const defaultSilenceLimits: SilenceLimits = Object.freeze({ askEveryMs: 5_000, unansweredMax: 6 })

/**
 * Finds processes that live and do nothing: stopped, or in a loop without end. What they hold would never end by itself,
 * since the kernel keeps their connections open.
 *
 * Counts questions, not time: after a time in which this process did not run either, nobody is silent for that.
 */
export class SilenceWatch {
  readonly #clock: Clock
  readonly #limits: SilenceLimits
  /** With how many questions each has left unanswered. */
  readonly #unanswered = new Map<Watched, number>()
  #timer: Timer | null = null

  constructor(clock: Clock, limits: SilenceLimits = defaultSilenceLimits) {
    this.#clock = clock
    this.#limits = limits
  }

  add(watched: Watched): void {
    this.#unanswered.set(watched, 0)
    this.#timer ??= this.#clock.after(this.#limits.askEveryMs, this.#askAll)
  }

  remove(watched: Watched): void {
    this.#unanswered.delete(watched)
  }

  /** It has said something. */
  heard(watched: Watched): void {
    if (this.#unanswered.has(watched)) this.#unanswered.set(watched, 0)
  }

  readonly #askAll = (): void => {
    this.#timer = null
    for (const [watched, unanswered] of this.#unanswered) {
      if (unanswered >= this.#limits.unansweredMax) {
        this.#unanswered.delete(watched)
        watched.silent()
      } else {
        this.#unanswered.set(watched, unanswered + 1)
        watched.ask()
      }
    }
    if (this.#unanswered.size > 0) this.#timer = this.#clock.after(this.#limits.askEveryMs, this.#askAll)
  }
}
