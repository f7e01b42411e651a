import {
  defaultTrafficPolicy,
  ruleDefaults,
  type HeaderChange,
  type NamedMatch,
  type RetryPolicy,
  type RouteMatch,
  type RouteRule,
  type StringMatch,
} from '@weft/traffic'
import { durationMs } from '../duration.ts'
import { type HttpRouteResource, resourceId } from '../resource.ts'
import type { HeaderModifier, HttpRouteMatch, HttpRouteRule, ValueMatch } from '../schemas/http-route.ts'
import { compileBackends, type FindBackend } from './backends.ts'

const RETRIES_DEFAULT = 2

/** One rule of a route, without its matches. */
export function compileRule(route: HttpRouteResource, index: number, find: FindBackend): Omit<RouteRule, 'matches'> {
  const spec = route.spec.rules[index]!
  const changeOf = (field: 'requestHeaderModifier' | 'responseHeaderModifier'): HeaderChange | null => {
    const modifier = spec.filters?.find((filter) => filter[field] !== undefined)?.[field]
    return modifier === undefined ? null : compileChange(modifier)
  }
  return {
    ...ruleDefaults,
    name: `${resourceId(route)}#${spec.name ?? index}`,
    requestHeaders: changeOf('requestHeaderModifier'),
    replyHeaders: changeOf('responseHeaderModifier'),
    backends: compileBackends(spec.backendRefs ?? [], route.metadata.namespace, find),
    requestTimeoutMs: durationMs(spec.timeouts?.request ?? '0s'),
    attemptTimeoutMs: durationMs(spec.timeouts?.backendRequest ?? '0s'),
    retry: spec.retry === undefined ? null : compileRetry(spec.retry),
  }
}

/** All of a match; a prefix of `/` is no condition on the path. */
export function compileMatch({ path, headers, queryParams, method }: HttpRouteMatch): RouteMatch {
  return {
    path: compilePath(path),
    method: method ?? '',
    headers: (headers ?? []).map((match) => compileValue(match, match.name.toLowerCase())),
    query: (queryParams ?? []).map((match) => compileValue(match, match.name)),
  }
}

/** A match of a header or query value. */
export function compileValue(match: ValueMatch, name: string): NamedMatch {
  return { name, value: { type: match.type === 'RegularExpression' ? 'regex' : 'exact', value: match.value } }
}

function compilePath(path: HttpRouteMatch['path']): StringMatch | null {
  const { type = 'PathPrefix', value = '/' } = path ?? {}
  if (type === 'PathPrefix') return value === '/' ? null : { type: 'prefix', value }
  return { type: type === 'Exact' ? 'exact' : 'regex', value }
}

function compileRetry(retry: NonNullable<HttpRouteRule['retry']>): RetryPolicy {
  const defaults = defaultTrafficPolicy.retry
  const baseMs = retry.backoff === undefined ? defaults.backoffBaseMs : durationMs(retry.backoff)
  return {
    attemptsMax: 1 + (retry.attempts ?? RETRIES_DEFAULT),
    statusCodes: retry.codes ?? defaults.statusCodes,
    backoffBaseMs: baseMs,
    backoffMaxMs: Math.max(defaults.backoffMaxMs, 10 * baseMs),
  }
}

/** Of several entries with one name the first counts. Source: Gateway API HTTPHeaderFilter. */
function compileChange(modifier: HeaderModifier): HeaderChange {
  const firstOfEach = (headers: HeaderModifier['set']): [string, string][] => {
    const first = new Map<string, [string, string]>()
    for (const { name, value } of headers ?? []) {
      if (!first.has(name.toLowerCase())) first.set(name.toLowerCase(), [name, value])
    }
    return [...first.values()]
  }
  return { set: firstOfEach(modifier.set), add: firstOfEach(modifier.add), remove: [...(modifier.remove ?? [])] }
}
