import type { Tier } from './tier.ts'

/** Shares are worked out again after this. */
const LOOK_EVERY_MS = 1
/** At this many times what is allowed beyond the limit everything is passed on: 1 + 1 / STEEPNESS. */
const STEEPNESS = 2

/**
 * Moves traffic from a zone that is overloaded to the next one of its priority.
 *
 * A zone is overloaded when a request takes more than `ratio` times as long there as in the next one. The share that is
 * passed on grows with how far it is beyond that. What a request takes follows the number of requests under way at once,
 * not only the replies of a while ago: a queue fills and empties faster than news of it arrives, and shares that followed
 * the news would swing for ever. So each request more in the line sends a little more elsewhere, and the line settles.
 */
export class SpillOver {
  readonly #ratio: number
  #lookAtMs = Number.NEGATIVE_INFINITY

  constructor(ratio: number) {
    this.#ratio = ratio
  }

  /** Sets the spill of all tiers (in order of priority, then distance). Allocates nothing. */
  look(tiers: readonly Tier<unknown>[], nowMs: number): void {
    if (nowMs < this.#lookAtMs) return
    this.#lookAtMs = nowMs + LOOK_EVERY_MS
    for (let i = tiers.length - 1; i >= 0; i--) {
      const tier = tiers[i]!
      const next = i + 1 < tiers.length ? tiers[i + 1]! : null
      if (next === null || next.priority !== tier.priority) {
        tier.spill = 0
        continue
      }
      const over = tier.expectedMs(nowMs) / (this.#ratio * next.latencyNowMs(nowMs)) - 1
      tier.spill = over > 0 ? Math.min(1, over * STEEPNESS) : 0
    }
  }
}
