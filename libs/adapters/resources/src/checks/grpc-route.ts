import type { FieldProblem } from '../problem.ts'
import type { GrpcRouteResource } from '../resource.ts'
import type { GrpcMethodMatch, GrpcRouteMatch } from '../schemas/grpc-route.ts'
import { Check } from './check.ts'
import { checkReferences } from './references.ts'
import { checkFilters, type Path } from './route-rule.ts'

/** What Gateway API asks of a GRPCRoute beyond the shape of its fields. */
export function checkGrpcRoute({ spec }: GrpcRouteResource): FieldProblem[] {
  const check = new Check()
  checkReferences(check, spec)
  const rules = spec.rules ?? []
  check.unique(['spec', 'rules'], 'name', rules, (rule) => rule.name)
  rules.forEach((rule, index) => {
    const path = ['spec', 'rules', index]
    rule.matches?.forEach((match, at) => checkMatch(check, [...path, 'matches', at], match))
    checkFilters(check, path, rule, false)
  })
  return check.problems
}

function checkMatch(check: Check, path: Path, { method, headers = [] }: GrpcRouteMatch): void {
  if (method !== undefined) checkMethod(check, [...path, 'method'], method)
  check.unique([...path, 'headers'], 'name', headers, (header) => header.name.toLowerCase())
  headers.forEach((header, index) => {
    if (header.type === 'RegularExpression') check.pattern([...path, 'headers', index, 'value'], header.value)
  })
}

const NAMES = {
  service: { pattern: /^\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$/i, expected: 'a service such as shop.v1.Cart' },
  method: { pattern: /^[a-z_][a-z_0-9]*$/i, expected: 'a method such as GetCart' },
} as const

function checkMethod(check: Check, path: Path, match: GrpcMethodMatch): void {
  if ((match.service ?? '') === '' && (match.method ?? '') === '') {
    check.refuse(path, 'found neither service nor method, expected one of them at least')
  }
  for (const field of ['service', 'method'] as const) {
    const value = match[field] ?? ''
    if (value === '') continue
    if (match.type === 'RegularExpression') check.pattern([...path, field], value)
    else if (!NAMES[field].pattern.test(value)) {
      check.refuse([...path, field], `found ${JSON.stringify(value)}, expected ${NAMES[field].expected}`)
    }
  }
}
