import type { GatewayHost, GatewayListener, GatewayPort, RelayRoute, Route } from '@weft/traffic'
import { type GatewayResource, type HttpRouteResource, type RelayRouteResource, resourceId } from '../resource.ts'
import type { ListenerSpec } from '../schemas/gateway.ts'
import type { ParentRef } from '../schemas/references.ts'
import { compileBackends, type FindBackend, resolveAny } from './backends.ts'
import { bySpecificity, covers, intersect } from './host-names.ts'
import { byAge } from './precedence.ts'
import { inOrder } from './route-table.ts'
import { rankHttpRules } from './route-rule.ts'
import { compileServerTls, type FindPem } from './tls.ts'

export interface GatewaySources {
  readonly gateways: readonly GatewayResource[]
  readonly httpRoutes: readonly HttpRouteResource[]
  readonly relayRoutes: readonly RelayRouteResource[]
  /** Addresses to listen on for gateways that give none. */
  readonly bindHosts: readonly string[]
  readonly findBackend: FindBackend
  readonly findPem: FindPem
}

/**
 * Every listening port with the listeners and routes of all gateways, in order of precedence.
 *
 * Source: Gateway API v1, Listener (distinctness) and HTTPRoute (hostnames, precedence across routes).
 */
export function compileGateways(sources: GatewaySources): GatewayPort[] {
  const ports = new Map<string, GatewayPort & { listeners: GatewayListener[] }>()
  for (const gateway of sources.gateways.toSorted(byAge)) {
    const hosts = gateway.spec.addresses?.map(({ value }) => value) ?? sources.bindHosts
    for (const listener of gateway.spec.listeners) {
      const compiled = compileListener(gateway, listener, sources)
      for (const host of hosts) {
        const name = `${host}:${listener.port}`
        const port = ports.get(name) ?? { name, host, port: listener.port, kind: kindOf(listener), listeners: [] }
        port.listeners.push(compiled)
        ports.set(name, port)
      }
    }
  }
  for (const { listeners } of ports.values()) listeners.sort((a, b) => bySpecificity(a.hostname, b.hostname))
  return [...ports.values()]
}

/** Whether connections of the listener can be given to routes of that kind. */
export function takesRoute(listener: ListenerSpec, kind: 'HTTPRoute' | 'TCPRoute' | 'TLSRoute'): boolean {
  switch (listener.protocol) {
    case 'HTTP':
    case 'HTTPS':
      return kind === 'HTTPRoute'
    case 'TCP':
      return kind === 'TCPRoute'
    case 'TLS':
      return kind === 'TLSRoute' || (kind === 'TCPRoute' && listener.tls?.mode !== 'Passthrough')
    case 'HBONE':
      return kind === 'HTTPRoute' || kind === 'TCPRoute'
  }
}

/** Whether a reference of a route means that listener. */
export function refersTo(
  ref: ParentRef,
  routeNamespace: string,
  gateway: GatewayResource,
  listener: ListenerSpec,
): boolean {
  return (
    isGatewayRef(ref) &&
    (ref.namespace ?? routeNamespace) === gateway.metadata.namespace &&
    ref.name === gateway.metadata.name &&
    (ref.sectionName === undefined || ref.sectionName === listener.name) &&
    (ref.port === undefined || ref.port === listener.port)
  )
}

export function isGatewayRef(ref: ParentRef): boolean {
  return (ref.kind ?? 'Gateway') === 'Gateway'
}

export function isAllowed(gateway: GatewayResource, listener: ListenerSpec, routeNamespace: string): boolean {
  return listener.allowedRoutes?.namespaces?.from === 'All' || gateway.metadata.namespace === routeNamespace
}

/** The names for which a route takes requests of a listener; empty for none. */
export function namesOf(listener: ListenerSpec, hostnames: readonly string[] | undefined): string[] {
  const own = hostnames === undefined || hostnames.length === 0 ? [''] : hostnames
  return [...new Set(own.map((name) => intersect(listener.hostname ?? '', name)).filter((name) => name !== null))]
}

function compileListener(gateway: GatewayResource, spec: ListenerSpec, sources: GatewaySources): GatewayListener {
  const attached = <R extends HttpRouteResource | RelayRouteResource>(routes: readonly R[]): R[] =>
    routes
      .filter(({ kind, metadata, spec: { parentRefs } }) => {
        if (!takesRoute(spec, kind) || !isAllowed(gateway, spec, metadata.namespace)) return false
        return parentRefs.some((ref) => refersTo(ref, metadata.namespace, gateway, spec))
      })
      .toSorted(byAge)
  const { namespace } = gateway.metadata
  const isPassthrough = spec.tls?.mode === 'Passthrough'
  const httpRoutes = attached(sources.httpRoutes)
  return {
    name: `${resourceId(gateway)}/${spec.name}`,
    hostname: spec.hostname ?? '',
    tls: spec.tls === undefined || isPassthrough ? null : compileServerTls(spec.tls, namespace, sources.findPem),
    isHttp:
      spec.protocol === 'HTTP' || spec.protocol === 'HTTPS' || (spec.protocol === 'HBONE' && httpRoutes.length > 0),
    hosts: compileHosts(resourceId(gateway), spec, httpRoutes, sources.findBackend),
    relays: compileRelays(spec, attached(sources.relayRoutes), sources.findBackend),
  }
}

/** Rules of routes for a less specific name stand after those of a more specific one that takes the request too. */
function compileHosts(
  gateway: string,
  listener: ListenerSpec,
  routes: readonly HttpRouteResource[],
  find: FindBackend,
): GatewayHost[] {
  const named = routes.map((route) => ({ route, names: namesOf(listener, route.spec.hostnames) }))
  const names = [...new Set(named.flatMap((one) => one.names))].toSorted(bySpecificity)
  return names.map((hostname) => {
    const taken = new Set<HttpRouteResource>()
    const levels = names.filter((name) => covers(name, hostname))
    const rules = levels.flatMap((level) => {
      const here = named.filter(({ route, names: own }) => own.includes(level) && !taken.has(route))
      for (const { route } of here) taken.add(route)
      return inOrder(here.flatMap(({ route }) => rankHttpRules(route, resolveAny(route.metadata.namespace, find))))
    })
    const service = `${gateway}/${listener.name}`
    const route: Route = { service, port: listener.port, clientNamespace: '', rules, relay: null }
    return { hostname, route }
  })
}

/** Of several routes for one name the oldest counts. */
function compileRelays(listener: ListenerSpec, routes: readonly RelayRouteResource[], find: FindBackend): RelayRoute[] {
  const relays = new Map<string, RelayRoute>()
  for (const route of routes) {
    const backends = compileBackends(route.spec.rules[0]!.backendRefs, resolveAny(route.metadata.namespace, find))
    for (const hostname of namesOf(listener, route.spec.hostnames)) {
      if (!relays.has(hostname)) relays.set(hostname, { name: `${resourceId(route)}#0`, hostname, backends })
    }
  }
  return [...relays.values()].toSorted((a, b) => bySpecificity(a.hostname, b.hostname))
}

function kindOf({ protocol }: ListenerSpec): GatewayPort['kind'] {
  if (protocol === 'HTTP') return 'http'
  if (protocol === 'TCP') return 'tcp'
  return protocol === 'HBONE' ? 'hbone' : 'tls'
}
