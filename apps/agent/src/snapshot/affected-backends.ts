import { ExternalBackends } from './external-backends.ts'
import type { ResourceMaps } from './resource-maps.ts'
import type { TopologyChange, TopologyIndex } from './topology-index.ts'

/** One configuration with its index. */
export interface Indexed {
  readonly resources: ResourceMaps
  readonly index: TopologyIndex
}

/** Names whose value is another in `after` than in `before`. Costs nothing when the map is the same. */
export function changedNames<Value>(before: ReadonlyMap<string, Value>, after: ReadonlyMap<string, Value>): string[] {
  if (before === after) return []
  const names: string[] = []
  let addedCount = 0
  for (const [name, value] of after) {
    const former = before.get(name)
    if (former === value) continue
    names.push(name)
    if (former === undefined) addedCount++
  }
  if (before.size + addedCount === after.size) return names
  for (const name of before.keys()) if (!after.has(name)) names.push(name)
  return names
}

export function topologyChange(before: ResourceMaps, after: ResourceMaps): TopologyChange {
  return {
    services: changedNames(before.Service, after.Service),
    workloads: changedNames(before.Workload, after.Workload),
  }
}

/** Of the keys of backends those whose policy or endpoints may be others after a change. */
export function affectedBackends(
  keys: Iterable<string>,
  before: Indexed,
  after: Indexed,
  change: TopologyChange,
): string[] {
  const policies = changedNames(before.resources.TrafficPolicy, after.resources.TrafficPolicy)
  const services = new Set(change.services)
  for (const name of policies) {
    for (const { resources } of [before, after]) {
      const policy = resources.TrafficPolicy.get(name)
      if (policy !== undefined) services.add(policy.service)
    }
  }
  for (const uid of change.workloads) {
    for (const { resources, index } of [before, after]) {
      const workload = resources.Workload.get(uid)
      if (workload === undefined) continue
      for (const { namespace, name } of index.servicesOf(workload)) services.add(`${namespace}/${name}`)
    }
  }
  // An address that somebody wrote down may be that of a workload now, or no longer.
  if (change.workloads.length > 0) for (const name of after.index.withEndpoints) services.add(name)
  const workloads = new Set(change.workloads)
  const isExternalChanged = policies.length > 0 || before.resources.ExternalService !== after.resources.ExternalService
  return [...keys].filter((key) => {
    if (ExternalBackends.isKey(key)) return isExternalChanged
    const name = key.slice(0, key.lastIndexOf(':'))
    return name.startsWith(WORKLOAD) ? workloads.has(name.slice(WORKLOAD.length)) : services.has(name)
  })
}

const WORKLOAD = 'workload '
