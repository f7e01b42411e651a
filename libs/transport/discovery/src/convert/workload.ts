import type { weft } from '@weft/proto'
import type { AppProtocol, Workload, WorkloadState } from '@weft/topology'
import { type FieldChecks, sortedLabels } from './field-checks.ts'

type Message = weft.discovery.v1.Workload.$Properties

export const workloadStates = [
  'starting',
  'ready',
  'terminating',
  'draining',
] as const satisfies readonly WorkloadState[]
const protocols = ['detect', 'http', 'http2', 'grpc', 'tcp', 'tls'] as const satisfies readonly AppProtocol[]

export function workloadToMessage(workload: Workload): Message {
  return {
    ...workload,
    labels: sortedLabels(workload.labels),
    ports: workload.ports.map((port) => ({ ...port })),
    plaintextPorts: [...workload.plaintextPorts],
    probes: workload.probes.map((probe) => ({ ...probe })),
  }
}

export function workloadFromMessage(message: Message, checks: FieldChecks): Workload {
  return {
    uid: checks.text('uid', message.uid, 640),
    namespace: checks.label('namespace', message.namespace),
    name: checks.subdomain('name', message.name),
    serviceAccount: checks.subdomain('service_account', message.serviceAccount),
    labels: checks.labels('labels', message.labels),
    node: checks.text('node', message.node),
    address: checks.anyAddress('address', message.address),
    address6: checks.address('address6', message.address6, 6, true),
    hbonePort: checks.port('hbone_port', message.hbonePort, 0),
    ports: checks.list('ports', message.ports, 256, (port, at) => ({
      port: checks.port(`${at}.port`, port.port),
      protocol: checks.oneOf(`${at}.protocol`, port.protocol, protocols),
      name: checks.optionalText(`${at}.name`, port.name, 63),
    })),
    networkMode: checks.oneOf('network_mode', message.networkMode, ['own', 'shared', 'proxied']),
    cgroupPath: checks.optionalText('cgroup_path', message.cgroupPath),
    netnsPath: checks.optionalText('netns_path', message.netnsPath),
    allowPlaintext: message.allowPlaintext ?? false,
    plaintextPorts: checks.list('plaintext_ports', message.plaintextPorts, 256, (port, at) => checks.port(at, port)),
    probes: checks.list('probes', message.probes, 256, (probe, at) => ({
      type: checks.oneOf(`${at}.type`, probe.type, ['http', 'https', 'tcp', 'grpc']),
      port: checks.port(`${at}.port`, probe.port),
      path: checks.optionalText(`${at}.path`, probe.path),
    })),
    owner: checks.optionalText('owner', message.owner, 320),
    region: checks.optionalText('region', message.region, 253),
    zone: checks.optionalText('zone', message.zone, 253),
    publishPort: checks.port('publish_port', message.publishPort, 0),
    state: checks.oneOf('state', message.state, workloadStates),
  }
}
