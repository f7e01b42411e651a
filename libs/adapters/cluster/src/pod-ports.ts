import { WORKLOAD_PORTS_MAX, type WorkloadPort } from '@weft/topology'
import type { Container, Pod } from './objects.ts'

/** Containers that run while the pod does: its own, and sidecars among its init containers. */
export function runningContainers({ spec }: Pod): readonly Container[] {
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always')
  return sidecars.length === 0 ? spec.containers : [...spec.containers, ...sidecars]
}

/** The TCP ports that a pod declares, each once, those with names first so that none of these is lost to the limit. */
export function podPorts(pod: Pod): WorkloadPort[] {
  const ports: WorkloadPort[] = []
  const seen = new Set<string>()
  for (const { ports: declared = [] } of runningContainers(pod)) {
    for (const { containerPort, name = '', protocol = 'TCP' } of declared) {
      const key = `${containerPort} ${name}`
      if (protocol !== 'TCP' || seen.has(key)) continue
      seen.add(key)
      ports.push({ port: containerPort, protocol: 'detect', name })
    }
  }
  const named = ports.filter(({ name }) => name !== '')
  const known = new Set(named.map(({ port }) => port))
  return [...named, ...ports.filter(({ name, port }) => name === '' && !known.has(port))].slice(0, WORKLOAD_PORTS_MAX)
}

/** The number that a port of a container stands for; 0 for a name that the container does not declare. */
export function containerPort({ ports = [] }: Container, port: number | string): number {
  if (typeof port === 'number') return port
  if (/^\d{1,5}$/.test(port)) return Number(port)
  return ports.find(({ name, protocol = 'TCP' }) => name === port && protocol === 'TCP')?.containerPort ?? 0
}
