import { isIP } from 'node:net'
import type { Distribution, Service, ServiceEndpoint, ServicePort } from '@weft/topology'
import { appProtocolOf } from './app-protocol.ts'
import { isMeshNamespace } from './enrolment.ts'
import type { NodePlace } from './node.ts'
import type { EndpointSlice, KubernetesService } from './objects.ts'
import { repeatsSelector, sliceEndpoints } from './slice.ts'

/** As many as agents take in. */
export const ENDPOINTS_MAX = 5_000
const LABELS_MAX = 64
const PORTS_MAX = 256
const SHARED_ADDRESSES_MAX = 64

/** What must be known besides the Service. */
export interface ServiceSurroundings {
  readonly namespaceLabels: Readonly<Record<string, string>> | undefined
  /** Those that name it. */
  readonly slices: readonly EndpointSlice[]
  /** Its ports that the API server calls. */
  readonly webhookPorts: readonly number[]
  readonly placeOfNode: (name: string) => NodePlace | null
}

/**
 * A Service as the mesh has it; null for an ExternalName, which is but another name, and for one whose selector is
 * more than agents take in.
 *
 * Its endpoints are those that somebody wrote into EndpointSlices. What the selector finds is not among them: agents find
 * it themselves, so that a pod that comes or goes changes nothing of its Service.
 */
export function serviceModel(service: KubernetesService, around: ServiceSurroundings): Service | null {
  const { metadata, spec } = service
  const selector = spec.selector ?? {}
  if (spec.type === 'ExternalName' || Object.keys(selector).length > LABELS_MAX) return null
  const addresses = spec.clusterIPs ?? (spec.clusterIP === undefined ? [] : [spec.clusterIP])
  const isSelecting = Object.keys(selector).length > 0
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    address4: addresses.find((address) => isIP(address) === 4) ?? '',
    address6: addresses.find((address) => isIP(address) === 6) ?? '',
    sharedAddresses: sharedAddressesOf(service),
    ports: portsOf(service),
    selector,
    isHeadless: addresses.includes('None'),
    publishNotReady: spec.publishNotReadyAddresses ?? false,
    distribution: distributionOf(service),
    isSticky: spec.sessionAffinity === 'ClientIP',
    isMeshed: isMeshNamespace(around.namespaceLabels),
    webhookPorts: around.webhookPorts.slice(0, PORTS_MAX),
    endpoints: endpointsOf(around, isSelecting),
  }
}

/** Those that a cluster serves itself, without the way through a load balancer. Source: KEP-1860 (ipMode). */
function sharedAddressesOf({ spec, status }: KubernetesService): string[] {
  const ingress = (status?.loadBalancer?.ingress ?? []).filter(({ ipMode = 'VIP' }) => ipMode === 'VIP')
  const all = [...(spec.externalIPs ?? []), ...ingress.map(({ ip = '' }) => ip)]
  return [...new Set(all.filter((address) => isIP(address) !== 0))].toSorted().slice(0, SHARED_ADDRESSES_MAX)
}

/** A Service may have the same number for TCP and UDP; only TCP is of the mesh. */
function portsOf({ spec }: KubernetesService): ServicePort[] {
  return (spec.ports ?? [])
    .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
    .slice(0, PORTS_MAX)
    .map(({ port, targetPort = port, name = '', appProtocol }) => ({
      port,
      targetPort: targetPort === 0 || targetPort === '' ? port : targetPort,
      name,
      protocol: appProtocolOf(appProtocol, name),
    }))
}

/** Source: Kubernetes, internalTrafficPolicy; KEP-3015 and KEP-2433 (trafficDistribution). */
function distributionOf({ spec }: KubernetesService): Distribution {
  if (spec.internalTrafficPolicy === 'Local') return 'onlyNode'
  if (spec.trafficDistribution === 'PreferSameNode') return 'node'
  return spec.trafficDistribution === 'PreferSameZone' || spec.trafficDistribution === 'PreferClose' ? 'zone' : 'any'
}

/** In one order, whatever that of the slices; an address and port that is in two of them counts once. */
function endpointsOf({ slices, placeOfNode }: ServiceSurroundings, isSelecting: boolean): ServiceEndpoint[] {
  const all = new Map<string, ServiceEndpoint>()
  const used = slices.filter((slice) => !isSelecting || !repeatsSelector(slice))
  for (const slice of used.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))) {
    for (const endpoint of sliceEndpoints(slice, placeOfNode)) {
      all.set(`${endpoint.address} ${endpoint.port} ${endpoint.portName}`, endpoint)
    }
  }
  return [...all.values()].slice(0, ENDPOINTS_MAX)
}
