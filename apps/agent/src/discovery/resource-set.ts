import type { AuthorizationPolicy, Route, TrafficPolicy } from '@weft/traffic'
import type { Service, Workload } from '@weft/topology'

/** What the agent holds of the configuration, by kind and name, with the content hash of each. */
export interface ResourceValues {
  Service: Service
  Workload: Workload
  Route: Route
  TrafficPolicy: TrafficPolicy
  AuthorizationPolicy: AuthorizationPolicy
}

export type ResourceKind = keyof ResourceValues

export interface HeldResource {
  readonly kind: ResourceKind
  readonly name: string
  readonly hash: string
  readonly value: ResourceValues[ResourceKind]
}

/** A change of the set: all of it is applied, or none. */
export interface ResourceDelta {
  readonly upserts: readonly HeldResource[]
  /** `Kind/name`. */
  readonly removals: readonly string[]
}

export class ResourceSet {
  readonly #held = new Map<string, HeldResource>()
  revision = 0
  policyRevision = 0

  apply(delta: ResourceDelta): void {
    for (const key of delta.removals) this.#held.delete(key)
    for (const resource of delta.upserts) this.#held.set(`${resource.kind}/${resource.name}`, resource)
  }

  all(): HeldResource[] {
    return [...this.#held.values()]
  }

  *ofKind<Kind extends ResourceKind>(kind: Kind): Generator<ResourceValues[Kind]> {
    for (const resource of this.#held.values()) if (resource.kind === kind) yield resource.value as ResourceValues[Kind]
  }

  /** `Kind/name` to hash, of the given kinds: what a stream is resumed with. */
  hashes(kinds: readonly ResourceKind[]): Map<string, string> {
    const result = new Map<string, string>()
    for (const [key, resource] of this.#held) if (kinds.includes(resource.kind)) result.set(key, resource.hash)
    return result
  }
}
