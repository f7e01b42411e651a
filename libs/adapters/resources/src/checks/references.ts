import type { BackendRef, ParentRef } from '../schemas/references.ts'
import type { Check } from './check.ts'

interface RouteSpec {
  readonly parentRefs: readonly ParentRef[]
  readonly rules: readonly { readonly backendRefs?: readonly BackendRef[] }[]
}

/** `core` is no group, but is written for the core one. */
const groups = { Service: '', ExternalService: 'weft.dev', Gateway: 'gateway.networking.k8s.io' } as const

/** Group and kind of every reference belong together; no two parents are the same. */
export function checkReferences(check: Check, spec: RouteSpec): void {
  spec.parentRefs.forEach((ref, index) => checkGroup(check, ['spec', 'parentRefs', index], ref, 'Gateway'))
  check.unique(
    ['spec', 'parentRefs'],
    '',
    spec.parentRefs,
    (ref) => `${ref.namespace ?? ''}/${ref.name}:${ref.port ?? ''}:${ref.sectionName ?? ''}`,
  )
  spec.rules?.forEach(({ backendRefs }, rule) =>
    backendRefs?.forEach((ref, index) =>
      checkGroup(check, ['spec', 'rules', rule, 'backendRefs', index], ref, 'Service'),
    ),
  )
}

/** A group that is absent is that of the kind when the kind's own is no other's. Source: Gateway API, references. */
function checkGroup(
  check: Check,
  path: readonly (string | number)[],
  ref: { readonly group?: string; readonly kind?: keyof typeof groups },
  otherwise: keyof typeof groups,
): void {
  const kind = ref.kind ?? otherwise
  const group = ref.group === 'core' ? '' : (ref.group ?? groups[otherwise])
  if (group === groups[kind]) return
  const found = ref.group === undefined ? `no group, which means ${quoted(group)}` : quoted(group)
  check.refuse([...path, 'group'], `found ${found}, expected ${quoted(groups[kind])} for kind ${kind}`)
}

function quoted(text: string): string {
  return text === '' ? "''" : text
}
