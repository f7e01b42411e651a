import type { Random } from '@weft/time'
import type { EndpointState, PickContext } from '../endpoint.ts'
import { Sampler } from '../sampler.ts'
import type { Eligible, Strategy } from '../strategy.ts'

/** Of two random endpoints the one with fewer requests in flight. Source: Mitzenmacher, The Power of Two Choices. */
export class LeastRequest<Target> implements Strategy<Target> {
  readonly isSticky = false
  readonly #sampler: Sampler<Target>

  constructor(random: Random, eligible: Eligible<Target>) {
    this.#sampler = new Sampler(random, eligible)
  }

  update(endpoints: readonly EndpointState<Target>[]): void {
    this.#sampler.update(endpoints)
  }

  pick(context: PickContext<Target>): EndpointState<Target> | null {
    const first = this.#sampler.sample(context, null)
    if (first === null) return null
    const second = this.#sampler.sample(context, first)
    return second !== null && second.inFlight < first.inFlight ? second : first
  }
}
