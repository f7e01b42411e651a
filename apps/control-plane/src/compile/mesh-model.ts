import { encodeResource, type EncodedResource } from '@weft/discovery'
import {
  compileAuthorizationPolicy,
  compileService,
  compileTrafficPolicy,
  isRoute,
  type Resource,
  resourceId,
  type RouteResource,
  type RouteStatus,
  RouteTable,
  statusOf,
  type TrafficPolicyResource,
} from '@weft/resources'
import { serviceKey, type Service } from '@weft/topology'
import type { AuthorizationPolicy } from '@weft/traffic'
import type { AddressRange } from '../registry/address-range.ts'
import type { ResourceStore } from '../store/resource-store.ts'
import type { CheckedEncoder } from './checked-encoder.ts'
import type { DerivedService, DerivedServices } from './derived-services.ts'
import { referenceWarnings, type KnownServices } from './reference-warnings.ts'
import { ServiceIndex } from './service-index.ts'

/** Everything that the mesh is told but the workloads, at one moment. Immutable. */
export interface MeshModel {
  /** Of the store and of what runs. */
  readonly revision: number
  readonly services: ReadonlyMap<string, Service>
  readonly serviceIndex: ServiceIndex
  readonly policies: readonly AuthorizationPolicy[]
  readonly routes: readonly RouteResource[]
  readonly routeTable: RouteTable
  /** What became of every route, by {@link resourceId}. */
  readonly routeStatuses: ReadonlyMap<string, RouteStatus>
  readonly trafficPolicies: readonly TrafficPolicyResource[]
  /** What stored resources refer to and is not there, by resource. */
  readonly warnings: ReadonlyMap<Resource, readonly string[]>
  /** Everything but the workloads. The same array as before when nothing of it changed. */
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
  readonly declared: readonly Service[] | null
  readonly services: ReadonlyMap<string, Service>
  readonly serviceIndex: ServiceIndex
  readonly policies: readonly AuthorizationPolicy[]
  readonly routes: readonly RouteResource[]
  readonly routeTable: RouteTable
  readonly routeStatuses: ReadonlyMap<string, RouteStatus>
  readonly trafficPolicies: readonly TrafficPolicyResource[]
  readonly warnings: ReadonlyMap<Resource, readonly string[]>
  readonly encoded: readonly EncodedResource[]
}

/**
 * Makes the model of stored resources and services. What has not changed since the last time is taken over: a workload
 * that comes or goes costs nothing here.
 */
export class MeshCompiler {
  readonly #options: CompileOptions
  readonly #store: ResourceStore
  readonly #numbers = new Map<string, number>()
  readonly #encodings = new WeakMap<Service, readonly EncodedResource[]>()
  readonly #encoder: CheckedEncoder
  #static: StaticPart | null = null

  constructor(options: CompileOptions, store: ResourceStore, encoder: CheckedEncoder) {
    this.#options = options
    this.#encoder = encoder
    this.#store = store
  }

  /**
   * `revision` is that of the moment when all this was read; equal arrays of resources mean unchanged ones. `declared`
   * are all services there are; null: those among the resources, and the derived ones.
   */
  async compile(
    revision: number,
    resources: readonly Resource[],
    derived: DerivedServices,
    declared: readonly Service[] | null,
  ): Promise<MeshModel> {
    const { services, serviceIndex, policies, routes, routeTable, routeStatuses, trafficPolicies, warnings, encoded } =
      await this.#staticPart(resources, derived.all(), declared)
    return {
      revision,
      services,
      serviceIndex,
      policies,
      routes,
      routeTable,
      routeStatuses,
      trafficPolicies,
      warnings,
      encoded,
    }
  }

  async #staticPart(
    resources: readonly Resource[],
    derived: readonly DerivedService[],
    declared: readonly Service[] | null,
  ): Promise<StaticPart> {
    const known = this.#static
    if (known?.resources === resources && known.declared === declared && isSameList(known.derived, derived))
      return known
    const services =
      declared === null ? await this.#services(resources, derived) : new Map(declared.map((one) => [keyOf(one), one]))
    const routes = resources.filter(isRoute)
    const grants = resources.filter((resource) => resource.kind === 'ReferenceGrant')
    const routeTable = new RouteTable({ routes, grants, services })
    const routeStatuses = new Map(
      routes.map((route) => [resourceId(route), statusOf(route, routeTable, services)] as const),
    )
    const trafficPolicies = resources.filter((resource) => resource.kind === 'TrafficPolicy')
    const policies = resources
      .filter((resource) => resource.kind === 'AuthorizationPolicy')
      .map((resource) => compileAuthorizationPolicy(resource, this.#options.trustDomain))
    const encoded = [
      ...[...services.values()].flatMap((service) => this.#ofService(service, routeTable, trafficPolicies)),
      ...policies.map((policy) => encodeResource('AuthorizationPolicy', policy)),
    ]
    const serviceIndex = new ServiceIndex(services.values())
    const warnings = warningsOf(resources, services)
    return (this.#static = {
      resources,
      derived,
      declared,
      services,
      serviceIndex,
      policies,
      routes,
      routeTable,
      routeStatuses,
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

  #ofService(service: Service, routes: RouteTable, policies: readonly TrafficPolicyResource[]): EncodedResource[] {
    const policy = compileTrafficPolicy(service, policies)
    return [
      ...this.#encoded(service),
      ...routes.routesOf(service).flatMap((route) => this.#encoder.encode('Route', route) ?? []),
      ...(policy === null ? [] : [encodeResource('TrafficPolicy', policy)]),
    ]
  }

  #encoded(service: Service): readonly EncodedResource[] {
    const known = this.#encodings.get(service)
    if (known !== undefined) return known
    const resource = this.#encoder.encode('Service', service)
    const encoded = resource === null ? [] : [resource]
    this.#encodings.set(service, encoded)
    return encoded
  }
}

function keyOf({ namespace, name }: Service): string {
  return serviceKey(namespace, name)
}

function warningsOf(resources: readonly Resource[], services: KnownServices): Map<Resource, readonly string[]> {
  const all = resources.map((resource) => [resource, referenceWarnings(resource, services)] as const)
  return new Map(all.filter(([, warnings]) => warnings.length > 0))
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}
