import {
  defaultTrafficPolicy,
  type NamedMatch,
  type RetryPolicy,
  type RouteMatch,
  type RouteRule,
  ruleDefaults,
  type StringMatch,
} from '@weft/traffic'
import { durationMs } from '../duration.ts'
import { type HttpRouteResource, resourceId } from '../resource.ts'
import type { HttpRouteMatch, HttpRouteRule, ValueMatch } from '../schemas/http-route.ts'
import { compileBackends, type ResolveBackend } from './backends.ts'
import { compileFilters } from './filters.ts'

const RETRIES_DEFAULT = 2

/** A rule for requests that meet one match, and how it ranks among others: greater numbers first, the first one counts most. */
export interface RankedRule {
  readonly rank: readonly number[]
  readonly rule: RouteRule
}

/** The rules of an HTTPRoute, one per match. */
export function rankHttpRules(route: HttpRouteResource, resolve: ResolveBackend): RankedRule[] {
  return route.spec.rules.flatMap((spec, index) => {
    if (isRefused(route, index)) return []
    const rule = compileRule(route, index, resolve)
    const matches = spec.matches === undefined || spec.matches.length === 0 ? [{}] : spec.matches
    return matches.map((matchSpec) => {
      const match = compileMatch(matchSpec)
      return { rank: rankOf(match), rule: { ...rule, matches: [match] } }
    })
  })
}

/** Whether a rule is not in force. */
export function isRefused({ refusal }: Pick<HttpRouteResource, 'refusal'>, index: number): boolean {
  if (refusal === undefined) return false
  return refusal.problems.length > 0 || refusal.rules.some((rule) => rule.index === index)
}

/** One rule of a route, without its matches. */
function compileRule(route: HttpRouteResource, index: number, resolve: ResolveBackend): RouteRule {
  const spec = route.spec.rules[index]!
  return {
    ...ruleDefaults,
    name: `${resourceId(route)}#${spec.name ?? index}`,
    ...compileFilters(spec.filters ?? [], resolve),
    backends: compileBackends(spec.backendRefs ?? [], resolve),
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

/** Exact path, then regular expression, then the longest prefix; then method, number of headers, of query parameters. */
function rankOf(match: RouteMatch): readonly number[] {
  const type = match.path?.type ?? 'prefix'
  const length = match.path?.value.length ?? 1
  const kind = type === 'exact' ? 2 : type === 'regex' ? 1 : 0
  return [kind, type === 'exact' ? 0 : length, match.method === '' ? 0 : 1, match.headers.length, match.query.length]
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
