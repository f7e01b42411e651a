import type { DirectCounts, DirectEndpoint } from '@weft/ebpf'
import { formatWorkloadIdentity } from '@weft/identity'
import { serviceKey, targetPortOf, type Workload } from '@weft/topology'
import type { TrafficCountData } from '../worker/messages.ts'
import type { DirectInputs } from './direct-inputs.ts'

/** What happened since the totals before, as the workers tell of what goes through them: by caller and by callee. */
export function directTraffic(
  now: DirectCounts,
  before: DirectCounts | undefined,
  inputs: DirectInputs,
  trustDomain: string,
): TrafficCountData[] {
  const since = (field: 'opened' | 'closed' | 'failed' | 'refused' | 'unproven' | 'sent' | 'received'): number =>
    now[field] - (before?.[field] ?? 0)
  const [opened, closed, refused, unproven] = [since('opened'), since('closed'), since('refused'), since('unproven')]
  const failed = since('failed') + unproven
  if (opened + closed + refused + failed === 0) return []
  const uid = inputs.local.find(({ cgroupId }) => cgroupId === now.caller)?.uid ?? ''
  const caller = inputs.workloads.get(uid)
  const callee = inputs.index.workloadAt(now.callee.address)
  const faults: Record<string, number> = {}
  if (refused > 0) faults['denied'] = refused
  if (failed > 0) faults['connect_failed'] = failed
  const count: Omit<TrafficCountData, 'direction' | 'service'> = {
    addressed: '',
    workload: callee?.uid ?? '',
    source: caller === undefined ? '' : identityOf(caller, trustDomain),
    destination: callee === null ? '' : identityOf(callee, trustDomain),
    protocol: 'tcp',
    security: 'direct',
    successes: closed - unproven,
    failures: refused + failed,
    faults,
    retries: 0,
    bytesSent: since('sent'),
    bytesReceived: since('received'),
    connectionsOpened: opened,
    connectionsOpen: Math.max(0, now.opened - now.closed),
    latencyBuckets: {},
    latencySumMs: 0,
    addedBuckets: {},
    addedSumMs: 0,
  }
  return [
    { ...count, direction: 'outbound', service: serviceAt(now.asked, inputs) },
    { ...count, direction: 'inbound', service: callee === null ? '' : serviceOf(callee, now.callee.port, inputs) },
  ]
}

/** The service asked for, '' when a workload was. */
function serviceAt({ address }: DirectEndpoint, { index }: DirectInputs): string {
  const service = index.serviceAt(address)
  return service === null ? '' : serviceKey(service.namespace, service.name)
}

function serviceOf(workload: Workload, port: number, { index }: DirectInputs): string {
  const leads = index
    .servicesOf(workload)
    .find((service) => service.ports.some((candidate) => targetPortOf(candidate, workload) === port))
  return leads === undefined ? '' : serviceKey(leads.namespace, leads.name)
}

function identityOf({ namespace, serviceAccount }: Workload, trustDomain: string): string {
  return formatWorkloadIdentity({ trustDomain, namespace, serviceAccount })
}
