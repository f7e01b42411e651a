import { Balancer, EndpointState } from '@weft/balancer'
import { RetryBudget } from '@weft/retry'
import type { Backend, Upstream } from '@weft/stack'
import type { Workload } from '@weft/topology'
import { defaultTrafficPolicy } from '@weft/traffic'
import type { DataPlane } from '../worker/data-plane.ts'

/** One port of a workload of this node, as traffic that arrives sees it. One object for as long as it has traffic. */
export interface InboundPort {
  readonly uid: string
  readonly upstream: Upstream
  readonly endpoint: EndpointState<Upstream>
  readonly backend: Backend
}

/** Ports that peers may make us remember; agents only, and only ports that were dialled. */
const PORTS_MAX = 65_536

/** The ports of local workloads that something arrived at. */
export class InboundPorts {
  readonly #plane: DataPlane
  readonly #ports = new Map<string, InboundPort>()

  constructor(plane: DataPlane) {
    this.#plane = plane
  }

  of(workload: Workload, port: number): InboundPort {
    const snapshot = this.#plane.snapshots.current
    const service = snapshot.serviceOf(workload, port)
    const key = `${workload.uid} ${port} ${service}`
    const known = this.#ports.get(key)
    if (known !== undefined) return known
    const { uid, address } = workload
    const identity = snapshot.identityOf(workload)
    const upstream = Object.freeze({ workload: uid, identity, address, port, hbonePort: 0, external: null })
    const balancer = new Balancer<Upstream>(defaultTrafficPolicy, this.#plane.random)
    const budget = new RetryBudget(defaultTrafficPolicy)
    const backend = { service, port, policy: defaultTrafficPolicy, balancer, budget }
    const endpoint = new EndpointState<Upstream>({ key: uid, weight: 1, target: upstream }, 0)
    const made = { uid, upstream, endpoint, backend }
    if (this.#ports.size >= PORTS_MAX) this.#ports.clear()
    this.#ports.set(key, made)
    return made
  }

  /** Forgets workloads that are not configured any more. */
  sweep(): void {
    for (const [key, port] of this.#ports)
      if (this.#plane.snapshots.current.workload(port.uid) === null) this.#ports.delete(key)
  }
}
