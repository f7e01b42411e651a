import type { Service } from '@weft/topology'
import type { Addressed, Snapshot } from '../snapshot/snapshot.ts'

/**
 * The service that a name means to a workload of `namespace`: `name`, `name.namespace`, both also with `.svc` and
 * `.svc.cluster.local`. Null for what is no name of the mesh.
 */
export function serviceByName(snapshot: Snapshot, namespace: string, host: string): Service | null {
  let name = host.toLowerCase()
  for (const suffix of ['.', '.cluster.local', '.svc']) if (name.endsWith(suffix)) name = name.slice(0, -suffix.length)
  const [service, ofNamespace, ...rest] = name.split('.')
  return rest.length > 0 ? null : snapshot.service(ofNamespace ?? namespace, service!)
}

/** What a name or address with a port means to a caller of `namespace`; null for what the mesh does not have. */
export function findByName(snapshot: Snapshot, namespace: string, host: string, port: number): Addressed | null {
  const service = serviceByName(snapshot, namespace, host)
  return service === null ? snapshot.addressed(host, port, namespace) : snapshot.servicePort(service, port, namespace)
}

/** Whether a host is of the mesh, whatever the port: then nothing outside is tried. */
export function isMeshHost(snapshot: Snapshot, namespace: string, host: string): boolean {
  return serviceByName(snapshot, namespace, host) !== null || snapshot.hasAddress(host)
}
