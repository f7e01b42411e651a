import type { EndpointState, PickContext } from '../endpoint.ts'
import { hashText } from '../hash.ts'
import type { Gate, Strategy } from '../strategy.ts'

/** Prime sizes; shares are even to a few per cent while an endpoint has 30 slots or more. */
const SLOTS = 65_537
const SLOTS_LARGE = 262_147
const SLOTS_PER_ENDPOINT = 30

/**
 * A table of slots that the endpoints fill in turns, each in an order of its own; a request goes to the owner of its
 * slot. Shares are more even than on a ring and the lookup is one index; a change moves a little more than its share.
 *
 * Source: Eisenbud et al., Maglev: A Fast and Reliable Software Network Load Balancer, section 3.4.
 */
export class Maglev<Target> implements Strategy<Target> {
  readonly isSticky = true
  readonly #gate: Gate<Target>
  #endpoints: readonly EndpointState<Target>[] = []
  #table = new Int32Array(0)

  constructor(gate: Gate<Target>) {
    this.#gate = gate
  }

  update(endpoints: readonly EndpointState<Target>[]): void {
    // By key, so that two agents that learned the endpoints in different order fill the same table.
    this.#endpoints = endpoints.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    this.#table = fillTable(this.#endpoints)
  }

  pick(context: PickContext<Target>): EndpointState<Target> | null {
    const slots = this.#table.length
    if (slots === 0) return null
    let at = (context.hash >>> 0) % slots
    for (let step = 0; step < slots; step++) {
      const endpoint = this.#endpoints[this.#table[at]!]!
      if (this.#gate.accepts(endpoint, context)) return endpoint
      if (++at === slots) at = 0
    }
    return null
  }
}

/** Endpoints take turns in proportion to their weights; each takes the next free slot of its own permutation. */
function fillTable(endpoints: readonly EndpointState<unknown>[]): Int32Array<ArrayBuffer> {
  const count = endpoints.length
  if (count === 0) return new Int32Array(0)
  const slots = count * SLOTS_PER_ENDPOINT > SLOTS ? SLOTS_LARGE : SLOTS
  const table = new Int32Array(slots).fill(-1)
  const next = Float64Array.from(endpoints, (endpoint) => (hashText(endpoint.key, 1) >>> 0) % slots)
  const skip = Float64Array.from(endpoints, (endpoint) => ((hashText(endpoint.key, 2) >>> 0) % (slots - 1)) + 1)
  const highest = endpoints.reduce((max, endpoint) => Math.max(max, endpoint.weight), 0)
  const credit = new Float64Array(count)
  for (let filled = 0; ;) {
    for (let i = 0; i < count; i++) {
      credit[i]! += endpoints[i]!.weight
      if (credit[i]! < highest) continue
      credit[i]! -= highest
      let slot = next[i]!
      while (table[slot]! >= 0) slot = (slot + skip[i]!) % slots
      table[slot] = i
      next[i] = (slot + skip[i]!) % slots
      if (++filled === slots) return table
    }
  }
}
