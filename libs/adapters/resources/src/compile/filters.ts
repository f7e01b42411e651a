import type { HeaderChange, Mirror, PathChange, Redirect, Rewrite } from '@weft/traffic'
import type { HeaderModifier, PathModifier, RequestMirror, RouteFilter } from '../schemas/route-filter.ts'
import { type Reference, type ResolveBackend } from './backends.ts'

/** What the filters of a rule come to. Source: Gateway API, HTTPRouteFilter. */
export interface CompiledFilters {
  readonly requestHeaders: HeaderChange | null
  readonly replyHeaders: HeaderChange | null
  readonly redirect: Redirect | null
  readonly rewrite: Rewrite | null
  readonly mirrors: readonly Mirror[]
}

const REDIRECT_STATUS = 302

/** Of a mirror whose backend is not there, or may not be referred to, nothing is left. */
export function compileFilters(filters: readonly RouteFilter[], resolve: ResolveBackend): CompiledFilters {
  const redirect = filters.find((filter) => filter.requestRedirect !== undefined)?.requestRedirect
  const rewrite = filters.find((filter) => filter.urlRewrite !== undefined)?.urlRewrite
  return {
    ...compileHeaderFilters(filters),
    redirect:
      redirect === undefined
        ? null
        : {
            scheme: redirect.scheme ?? '',
            hostname: redirect.hostname ?? '',
            port: redirect.port ?? 0,
            path: compilePath(redirect.path),
            status: redirect.statusCode ?? REDIRECT_STATUS,
          },
    rewrite: rewrite === undefined ? null : { hostname: rewrite.hostname ?? '', path: compilePath(rewrite.path) },
    mirrors: mirrorsOf(filters).flatMap((mirror) => compileMirror(mirror, resolve)),
  }
}

/** What filters change of headers: all that those of a backend may do. */
export function compileHeaderFilters(
  filters: readonly RouteFilter[],
): Pick<CompiledFilters, 'requestHeaders' | 'replyHeaders'> {
  const changeOf = (field: 'requestHeaderModifier' | 'responseHeaderModifier'): HeaderChange | null => {
    const modifier = filters.find((filter) => filter[field] !== undefined)?.[field]
    return modifier === undefined ? null : compileChange(modifier)
  }
  return { requestHeaders: changeOf('requestHeaderModifier'), replyHeaders: changeOf('responseHeaderModifier') }
}

export function mirrorsOf(filters: readonly RouteFilter[]): RequestMirror[] {
  return filters.flatMap(({ requestMirror }) => requestMirror ?? [])
}

function compileMirror(mirror: RequestMirror, resolve: ResolveBackend): Mirror[] {
  const reference: Reference = mirror.backendRef
  const service = resolve(reference)
  const { percent = 100, fraction } = mirror
  const ratio = fraction === undefined ? percent / 100 : fraction.numerator / (fraction.denominator ?? 100)
  return service === '' || ratio === 0 ? [] : [{ service, port: reference.port, ratio }]
}

function compilePath(path: PathModifier | undefined): PathChange | null {
  if (path === undefined) return null
  if (path.type === 'ReplaceFullPath') return { type: 'full', value: path.replaceFullPath ?? '/' }
  return { type: 'prefix', value: path.replacePrefixMatch ?? '' }
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
