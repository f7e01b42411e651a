import type { FieldProblem } from '../problem.ts'
import type { AuthorizationPolicyResource } from '../resource.ts'
import { Check } from './check.ts'

/** Refuses what would mean more or less than it seems to. */
export function checkAuthorizationPolicy({ spec }: AuthorizationPolicyResource): FieldProblem[] {
  const check = new Check()
  if (spec.targetRefs !== undefined && spec.selector !== undefined) {
    check.refuse(['spec', 'selector'], 'found beside targetRefs, expected one of the two')
  }
  check.labelKeys(['spec', 'selector', 'matchLabels'], spec.selector?.matchLabels)
  check.unique(['spec', 'targetRefs'], 'name', spec.targetRefs ?? [], (ref) => ref.name)
  if (spec.action === 'DENY' && (spec.rules ?? []).length === 0) {
    check.refuse(['spec', 'rules'], 'found none, expected at least one with action DENY: without any it denies nothing')
  }
  spec.rules?.forEach((rule, ruleIndex) => {
    rule.to?.forEach((operation, index) => {
      const path = ['spec', 'rules', ruleIndex, 'to', index]
      operation.paths?.forEach((text, at) => {
        if (!/\/\/|\/\.\.?(\/|$)/.test(text)) return
        check.refuse(
          [...path, 'paths', at],
          `found ${JSON.stringify(text)}, expected a path without empty or dot segments`,
        )
      })
      operation.headers?.forEach((header, at) => {
        if (header.type === 'RegularExpression') check.pattern([...path, 'headers', at, 'value'], header.value)
      })
    })
  })
  return check.problems
}
