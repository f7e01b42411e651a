import { Balancer } from '@weft/balancer'
import { RetryBudget } from '@weft/retry'
import type { Backend, Upstream } from '@weft/stack'
import { defaultTrafficPolicy } from '@weft/traffic'
import type { Random } from '@weft/time'
import type { Addressed } from '../snapshot/snapshot.ts'

/** Places outside that are remembered with their connections. */
const PLACES_MAX = 1024

/** Places outside the mesh that workloads reach by the explicit proxy: passed on as they are, neither encrypted nor balanced by us. */
export class Outside {
  readonly #random: Random
  readonly #places = new Map<string, Addressed>()

  constructor(random: Random) {
    this.#random = random
  }

  place(host: string, port: number): Addressed {
    const key = `${host}:${port}`
    const known = this.#places.get(key)
    if (known !== undefined) return known
    const upstream: Upstream = Object.freeze({
      workload: '',
      identity: '',
      address: host,
      port,
      hbonePort: 0,
      external: null,
    })
    const balancer = new Balancer<Upstream>(defaultTrafficPolicy, this.#random)
    balancer.update([{ key, weight: 1, target: upstream }])
    const budget = new RetryBudget(defaultTrafficPolicy)
    const backend: Backend = { service: '', port, policy: defaultTrafficPolicy, balancer, budget }
    const place: Addressed = {
      service: '',
      port,
      revision: '',
      protocol: 'detect',
      isHttpRequired: false,
      relay: null,
      route: null,
      backend,
      backendOf: () => null,
    }
    if (this.#places.size >= PLACES_MAX) this.#places.clear()
    this.#places.set(key, place)
    return place
  }
}
