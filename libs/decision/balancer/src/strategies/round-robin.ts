import type { Dice } from '../dice.ts'
import type { EndpointState, PickContext } from '../endpoint.ts'
import type { Gate, Strategy } from '../strategy.ts'

/**
 * One after the other, by weight and smoothly: a heavy endpoint has its turns spread among those of the others.
 *
 * With equal weights a walk in a circle; otherwise whoever's next turn is earliest, in a heap: each turn moves its
 * endpoint's next one on by the inverse of its weight. Begins at random, so that many agents do not all begin with the
 * same endpoint. Source: earliest deadline first, as in weighted fair queuing (Demers et al.).
 */
export class RoundRobin<Target> implements Strategy<Target> {
  readonly isSticky = false
  readonly #dice: Dice
  readonly #gate: Gate<Target>
  #endpoints: readonly EndpointState<Target>[] = []
  #isWeighted = false
  #at = 0
  /** Indices of endpoints, the one with the earliest turn first; a binary heap. */
  #heap = new Int32Array(0)
  /** By index of endpoint: when its next turn is, and how far apart its turns are. */
  #turns = new Float64Array(0)
  #periods = new Float64Array(0)

  constructor(dice: Dice, gate: Gate<Target>) {
    this.#dice = dice
    this.#gate = gate
  }

  update(endpoints: readonly EndpointState<Target>[]): void {
    this.#endpoints = endpoints
    this.#at = endpoints.length === 0 ? 0 : this.#dice.below(endpoints.length)
    this.#isWeighted = endpoints.some((endpoint) => endpoint.weight !== endpoints[0]!.weight)
    if (this.#isWeighted) this.#buildHeap()
  }

  pick(context: PickContext<Target>): EndpointState<Target> | null {
    const endpoints = this.#endpoints
    let cold: EndpointState<Target> | null = null
    // Everyone has had a turn after so many, but for the lightest of very unequal weights.
    for (let turn = 0; turn < endpoints.length; turn++) {
      const endpoint = endpoints[this.#isWeighted ? this.#nextTurn() : this.#nextStep()]!
      if (!this.#gate.accepts(endpoint, context)) continue
      if (endpoint.warmUntilMs <= context.nowMs || this.#gate.isWarm(endpoint, context)) return endpoint
      cold = endpoint
    }
    return cold === null && this.#isWeighted ? this.#anyAccepted(context) : cold
  }

  #nextStep(): number {
    const at = this.#at
    this.#at = at + 1 < this.#endpoints.length ? at + 1 : 0
    return at
  }

  #nextTurn(): number {
    const first = this.#heap[0]!
    this.#turns[first]! += this.#periods[first]!
    this.#sink(0)
    return first
  }

  /** Heavy endpoints that are out can use up all turns; then whoever is left serves. */
  #anyAccepted(context: PickContext<Target>): EndpointState<Target> | null {
    const endpoints = this.#endpoints
    for (let step = 0; step < endpoints.length; step++) {
      const endpoint = endpoints[this.#nextStep()]!
      if (this.#gate.accepts(endpoint, context)) return endpoint
    }
    return null
  }

  #buildHeap(): void {
    const count = this.#endpoints.length
    this.#heap = Int32Array.from({ length: count }, (_, i) => i)
    this.#periods = Float64Array.from(this.#endpoints, (endpoint) => 1 / endpoint.weight)
    // Anywhere in the first period, or all that weigh the same would have their turns in one moment.
    this.#turns = Float64Array.from(this.#periods, (period) => (period * (this.#dice.next() >>> 0)) / 0x1_0000_0000)
    for (let i = (count >> 1) - 1; i >= 0; i--) this.#sink(i)
  }

  #sink(from: number): void {
    const heap = this.#heap
    const turns = this.#turns
    const count = heap.length
    const moved = heap[from]!
    const turn = turns[moved]!
    let at = from
    for (;;) {
      let child = 2 * at + 1
      if (child >= count) break
      if (child + 1 < count && turns[heap[child + 1]!]! < turns[heap[child]!]!) child++
      if (turns[heap[child]!]! >= turn) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = moved
  }
}
