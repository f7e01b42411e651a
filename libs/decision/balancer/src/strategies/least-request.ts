import type { Dice } from '../dice.ts'
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
  /** Of the best so far, and of the one that it is compared with. */
  readonly #costs = new Float64Array(2)

  constructor(choices: number, dice: Dice, gate: Gate<Target>) {
    this.#choices = choices
    this.#gate = gate
    this.#sampler = new Sampler(dice, gate)
  }

  update(endpoints: readonly EndpointState<Target>[]): void {
    this.#sampler.update(endpoints)
  }

  pick(context: PickContext<Target>): EndpointState<Target> | null {
    let best = this.#sampler.sample(context, null)
    if (best === null || this.#choices < 2) return best
    const costs = this.#costs
    for (let choice = 1; choice < this.#choices; choice++) {
      const other = this.#sampler.sample(context, best)
      if (other === null) return best
      if (choice === 1) costs[0] = this.#gate.inFlight(best) * best.loadFactor + 1
      costs[1] = this.#gate.inFlight(other) * other.loadFactor + 1
      if (!(costs[1] < costs[0]!) || !this.#sampler.mayLeave(best, costs)) continue
      best = other
      costs[0] = costs[1]
    }
    return best
  }
}
