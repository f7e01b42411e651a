import { durationMs } from '../duration.ts'
import type { FieldProblem } from '../problem.ts'
import type { HttpRouteResource } from '../resource.ts'
import type { HttpRouteMatch, HttpRouteRule } from '../schemas/http-route.ts'
import { Check } from './check.ts'
import { checkReferences } from './references.ts'
import { checkFilters, type Path } from './route-rule.ts'

/** What Gateway API asks of an HTTPRoute beyond the shape of its fields. */
export function checkHttpRoute({ spec }: HttpRouteResource): FieldProblem[] {
  const check = new Check()
  checkReferences(check, spec)
  check.unique(['spec', 'rules'], 'name', spec.rules, (rule) => rule.name)
  spec.rules.forEach((rule, index) => checkRule(check, ['spec', 'rules', index], rule))
  return check.problems
}

function checkRule(check: Check, path: Path, rule: HttpRouteRule): void {
  rule.matches?.forEach((match, index) => checkMatch(check, [...path, 'matches', index], match))
  // A match without a path means the prefix /.
  const isByPrefix = (rule.matches ?? []).every((match) => (match.path?.type ?? 'PathPrefix') === 'PathPrefix')
  checkFilters(check, path, rule, isByPrefix)
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
