import type { Probe } from '@weft/topology'
import type { Container, Pod, ProbeAction } from './objects.ts'
import { containerPort } from './pod-ports.ts'

const PROBES_MAX = 128
const PATH_LENGTH_MAX = 2_048

/**
 * What the kubelet may ask of a pod over its network: probes of every container, init containers too, and lifecycle
 * hooks; each once. What names a host of its own goes elsewhere and is left out.
 */
export function podProbes(pod: Pod): Probe[] {
  const probes = new Map<string, Probe>()
  for (const container of [...pod.spec.containers, ...(pod.spec.initContainers ?? [])]) {
    const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container
    for (const action of [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop]) {
      const probe = action === undefined ? null : probeOf(action, container)
      if (probe !== null) probes.set(`${probe.type} ${probe.port} ${probe.path}`, probe)
    }
  }
  return [...probes.values()].slice(0, PROBES_MAX)
}

function probeOf({ httpGet, tcpSocket, grpc }: ProbeAction, container: Container): Probe | null {
  if (httpGet !== undefined) {
    const type = httpGet.scheme === 'HTTPS' ? 'https' : 'http'
    return hasOwnHost(httpGet.host)
      ? null
      : checked({ type, port: containerPort(container, httpGet.port), path: pathOf(httpGet.path) })
  }
  if (tcpSocket !== undefined) {
    return hasOwnHost(tcpSocket.host)
      ? null
      : checked({ type: 'tcp', port: containerPort(container, tcpSocket.port), path: '' })
  }
  return grpc === undefined ? null : checked({ type: 'grpc', port: grpc.port, path: grpc.service ?? '' })
}

function checked(probe: Probe): Probe | null {
  return probe.port >= 1 && probe.port <= 65535 && probe.path.length <= PATH_LENGTH_MAX ? probe : null
}

/** As the kubelet asks: a path always begins with a slash. */
function pathOf(path: string | undefined): string {
  if (path === undefined || path === '') return '/'
  return path.startsWith('/') ? path : `/${path}`
}

function hasOwnHost(host: string | undefined): boolean {
  return host !== undefined && host !== ''
}
