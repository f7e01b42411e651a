import { resourceKey, type ModelOfKind, type ModelResource, type ResourceKey, type ResourceKind } from './kinds.ts'

/** A change of the set: all of it is applied, or none. */
export interface ResourceDelta {
  readonly upserts: readonly ModelResource[]
  readonly removals: readonly ResourceKey[]
}

/** What a subscriber holds of the configuration, from all of its streams together. */
export class ResourceSet {
  readonly #held = new Map<ResourceKey, ModelResource>()
  revision = 0
  policyRevision = 0

  apply(delta: ResourceDelta): void {
    for (const key of delta.removals) this.#held.delete(key)
    for (const resource of delta.upserts) this.#held.set(resourceKey(resource.kind, resource.name), resource)
  }

  all(): ModelResource[] {
    return [...this.#held.values()]
  }

  *ofKind<Kind extends ResourceKind>(kind: Kind): Generator<ModelOfKind[Kind]> {
    for (const resource of this.#held.values()) if (resource.kind === kind) yield resource.value as ModelOfKind[Kind]
  }
}
