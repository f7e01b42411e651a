import { encodeResource, type EncodedResource } from '@weft/discovery'
import {
  compileAuthorizationPolicy,
  compileRoutes,
  compileService,
  compileTrafficPolicy,
  type HttpRouteResource,
  type Resource,
  type TrafficPolicyResource,
} from '@weft/resources'
import { serviceKey, type Service, type Workload } from '@weft/topology'
import type { AuthorizationPolicy } from '@weft/traffic'
import type { AddressRange } from '../registry/address-range.ts'
import type { ResourceStore } from '../store/resource-store.ts'
import type { DerivedService, DerivedServices } from './derived-services.ts'
import { referenceWarnings, type KnownServices } from './reference-warnings.ts'
import { ServiceIndex } from './service-index.ts'

/** Everything that the mesh is told, at one moment. Immutable. */
export interface MeshModel {
  /** Of the store. */
  readonly revision: number
  readonly services: ReadonlyMap<string, Service>
  readonly serviceIndex: ServiceIndex
  readonly workloads: readonly Workload[]
  readonly policies: readonly AuthorizationPolicy[]
  readonly routes: readonly HttpRouteResource[]
  readonly trafficPolicies: readonly TrafficPolicyResource[]
  /** What stored resources refer to and is not there, by resource. */
  readonly warnings: ReadonlyMap<Resource, readonly string[]>
  readonly encoded: readonly EncodedResource[]
}

export interface CompileOptions {
  readonly trustDomain: string
  readonly serviceRange4: AddressRange
  readonly serviceRange6: AddressRange
}

/** The first addresses of the range stay free for the mesh's own use. */
const SERVICE_ADDRESS_FIRST = 16

/** What follows from resources and derived services alone, whatever workloads run. */
interface StaticPart {
  readonly resources: readonly Resource[]
  readonly derived: readonly DerivedService[]
  readonly services: ReadonlyMap<string, Service>
  readonly serviceIndex: ServiceIndex
  readonly policies: readonly AuthorizationPolicy[]
  readonly routes: readonly HttpRouteResource[]
  readonly trafficPolicies: readonly TrafficPolicyResource[]
  readonly warnings: ReadonlyMap<Resource, readonly string[]>
  readonly encoded: readonly EncodedResource[]
}

/**
 * Makes the model of stored resources and running workloads. What has not changed since the last time is taken over: a
 * workload that comes or goes costs one encoding, and nothing per service.
 */
export class MeshCompiler {
  readonly #options: CompileOptions
  readonly #store: ResourceStore
  readonly #numbers = new Map<string, number>()
  #static: StaticPart | null = null
  #workloadCache = new Map<Workload, EncodedResource>()

  constructor(options: CompileOptions, store: ResourceStore) {
    this.#options = options
    this.#store = store
  }

  /** `revision` is the store's when `resources` were read; equal arrays of resources mean unchanged ones. */
  async compile(
    revision: number,
    resources: readonly Resource[],
    workloads: readonly Workload[],
    derived: DerivedServices,
  ): Promise<MeshModel> {
    const { services, serviceIndex, policies, routes, trafficPolicies, warnings, encoded } = await this.#staticPart(
      resources,
      derived.all(),
    )
    return {
      revision,
      services,
      serviceIndex,
      workloads,
      policies,
      routes,
      trafficPolicies,
      warnings,
      encoded: [...encoded, ...this.#ofWorkloads(workloads)],
    }
  }

  async #staticPart(resources: readonly Resource[], derived: readonly DerivedService[]): Promise<StaticPart> {
    const known = this.#static
    if (known?.resources === resources && isSameList(known.derived, derived)) return known
    const services = await this.#services(resources, derived)
    const routes = resources.filter((resource) => resource.kind === 'HTTPRoute')
    const trafficPolicies = resources.filter((resource) => resource.kind === 'TrafficPolicy')
    const policies = resources
      .filter((resource) => resource.kind === 'AuthorizationPolicy')
      .map((resource) => compileAuthorizationPolicy(resource, this.#options.trustDomain))
    const encoded = [
      ...[...services.values()].flatMap((service) => this.#ofService(service, services, routes, trafficPolicies)),
      ...policies.map((policy) => encodeResource('AuthorizationPolicy', policy)),
    ]
    const serviceIndex = new ServiceIndex(services.values())
    const warnings = warningsOf(resources, services)
    return (this.#static = {
      resources,
      derived,
      services,
      serviceIndex,
      policies,
      routes,
      trafficPolicies,
      warnings,
      encoded,
    })
  }

  async #services(resources: readonly Resource[], derived: readonly DerivedService[]): Promise<Map<string, Service>> {
    const services = new Map<string, Service>()
    for (const resource of resources) {
      if (resource.kind !== 'Service') continue
      const key = serviceKey(resource.metadata.namespace, resource.metadata.name)
      services.set(key, compileService(resource, await this.#addresses(key)))
    }
    for (const service of derived) {
      const key = serviceKey(service.namespace, service.name)
      if (!services.has(key)) services.set(key, { ...service, ...(await this.#addresses(key)) })
    }
    return services
  }

  async #addresses(key: string): Promise<{ address4: string; address6: string }> {
    const { serviceRange4, serviceRange6 } = this.#options
    const max = Math.min(serviceRange4.size, serviceRange6.size) - SERVICE_ADDRESS_FIRST - 1
    const number = this.#numbers.get(key) ?? (await this.#store.numberOf(key, max))
    this.#numbers.set(key, number)
    const index = SERVICE_ADDRESS_FIRST + number
    return { address4: serviceRange4.at(index), address6: serviceRange6.at(index) }
  }

  #ofService(
    service: Service,
    services: ReadonlyMap<string, Service>,
    routes: readonly HttpRouteResource[],
    policies: readonly TrafficPolicyResource[],
  ): EncodedResource[] {
    const compiled = compileRoutes(service, routes, (key) => services.get(key))
    const policy = compileTrafficPolicy(service, policies)
    return [
      encodeResource('Service', service),
      ...compiled.map((route) => encodeResource('Route', route)),
      ...(policy === null ? [] : [encodeResource('TrafficPolicy', policy)]),
    ]
  }

  #ofWorkloads(workloads: readonly Workload[]): EncodedResource[] {
    const cache = new Map<Workload, EncodedResource>()
    for (const workload of workloads)
      cache.set(workload, this.#workloadCache.get(workload) ?? encodeResource('Workload', workload))
    this.#workloadCache = cache
    return [...cache.values()]
  }
}

function warningsOf(resources: readonly Resource[], services: KnownServices): Map<Resource, readonly string[]> {
  const all = resources.map((resource) => [resource, referenceWarnings(resource, services)] as const)
  return new Map(all.filter(([, warnings]) => warnings.length > 0))
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}
