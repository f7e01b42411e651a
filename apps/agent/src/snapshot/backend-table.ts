import { Balancer, type BalancerClient, type Locality } from '@weft/balancer'
import { RetryBudget } from '@weft/retry'
import type { Backend, ExternalTarget, Upstream } from '@weft/stack'
import type { Random } from '@weft/time'
import type { TrafficPolicy } from '@weft/traffic'
import { describeBackend } from './describe-backend.ts'

/** A workload that answers at a port, or a place outside the mesh, and whether it takes new work. */
export interface Endpoint {
  readonly workload: string
  readonly identity: string
  readonly address: string
  readonly port: number
  readonly hbonePort: number
  readonly external: ExternalTarget | null
  readonly weight: number
  /** 0 is used first. */
  readonly priority: number
  readonly locality: Locality
}

/**
 * Backends and upstreams that outlive snapshots: what is the same in the next one stays the same object, with its
 * statistics, pools and counters.
 */
export class BackendTable {
  readonly #random: Random
  readonly #client: Partial<BalancerClient>
  readonly #backends = new Map<string, Entry>()
  #gone: UpstreamsGone = () => {}
  #make: (key: string) => Backend | null = () => null

  /** `client` is who balances. */
  constructor(random: Random, client: Partial<BalancerClient>) {
    this.#random = random
    this.#client = client
  }

  /** The backend of that name with these endpoints and that policy. A policy that changed makes a new one. */
  backend(service: string, port: number, key: string, policy: TrafficPolicy, endpoints: readonly Endpoint[]): Backend {
    let entry = this.#backends.get(key)
    if (entry === undefined || !isSame(entry.backend.policy, policy)) {
      const former = entry
      // Its upstreams are new objects too, so that pools are made by the new limits. What is known of endpoints stays.
      entry = { backend: this.#newBackend(service, port, policy, key), upstreams: new Map() }
      if (former !== undefined) {
        entry.backend.balancer.adopt(former.backend.balancer)
        this.#gone([...former.upstreams.values()])
      }
      this.#backends.set(key, entry)
    }
    this.#update(entry, endpoints)
    return entry.backend
  }

  /** The backend of a key: the one that is used already, else one made now; null when there is nothing of that name. */
  of(key: string): Backend | null {
    return this.#backends.get(key)?.backend ?? this.#make(key)
  }

  /** Who makes backends from now on: the newest configuration, however old the one that asks. */
  makeBy(make: (key: string) => Backend | null): void {
    this.#make = make
  }

  /** Calls this of upstreams that are gone or were replaced; requests under way may still use them. */
  onGone(gone: UpstreamsGone): void {
    this.#gone = gone
  }

  /** Keys of every backend that was ever asked for and not forgotten. */
  keys(): IterableIterator<string> {
    return this.#backends.keys()
  }

  describe(): unknown[] {
    return [...this.#backends].map(([name, { backend }]) => describeBackend(name, backend))
  }

  forget(key: string): void {
    const entry = this.#backends.get(key)
    if (entry === undefined) return
    this.#backends.delete(key)
    entry.backend.balancer.close()
    this.#gone([...entry.upstreams.values()])
  }

  #newBackend(service: string, port: number, policy: TrafficPolicy, scope: string): Backend {
    const balancer = new Balancer<Upstream>(policy, this.#random, { ...this.#client, scope })
    return { service, port, policy, balancer, budget: new RetryBudget(policy) }
  }

  #update(entry: Entry, endpoints: readonly Endpoint[]): void {
    const upstreams = new Map<string, Upstream>()
    entry.backend.balancer.update(
      endpoints.map((endpoint) => {
        const key = `${endpoint.workload === '' ? endpoint.address : endpoint.workload}:${endpoint.port}`
        const known = entry.upstreams.get(key)
        const target = known !== undefined && isSameUpstream(known, endpoint) ? known : upstreamOf(endpoint)
        upstreams.set(key, target)
        const { weight, priority, locality } = endpoint
        return { key, weight, target, priority, locality }
      }),
    )
    const gone = [...entry.upstreams.values()].filter((upstream) => !isIn(upstreams, upstream))
    entry.upstreams = upstreams
    if (gone.length > 0) this.#gone(gone)
  }
}

/** Told of upstreams that nothing leads to any more. */
export type UpstreamsGone = (upstreams: readonly Upstream[]) => void

interface Entry {
  readonly backend: Backend
  upstreams: Map<string, Upstream>
}

function upstreamOf({ workload, identity, address, port, hbonePort, external }: Endpoint): Upstream {
  return Object.freeze({ workload, identity, address, port, hbonePort, external })
}

function isSameUpstream(upstream: Upstream, endpoint: Endpoint): boolean {
  const { identity, address, hbonePort, external } = upstream
  if (identity !== endpoint.identity || address !== endpoint.address || hbonePort !== endpoint.hbonePort) return false
  return external === endpoint.external || JSON.stringify(external) === JSON.stringify(endpoint.external)
}

function isIn(upstreams: ReadonlyMap<string, Upstream>, upstream: Upstream): boolean {
  const key = `${upstream.workload === '' ? upstream.address : upstream.workload}:${upstream.port}`
  return upstreams.get(key) === upstream
}

function isSame(a: TrafficPolicy, b: TrafficPolicy): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
