import { selects, serviceKey, type Service, type Workload } from '@weft/topology'

/** Which services a workload answers to, found by one of the labels that each selects by. Immutable. */
export class ServiceIndex {
  readonly #byLabel = new Map<string, Service[]>()

  constructor(services: Iterable<Service>) {
    for (const service of services) {
      const first = Object.entries(service.selector)[0]
      if (first === undefined) continue
      const key = labelKey(service.namespace, first[0], first[1])
      this.#byLabel.set(key, [...(this.#byLabel.get(key) ?? []), service])
    }
  }

  /** Names (`namespace/name`), in the order in which the services came. */
  of(workload: Workload): string[] {
    const names: string[] = []
    for (const [label, value] of Object.entries(workload.labels)) {
      for (const service of this.#byLabel.get(labelKey(workload.namespace, label, value)) ?? []) {
        if (selects(service, workload)) names.push(serviceKey(service.namespace, service.name))
      }
    }
    return names
  }
}

function labelKey(namespace: string, label: string, value: string): string {
  return `${namespace} ${label} ${value}`
}
