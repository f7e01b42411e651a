import { formatPath, type FieldProblem } from './problem.ts'
import type { RouteRefusal, RouteResource } from './resource.ts'
import type { BackendRef } from './schemas/references.ts'
import { findProblems, resourceFrom } from './validate.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * Reads a route that a cluster holds, as far as it is for services: nobody could refuse it when it was written, so what
 * can't be in force is told in its {@link RouteRefusal} and the rest is taken. A rule that is wrong is left out alone;
 * anything else that is wrong leaves out the whole. Null for a route without a parent that is a service, or seems to be.
 *
 * `value` has `metadata` as {@link resourceFrom} takes it. Source: Gateway API, PartiallyInvalid (dropped rules).
 */
export function readStoredRoute(value: Fields): RouteResource | null {
  const spec = (value['spec'] ?? {}) as Fields
  const { meant, misnamed } = sortParents(listOf(spec['parentRefs']))
  if (meant.length === 0 && misnamed.length === 0) return null
  const rules = listOf(spec['rules'])
  // Without one of its own the check would stop at the parents.
  const parents = meant.length === 0 ? [{ group: '', kind: 'Service', name: 'none' }] : meant
  const checked = { ...value, spec: { ...spec, parentRefs: parents, rules: rules.map(withKnownBackends) } }
  const found = findProblems(checked, 'mesh')
  const refused = new Map<number, string[]>()
  for (const problem of found) {
    const index = ruleOf(problem)
    if (index !== null) refused.set(index, [...(refused.get(index) ?? []), textOf(problem)])
  }
  const problems = found.filter((problem) => ruleOf(problem) === null).map(textOf)
  const kept = problems.length > 0 ? [] : rules.map((rule, index) => (refused.has(index) ? {} : rule))
  const resource = resourceFrom({ ...value, spec: { ...spec, parentRefs: meant, rules: kept } }) as RouteResource
  const refusal: RouteRefusal = {
    problems,
    rules: problems.length > 0 ? [] : [...refused].map(([index, texts]) => ({ index, problems: texts })),
    parents: misnamed,
  }
  const isWhole = found.length === 0 && misnamed.length === 0
  return isWhole ? resource : ({ ...resource, refusal } as RouteResource)
}

/** Parents that are services, and those that only are called so; all others belong to other controllers. */
function sortParents(refs: readonly Fields[]): { meant: Fields[]; misnamed: RouteRefusal['parents'] } {
  const named = refs.filter((ref) => ref?.['kind'] === 'Service')
  const isCore = ({ group }: Fields): boolean => group === '' || group === 'core'
  const misnamed = named
    .filter((ref) => !isCore(ref))
    .map((ref) => {
      const found = ref['group'] === undefined ? 'no group' : `group ${String(ref['group'])}`
      return { parentRef: ref, problem: `found ${found} for kind Service, expected group '' (core)` }
    })
  return { meant: named.filter(isCore), misnamed }
}

/** A rule in which backends of kinds that are not known stand as services, since they are told of as references. */
function withKnownBackends(rule: Fields): Fields {
  if (typeof rule !== 'object' || rule === null) return rule
  const known = (ref: Fields): Fields => {
    const { group = '', kind = 'Service', ...rest } = (ref ?? {}) as Partial<Record<keyof BackendRef, unknown>>
    if (kind === 'Service' && (group === '' || group === 'core')) return ref
    // Other kinds may have names and ports of other shapes.
    return { ...rest, name: 'other', port: 1 }
  }
  const backendRefs = rule['backendRefs']
  const filters = rule['filters']
  return {
    ...rule,
    ...(Array.isArray(backendRefs) ? { backendRefs: (backendRefs as Fields[]).map(known) } : {}),
    ...(Array.isArray(filters)
      ? { filters: (filters as Fields[]).map((filter) => withKnownMirror(filter, known)) }
      : {}),
  }
}

function withKnownMirror(filter: Fields, known: (ref: Fields) => Fields): Fields {
  const mirror = filter?.['requestMirror'] as Fields | undefined
  if (typeof mirror?.['backendRef'] !== 'object') return filter
  return { ...filter, requestMirror: { ...mirror, backendRef: known(mirror['backendRef'] as Fields) } }
}

function ruleOf({ path }: FieldProblem): number | null {
  const [first, second, index] = path
  return first === 'spec' && second === 'rules' && typeof index === 'number' ? index : null
}

function textOf({ path, message }: FieldProblem): string {
  const field = formatPath(path)
  return field === '' ? message : `${field}: ${message}`
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? (value as Fields[]) : []
}
