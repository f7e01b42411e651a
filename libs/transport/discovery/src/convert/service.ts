import type { weft } from '@weft/proto'
import type { AppProtocol, Distribution, Service, ServiceEndpoint, ServicePort } from '@weft/topology'
import { type FieldChecks, sortedLabels } from './field-checks.ts'
import { workloadStates } from './workload.ts'

type Message = weft.discovery.v1.Service.$Properties
type PortMessage = weft.discovery.v1.ServicePort.$Properties
type EndpointMessage = weft.discovery.v1.ServiceEndpoint.$Properties

export const appProtocols = ['detect', 'http', 'http2', 'grpc', 'tcp', 'tls'] as const satisfies readonly AppProtocol[]
const distributions = ['any', 'zone', 'node', 'onlyNode'] as const satisfies readonly Distribution[]

export function serviceToMessage(service: Service): Message {
  return {
    ...service,
    ports: service.ports.map(portToMessage),
    selector: sortedLabels(service.selector),
    webhookPorts: [...service.webhookPorts],
    endpoints: service.endpoints.map((endpoint) => ({ ...endpoint })),
    sharedAddresses: [...service.sharedAddresses],
  }
}

export function serviceFromMessage(message: Message, checks: FieldChecks): Service {
  return {
    namespace: checks.label('namespace', message.namespace),
    name: checks.label('name', message.name),
    address4: checks.address('address4', message.address4, 4, true),
    address6: checks.address('address6', message.address6, 6, true),
    sharedAddresses: checks.list('shared_addresses', message.sharedAddresses, SHARED_ADDRESSES_MAX, (address, at) =>
      checks.anyAddress(at, address),
    ),
    ports: checks.list('ports', message.ports, 256, (port, at) => portFromMessage(port, at, checks)),
    selector: checks.labels('selector', message.selector),
    isHeadless: message.isHeadless ?? false,
    publishNotReady: message.publishNotReady ?? false,
    distribution: checks.oneOf('distribution', message.distribution || 'any', distributions),
    isSticky: message.isSticky ?? false,
    isMeshed: message.isMeshed ?? false,
    webhookPorts: checks.list('webhook_ports', message.webhookPorts, 256, (port, at) => checks.port(at, port)),
    endpoints: checks.list('endpoints', message.endpoints, SERVICE_ENDPOINTS_MAX, (endpoint, at) =>
      endpointFromMessage(endpoint, at, checks),
    ),
  }
}

/** How many addresses of load balancers a service may have. */
export const SHARED_ADDRESSES_MAX = 64
/** How many endpoints a service may have besides the workloads that it selects. */
export const SERVICE_ENDPOINTS_MAX = 5_000

function portToMessage({ port, targetPort, name, protocol }: ServicePort): PortMessage {
  const target = typeof targetPort === 'number' ? { targetPort } : { targetPortName: targetPort }
  return { port, ...target, name, protocol }
}

function portFromMessage(message: PortMessage, at: string, checks: FieldChecks): ServicePort {
  const targetPortName = checks.optionalText(`${at}.target_port_name`, message.targetPortName, 63)
  return {
    port: checks.port(`${at}.port`, message.port),
    targetPort: targetPortName !== '' ? targetPortName : checks.port(`${at}.target_port`, message.targetPort),
    name: checks.optionalText(`${at}.name`, message.name, 63),
    protocol: checks.oneOf(`${at}.protocol`, message.protocol, appProtocols),
  }
}

function endpointFromMessage(message: EndpointMessage, at: string, checks: FieldChecks): ServiceEndpoint {
  return {
    address: checks.anyAddress(`${at}.address`, message.address),
    port: checks.port(`${at}.port`, message.port),
    portName: checks.optionalText(`${at}.port_name`, message.portName, 63),
    state: checks.oneOf(`${at}.state`, message.state, workloadStates),
    node: checks.optionalText(`${at}.node`, message.node, 253),
    region: checks.optionalText(`${at}.region`, message.region, 253),
    zone: checks.optionalText(`${at}.zone`, message.zone, 253),
  }
}
