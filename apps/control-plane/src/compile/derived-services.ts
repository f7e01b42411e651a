import { serviceDefaults, serviceKey, type AppProtocol, type Service, type Workload } from '@weft/topology'

/** A service that nobody wrote down: what `weft run --service NAME` implies. Addresses are given later. */
export type DerivedService = Omit<Service, 'address4' | 'address6'>

/**
 * The services implied by workloads that take calls: one per namespace and label `app`, with every port that an instance ever had while
 * this control plane runs. They stay when the last instance leaves, so that callers are told `no_endpoint` and not that
 * the name is unknown; a stored Service of that name takes their place.
 */
export class DerivedServices {
  readonly #services = new Map<string, DerivedService>()

  /** Nothing changes, not even in identity, when the workload implies nothing new. */
  add(workload: Workload): void {
    const name = workload.labels['app']
    if (name === undefined || workload.ports.length === 0) return
    const key = serviceKey(workload.namespace, name)
    const known = this.#services.get(key)?.ports ?? []
    const ports = new Map(known.map((port) => [port.port, port]))
    for (const { port, protocol } of workload.ports) {
      const agreed = agree(ports.get(port)?.protocol ?? protocol, protocol)
      if (ports.get(port)?.protocol !== agreed) ports.set(port, { port, targetPort: port, name: '', protocol: agreed })
    }
    const sorted = [...ports.values()].toSorted((a, b) => a.port - b.port)
    if (sorted.length === known.length && sorted.every((port, index) => port === known[index])) return
    const { namespace } = workload
    this.#services.set(key, { ...serviceDefaults, namespace, name, ports: sorted, selector: { app: name } })
  }

  all(): DerivedService[] {
    return [...this.#services.values()]
  }

  remove(namespace: string, name: string): boolean {
    return this.#services.delete(serviceKey(namespace, name))
  }
}

/** Of two instances that say different things, the one that says something wins; when both do, look at the octets. */
function agree(known: AppProtocol, said: AppProtocol): AppProtocol {
  if (known === said || said === 'detect') return known
  return known === 'detect' ? said : 'detect'
}
