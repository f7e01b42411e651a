import { unknownLocality } from '@weft/balancer'
import {
  isGivenWork,
  targetPortOf,
  type Service,
  type ServicePort,
  type Workload,
  type WorkloadState,
} from '@weft/topology'
import { defaultTrafficPolicy, type TrafficPolicy } from '@weft/traffic'
import type { Endpoint } from './backend-table.ts'
import type { TopologyIndex } from './topology-index.ts'

/** Who asks. */
export interface EndpointClient {
  readonly index: TopologyIndex
  /** Node of this agent. */
  readonly node: string
  identityOf(workload: Workload): string
}

interface Candidate {
  readonly endpoint: Endpoint
  readonly state: WorkloadState
  readonly node: string
}

/**
 * Who answers at one port of a service, for clients of one node. Those that should be given no work are listed with weight
 * 0, so that what is known of them stays.
 *
 * Ready ones are given work; those that end but still answer only when none is ready (KEP-1672). A service that publishes
 * who is not ready gives work to all. Endpoints that somebody wrote down are those of workloads where they have the
 * address of one, and else lie outside the mesh.
 */
export function serviceEndpoints(service: Service, port: ServicePort, client: EndpointClient): Endpoint[] {
  const { distribution } = service
  let candidates = candidatesOf(service, port, client)
  if (distribution === 'onlyNode') candidates = candidates.filter(({ node }) => node === client.node)
  const isAnyReady = candidates.some(({ state }) => state === 'ready')
  return candidates.map(({ endpoint, state, node }) => {
    const priority = distribution === 'node' && node !== client.node ? 1 : 0
    return { ...endpoint, weight: isGivenWork(service, state, isAnyReady) ? 1 : 0, priority }
  })
}

/** One port of a workload as an endpoint with weight. One outside the mesh proves no identity. */
export function workloadEndpoint(workload: Workload, port: number, client: EndpointClient): Endpoint {
  const { uid, address, hbonePort, region, zone } = workload
  const identity = hbonePort === 0 ? '' : client.identityOf(workload)
  const locality = region === '' && zone === '' ? unknownLocality : { region, zone }
  return { workload: uid, identity, address, port, hbonePort, external: null, weight: 1, priority: 0, locality }
}

/** The policy of a service: the one attached, else what the service itself asks for. */
export function policyOf(service: Service, attached: TrafficPolicy | undefined): TrafficPolicy {
  return attached ?? (service.isSticky ? stickyPolicy : defaultTrafficPolicy)
}

/** Each client goes to one endpoint. */
const stickyPolicy: TrafficPolicy = Object.freeze({
  ...defaultTrafficPolicy,
  balancer: 'Maglev' as const,
  hashKeys: Object.freeze([{ type: 'source' as const }]),
})

function candidatesOf(service: Service, port: ServicePort, client: EndpointClient): Candidate[] {
  const candidates: Candidate[] = []
  const seen = new Set<string>()
  for (const workload of client.index.selectedBy(service)) {
    const target = targetPortOf(port, workload)
    if (target === 0) continue
    seen.add(`${workload.uid}:${target}`)
    candidates.push(ofWorkload(workload, target, workload.state, client))
  }
  for (const { address, port: target, portName, state, node, region, zone } of service.endpoints) {
    if (portName !== port.name) continue
    const workload = client.index.workloadAt(address)
    const key = workload === null ? `${address} ${target}` : `${workload.uid}:${target}`
    if (seen.has(key)) continue
    seen.add(key)
    if (workload !== null) {
      candidates.push(ofWorkload(workload, target, laterOf(state, workload.state), client))
      continue
    }
    const outside = { workload: '', identity: '', address, port: target, hbonePort: 0, external: null, weight: 1 }
    candidates.push({ endpoint: { ...outside, priority: 0, locality: { region, zone } }, state, node })
  }
  return candidates
}

function ofWorkload(workload: Workload, port: number, state: WorkloadState, client: EndpointClient): Candidate {
  return { endpoint: workloadEndpoint(workload, port, client), state, node: workload.node }
}

/** Whoever wrote an endpoint down may say that it ends; that it is ready the workload knows better. */
function laterOf(written: WorkloadState, own: WorkloadState): WorkloadState {
  return written === 'ready' ? own : written
}
