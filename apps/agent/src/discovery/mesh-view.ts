import type { ResourceSet } from '@weft/discovery'
import { ownsAddress, type Service, serviceKey, type Workload } from '@weft/topology'
import type { Destination } from '../capture/capture.ts'
import { TopologyIndex } from '../snapshot/topology-index.ts'
import { changedNames } from '../snapshot/affected-backends.ts'

/** What of the configuration the supervisor itself needs: whom to capture, what to capture towards, names to resolve. */
export class MeshView {
  readonly #set: ResourceSet
  #services: ReadonlyMap<string, Service> = new Map()
  #workloads: ReadonlyMap<string, Workload> = new Map()
  #index = TopologyIndex.empty
  /** Services that a route or policy is for. */
  #governed: ReadonlySet<string> = new Set()
  #destinations: readonly Destination[] = []
  /** Services by `namespace/name` to how many of their workloads are in the mesh, and how many there are at all. */
  readonly #members = new Map<string, { inMesh: number; all: number }>()

  constructor(set: ResourceSet) {
    this.#set = set
  }

  /** Reads the set anew; call after each change. Costs what changed, and a look at each of the rest. */
  refresh(): void {
    const services = this.#set.byName('Service')
    const workloads = this.#set.byName('Workload')
    const before = { Service: this.#services, Workload: this.#workloads }
    const after = { Service: services, Workload: workloads }
    const change = {
      services: changedNames(before.Service, after.Service),
      workloads: changedNames(before.Workload, after.Workload),
    }
    const former = this.#index
    this.#index = former.next(before, after, change)
    this.#services = services
    this.#workloads = workloads
    this.#governed = new Set([
      ...[...this.#set.ofKind('Route')].map(({ service }) => service),
      ...[...this.#set.ofKind('TrafficPolicy')].map(({ service }) => service),
    ])
    // A selector may have changed: everything is counted anew.
    if (change.services.length > 0) this.#recount()
    else {
      for (const uid of change.workloads) {
        this.#count(former, before.Workload.get(uid), -1)
        this.#count(this.#index, workloads.get(uid), 1)
      }
    }
  }

  get workloads(): Iterable<Workload> {
    return this.#workloads.values()
  }

  /** Of services and workloads, as of the last refresh. */
  get index(): TopologyIndex {
    return this.#index
  }

  service(namespace: string, name: string): Service | null {
    return this.#services.get(serviceKey(namespace, name)) ?? null
  }

  /**
   * Addresses that lead into the mesh. Those of a service do when one of its endpoints is in it, or a route or policy is
   * for it, or it has no endpoint and is to have some in the mesh; those of a workload when it is in the mesh. All else
   * goes its way as if there were no mesh. The same list as before while nothing of it changes.
   */
  destinations(): readonly Destination[] {
    const list = this.#list()
    if (!isSameList(list, this.#destinations)) this.#destinations = list
    return this.#destinations
  }

  #list(): Destination[] {
    const destinations: Destination[] = []
    const add = (address: string): void => {
      if (address !== '') destinations.push({ address, port: 0 })
    }
    for (const [key, service] of this.#services) {
      if (!this.#isCaptured(key, service)) continue
      add(service.address4)
      add(service.address6)
      for (const address of service.sharedAddresses)
        for (const { port } of service.ports) destinations.push({ address, port })
    }
    for (const workload of this.#workloads.values()) {
      if (workload.hbonePort === 0 || !ownsAddress(workload)) continue
      add(workload.address)
      add(workload.address6)
    }
    return destinations
  }

  /** Whether an address is that of a workload in the mesh. */
  isWorkload(address: string): boolean {
    return (this.#index.workloadAt(address)?.hbonePort ?? 0) > 0
  }

  /** Namespaces of the workloads that share this node's own network, `default` first. */
  sharedNamespaces(node: string): string[] {
    const names = new Set<string>()
    for (const workload of this.#workloads.values()) {
      if (workload.node === node && workload.networkMode === 'shared' && workload.hbonePort > 0)
        names.add(workload.namespace)
    }
    return [...names].toSorted((a, b) => (a === 'default' ? -1 : b === 'default' ? 1 : a < b ? -1 : 1))
  }

  #isCaptured(key: string, service: Service): boolean {
    if (this.#governed.has(key)) return true
    const { inMesh, all } = this.#members.get(key) ?? { inMesh: 0, all: 0 }
    if (inMesh > 0) return true
    if (service.endpoints.some(({ address }) => this.isWorkload(address))) return true
    return service.isMeshed && all === 0 && service.endpoints.length === 0
  }

  #recount(): void {
    this.#members.clear()
    for (const workload of this.#workloads.values()) this.#count(this.#index, workload, 1)
  }

  #count(index: TopologyIndex, workload: Workload | undefined, sign: 1 | -1): void {
    if (workload === undefined) return
    for (const { namespace, name } of index.servicesOf(workload)) {
      const key = serviceKey(namespace, name)
      const known = this.#members.get(key) ?? { inMesh: 0, all: 0 }
      known.all += sign
      if (workload.hbonePort > 0) known.inMesh += sign
      this.#members.set(key, known)
    }
  }
}

function isSameList(a: readonly Destination[], b: readonly Destination[]): boolean {
  return a.length === b.length && a.every(({ address, port }, i) => address === b[i]!.address && port === b[i]!.port)
}
