import { Authorizer } from '@weft/authz'
import {
  encodeResource,
  type Delta,
  type DeltaServer,
  type EncodedResource,
  type ResourceKey,
  type ResourceSet,
  resourceKey,
} from '@weft/discovery'
import { describeError, Failure } from '@weft/faults'
import type { AuthorizationPolicy } from '@weft/traffic'

/**
 * The policies in force, checked by compiling each as an agent would, and offered to the agents at the store revision
 * that they come from. A change with a policy that does not compile is refused whole; what was in force stays.
 */
export class PolicySet {
  readonly #set: ResourceSet
  readonly #server: DeltaServer

  constructor(set: ResourceSet, server: DeltaServer) {
    this.#set = set
    this.#server = server
    if (set.revision > 0) this.#server.replace(set.revision, [...set.ofKind('AuthorizationPolicy')].map(encode))
  }

  get revision(): number {
    return this.#set.revision
  }

  policies(): AuthorizationPolicy[] {
    return [...this.#set.ofKind('AuthorizationPolicy')]
  }

  /** Faults: Failure `policy_invalid` that names the policy and what is wrong with it. */
  apply(delta: Delta): void {
    const upserts: EncodedResource[] = []
    for (const resource of delta.upserts) {
      if (resource.kind !== 'AuthorizationPolicy') continue
      check(resource.value)
      upserts.push(encode(resource.value))
    }
    this.#set.apply(delta)
    this.#set.revision = delta.revision
    this.#server.update(delta.revision, upserts, delta.removals)
  }

  /** Keys and hashes of what is held, as it came. */
  hashes(): Record<ResourceKey, string> {
    return Object.fromEntries(
      this.policies().map((policy) => {
        const { name, hash } = encode(policy)
        return [resourceKey('AuthorizationPolicy', name), hash]
      }),
    )
  }
}

function encode(policy: AuthorizationPolicy): EncodedResource {
  return encodeResource('AuthorizationPolicy', policy)
}

function check(policy: AuthorizationPolicy): void {
  const { namespace, selector: labels, services } = policy
  try {
    new Authorizer([policy], { namespace, labels, services, allowPlaintext: false })
  } catch (error) {
    throw new Failure('policy_invalid', `${policy.name}: ${describeError(error)}`, error)
  }
}
