import { Failure } from '@weft/faults'
import { resourceId, type Metadata, type Resource } from '@weft/resources'
import type { ApplyOutcome } from './resource-store.ts'

export interface Change {
  readonly outcome: ApplyOutcome
  /** With what the store sets. */
  readonly resource: Resource
}

/**
 * What applying `wanted` over `stored` comes to, for every store alike: generation grows with the spec, the version is
 * the revision of the last change, the time of creation stays.
 * Faults: Failure `conflict` when `wanted` was read at another version than the one stored.
 */
export function changeOf(wanted: Resource, stored: Resource | null, revision: number, nowMs: number): Change {
  const asked = wanted.metadata.resourceVersion
  const found = stored?.metadata.resourceVersion
  if (asked !== undefined && asked !== found) {
    const state = found === undefined ? 'it is not stored' : `found ${found}`
    throw new Failure(
      'conflict',
      `${resourceId(wanted)}: resourceVersion: ${state}, expected ${asked}; read it again and apply the change to that`,
    )
  }
  if (stored !== null && sameContent(wanted, stored)) return { outcome: 'unchanged', resource: stored }
  const { name, namespace, labels, annotations } = wanted.metadata
  const sameSpec = stored !== null && canonical(stored.spec) === canonical(wanted.spec)
  const generation = stored === null ? 1 : (stored.metadata.generation ?? 1) + (sameSpec ? 0 : 1)
  const metadata: Metadata = {
    name,
    namespace,
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
    generation,
    resourceVersion: String(revision),
    creationTimestamp: stored?.metadata.creationTimestamp ?? new Date(nowMs).toISOString(),
  }
  return { outcome: stored === null ? 'created' : 'configured', resource: { ...wanted, metadata } as Resource }
}

function sameContent(a: Resource, b: Resource): boolean {
  const content = ({ apiVersion, metadata, spec }: Resource): string =>
    canonical([apiVersion, metadata.labels ?? {}, metadata.annotations ?? {}, spec])
  return content(a) === content(b)
}

/** JSON with the keys of every object in order: equal for equal values. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : part,
  )
}
