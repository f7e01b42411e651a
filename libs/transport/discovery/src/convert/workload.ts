import type { weft } from '@weft/proto'
import type { Workload } from '@weft/topology'
import { type FieldChecks, sortedLabels } from './field-checks.ts'
import { appProtocols } from './service.ts'

type Message = weft.discovery.v1.Workload.$Properties

export function workloadToMessage(workload: Workload): Message {
  return {
    ...workload,
    labels: sortedLabels(workload.labels),
    ports: workload.ports.map((port) => ({ ...port })),
  }
}

export function workloadFromMessage(message: Message, checks: FieldChecks): Workload {
  return {
    uid: checks.text('uid', message.uid, 512),
    namespace: checks.label('namespace', message.namespace),
    name: checks.label('name', message.name),
    serviceAccount: checks.label('service_account', message.serviceAccount),
    labels: checks.labels('labels', message.labels),
    node: checks.text('node', message.node, 63),
    address: checks.address('address', message.address, 4, false),
    hbonePort: checks.port('hbone_port', message.hbonePort),
    ports: checks.list('ports', message.ports, 256, (port, at) => ({
      port: checks.port(`${at}.port`, port.port),
      protocol: checks.oneOf(`${at}.protocol`, port.protocol, appProtocols),
    })),
    networkMode: checks.oneOf('network_mode', message.networkMode, ['own', 'shared', 'proxied']),
    cgroupPath: checks.optionalText('cgroup_path', message.cgroupPath),
    netnsPath: checks.optionalText('netns_path', message.netnsPath),
    allowPlaintext: message.allowPlaintext ?? false,
    publishPort: checks.port('publish_port', message.publishPort, 0),
    state: checks.oneOf('state', message.state, ['starting', 'ready', 'draining']),
  }
}
