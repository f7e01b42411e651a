import type { Dice } from '../dice.ts'
import type { EndpointState, PickContext } from '../endpoint.ts'
import { type LatencyOptions, writePeakEwmaCost } from '../latency.ts'
import { Sampler } from '../sampler.ts'
import type { Gate, Strategy } from '../strategy.ts'

/** The cheapest of some random endpoints (two by default), by latency times requests in flight ({@link writePeakEwmaCost}). */
export class PeakEwma<Target> implements Strategy<Target> {
  readonly isSticky = false
  readonly #options: LatencyOptions
  readonly #choices: number
  readonly #gate: Gate<Target>
  readonly #sampler: Sampler<Target>
  /** Of the best so far, and of the one that it is compared with. */
  readonly #costs = new Float64Array(2)

  constructor(options: LatencyOptions, choices: number, dice: Dice, gate: Gate<Target>) {
    this.#options = options
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
      if (choice === 1) writePeakEwmaCost(best, this.#gate.inFlight(best), context, this.#options, costs, 0)
      writePeakEwmaCost(other, this.#gate.inFlight(other), context, this.#options, costs, 1)
      if (!(costs[1]! < costs[0]!) || !this.#sampler.mayLeave(best, costs)) continue
      best = other
      costs[0] = costs[1]!
    }
    return best
  }
}
