import type { Random } from '@weft/time'
import type { EndpointState, PickContext } from '../endpoint.ts'
import { peakEwmaCost } from '../latency.ts'
import { Sampler } from '../sampler.ts'
import type { Eligible, Strategy } from '../strategy.ts'

/** The cheaper of two random endpoints, by latency times requests in flight ({@link peakEwmaCost}). */
export class PeakEwma<Target> implements Strategy<Target> {
  readonly isSticky = false
  readonly #decayMs: number
  readonly #sampler: Sampler<Target>

  constructor(decayMs: number, random: Random, eligible: Eligible<Target>) {
    this.#decayMs = decayMs
    this.#sampler = new Sampler(random, eligible)
  }

  update(endpoints: readonly EndpointState<Target>[]): void {
    this.#sampler.update(endpoints)
  }

  pick(context: PickContext<Target>): EndpointState<Target> | null {
    const first = this.#sampler.sample(context, null)
    if (first === null) return null
    const second = this.#sampler.sample(context, first)
    if (second === null) return first
    const nowMs = context.nowMs
    return peakEwmaCost(second, nowMs, this.#decayMs) < peakEwmaCost(first, nowMs, this.#decayMs) ? second : first
  }
}
