import type { Dice } from './dice.ts'
import type { EndpointState, PickContext } from './endpoint.ts'
import type { Gate } from './strategy.ts'

/** Tries at chance before all endpoints are looked at in order; with half of them out, one sample in 256 gets there. */
const TRIES_MAX = 8
/** A comparison this clear overrules the weights. */
const CLEARLY = 2

/**
 * Draws endpoints at random in proportion to their weights, in constant time.
 *
 * Source: Vose, A Linear Algorithm for Generating Random Numbers with a Given Distribution (alias method).
 */
export class Sampler<Target> {
  readonly #dice: Dice
  readonly #gate: Gate<Target>
  #endpoints: readonly EndpointState<Target>[] = []
  /** Null when all weights are equal. */
  #keep: Float64Array | null = null
  #alias: Int32Array | null = null
  #total = 0
  #lowest = 0

  constructor(dice: Dice, gate: Gate<Target>) {
    this.#dice = dice
    this.#gate = gate
  }

  update(endpoints: readonly EndpointState<Target>[]): void {
    this.#endpoints = endpoints
    this.#keep = null
    this.#alias = null
    this.#total = endpoints.reduce((sum, endpoint) => sum + endpoint.weight, 0)
    this.#lowest = endpoints.reduce((lowest, endpoint) => Math.min(lowest, endpoint.weight), Infinity)
    if (endpoints.some((endpoint) => endpoint.weight !== endpoints[0]!.weight)) this.#buildAliases()
  }

  /** An acceptable endpoint other than `not`, or null when there is none. Allocates nothing. */
  sample(context: PickContext<Target>, not: EndpointState<Target> | null): EndpointState<Target> | null {
    const endpoints = this.#endpoints
    const count = endpoints.length
    if (count === 0 || (count === 1 && not !== null)) return null
    let cold: EndpointState<Target> | null = null
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const endpoint = endpoints[this.#draw(count)]!
      if (endpoint === not || !this.#gate.accepts(endpoint, context)) continue
      if (endpoint.warmUntilMs <= context.nowMs || this.#gate.isWarm(endpoint, context)) return endpoint
      cold = endpoint
    }
    // All were in slow start: then one of them is as good as another.
    return cold === null ? this.#search(context, not) : cold
  }

  /**
   * Whether to leave `from`, which costs `costs[0]`, for one that costs less, `costs[1]`. Without this, comparing two that
   * were drawn by weight would take from the heavy and give to the light: a small difference is followed as often as keeps
   * both at their weights, a clear one always. Source: Metropolis et al., detailed balance.
   */
  mayLeave(from: EndpointState<Target>, costs: Float64Array): boolean {
    if (this.#keep === null || costs[1]! * CLEARLY < costs[0]!) return true
    return this.#dice.chance((this.#total - from.weight) / (this.#total - this.#lowest))
  }

  #draw(count: number): number {
    const at = this.#dice.below(count)
    if (this.#keep === null) return at
    return this.#dice.chance(this.#keep[at]!) ? at : this.#alias![at]!
  }

  #search(context: PickContext<Target>, not: EndpointState<Target> | null): EndpointState<Target> | null {
    const endpoints = this.#endpoints
    const count = endpoints.length
    let at = this.#dice.below(count)
    for (let step = 0; step < count; step++) {
      const endpoint = endpoints[at]!
      if (endpoint !== not && this.#gate.accepts(endpoint, context)) return endpoint
      if (++at === count) at = 0
    }
    return null
  }

  #buildAliases(): void {
    const count = this.#endpoints.length
    const share = Float64Array.from(this.#endpoints, (endpoint) => (endpoint.weight * count) / this.#total)
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
