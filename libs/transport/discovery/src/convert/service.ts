import type { weft } from '@weft/proto'
import type { AppProtocol, Service } from '@weft/topology'
import { type FieldChecks, sortedLabels } from './field-checks.ts'

type Message = weft.discovery.v1.Service.$Properties

export const appProtocols = ['detect', 'http', 'http2', 'grpc', 'tcp', 'tls'] as const satisfies readonly AppProtocol[]

export function serviceToMessage(service: Service): Message {
  return {
    namespace: service.namespace,
    name: service.name,
    address4: service.address4,
    address6: service.address6,
    ports: service.ports.map((port) => ({ ...port })),
    selector: sortedLabels(service.selector),
  }
}

export function serviceFromMessage(message: Message, checks: FieldChecks): Service {
  return {
    namespace: checks.label('namespace', message.namespace),
    name: checks.label('name', message.name),
    address4: checks.address('address4', message.address4, 4, true),
    address6: checks.address('address6', message.address6, 6, true),
    ports: checks.list('ports', message.ports, 256, (port, at) => ({
      port: checks.port(`${at}.port`, port.port),
      targetPort: checks.port(`${at}.target_port`, port.targetPort),
      name: checks.optionalText(`${at}.name`, port.name, 63),
      protocol: checks.oneOf(`${at}.protocol`, port.protocol, appProtocols),
    })),
    selector: checks.labels('selector', message.selector),
  }
}
