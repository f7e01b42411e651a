import { ownsAddress, selects, serviceKey, type Service, type Workload } from '@weft/topology'

/** Workloads by uid and services by `namespace/name`. */
export interface Topology {
  readonly Service: ReadonlyMap<string, Service>
  readonly Workload: ReadonlyMap<string, Workload>
}

/** What of workloads and services differs between two configurations, by name. */
export interface TopologyChange {
  readonly services: readonly string[]
  readonly workloads: readonly string[]
}

type Groups<Value> = Map<string, readonly Value[]>

/**
 * Workloads and services by address and by label. Immutable; the next one shares what has not changed, so that one pod of
 * ten thousand costs little.
 */
export class TopologyIndex {
  readonly #servicesByAddress: ReadonlyMap<string, Service>
  readonly #workloadsByAddress: ReadonlyMap<string, Workload>
  /** By namespace and each label. */
  readonly #workloadsByLabel: ReadonlyMap<string, readonly Workload[]>
  /** By namespace and the first label that each selects by. */
  readonly #servicesByLabel: ReadonlyMap<string, readonly Service[]>
  /** Names of services with endpoints that somebody wrote down. */
  readonly withEndpoints: ReadonlySet<string>

  private constructor(
    servicesByAddress: ReadonlyMap<string, Service>,
    workloadsByAddress: ReadonlyMap<string, Workload>,
    workloadsByLabel: ReadonlyMap<string, readonly Workload[]>,
    servicesByLabel: ReadonlyMap<string, readonly Service[]>,
    withEndpoints: ReadonlySet<string>,
  ) {
    this.#servicesByAddress = servicesByAddress
    this.#workloadsByAddress = workloadsByAddress
    this.#workloadsByLabel = workloadsByLabel
    this.#servicesByLabel = servicesByLabel
    this.withEndpoints = withEndpoints
  }

  static readonly empty = new TopologyIndex(new Map(), new Map(), new Map(), new Map(), new Set())

  static of(resources: Topology): TopologyIndex {
    const none: Topology = { Service: new Map(), Workload: new Map() }
    const change = { services: [...resources.Service.keys()], workloads: [...resources.Workload.keys()] }
    return TopologyIndex.empty.next(none, resources, change)
  }

  /** The index of `after`, which differs from `before`, whose index this is, by `change`. */
  next(before: Topology, after: Topology, { services, workloads }: TopologyChange): TopologyIndex {
    if (services.length === 0 && workloads.length === 0) return this
    const [servicesByAddress, servicesByLabel, withEndpoints] =
      services.length === 0
        ? [this.#servicesByAddress, this.#servicesByLabel, this.withEndpoints]
        : this.#nextServices(before.Service, after.Service, services)
    const [workloadsByAddress, workloadsByLabel] =
      workloads.length === 0
        ? [this.#workloadsByAddress, this.#workloadsByLabel]
        : this.#nextWorkloads(before.Workload, after.Workload, workloads)
    return new TopologyIndex(servicesByAddress, workloadsByAddress, workloadsByLabel, servicesByLabel, withEndpoints)
  }

  /** The service whose address it is; one that it shares with others is its at its ports alone. */
  serviceAt(address: string, port = 0): Service | null {
    const own = this.#servicesByAddress.get(address)
    return own ?? this.#servicesByAddress.get(`${address} ${port}`) ?? null
  }

  /** The workload whose own address it is. */
  workloadAt(address: string): Workload | null {
    return this.#workloadsByAddress.get(address) ?? null
  }

  /** Workloads that the selector of a service finds. */
  selectedBy(service: Service): Workload[] {
    let fewest: readonly Workload[] | null = null
    for (const [label, value] of Object.entries(service.selector)) {
      const group = this.#workloadsByLabel.get(labelKey(service.namespace, label, value))
      if (group === undefined) return []
      if (fewest === null || group.length < fewest.length) fewest = group
    }
    return fewest === null ? [] : fewest.filter((workload) => selects(service, workload))
  }

  /** Services whose selector finds a workload. */
  servicesOf(workload: Workload): Service[] {
    const found: Service[] = []
    for (const [label, value] of Object.entries(workload.labels)) {
      const group = this.#servicesByLabel.get(labelKey(workload.namespace, label, value))
      if (group !== undefined) for (const service of group) if (selects(service, workload)) found.push(service)
    }
    return found
  }

  #nextServices(
    before: ReadonlyMap<string, Service>,
    after: ReadonlyMap<string, Service>,
    changed: readonly string[],
  ): [ReadonlyMap<string, Service>, ReadonlyMap<string, readonly Service[]>, ReadonlySet<string>] {
    const byAddress = new Map(this.#servicesByAddress)
    const byLabel: Groups<Service> = new Map(this.#servicesByLabel)
    const withEndpoints = new Set(this.withEndpoints)
    for (const name of changed) {
      const [former, service] = [before.get(name), after.get(name)]
      if (former !== undefined) {
        for (const address of addressKeys(former)) if (byAddress.get(address) === former) byAddress.delete(address)
        const key = firstLabel(former)
        if (key !== '') leave(byLabel, key, former)
        withEndpoints.delete(name)
      }
      if (service === undefined) continue
      for (const address of addressKeys(service)) byAddress.set(address, service)
      const key = firstLabel(service)
      if (key !== '') join(byLabel, key, service)
      if (service.endpoints.length > 0) withEndpoints.add(serviceKey(service.namespace, service.name))
    }
    return [byAddress, byLabel, withEndpoints]
  }

  #nextWorkloads(
    before: ReadonlyMap<string, Workload>,
    after: ReadonlyMap<string, Workload>,
    changed: readonly string[],
  ): [ReadonlyMap<string, Workload>, ReadonlyMap<string, readonly Workload[]>] {
    const byAddress = new Map(this.#workloadsByAddress)
    const byLabel: Groups<Workload> = new Map(this.#workloadsByLabel)
    const isMany = changed.length > MANY
    const lists = new Map<string, Workload[]>()
    // All go before any comes: an address may pass from one to another.
    for (const uid of changed) {
      const former = before.get(uid)
      if (former === undefined) continue
      for (const address of [former.address, former.address6])
        if (byAddress.get(address) === former) byAddress.delete(address)
      for (const key of labelKeys(former)) leave(byLabel, key, former)
    }
    for (const uid of changed) {
      const workload = after.get(uid)
      if (workload === undefined) continue
      if (ownsAddress(workload)) {
        for (const address of [workload.address, workload.address6])
          if (address !== '') byAddress.set(address, workload)
      }
      for (const key of labelKeys(workload)) {
        if (isMany) push(lists, byLabel, key, workload)
        else join(byLabel, key, workload)
      }
    }
    for (const [key, list] of lists) byLabel.set(key, list)
    return [byAddress, byLabel]
  }
}

/** From so many changes on, each group is copied once and not for each member. */
const MANY = 16

function push(lists: Map<string, Workload[]>, groups: Groups<Workload>, key: string, workload: Workload): void {
  let list = lists.get(key)
  if (list === undefined) lists.set(key, (list = [...(groups.get(key) ?? [])]))
  list.push(workload)
}

function join<Value>(groups: Groups<Value>, key: string, value: Value): void {
  groups.set(key, [...(groups.get(key) ?? []), value])
}

function leave<Value>(groups: Groups<Value>, key: string, value: Value): void {
  const rest = (groups.get(key) ?? []).filter((one) => one !== value)
  if (rest.length === 0) groups.delete(key)
  else groups.set(key, rest)
}

function* labelKeys({ namespace, labels }: Workload): Iterable<string> {
  for (const label in labels) yield labelKey(namespace, label, labels[label]!)
}

function firstLabel({ namespace, selector }: Service): string {
  for (const label in selector) return labelKey(namespace, label, selector[label]!)
  return ''
}

function labelKey(namespace: string, label: string, value: string): string {
  return `${namespace} ${label} ${value}`
}

/** Its own addresses, and `ADDRESS PORT` of those that it shares. */
function addressKeys({ address4, address6, sharedAddresses, ports }: Service): string[] {
  const shared = sharedAddresses.flatMap((address) => ports.map(({ port }) => `${address} ${port}`))
  return [address4, address6, ...shared].filter((key) => key !== '')
}
