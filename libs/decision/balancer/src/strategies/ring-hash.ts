import type { EndpointState, PickContext } from '../endpoint.ts'
import { hashText, mix32 } from '../hash.ts'
import type { Gate, Strategy } from '../strategy.ts'

/** Points of an endpoint with the mean weight; enough that shares differ by about a tenth. */
const POINTS_PER_ENDPOINT = 128
/** Of the whole ring; with more than a thousand endpoints each has fewer. A change must not take long to apply. */
const POINTS_MAX = 1 << 17
const INDEX_SPAN = 1 << 20

/**
 * Each endpoint owns points on a ring of 32-bit hashes; a request goes to the owner of the next point. When one endpoint
 * comes or goes only its own share moves. One that is out is walked over, and its share spreads over all others.
 *
 * Source: Karger et al., Consistent Hashing and Random Trees; ketama.
 */
export class RingHash<Target> implements Strategy<Target> {
  readonly isSticky = true
  readonly #gate: Gate<Target>
  #endpoints: readonly EndpointState<Target>[] = []
  #hashes = new Uint32Array(0)
  #owners = new Int32Array(0)

  constructor(gate: Gate<Target>) {
    this.#gate = gate
  }

  update(endpoints: readonly EndpointState<Target>[]): void {
    this.#endpoints = endpoints
    if (endpoints.length === 0) return
    const mean = endpoints.reduce((sum, endpoint) => sum + endpoint.weight, 0) / endpoints.length
    const perMean = Math.max(1, Math.min(POINTS_PER_ENDPOINT, Math.floor(POINTS_MAX / endpoints.length)))
    const counts = endpoints.map((endpoint) => Math.max(1, Math.round((endpoint.weight / mean) * perMean)))
    // Hash and owner share one double (32 + 20 bits), since typed arrays sort numbers fast and pairs not at all.
    const sorted = new Float64Array(counts.reduce((sum, count) => sum + count, 0))
    let filled = 0
    endpoints.forEach((endpoint, owner) => {
      const base = hashText(endpoint.key)
      for (let i = 0; i < counts[owner]!; i++) {
        sorted[filled++] = (mix32(base + Math.imul(i, 0x9e3779b1)) >>> 0) * INDEX_SPAN + owner
      }
    })
    sorted.sort()
    this.#hashes = Uint32Array.from(sorted, (point) => Math.floor(point / INDEX_SPAN))
    this.#owners = Int32Array.from(sorted, (point) => point % INDEX_SPAN)
  }

  pick(context: PickContext<Target>): EndpointState<Target> | null {
    if (this.#endpoints.length === 0) return null
    const count = this.#owners.length
    let at = this.#firstAtOrAfter(context.hash >>> 0)
    for (let step = 0; step < count; step++, at++) {
      if (at >= count) at = 0
      const endpoint = this.#endpoints[this.#owners[at]!]!
      if (this.#gate.accepts(endpoint, context)) return endpoint
    }
    return null
  }

  #firstAtOrAfter(hash: number): number {
    let low = 0
    let high = this.#hashes.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#hashes[middle]! < hash) low = middle + 1
      else high = middle
    }
    return low
  }
}
