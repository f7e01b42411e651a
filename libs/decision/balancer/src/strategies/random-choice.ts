import type { Dice } from '../dice.ts'
import type { EndpointState, PickContext } from '../endpoint.ts'
import { Sampler } from '../sampler.ts'
import type { Gate, Strategy } from '../strategy.ts'

/** Any endpoint, in proportion to the weights. */
export class RandomChoice<Target> implements Strategy<Target> {
  readonly isSticky = false
  readonly #sampler: Sampler<Target>

  constructor(dice: Dice, gate: Gate<Target>) {
    this.#sampler = new Sampler(dice, gate)
  }

  update(endpoints: readonly EndpointState<Target>[]): void {
    this.#sampler.update(endpoints)
  }

  pick(context: PickContext<Target>): EndpointState<Target> | null {
    return this.#sampler.sample(context, null)
  }
}
