import {
  parseResourceKey,
  resourceKinds,
  type ModelOfKind,
  type ModelResource,
  type ResourceKey,
  type ResourceKind,
} from './kinds.ts'

/** A change of the set: all of it is applied, or none. */
export interface ResourceDelta {
  readonly upserts: readonly ModelResource[]
  readonly removals: readonly ResourceKey[]
}

/** What a subscriber holds of the configuration, from all of its streams together. */
export class ResourceSet {
  readonly #held = new Map<ResourceKind, Map<string, ModelResource>>(resourceKinds.map((kind) => [kind, new Map()]))
  revision = 0
  policyRevision = 0

  apply(delta: ResourceDelta): void {
    for (const key of delta.removals) {
      const parsed = parseResourceKey(key)
      if (parsed !== null) this.#held.get(parsed.kind)!.delete(parsed.name)
    }
    for (const resource of delta.upserts) this.#held.get(resource.kind)!.set(resource.name, resource)
  }

  all(): ModelResource[] {
    return [...this.#held.values()].flatMap((ofKind) => [...ofKind.values()])
  }

  *ofKind<Kind extends ResourceKind>(kind: Kind): Generator<ModelOfKind[Kind]> {
    for (const { value } of this.#held.get(kind)!.values()) yield value as ModelOfKind[Kind]
  }

  /** By name, as of this moment. */
  byName<Kind extends ResourceKind>(kind: Kind): Map<string, ModelOfKind[Kind]> {
    const values = new Map<string, ModelOfKind[Kind]>()
    for (const [name, { value }] of this.#held.get(kind)!) values.set(name, value as ModelOfKind[Kind])
    return values
  }
}
