import type { ResourceSet } from '@weft/discovery'
import type { Service, Workload } from '@weft/topology'
import type { Destination } from '../capture/capture.ts'

/** What of the configuration the supervisor itself needs: whom to capture, what to capture towards, names to resolve. */
export class MeshView {
  readonly #set: ResourceSet
  #services = new Map<string, Service>()
  #workloads: readonly Workload[] = []

  constructor(set: ResourceSet) {
    this.#set = set
  }

  /** Reads the set anew; call after each change. */
  refresh(): void {
    this.#services = new Map(
      [...this.#set.ofKind('Service')].map((service) => [`${service.namespace}/${service.name}`, service]),
    )
    this.#workloads = [...this.#set.ofKind('Workload')]
  }

  get workloads(): readonly Workload[] {
    return this.#workloads
  }

  service(namespace: string, name: string): Service | null {
    return this.#services.get(`${namespace}/${name}`) ?? null
  }

  /** Addresses that lead into the mesh: every service's, and every workload's that takes connections. */
  destinations(): Destination[] {
    const destinations: Destination[] = []
    for (const { address4, address6 } of this.#services.values()) {
      if (address4 !== '') destinations.push({ address: address4, port: 0 })
      if (address6 !== '') destinations.push({ address: address6, port: 0 })
    }
    for (const { address } of this.#workloads) if (address !== '') destinations.push({ address, port: 0 })
    return destinations
  }

  /** Namespaces of the workloads that share this node's own network, `default` first. */
  sharedNamespaces(node: string): string[] {
    const names = new Set<string>()
    for (const workload of this.#workloads) {
      if (workload.node === node && workload.networkMode === 'shared') names.add(workload.namespace)
    }
    return [...names].toSorted((a, b) => (a === 'default' ? -1 : b === 'default' ? 1 : a < b ? -1 : 1))
  }
}
