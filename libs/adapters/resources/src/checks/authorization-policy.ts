import { compilePath } from '../compile/authorization-policy.ts'
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
      operation.paths?.forEach((text, at) => checkPath(check, [...path, 'paths', at], text))
      operation.headers?.forEach((header, at) => {
        if (header.type === 'RegularExpression') check.pattern([...path, 'headers', at, 'value'], header.value)
      })
    })
  })
  return check.problems
}

/** A path that every server reads alike, and that agents can match in linear time in whatever case. */
function checkPath(check: Check, path: readonly (string | number)[], text: string): void {
  const segments = text.slice(1).split('/')
  const isPlain = segments.every((segment, index) => {
    const bare = segment.replace(/;.*/, '').trim()
    return !/^\.+$/.test(bare) && (bare !== '' || (index === segments.length - 1 && segment === ''))
  })
  if (!isPlain || hidesSigns(text)) {
    const hint = isPlain ? 'characters that stand for / . % ; ? or # in another form' : 'empty or dot segments'
    check.refuse(path, `found ${JSON.stringify(text)}, expected a path without ${hint}`)
    return
  }
  const match = compilePath(text)
  if (match.type === 'regex') check.pattern(path, `(?i)${match.value}`)
}

/** Whether a server that folds compatible characters (Unicode NFKC), such as `／`, would take the path apart otherwise. */
function hidesSigns(text: string): boolean {
  const signs = /[/\\.%;?#]/g
  return (text.normalize('NFKC').match(signs)?.length ?? 0) !== (text.match(signs)?.length ?? 0)
}
