import { type Service, serviceKey } from '@weft/topology'
import type { Route, RouteRule } from '@weft/traffic'
import {
  type GrpcRouteResource,
  type HttpRouteResource,
  referenced,
  type ReferenceGrantResource,
  type RelayRouteResource,
  resourceId,
  type RouteResource,
} from '../resource.ts'
import type { ParentRef } from '../schemas/references.ts'
import { compileBackends } from './backends.ts'
import { rankGrpcRules } from './grpc-rule.ts'
import { MeshBackends } from './mesh-backends.ts'
import { byAge } from './precedence.ts'
import { ReferenceGrants } from './reference-grants.ts'
import { isRefused, rankHttpRules, type RankedRule } from './route-rule.ts'

/** What routes are made of. */
export interface RouteSources {
  readonly routes: readonly RouteResource[]
  readonly grants: readonly ReferenceGrantResource[]
  /** By `namespace/name`. */
  readonly services: ReadonlyMap<string, Service>
}

/** A route at one of its parents. */
export interface Attachment {
  readonly route: RouteResource
  readonly parentRef: ParentRef
  readonly service: Service
  /** Whose calls it is for: '' for all, else those of the route's own namespace, which is not that of the service. */
  readonly clientNamespace: string
  /** Ports of the service that it is meant for and can be for. */
  readonly ports: readonly number[]
}

/** The stronger kind has a port to itself. Source: GEP-1294, route types. */
const STRENGTH = { GRPCRoute: 3, HTTPRoute: 2, TLSRoute: 1, TCPRoute: 0 } as const

/**
 * Every route of a mesh at the services to which it is attached: which of them are in force, and what they come to.
 *
 * Routes of one kind at one port are merged in order of precedence, one rule per match. Those of the service's own
 * namespace are for all callers, those of another namespace for its own callers, instead of the former.
 * Source: Gateway API HTTPRouteRule and GRPCRouteRule (precedence), GEP-1294 (GAMMA).
 */
export class RouteTable {
  readonly backends: MeshBackends
  readonly #services: ReadonlyMap<string, Service>
  readonly #attachments = new Map<string, Attachment[]>()

  constructor({ routes, grants, services }: RouteSources) {
    this.#services = services
    this.backends = new MeshBackends(services, new ReferenceGrants(grants))
    for (const route of routes.toSorted(byAge)) {
      if (!hasForce(route)) continue
      for (const parentRef of route.spec.parentRefs) {
        const attachment = this.attachmentOf(route, parentRef)
        if (attachment === null || attachment.ports.length === 0) continue
        const key = serviceKey(attachment.service.namespace, attachment.service.name)
        const known = this.#attachments.get(key)
        if (known === undefined) this.#attachments.set(key, [attachment])
        else known.push(attachment)
      }
    }
  }

  /** Where a reference of a route attaches it, in force or not; null when it is no service that is there. */
  attachmentOf(route: RouteResource, parentRef: ParentRef): Attachment | null {
    if (parentRef.kind !== 'Service') return null
    const { namespace } = route.metadata
    const service = this.#services.get(referenced(parentRef, namespace))
    if (service === undefined) return null
    const clientNamespace = service.namespace === namespace ? '' : namespace
    return { route, parentRef, service, clientNamespace, ports: portsFor(route, parentRef, service) }
  }

  /** The routes that are in force at a port for those callers, the oldest first; all are of one kind. */
  inForce(service: Service, clientNamespace: string, port: number): RouteResource[] {
    const here = (this.#attachments.get(serviceKey(service.namespace, service.name)) ?? []).filter(
      (attachment) => attachment.clientNamespace === clientNamespace && attachment.ports.includes(port),
    )
    const strongest = Math.max(...here.map(({ route }) => STRENGTH[route.kind]))
    const routes = here.map(({ route }) => route).filter(({ kind }) => STRENGTH[kind] === strongest)
    return [...new Set(routes)]
  }

  /**
   * The routes of a service in the model: for each kind of caller one for all its ports, or one for each port where they
   * are not the same.
   */
  routesOf(service: Service): Route[] {
    const attachments = this.#attachments.get(serviceKey(service.namespace, service.name)) ?? []
    const clients = new Set(attachments.map(({ clientNamespace }) => clientNamespace))
    return [...clients].toSorted().flatMap((client) => this.#routesFor(service, client))
  }

  #routesFor(service: Service, clientNamespace: string): Route[] {
    const byPort = service.ports.map(({ port }) => ({ port, routes: this.inForce(service, clientNamespace, port) }))
    const first = byPort[0]?.routes ?? []
    const isSame = byPort.every(
      ({ routes }) => routes.length === first.length && routes.every((one, i) => one === first[i]),
    )
    if (isSame) return [this.#compile(service, 0, clientNamespace, first)]
    return byPort
      .filter(({ routes }) => routes.length > 0)
      .map(({ port, routes }) => this.#compile(service, port, clientNamespace, routes))
  }

  #compile(service: Service, port: number, clientNamespace: string, routes: readonly RouteResource[]): Route {
    const base = { service: serviceKey(service.namespace, service.name), port, clientNamespace }
    const resolver = (route: RouteResource) => this.backends.resolver(route, service.namespace)
    switch (routes[0]!.kind) {
      case 'HTTPRoute':
      case 'GRPCRoute': {
        const ranked = (routes as readonly (HttpRouteResource | GrpcRouteResource)[]).flatMap((route) =>
          route.kind === 'HTTPRoute' ? rankHttpRules(route, resolver(route)) : rankGrpcRules(route, resolver(route)),
        )
        return { ...base, rules: inOrder(ranked), relay: null }
      }
      case 'TCPRoute':
      case 'TLSRoute': {
        // Nothing tells connections apart before they are relayed: the oldest route has them all.
        const route = routes[0] as RelayRouteResource
        const backends = compileBackends(route.spec.rules[0]!.backendRefs, resolver(route))
        return { ...base, rules: [], relay: { name: `${resourceId(route)}#0`, backends } }
      }
    }
  }
}

/** Rules in order of precedence. Sorting is stable: what ranks the same stays in order of age, then of rules and matches. */
export function inOrder(ranked: readonly RankedRule[]): RouteRule[] {
  return ranked.toSorted(byRank).map(({ rule }) => rule)
}

/** Whether any rule of a route is in force. */
export function hasForce(route: RouteResource): boolean {
  const rules = route.spec.rules ?? []
  return rules.some((_, index) => !isRefused(route, index))
}

/** Ports of a service that a reference means, whether the route can be for them or not. */
export function portsMeant(parentRef: ParentRef, service: Service): Service['ports'] {
  const { port, sectionName } = parentRef
  return service.ports.filter(
    (candidate) =>
      (port === undefined || candidate.port === port) && (sectionName === undefined || candidate.name === sectionName),
  )
}

/** Ports that are declared to carry something else are meant only when they are named. */
function portsFor(route: RouteResource, parentRef: ParentRef, service: Service): number[] {
  if (service.isHeadless) return []
  const meant = portsMeant(parentRef, service)
  const isNamed = parentRef.port !== undefined || parentRef.sectionName !== undefined
  const isForOctets = route.kind === 'TCPRoute' || route.kind === 'TLSRoute'
  return meant
    .filter(({ protocol }) => isNamed || isForOctets || (protocol !== 'tcp' && protocol !== 'tls'))
    .map(({ port }) => port)
}

function byRank(a: RankedRule, b: RankedRule): number {
  for (const [index, rank] of a.rank.entries()) {
    if (rank !== b.rank[index]!) return b.rank[index]! - rank
  }
  return 0
}
