import type { Random } from '@weft/time'
import type { EndpointState, PickContext } from '../endpoint.ts'
import { peakEwmaCost } from '../latency.ts'
import { Sampler } from '../sampler.ts'
import type { Gate, Strategy } from '../strategy.ts'

/** The cheapest of some random endpoints (two by default), by latency times requests in flight ({@link peakEwmaCost}). */
export class PeakEwma<Target> implements Strategy<Target> {
  readonly isSticky = false
  readonly #decayMs: number
  readonly #choices: number
  readonly #gate: Gate<Target>
  readonly #sampler: Sampler<Target>

  constructor(decayMs: number, choices: number, random: Random, gate: Gate<Target>) {
    this.#decayMs = decayMs
    this.#choices = choices
    this.#gate = gate
    this.#sampler = new Sampler(random, gate)
  }

  update(endpoints: readonly EndpointState<Target>[]): void {
    this.#sampler.update(endpoints)
  }

  pick(context: PickContext<Target>): EndpointState<Target> | null {
    let best = this.#sampler.sample(context, null)
    if (best === null || this.#choices < 2) return best
    let bestCost = NaN
    for (let choice = 1; choice < this.#choices; choice++) {
      const other = this.#sampler.sample(context, best)
      if (other === null) return best
      if (Number.isNaN(bestCost)) bestCost = this.#cost(best, context.nowMs)
      const cost = this.#cost(other, context.nowMs)
      if (!(cost < bestCost) || !this.#sampler.mayLeave(best, bestCost, cost)) continue
      best = other
      bestCost = cost
    }
    return best
  }

  #cost(endpoint: EndpointState<Target>, nowMs: number): number {
    return peakEwmaCost(endpoint, this.#gate.inFlight(endpoint), nowMs, this.#decayMs)
  }
}
