import { nearest } from '@weft/config'
import { Failure } from '@weft/faults'
import type { weft } from '@weft/proto'
import {
  type AppProtocol,
  isLabelKey,
  isLabelValue,
  type NetworkMode,
  WORKLOAD_LABELS_MAX,
  WORKLOAD_PORTS_MAX,
} from '@weft/topology'
import type { Registration } from '../registry/workload-registry.ts'

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
const protocols: readonly AppProtocol[] = ['detect', 'http', 'http2', 'grpc', 'tcp', 'tls']
const networkModes: readonly NetworkMode[] = ['own', 'shared', 'proxied']

/** Checks what a program wants to be. Faults: Failure `malformed` with every problem, each naming its field. */
export function readRegister(request: weft.management.v1.Register, nodes: readonly string[]): Registration {
  const problems: string[] = []
  const name = (field: string, value: string): string => {
    if (!NAME.test(value))
      problems.push(
        `${field}: found ${JSON.stringify(value)}, expected a DNS label: a-z, 0-9 and -, at most 63 (RFC 1123)`,
      )
    return value
  }
  const word = <T extends string>(field: string, value: string, words: readonly T[]): T => {
    const known = words.find((candidate) => candidate === value)
    if (known === undefined)
      problems.push(
        `${field}: found ${JSON.stringify(value)}${nearest(value, words)}, expected one of ${words.join(', ')}`,
      )
    return known ?? words[0]!
  }
  const registration: Registration = {
    uid: request.uid,
    namespace: name('namespace', request.namespace || 'default'),
    service: name('service', request.service),
    serviceAccount: name('service_account', request.serviceAccount || request.service),
    node: word('node', request.node || (nodes[0] ?? ''), nodes),
    ports: readPorts(request.ports, problems),
    protocol: word('protocol', request.protocol || 'detect', protocols),
    labels: readLabels(request.labels, problems),
    networkMode: word('network_mode', request.networkMode || 'shared', networkModes),
    allowPlaintext: request.allowPlaintext,
    publishPort: request.publishPort,
  }
  if (request.publishPort > 65535) problems.push(`publish_port: found ${request.publishPort}, expected 0 to 65535`)
  if (request.publishPort > 0 && registration.ports.length === 0)
    problems.push('publish_port: found no port to lead to, expected at least one in ports')
  if (problems.length > 0) throw new Failure('malformed', problems.map((problem) => `Register.${problem}`).join('\n'))
  return registration
}

function readPorts(ports: readonly number[], problems: string[]): number[] {
  for (const port of ports) if (port < 1 || port > 65535) problems.push(`ports: found ${port}, expected 1 to 65535`)
  if (ports.length > WORKLOAD_PORTS_MAX)
    problems.push(`ports: found ${ports.length}, expected at most ${WORKLOAD_PORTS_MAX}`)
  return [...new Set(ports)]
}

function readLabels(labels: Readonly<Record<string, string>>, problems: string[]): Record<string, string> {
  const entries = Object.entries(labels)
  if (entries.length > WORKLOAD_LABELS_MAX)
    problems.push(`labels: found ${entries.length}, expected at most ${WORKLOAD_LABELS_MAX}`)
  for (const [key, value] of entries) {
    if (!isLabelKey(key)) problems.push(`labels: found the key ${JSON.stringify(key)}, expected a Kubernetes label key`)
    if (!isLabelValue(value))
      problems.push(`labels[${key}]: found ${JSON.stringify(value)}, expected a Kubernetes label value`)
  }
  return { ...labels }
}
