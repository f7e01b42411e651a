import type { RouteMatch } from '@weft/traffic'
import { type GrpcRouteResource, type HttpRouteResource, resourceId, type RouteResource } from '../resource.ts'
import { compileGrpcMatch } from './grpc-rule.ts'
import { compileMatch, isRefused } from './route-rule.ts'

/** A match that an older route has as well. */
export interface SameMatch {
  /** Where it stands in the route. */
  readonly path: string
  readonly older: RouteResource
}

/**
 * Matches of a route that are, word by word, those of older routes at the same port: no request ever meets them. `routes` are
 * in order of age, of one kind. Source: Gateway API, HTTPRouteRule (the oldest route has what several match).
 */
export function sameMatches(route: RouteResource, routes: readonly RouteResource[]): SameMatch[] {
  const older = routes.slice(0, Math.max(0, routes.indexOf(route)))
  if (older.length === 0 || !isHttp(route)) return []
  const taken = new Map<string, RouteResource>()
  for (const one of older) {
    if (isHttp(one)) for (const { key } of matchesOf(one)) if (!taken.has(key)) taken.set(key, one)
  }
  return matchesOf(route).flatMap(({ path, key }) => {
    const winner = taken.get(key)
    return winner === undefined ? [] : [{ path, older: winner }]
  })
}

/** `PATH: RESOURCE has it, which is older`. */
export function describeSameMatch({ path, older }: SameMatch): string {
  return `${path}: ${resourceId(older)} has the same match and is older`
}

function isHttp(route: RouteResource): route is HttpRouteResource | GrpcRouteResource {
  return route.kind === 'HTTPRoute' || route.kind === 'GRPCRoute'
}

/** Every match that is in force, with a text that is equal for equal ones. A rule without any has one that all requests meet. */
function matchesOf(route: HttpRouteResource | GrpcRouteResource): { path: string; key: string }[] {
  const compiled: readonly (readonly RouteMatch[])[] =
    route.kind === 'HTTPRoute'
      ? route.spec.rules.map(({ matches = [] }) => matches.map(compileMatch))
      : (route.spec.rules ?? []).map(({ matches = [] }) => matches.map(compileGrpcMatch))
  return compiled.flatMap((matches, index) => {
    if (isRefused(route, index)) return []
    const rule = `spec.rules[${index}]`
    if (matches.length > 0) return matches.map((match, at) => ({ path: `${rule}.matches[${at}]`, key: keyOf(match) }))
    return [{ path: rule, key: keyOf(route.kind === 'HTTPRoute' ? compileMatch({}) : compileGrpcMatch({})) }]
  })
}

/** The order of headers and parameters means nothing. */
function keyOf({ path, method, headers, query }: RouteMatch): string {
  const sorted = (list: RouteMatch['headers']): string[] => list.map((one) => JSON.stringify(one)).toSorted()
  return JSON.stringify([path, method, sorted(headers), sorted(query)])
}
