import { type FilterType, filterFields, type RouteFilter, type PathModifier } from '../schemas/route-filter.ts'
import type { BackendRef } from '../schemas/references.ts'
import type { Check } from './check.ts'

export type Path = readonly (string | number)[]

/** What rules of every route for requests have: filters that go together, of the rule and of its backends. */
export interface FilteredRule {
  readonly filters?: readonly RouteFilter[]
  readonly backendRefs?: readonly BackendRef[]
}

/** `canReplacePrefix`: whether every match of the rule names a path prefix, which a filter may then replace. */
export function checkFilters(check: Check, path: Path, rule: FilteredRule, canReplacePrefix: boolean): void {
  const filters = rule.filters ?? []
  checkFilterList(check, [...path, 'filters'], filters)
  const redirect = filters.findIndex(({ type }) => type === 'RequestRedirect')
  if (redirect >= 0 && filters.some(({ type }) => type === 'URLRewrite')) {
    const message =
      'found RequestRedirect beside URLRewrite, expected one of the two: a request that is sent away is not sent on'
    check.refuse([...path, 'filters', redirect, 'type'], message)
  }
  if (redirect >= 0 && (rule.backendRefs ?? []).length > 0) {
    check.refuse([...path, 'backendRefs'], 'found beside RequestRedirect, expected none: no request goes there')
  }
  filters.forEach((filter, index) => {
    const field = filter.requestRedirect !== undefined ? 'requestRedirect' : 'urlRewrite'
    const at = [...path, 'filters', index, field, 'path']
    checkPath(check, at, (filter.requestRedirect ?? filter.urlRewrite)?.path, canReplacePrefix)
    checkMirror(check, [...path, 'filters', index, 'requestMirror'], filter)
  })
  rule.backendRefs?.forEach((ref, index) =>
    checkFilterList(check, [...path, 'backendRefs', index, 'filters'], ref.filters ?? []),
  )
}

function checkFilterList(check: Check, path: Path, filters: readonly RouteFilter[]): void {
  const single = filters.map((filter) => (filter.type === 'RequestMirror' ? undefined : filter.type))
  check.unique(path, 'type', single, (type) => type)
  filters.forEach((filter, index) => {
    const wanted = filterFields[filter.type]
    if (filter[wanted] === undefined)
      check.refuse([...path, index, wanted], `missing, expected it with type ${filter.type}`)
    for (const type of Object.keys(filterFields) as FilterType[]) {
      const other = filterFields[type]
      if (other === wanted || filter[other] === undefined) continue
      check.refuse([...path, index, other], `found with type ${filter.type}, expected ${wanted} only`)
    }
  })
}

function checkPath(check: Check, path: Path, modifier: PathModifier | undefined, canReplacePrefix: boolean): void {
  if (modifier === undefined) return
  const isFull = modifier.type === 'ReplaceFullPath'
  const [wanted, other] = isFull
    ? (['replaceFullPath', 'replacePrefixMatch'] as const)
    : (['replacePrefixMatch', 'replaceFullPath'] as const)
  if (modifier[wanted] === undefined) check.refuse([...path, wanted], `missing, expected it with type ${modifier.type}`)
  if (modifier[other] !== undefined) {
    check.refuse([...path, other], `found with type ${modifier.type}, expected ${wanted} only`)
  }
  const value = modifier[wanted] ?? ''
  if (value === '' ? isFull && modifier[wanted] !== undefined : !value.startsWith('/')) {
    check.refuse([...path, wanted], `found ${JSON.stringify(value)}, expected a path that begins with /`)
  }
  if (!isFull && !canReplacePrefix) {
    const message =
      'found ReplacePrefixMatch in a rule whose matches name no path prefix, expected type PathPrefix in each'
    check.refuse([...path, 'type'], message)
  }
}

function checkMirror(check: Check, path: Path, { requestMirror }: RouteFilter): void {
  if (requestMirror === undefined) return
  const { percent, fraction } = requestMirror
  if (percent !== undefined && fraction !== undefined) {
    check.refuse([...path, 'fraction'], 'found beside percent, expected one of the two')
  }
  if (fraction !== undefined && fraction.numerator > (fraction.denominator ?? 100)) {
    check.refuse(
      [...path, 'fraction', 'numerator'],
      `found ${fraction.numerator}, expected at most the denominator, ${fraction.denominator ?? 100}`,
    )
  }
}
