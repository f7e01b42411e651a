import type { ParentRef } from '../schemas/references.ts'

/** Who writes the conditions of routes that are attached to services. Source: Gateway API, RouteParentStatus. */
export const CONTROLLER_NAME = 'weft.dev/controller'

/** Reasons as Gateway API names them; `Conflicted` is GAMMA's, for a route whose place a stronger kind or an older one has. */
export type RouteReason =
  | 'Accepted'
  | 'NoMatchingParent'
  | 'NotAllowedByListeners'
  | 'UnsupportedValue'
  | 'IncompatibleFilters'
  | 'Conflicted'
  | 'ResolvedRefs'
  | 'BackendNotFound'
  | 'InvalidKind'
  | 'RefNotPermitted'
  | 'UnsupportedProtocol'

/** One condition without its time, which belongs to whoever writes it. */
export interface RouteCondition {
  readonly type: 'Accepted' | 'ResolvedRefs' | 'PartiallyInvalid' | 'weft.dev/Conflicted'
  readonly status: 'True' | 'False'
  readonly reason: RouteReason
  readonly message: string
  /** `metadata.generation` of the route that was looked at. */
  readonly observedGeneration: number
}

/** What became of a route at one of its parents. */
export interface RouteParentStatus {
  /** As it stands in the spec of the route. */
  readonly parentRef: ParentRef
  readonly controllerName: string
  readonly conditions: readonly RouteCondition[]
}

/** The status of a route as far as it is ours: one entry for each parent that is a service. */
export interface RouteStatus {
  readonly parents: readonly RouteParentStatus[]
}

/** A condition as it is stored. */
interface WrittenCondition {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
  readonly observedGeneration?: number
  readonly lastTransitionTime: string
}

interface WrittenParent {
  readonly parentRef: object
  readonly controllerName: string
  readonly conditions?: readonly WrittenCondition[]
}

/**
 * The status to write so that `wanted` stands in it, or null when it does already. Entries of other controllers and
 * conditions of other types stay as they are; entries of ours for parents that are no longer meant go; a condition whose
 * status stays keeps its time. Nothing is written over what was seen at a later generation.
 *
 * `now` is the time in RFC 3339. Source: Gateway API, RouteParentStatus (notes for implementors).
 */
export function mergeRouteStatus(
  written: { readonly parents?: readonly WrittenParent[] } | undefined,
  wanted: RouteStatus,
  now: string,
): { readonly parents: readonly WrittenParent[] } | null {
  const parents = written?.parents ?? []
  const own = parents.filter(({ controllerName }) => controllerName === CONTROLLER_NAME)
  const foreign = parents.filter(({ controllerName }) => controllerName !== CONTROLLER_NAME)
  const merged = wanted.parents.map((parent) => {
    const before = own.find(({ parentRef }) => isSame(parentRef, parent.parentRef))
    return { ...parent, conditions: mergeConditions(before?.conditions ?? [], parent.conditions, now) }
  })
  const result = [...foreign, ...merged]
  return isSame(result, [...foreign, ...own]) ? null : { parents: result }
}

function mergeConditions(
  written: readonly WrittenCondition[],
  wanted: readonly RouteCondition[],
  now: string,
): WrittenCondition[] {
  const changed = wanted.map((condition) => {
    const before = written.find(({ type }) => type === condition.type)
    if (before !== undefined && (before.observedGeneration ?? 0) > condition.observedGeneration) return before
    const since = before?.status === condition.status ? before.lastTransitionTime : now
    return { ...condition, lastTransitionTime: since }
  })
  const foreign = written.filter(({ type }) => !OUR_TYPES.includes(type))
  return [...changed, ...foreign]
}

const OUR_TYPES: readonly string[] = [
  'Accepted',
  'ResolvedRefs',
  'PartiallyInvalid',
  'weft.dev/Conflicted',
] satisfies RouteCondition['type'][]

function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

/** JSON with the keys of every object in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([x], [y]) => (x < y ? -1 : 1)))
      : part,
  )
}
