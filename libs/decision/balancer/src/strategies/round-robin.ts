import type { Random } from '@weft/time'
import type { EndpointState, PickContext } from '../endpoint.ts'
import type { Eligible, Strategy } from '../strategy.ts'

const STRIDE = 65_535

/**
 * One after the other, by weight: in each round an endpoint is passed over as often as its weight is below the highest.
 *
 * Begins at a random place, so that many agents do not all begin with the same endpoint.
 * Source: gRFC A58, static stride scheduler.
 */
export class RoundRobin<Target> implements Strategy<Target> {
  readonly isSticky = false
  readonly #random: Random
  readonly #eligible: Eligible<Target>
  #endpoints: readonly EndpointState<Target>[] = []
  /** Weights with the highest at STRIDE. */
  #strides = new Float64Array(0)
  #at = 0
  #round = 0

  constructor(random: Random, eligible: Eligible<Target>) {
    this.#random = random
    this.#eligible = eligible
  }

  update(endpoints: readonly EndpointState<Target>[]): void {
    const highest = endpoints.reduce((max, endpoint) => Math.max(max, endpoint.weight), 0)
    this.#endpoints = endpoints
    this.#strides = Float64Array.from(endpoints, (endpoint) =>
      Math.max(1, Math.round((endpoint.weight / highest) * STRIDE)),
    )
    this.#at = Math.floor(this.#random() * endpoints.length)
    this.#round = 0
  }

  pick(context: PickContext<Target>): EndpointState<Target> | null {
    const endpoints = this.#endpoints
    let refused = 0
    while (refused < endpoints.length) {
      const at = this.#at
      const isTurn = this.#isTurn(at)
      this.#advance()
      if (!isTurn) continue
      const endpoint = endpoints[at]!
      if (this.#eligible(endpoint, context)) return endpoint
      refused++
    }
    return this.#anyEligible(context)
  }

  /** Endpoints begin their cycles apart (the offset), or low weights would all have their turn in the same round. */
  #isTurn(at: number): boolean {
    const stride = this.#strides[at]!
    return (stride * this.#round + ((at * 31_337) % STRIDE)) % STRIDE >= STRIDE - stride
  }

  #advance(): void {
    if (++this.#at < this.#endpoints.length) return
    this.#at = 0
    this.#round = this.#round === STRIDE - 1 ? 0 : this.#round + 1
  }

  /** Heavy endpoints that are out can use up all turns; then whoever is left serves. */
  #anyEligible(context: PickContext<Target>): EndpointState<Target> | null {
    const endpoints = this.#endpoints
    for (let step = 0; step < endpoints.length; step++) {
      const endpoint = endpoints[(this.#at + step) % endpoints.length]!
      if (this.#eligible(endpoint, context)) return endpoint
    }
    return null
  }
}
