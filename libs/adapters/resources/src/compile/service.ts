import { type AppProtocol, type Service, serviceDefaults } from '@weft/topology'
import type { ServiceResource } from '../resource.ts'
import { appProtocolOf } from '../schemas/service.ts'

/** The service with the addresses that were allocated for it. */
export function compileService(
  { metadata, spec }: ServiceResource,
  addresses: { readonly address4: string; readonly address6: string },
): Service {
  return {
    ...serviceDefaults,
    namespace: metadata.namespace,
    name: metadata.name,
    address4: addresses.address4,
    address6: addresses.address6,
    ports: spec.ports.map(({ port, targetPort, name, appProtocol }) => ({
      port,
      targetPort: targetPort ?? port,
      name: name ?? '',
      protocol: protocolOf(appProtocol),
    })),
    selector: { ...spec.selector },
  }
}

function protocolOf(appProtocol: string | undefined): AppProtocol {
  return appProtocol === undefined ? 'detect' : appProtocolOf[appProtocol as keyof typeof appProtocolOf]
}
