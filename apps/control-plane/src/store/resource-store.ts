import type { Resource, StoredKind } from '@weft/resources'

/** What names a resource. */
export interface ResourceRef {
  readonly kind: StoredKind
  readonly namespace: string
  readonly name: string
}

export type ApplyOutcome = 'created' | 'configured' | 'unchanged'

export interface ApplyResult {
  /** The store's revision afterwards; the former one when nothing changed. */
  readonly revision: number
  /** One per resource, in the order given. */
  readonly outcomes: readonly ApplyOutcome[]
}

/** One version of one resource, kept for a while. */
export interface ResourceVersion {
  readonly revision: number
  readonly ref: ResourceRef
  /** Null: removed. */
  readonly resource: Resource | null
  readonly author: string
  readonly atMs: number
}

/**
 * Where resources are kept. Every change is one step of `revision`, durable before the call resolves, all of it or
 * nothing. One contract suite (testing/store-contract.ts) runs over every implementation.
 */
export interface ResourceStore {
  /** Grows with every change, over restarts. 1 for a store in which nothing ever was. */
  readonly revision: number
  /** Everything, with what the store sets in `metadata`. */
  list(): Promise<readonly Resource[]>
  get(ref: ResourceRef): Promise<Resource | null>
  /**
   * Stores all of them or none. A resource that is as stored already is left alone; one that carries a resourceVersion
   * must still be at it.
   * Faults: Failure `conflict` that names the resource; `store_full`, `store_failed` with nothing changed.
   */
  apply(resources: readonly Resource[], author: string): Promise<ApplyResult>
  /** What `apply` would answer, without doing it. */
  dryRun(resources: readonly Resource[]): Promise<ApplyResult>
  /** The new revision, or null when there was none. */
  remove(ref: ResourceRef, author: string): Promise<number | null>
  /** The latest versions of a resource, newest first. */
  history(ref: ResourceRef, limit: number): Promise<readonly ResourceVersion[]>
  /**
   * The number that belongs to `key` for ever, from 0 to `max` - 1: the least that is free at the first call.
   * Faults: Failure `exhausted` when none is.
   */
  numberOf(key: string, max: number): Promise<number>
  /** Calls `listener` after each change, with the new revision. The result stops it. */
  watch(listener: (revision: number) => void): () => void
  close(): void
}
