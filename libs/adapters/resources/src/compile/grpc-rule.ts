import { type NamedMatch, type RouteMatch, ruleDefaults, type StringMatch } from '@weft/traffic'
import { type GrpcRouteResource, resourceId } from '../resource.ts'
import type { GrpcMethodMatch, GrpcRouteMatch } from '../schemas/grpc-route.ts'
import { compileBackends, type ResolveBackend } from './backends.ts'
import { compileFilters } from './filters.ts'
import { compileValue, isRefused, type RankedRule } from './route-rule.ts'

/** What makes a request a gRPC call, gRPC-Web included. Source: gRPC over HTTP/2, Requests. */
const isGrpc: NamedMatch = { name: 'content-type', value: { type: 'prefix', value: 'application/grpc' } }

/**
 * The rules of a GRPCRoute, one per match: by the characters of the service, then of the method, then the number of
 * headers. Source: Gateway API, GRPCRouteRule (matches).
 */
export function rankGrpcRules(route: GrpcRouteResource, resolve: ResolveBackend): RankedRule[] {
  return (route.spec.rules ?? []).flatMap((spec, index) => {
    if (isRefused(route, index)) return []
    const rule = {
      ...ruleDefaults,
      name: `${resourceId(route)}#${spec.name ?? index}`,
      ...compileFilters(spec.filters ?? [], resolve),
      backends: compileBackends(spec.backendRefs ?? [], resolve),
    }
    const matches = spec.matches === undefined || spec.matches.length === 0 ? [{}] : spec.matches
    return matches.map((match) => ({ rank: rankOf(match), rule: { ...rule, matches: [compileGrpcMatch(match)] } }))
  })
}

function rankOf({ method, headers = [] }: GrpcRouteMatch): readonly number[] {
  return [method?.service?.length ?? 0, method?.method?.length ?? 0, headers.length]
}

/** What calls of gRPC a match is about, as requests. */
export function compileGrpcMatch({ method, headers = [] }: GrpcRouteMatch): RouteMatch {
  return {
    path: method === undefined ? null : compileMethod(method),
    method: 'POST',
    headers: [isGrpc, ...headers.map((match) => compileValue(match, match.name.toLowerCase()))],
    query: [],
  }
}

/** A call of `package.Service/Method` is a request for `/package.Service/Method`. Source: gRPC over HTTP/2, Path. */
function compileMethod({ type, service = '', method = '' }: GrpcMethodMatch): StringMatch {
  if (type === 'RegularExpression') {
    return { type: 'regex', value: `/${service === '' ? ANY : `(${service})`}/${method === '' ? ANY : `(${method})`}` }
  }
  if (service === '') return { type: 'regex', value: `/${ANY}/${method}` }
  return method === '' ? { type: 'prefix', value: `/${service}` } : { type: 'exact', value: `/${service}/${method}` }
}

const ANY = '[^/]+'
