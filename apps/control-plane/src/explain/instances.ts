import { isGivenWork, selects, targetPortOf, type Service, type Workload, type WorkloadState } from '@weft/topology'

/** What answers to a service at one of its ports. */
export interface Instance {
  /** Null for an address that somebody wrote down and that is of no workload. */
  readonly workload: Workload | null
  readonly address: string
  readonly port: number
  readonly state: WorkloadState
  readonly isUsed: boolean
  /** Name or address, place, and whether it is outside the mesh. */
  readonly text: string
}

/** Everybody who answers to a port of a service, and who of them is given work, as agents see it. */
export function instancesOf(service: Service, port: number, workloads: readonly Workload[]): Instance[] {
  const declared = service.ports.find((one) => one.port === port) ?? service.ports[0]
  if (declared === undefined) return []
  const found: Omit<Instance, 'isUsed' | 'text'>[] = []
  for (const workload of workloads) {
    if (!selects(service, workload)) continue
    const target = targetPortOf(declared, workload)
    if (target > 0) found.push({ workload, address: workload.address, port: target, state: workload.state })
  }
  for (const { address, port: target, portName, state } of service.endpoints) {
    if (portName !== declared.name) continue
    const workload = workloads.find((one) => one.address === address && one.hbonePort > 0) ?? null
    found.push({ workload, address, port: target, state })
  }
  const isAnyReady = found.some(({ state }) => state === 'ready')
  return found.map((one) => ({ ...one, isUsed: isGivenWork(service, one.state, isAnyReady), text: textOf(one) }))
}

function textOf({ workload, address, port }: Omit<Instance, 'isUsed' | 'text'>): string {
  if (workload === null) return `${address}:${port} outside the mesh, in plaintext`
  const where = `${workload.name} at ${address} on ${workload.node}`
  return workload.hbonePort > 0 ? where : `${where}, outside the mesh, in plaintext`
}
