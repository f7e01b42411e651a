import { durationMs } from '../duration.ts'
import type { FieldProblem } from '../problem.ts'
import type { HttpRouteResource } from '../resource.ts'
import type { HttpRouteMatch, HttpRouteRule, ParentRef } from '../schemas/http-route.ts'
import { Check } from './check.ts'
import { checkReferences } from './references.ts'

type Path = readonly (string | number)[]

/** What Gateway API asks of an HTTPRoute beyond the shape of its fields, and what Weft does not do yet. */
export function checkHttpRoute({ metadata, spec }: HttpRouteResource): FieldProblem[] {
  const check = new Check()
  spec.parentRefs.forEach((ref, index) => checkParent(check, ['spec', 'parentRefs', index], ref, metadata.namespace))
  checkReferences(check, spec)
  check.unique(['spec', 'rules'], 'name', spec.rules, (rule) => rule.name)
  spec.rules.forEach((rule, index) => checkRule(check, ['spec', 'rules', index], rule))
  return check.problems
}

function checkParent(check: Check, path: Path, ref: ParentRef, namespace: string): void {
  if (ref.kind === 'Service' && ref.namespace !== undefined && ref.namespace !== namespace) {
    check.refuse(
      [...path, 'namespace'],
      `found ${JSON.stringify(ref.namespace)}, expected ${namespace}, the route's own: routes for the callers of one namespace only are not supported yet`,
    )
  }
  if (ref.kind === 'Service' && ref.port !== undefined && ref.sectionName !== undefined) {
    check.refuse([...path, 'sectionName'], 'found beside port, expected one of the two')
  }
}

function checkRule(check: Check, path: Path, rule: HttpRouteRule): void {
  rule.matches?.forEach((match, index) => checkMatch(check, [...path, 'matches', index], match))
  check.unique([...path, 'filters'], 'type', rule.filters ?? [], (filter) => filter.type)
  rule.filters?.forEach((filter, index) => {
    const [wanted, other] =
      filter.type === 'RequestHeaderModifier'
        ? (['requestHeaderModifier', 'responseHeaderModifier'] as const)
        : (['responseHeaderModifier', 'requestHeaderModifier'] as const)
    const at = [...path, 'filters', index]
    if (filter[wanted] === undefined) check.refuse([...at, wanted], `missing, expected it with type ${filter.type}`)
    if (filter[other] !== undefined)
      check.refuse([...at, other], `found with type ${filter.type}, expected ${wanted} only`)
  })
  const requestMs = durationMs(rule.timeouts?.request ?? '0s')
  const attemptMs = durationMs(rule.timeouts?.backendRequest ?? '0s')
  if (requestMs > 0 && attemptMs > requestMs) {
    check.refuse(
      [...path, 'timeouts', 'backendRequest'],
      `found ${rule.timeouts!.backendRequest}, expected at most the timeout of the request, ${rule.timeouts!.request}`,
    )
  }
}

function checkMatch(check: Check, path: Path, match: HttpRouteMatch): void {
  const { type = 'PathPrefix', value = '/' } = match.path ?? {}
  const at = [...path, 'path', 'value']
  if (type === 'RegularExpression') check.pattern(at, value)
  else if (!value.startsWith('/'))
    check.refuse(at, `found ${JSON.stringify(value)}, expected a path that begins with /`)
  else if (/\/\/|\/\.\.?(\/|$)|[#?]|%2f/i.test(value)) {
    check.refuse(at, `found ${JSON.stringify(value)}, expected a path without empty or dot segments, '#', '?' and %2F`)
  }
  check.unique([...path, 'headers'], 'name', match.headers ?? [], (header) => header.name.toLowerCase())
  check.unique([...path, 'queryParams'], 'name', match.queryParams ?? [], (parameter) => parameter.name)
  for (const field of ['headers', 'queryParams'] as const) {
    match[field]?.forEach((one, index) => {
      if (one.type === 'RegularExpression') check.pattern([...path, field, index, 'value'], one.value)
    })
  }
}
