import type { Service } from '@weft/topology'
import type { Route, RouteMatch, RouteRule } from '@weft/traffic'
import { type HttpRouteResource, referenced } from '../resource.ts'
import { backendKey, type FindBackend } from './backends.ts'
import { byAge } from './precedence.ts'
import { compileRule, compileMatch } from './route-rule.ts'

/**
 * The routes of one service: one for all its ports and one for each port that some HTTPRoute names, which then also holds
 * the rules for all ports. Rules of all HTTPRoutes are merged in order of precedence, one rule per match.
 *
 * A backend that does not exist, or not at that port, becomes service '' and its share is refused with 500; so does a
 * rule without backends or with weights that are all 0.
 * Source: Gateway API HTTPRouteRule (precedence), GAMMA (merging).
 */
export function compileRoutes(service: Service, routes: readonly HttpRouteResource[], find: FindBackend): Route[] {
  const attached = routes
    .filter((route) => route.metadata.namespace === service.namespace)
    .map((route) => ({ route, ports: attachedPorts(route, service) }))
    .filter(({ ports }) => ports.size > 0)
    .toSorted((a, b) => byAge(a.route, b.route))
  const ports = [...new Set(attached.flatMap((one) => [...one.ports]))].toSorted((a, b) => a - b)
  return ports.map((port) => {
    const here = attached.filter((one) => one.ports.has(0) || one.ports.has(port))
    const rules = mergeRules(
      here.map(({ route }) => route),
      find,
    )
    return { service: `${service.namespace}/${service.name}`, port, clientNamespace: '', rules, relay: null }
  })
}

/** The rules of routes, oldest first, in order of precedence, one rule per match. */
export function mergeRules(routes: readonly HttpRouteResource[], find: FindBackend): RouteRule[] {
  // Sorting is stable: what ranks the same stays in order of age, then of rules and matches.
  const ranked = routes.flatMap((route) => rankRules(route, find)).toSorted(byPrecedence)
  return ranked.map(({ rule }) => rule)
}

/** Keys of the services that the rules of a route send requests to. */
export function backendsOf(route: HttpRouteResource): string[] {
  const refs = route.spec.rules.flatMap((rule) => rule.backendRefs ?? [])
  return [...new Set(refs.map((ref) => backendKey(ref, route.metadata.namespace)))]
}

/** Keys of the services whose callers a route is for. */
export function parentsOf(route: HttpRouteResource): string[] {
  const refs = route.spec.parentRefs.filter((ref) => ref.kind === 'Service')
  return [...new Set(refs.map((ref) => referenced(ref, route.metadata.namespace)))]
}

interface RankedRule {
  readonly rank: readonly number[]
  readonly rule: RouteRule
}

/** The ports of the service at which a route is attached; 0 for all of them. A port name that it has not counts as none. */
function attachedPorts(route: HttpRouteResource, service: Service): ReadonlySet<number> {
  const ports = new Set<number>()
  for (const ref of route.spec.parentRefs) {
    if (ref.kind !== 'Service' || ref.name !== service.name) continue
    const named = service.ports.find((port) => port.name === ref.sectionName)
    if (ref.sectionName === undefined) ports.add(ref.port ?? 0)
    else if (named !== undefined) ports.add(named.port)
  }
  return ports
}

function rankRules(route: HttpRouteResource, find: FindBackend): RankedRule[] {
  return route.spec.rules.flatMap((spec, index) => {
    const rule = compileRule(route, index, find)
    const matches = spec.matches === undefined || spec.matches.length === 0 ? [{}] : spec.matches
    return matches.map((matchSpec) => {
      const match = compileMatch(matchSpec)
      return { rank: rankOf(match), rule: { ...rule, matches: [match] } }
    })
  })
}

/** Exact path, then regular expression, then the longest prefix; then method, number of headers, of query parameters. */
function rankOf(match: RouteMatch): readonly number[] {
  const type = match.path?.type ?? 'prefix'
  const length = match.path?.value.length ?? 1
  const kind = type === 'exact' ? 2 : type === 'regex' ? 1 : 0
  return [kind, type === 'exact' ? 0 : length, match.method === '' ? 0 : 1, match.headers.length, match.query.length]
}

function byPrecedence(a: RankedRule, b: RankedRule): number {
  for (const [index, rank] of a.rank.entries()) {
    if (rank !== b.rank[index]!) return b.rank[index]! - rank
  }
  return 0
}
