import type { ResourcesMessage, ResourceUpsert } from '../worker/messages.ts'
import type { HeldResources } from '../workers/data-plane-state.ts'

/** The configuration in force, and what changes from it to another. */
export class ProxyResources implements HeldResources {
  #held = new Map<string, ResourceUpsert>()
  revision = 0
  policyRevision = 0

  all(): ResourceUpsert[] {
    return [...this.#held.values()]
  }

  /** The message that makes these of those in force; null when nothing differs. What stays the same is not in it. */
  changeTo(resources: readonly ResourceUpsert[]): ResourcesMessage | null {
    const wanted = new Map(resources.map((resource) => [keyOf(resource), resource]))
    const upserts = [...wanted].filter(([key, resource]) => !isSame(this.#held.get(key), resource))
    const removals = [...this.#held.keys()].filter((key) => !wanted.has(key))
    if (upserts.length === 0 && removals.length === 0) return null
    const revision = this.revision + 1
    return { type: 'resources', revision, policyRevision: revision, upserts: upserts.map(([, one]) => one), removals }
  }

  /** Workers have it: what starts later is told so too. */
  accept({ revision, upserts, removals }: ResourcesMessage): void {
    const next = new Map(this.#held)
    for (const key of removals) next.delete(key)
    for (const resource of upserts) next.set(keyOf(resource), resource)
    this.#held = next
    this.revision = this.policyRevision = revision
  }
}

function keyOf({ kind, name }: ResourceUpsert): string {
  return `${kind}/${name}`
}

function isSame(a: ResourceUpsert | undefined, b: ResourceUpsert): boolean {
  return a !== undefined && JSON.stringify(a.value) === JSON.stringify(b.value)
}
