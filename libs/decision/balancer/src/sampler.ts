import type { Random } from '@weft/time'
import type { EndpointState, PickContext } from './endpoint.ts'
import type { Eligible } from './strategy.ts'

/** Tries at chance before all endpoints are looked at in order; with half of them out, one sample in 256 gets there. */
const TRIES_MAX = 8

/**
 * Draws endpoints at random in proportion to their weights, in constant time.
 *
 * Source: Vose, A Linear Algorithm for Generating Random Numbers with a Given Distribution (alias method).
 */
export class Sampler<Target> {
  readonly #random: Random
  readonly #eligible: Eligible<Target>
  #endpoints: readonly EndpointState<Target>[] = []
  /** Null when all weights are equal. */
  #keep: Float64Array | null = null
  #alias: Int32Array | null = null

  constructor(random: Random, eligible: Eligible<Target>) {
    this.#random = random
    this.#eligible = eligible
  }

  update(endpoints: readonly EndpointState<Target>[]): void {
    this.#endpoints = endpoints
    this.#keep = null
    this.#alias = null
    if (endpoints.some((endpoint) => endpoint.weight !== endpoints[0]!.weight)) this.#buildAliases()
  }

  /** An eligible endpoint other than `not`, or null when there is none. Allocates nothing. */
  sample(context: PickContext<Target>, not: EndpointState<Target> | null): EndpointState<Target> | null {
    const endpoints = this.#endpoints
    const count = endpoints.length
    if (count === 0) return null
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const endpoint = endpoints[this.#draw(count)]!
      if (endpoint !== not && this.#eligible(endpoint, context)) return endpoint
    }
    let at = Math.floor(this.#random() * count)
    for (let step = 0; step < count; step++) {
      const endpoint = endpoints[at]!
      if (endpoint !== not && this.#eligible(endpoint, context)) return endpoint
      if (++at === count) at = 0
    }
    return null
  }

  #draw(count: number): number {
    const scaled = this.#random() * count
    const at = Math.floor(scaled)
    if (this.#keep === null) return at
    return scaled - at < this.#keep[at]! ? at : this.#alias![at]!
  }

  #buildAliases(): void {
    const count = this.#endpoints.length
    const total = this.#endpoints.reduce((sum, endpoint) => sum + endpoint.weight, 0)
    const share = Float64Array.from(this.#endpoints, (endpoint) => (endpoint.weight * count) / total)
    const alias = Int32Array.from(share, (_, i) => i)
    const keep = new Float64Array(count).fill(1)
    const small: number[] = []
    const large: number[] = []
    share.forEach((value, i) => (value < 1 ? small : large).push(i))
    while (small.length > 0 && large.length > 0) {
      const under = small.pop()!
      const over = large.pop()!
      keep[under] = share[under]!
      alias[under] = over
      share[over] = share[over]! - (1 - share[under]!)
      ;(share[over]! < 1 ? small : large).push(over)
    }
    this.#keep = keep
    this.#alias = alias
  }
}
