import type { Place } from '../kinds.ts'
import type { FieldProblem } from '../problem.ts'
import { type AnyResource, isRoute } from '../resource.ts'
import { Check } from './check.ts'

/** References to what does not exist in a place: gateways and external services in a mesh, services in `weft proxy`. */
export function placeProblems(resource: AnyResource, place: Place): FieldProblem[] {
  const check = new Check()
  if (resource.kind === 'TrafficPolicy') {
    const expected = place === 'mesh' ? 'Service' : 'ExternalService'
    resource.spec.targetRefs.forEach((ref, index) => {
      if (ref.kind !== expected) refuse(check, ['spec', 'targetRefs', index, 'kind'], ref.kind, expected, place)
      const group = expected === 'Service' ? '' : 'weft.dev'
      if (ref.kind === expected && (ref.group ?? '') !== group) {
        const shown = (text: string): string => (text === '' ? "''" : text)
        const path = ['spec', 'targetRefs', index, 'group']
        check.refuse(path, `found ${shown(ref.group ?? '')}, expected ${shown(group)} for kind ${expected}`)
      }
    })
  }
  if (!isRoute(resource)) return check.problems
  const parent = place === 'mesh' ? 'Service' : 'Gateway'
  resource.spec.parentRefs.forEach(({ kind = 'Gateway' }, index) => {
    if (kind !== parent) refuse(check, ['spec', 'parentRefs', index, 'kind'], kind, parent, place)
  })
  const backend = place === 'mesh' ? 'Service' : 'ExternalService'
  resource.spec.rules?.forEach((rule, ruleIndex) =>
    rule.backendRefs?.forEach(({ kind = 'Service' }, index) => {
      const path = ['spec', 'rules', ruleIndex, 'backendRefs', index, 'kind']
      if (kind !== backend) refuse(check, path, kind, backend, place)
    }),
  )
  return check.problems
}

function refuse(check: Check, path: readonly (string | number)[], found: string, expected: string, place: Place): void {
  const where = place === 'mesh' ? 'in a mesh' : 'in weft proxy, which knows no workloads'
  check.refuse(path, `found ${found}, expected ${expected} ${where}`)
}
