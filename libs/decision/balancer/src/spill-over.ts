import type { Tier } from './tier.ts'

const LOOK_EVERY_MS = 100
/** Per look: quick to help an overloaded zone, slower to take traffic back, so that the two never chase each other. */
const STEP_UP = 0.05
const STEP_DOWN = 0.02
/** Traffic comes back only when the near zone is well below the point at which it spilled. */
const RETURN_AT = 0.75

/**
 * Moves traffic from a zone that is overloaded to the next one of its priority, bit by bit.
 *
 * A zone is overloaded when a request takes `ratio` times as long there as in the next one. The share that is passed on
 * grows by a small step per look while that is so, shrinks by a smaller one when it is well over, and stands still in
 * between: shares settle instead of swinging, since no step is larger than what its effect shows before the next.
 */
export class SpillOver {
  readonly #ratio: number
  #lookAtMs = Number.NEGATIVE_INFINITY

  constructor(ratio: number) {
    this.#ratio = ratio
  }

  /** Looks at all tiers (in order of priority, then distance) now and then. Allocates nothing. */
  look(tiers: readonly Tier<unknown>[], nowMs: number): void {
    if (nowMs < this.#lookAtMs) return
    this.#lookAtMs = nowMs + LOOK_EVERY_MS
    for (let i = 0; i < tiers.length; i++) {
      const tier = tiers[i]!
      const next = i + 1 < tiers.length ? tiers[i + 1]! : null
      if (next === null || next.priority !== tier.priority) tier.spill = 0
      else this.#adjust(tier, next, nowMs)
    }
  }

  #adjust(tier: Tier<unknown>, next: Tier<unknown>, nowMs: number): void {
    const limitMs = this.#ratio * next.latencyNowMs(nowMs)
    const latencyMs = tier.latencyNowMs(nowMs)
    if (latencyMs > limitMs) tier.spill = Math.min(1, tier.spill + STEP_UP)
    else if (latencyMs < limitMs * RETURN_AT) tier.spill = Math.max(0, tier.spill - STEP_DOWN)
  }
}
