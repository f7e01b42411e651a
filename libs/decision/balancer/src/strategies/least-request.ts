import type { Random } from '@weft/time'
import type { EndpointState, PickContext } from '../endpoint.ts'
import { Sampler } from '../sampler.ts'
import type { Gate, Strategy } from '../strategy.ts'

/**
 * Of some random endpoints (two by default) the one with the fewest requests in flight for its weight.
 * Source: Mitzenmacher, The Power of Two Choices.
 */
export class LeastRequest<Target> implements Strategy<Target> {
  readonly isSticky = false
  readonly #choices: number
  readonly #gate: Gate<Target>
  readonly #sampler: Sampler<Target>

  constructor(choices: number, random: Random, gate: Gate<Target>) {
    this.#choices = choices
    this.#gate = gate
    this.#sampler = new Sampler(random, gate)
  }

  update(endpoints: readonly EndpointState<Target>[]): void {
    this.#sampler.update(endpoints)
  }

  pick(context: PickContext<Target>): EndpointState<Target> | null {
    let best = this.#sampler.sample(context, null)
    if (best === null) return null
    let bestLoad = this.#load(best)
    for (let choice = 1; choice < this.#choices; choice++) {
      const other = this.#sampler.sample(context, best)
      if (other === null) return best
      const load = this.#load(other)
      if (load >= bestLoad || !this.#sampler.mayLeave(best, bestLoad + 1, load + 1)) continue
      best = other
      bestLoad = load
    }
    return best
  }

  #load(endpoint: EndpointState<Target>): number {
    return this.#gate.inFlight(endpoint) * endpoint.loadFactor
  }
}
