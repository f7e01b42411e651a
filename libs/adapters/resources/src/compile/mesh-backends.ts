import { nearest } from '@weft/config'
import { type Service, serviceKey } from '@weft/topology'
import type { RouteResource } from '../resource.ts'
import type { RouteReason } from '../status/route-status.ts'
import { backendKey, type Reference, type ResolveBackend } from './backends.ts'
import type { ReferenceGrants } from './reference-grants.ts'

/** Why a reference leads nowhere. */
export interface BackendTrouble {
  readonly reason: Extract<RouteReason, 'BackendNotFound' | 'InvalidKind' | 'RefNotPermitted' | 'UnsupportedProtocol'>
  readonly message: string
}

/** What references of routes mean in a mesh. */
export class MeshBackends {
  readonly #services: ReadonlyMap<string, Service>
  readonly #grants: ReferenceGrants

  constructor(services: ReadonlyMap<string, Service>, grants: ReferenceGrants) {
    this.#services = services
    this.#grants = grants
  }

  /** For the references of a route that is attached to a service of `parentNamespace`. */
  resolver(route: RouteResource, parentNamespace: string): ResolveBackend {
    return (reference) =>
      this.trouble(reference, route, parentNamespace) === null ? backendKey(reference, route.metadata.namespace) : ''
  }

  /**
   * Why a reference leads nowhere; null when it leads to a port of a service.
   *
   * A service of another namespace must be granted, except one in the namespace of the parent: whoever calls the parent is
   * let refer to its neighbours by nobody but that namespace's own policies, and a route for one's own calls does no more.
   * Source: Gateway API, BackendRef and ReferenceGrant; GEP-1294, namespace boundaries.
   */
  trouble(reference: Reference, route: RouteResource, parentNamespace: string): BackendTrouble | null {
    const { group = '', kind = 'Service' } = reference as { group?: string; kind?: string }
    if ((group !== '' && group !== 'core') || kind !== 'Service') {
      const message = `found kind ${kind} of group ${group === '' ? "''" : group}, expected Service of group ''`
      return { reason: 'InvalidKind', message }
    }
    const own = route.metadata.namespace
    const namespace = reference.namespace ?? own
    const key = serviceKey(namespace, reference.name)
    const isGranted = namespace === own || namespace === parentNamespace
    if (!isGranted && !this.#grants.permits(route.kind, own, { namespace, name: reference.name })) {
      const expected = `expected a ReferenceGrant in namespace ${namespace} for ${route.kind} of namespace ${own}`
      return { reason: 'RefNotPermitted', message: `service ${key} is in another namespace, ${expected}` }
    }
    const service = this.#services.get(key)
    if (service === undefined) {
      const message = `there is no service ${key}${nearest(key, [...this.#services.keys()])}`
      return { reason: 'BackendNotFound', message }
    }
    const port = service.ports.find((candidate) => candidate.port === reference.port)
    if (port === undefined) {
      const ports = service.ports.map((candidate) => candidate.port).join(', ')
      return {
        reason: 'BackendNotFound',
        message: `service ${key} has no port ${reference.port}, but ${ports || 'none'}`,
      }
    }
    const isForRequests = route.kind === 'HTTPRoute' || route.kind === 'GRPCRoute'
    if (!isForRequests || (port.protocol !== 'tcp' && port.protocol !== 'tls')) return null
    const message = `port ${port.port} of service ${key} is declared ${port.protocol}, expected one for an ${route.kind}`
    return { reason: 'UnsupportedProtocol', message }
  }
}
