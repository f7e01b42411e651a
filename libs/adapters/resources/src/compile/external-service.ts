import type { ExternalService } from '@weft/topology'
import type { ExternalServiceResource } from '../resource.ts'
import { externalProtocolOf } from '../schemas/external-service.ts'
import { compileClientTls, type FindPem } from './tls.ts'

/** The external service with the certificates that it refers to. */
export function compileExternalService({ metadata, spec }: ExternalServiceResource, find: FindPem): ExternalService {
  const { namespace } = metadata
  const tls = compileClientTls(spec.tls ?? {}, namespace, find)
  return {
    namespace,
    name: metadata.name,
    ports: spec.ports.map(({ port, name, appProtocol = 'tcp' }) => ({
      port,
      name: name ?? '',
      protocol: externalProtocolOf[appProtocol],
      tls: isTls(appProtocol, spec.tls !== undefined) ? tls : null,
    })),
    endpoints: spec.endpoints.map(({ address, port, portName, weight, priority, region, zone }) => ({
      address,
      port: port ?? 0,
      portName: portName ?? '',
      weight: weight ?? 1,
      priority: priority ?? 0,
      region: region ?? '',
      zone: zone ?? '',
    })),
    tunnel:
      spec.tunnel === undefined
        ? null
        : {
            address: spec.tunnel.address,
            port: spec.tunnel.port,
            tls: compileClientTls(spec.tunnel.tls, namespace, find),
          },
  }
}

/** `https` and `tls` say it themselves; `tcp` is passed on as it is; the others are in TLS when the service says how. */
function isTls(appProtocol: keyof typeof externalProtocolOf, isDescribed: boolean): boolean {
  return appProtocol === 'https' || appProtocol === 'tls' || (isDescribed && appProtocol !== 'tcp')
}
