import { isIP } from 'node:net'
import type { ServiceEndpoint, WorkloadState } from '@weft/topology'
import type { NodePlace } from './node.ts'
import type { EndpointSlice, SliceEndpoint } from './objects.ts'

const SERVICE_LABEL = 'kubernetes.io/service-name'
const MANAGER_LABEL = 'endpointslice.kubernetes.io/managed-by'
/** What it writes follows from the pods that the Service selects. */
const SELECTING_MANAGER = 'endpointslice-controller.k8s.io'

/** `namespace/name` of the Service that a slice is of; '' for none. */
export function serviceOfSlice({ metadata }: EndpointSlice): string {
  const name = metadata.labels?.[SERVICE_LABEL] ?? ''
  return name === '' ? '' : `${metadata.namespace ?? ''}/${name}`
}

/** Whether a slice only repeats what the selector of its Service finds among the pods. */
export function repeatsSelector({ metadata }: EndpointSlice): boolean {
  return metadata.labels?.[MANAGER_LABEL] === SELECTING_MANAGER
}

/** Why nothing of a slice can be used; '' when it can. */
export function sliceProblem({ addressType, metadata }: EndpointSlice): string {
  if (addressType === 'IPv4' || addressType === 'IPv6') return ''
  const name = `${metadata.namespace ?? ''}/${metadata.name}`
  return `EndpointSlice ${name}: addressType: found ${JSON.stringify(addressType)}, expected IPv4 or IPv6; its endpoints are not used`
}

/** The endpoints of a slice, one for each address and TCP port. */
export function sliceEndpoints(
  slice: EndpointSlice,
  placeOfNode: (name: string) => NodePlace | null,
): ServiceEndpoint[] {
  if (sliceProblem(slice) !== '') return []
  const family = slice.addressType === 'IPv4' ? 4 : 6
  const result: ServiceEndpoint[] = []
  for (const endpoint of slice.endpoints ?? []) {
    const place = placeOfNode(endpoint.nodeName ?? '')
    for (const { name = '', port, protocol = 'TCP' } of slice.ports ?? []) {
      if (port == null || protocol !== 'TCP') continue
      for (const address of endpoint.addresses) {
        if (isIP(address) !== family) continue
        result.push({
          address,
          port,
          portName: name,
          state: stateOf(endpoint),
          node: endpoint.nodeName ?? '',
          region: place?.region ?? '',
          zone: endpoint.zone ?? place?.zone ?? '',
        })
      }
    }
  }
  return result
}

/** Source: Kubernetes, conditions of EndpointSlices: absent `ready` means yes, absent `serving` the same as `ready`. */
function stateOf({ conditions = {} }: SliceEndpoint): WorkloadState {
  const isReady = conditions.ready ?? true
  const isServing = conditions.serving ?? isReady
  if (conditions.terminating === true) return isServing ? 'terminating' : 'draining'
  return isReady ? 'ready' : 'starting'
}
