import type { ReferenceGrantResource } from '../resource.ts'

const ROUTE_GROUP = 'gateway.networking.k8s.io'

/** Which namespaces let routes of others refer to their services. Source: Gateway API, ReferenceGrant. */
export class ReferenceGrants {
  readonly #byNamespace = new Map<string, ReferenceGrantResource[]>()

  constructor(grants: readonly ReferenceGrantResource[]) {
    for (const grant of grants) {
      const { namespace } = grant.metadata
      const known = this.#byNamespace.get(namespace)
      if (known === undefined) this.#byNamespace.set(namespace, [grant])
      else known.push(grant)
    }
  }

  /** Whether routes of `kind` in `fromNamespace` may refer to that service. */
  permits(
    kind: string,
    fromNamespace: string,
    service: { readonly namespace: string; readonly name: string },
  ): boolean {
    const grants = this.#byNamespace.get(service.namespace) ?? []
    return grants.some(
      ({ spec: { from, to } }) =>
        from.some((one) => one.group === ROUTE_GROUP && one.kind === kind && one.namespace === fromNamespace) &&
        to.some((one) => one.group === '' && one.kind === 'Service' && (one.name ?? service.name) === service.name),
    )
  }
}
