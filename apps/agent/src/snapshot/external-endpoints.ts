import type { ExternalTarget } from '@weft/stack'
import type { ExternalService } from '@weft/topology'
import type { Endpoint } from './backend-table.ts'

/** The endpoints of one port of an ExternalService; null when it has no such port. */
export function externalEndpoints(service: ExternalService, port: number): Endpoint[] | null {
  const declared = service.ports.find((candidate) => candidate.port === port)
  if (declared === undefined) return null
  const { protocol, tls, name } = declared
  const httpVersion = protocol === 'http' ? 11 : protocol === 'http2' || protocol === 'grpc' ? 20 : 0
  // In TLS the endpoint itself says whether it speaks HTTP/2.
  const isAgreed = httpVersion === 11 && tls !== null && service.tunnel === null
  const external: ExternalTarget = Object.freeze({ httpVersion, isAgreed, tls, tunnel: service.tunnel })
  return service.endpoints
    .filter(({ portName }) => portName === '' || portName === name)
    .map((endpoint) => ({
      workload: '',
      identity: '',
      address: endpoint.address,
      port: endpoint.port === 0 ? port : endpoint.port,
      hbonePort: 0,
      external,
      weight: endpoint.weight,
      priority: endpoint.priority,
      locality: { region: endpoint.region, zone: endpoint.zone },
    }))
}
