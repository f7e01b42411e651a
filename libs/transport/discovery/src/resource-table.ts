import type { EncodedResource } from './encoded-resource.ts'
import type { Change } from './frames.ts'
import { type ResourceKey, parseResourceKey, resourceKinds, type ResourceKind } from './kinds.ts'

interface Entry {
  readonly resource: EncodedResource
  /** The step at which it became what it is. */
  readonly step: number
}

/**
 * What is in force now, by kind, and enough memory to tell what changed since any recent step. A step is one call of
 * `update`; removals are remembered until `forgetRemovals`.
 */
export class ResourceTable {
  readonly #entries = new Map<ResourceKind, Map<ResourceKey, Entry>>(resourceKinds.map((kind) => [kind, new Map()]))
  readonly #removedAt = new Map<ResourceKey, number>()
  #step = 0
  #revision = 0
  #revisionStep = 0

  get step(): number {
    return this.#step
  }

  get revision(): number {
    return this.#revision
  }

  get removalCount(): number {
    return this.#removedAt.size
  }

  /** Takes a change in; resources whose hash is unchanged are left out. False when nothing at all was new. */
  update(revision: number, upserts: readonly EncodedResource[], removals: readonly ResourceKey[]): boolean {
    const step = this.#step + 1
    let isNew = false
    for (const resource of upserts) {
      const entries = this.#entries.get(resource.kind)!
      if (entries.get(resource.key)?.resource.hash === resource.hash) continue
      entries.set(resource.key, { resource, step })
      this.#removedAt.delete(resource.key)
      isNew = true
    }
    for (const key of removals) {
      const parsed = parseResourceKey(key)
      if (parsed === null || !this.#entries.get(parsed.kind)!.delete(key)) continue
      this.#removedAt.set(key, step)
      isNew = true
    }
    if (revision > this.#revision) {
      this.#revision = revision
      this.#revisionStep = step
      isNew = true
    }
    if (isNew) this.#step = step
    return isNew
  }

  *keys(): Iterable<ResourceKey> {
    for (const entries of this.#entries.values()) yield* entries.keys()
  }

  /** What somebody of these kinds who was told everything up to `step` has yet to learn. */
  since(step: number, kinds: ReadonlySet<ResourceKind>): Change {
    const upserts: EncodedResource[] = []
    for (const kind of kinds) {
      for (const entry of this.#entries.get(kind)!.values()) if (entry.step > step) upserts.push(entry.resource)
    }
    const removals: ResourceKey[] = []
    // Whoever starts from nothing has nothing to remove.
    if (step > 0) {
      for (const [key, removedAt] of this.#removedAt) {
        if (removedAt > step && kinds.has(parseResourceKey(key)!.kind)) removals.push(key)
      }
    }
    return { revision: this.#revision, upserts, removals }
  }

  /** What somebody of these kinds who holds exactly `held` has yet to learn. */
  against(held: ReadonlyMap<ResourceKey, string>, kinds: ReadonlySet<ResourceKind>): Change {
    const upserts: EncodedResource[] = []
    for (const kind of kinds) {
      for (const { resource } of this.#entries.get(kind)!.values()) {
        if (held.get(resource.key) !== resource.hash) upserts.push(resource)
      }
    }
    const removals: ResourceKey[] = []
    for (const key of held.keys()) {
      const kind = parseResourceKey(key)?.kind
      if (kind === undefined || !kinds.has(kind) || !this.#entries.get(kind)!.has(key)) removals.push(key)
    }
    return { revision: this.#revision, upserts, removals }
  }

  /** Whether the revision moved after `step`: then everybody is told, even with nothing else to tell. */
  revisionMovedSince(step: number): boolean {
    return this.#revisionStep > step
  }

  /** Forgets removals that everybody with `step` or later has been told. */
  forgetRemovals(step: number): void {
    for (const [key, removedAt] of this.#removedAt) if (removedAt <= step) this.#removedAt.delete(key)
  }
}
