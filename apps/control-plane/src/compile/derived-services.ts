import { serviceKey, type AppProtocol, type Service, type Workload } from '@weft/topology'

/** A service that nobody wrote down: what `weft run --service NAME` implies. Addresses are given later. */
export type DerivedService = Omit<Service, 'address4' | 'address6'>

/**
 * The services implied by workloads: one per namespace and label `app`, with every port that an instance ever had while
 * this control plane runs. They stay when the last instance leaves, so that callers are told `no_endpoint` and not that
 * the name is unknown; a stored Service of that name takes their place.
 */
export class DerivedServices {
  readonly #services = new Map<string, DerivedService>()

  add(workload: Workload): void {
    const name = workload.labels['app']
    if (name === undefined) return
    const key = serviceKey(workload.namespace, name)
    const ports = new Map((this.#services.get(key)?.ports ?? []).map((port) => [port.port, port]))
    for (const { port, protocol } of workload.ports) {
      const known = ports.get(port)
      const agreed: AppProtocol =
        known === undefined || known.protocol === protocol ? protocol : declared(known.protocol, protocol)
      ports.set(port, { port, targetPort: port, name: '', protocol: agreed })
    }
    const sorted = [...ports.values()].toSorted((a, b) => a.port - b.port)
    this.#services.set(key, { namespace: workload.namespace, name, ports: sorted, selector: { app: name } })
  }

  all(): DerivedService[] {
    return [...this.#services.values()]
  }

  remove(namespace: string, name: string): boolean {
    return this.#services.delete(serviceKey(namespace, name))
  }
}

/** Of two instances that say different things, the one that says something wins; when both do, look at the octets. */
function declared(a: AppProtocol, b: AppProtocol): AppProtocol {
  if (a === 'detect') return b
  return b === 'detect' ? a : 'detect'
}
