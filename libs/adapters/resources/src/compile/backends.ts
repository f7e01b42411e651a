import { type AppProtocol, externalServiceKey, serviceKey } from '@weft/topology'
import { backendDefaults, type WeightedBackend } from '@weft/traffic'
import type { BackendRef } from '../schemas/references.ts'
import { compileHeaderFilters } from './filters.ts'

/** What a key of a backend names, or undefined when there is none; Services and ExternalServices are such. */
export type FindBackend = (
  key: string,
) => { readonly ports: readonly { readonly port: number; readonly protocol?: AppProtocol }[] } | undefined

/** What names a backend. */
export interface Reference extends Pick<BackendRef, 'kind' | 'name' | 'port'> {
  readonly namespace?: string
}

/** The key of what a reference means; '' when it is not there or may not be referred to. */
export type ResolveBackend = (reference: Reference) => string

const NOWHERE: WeightedBackend = { ...backendDefaults, service: '', port: 0 }

/** The key that a reference in a resource of `namespace` means. */
export function backendKey(reference: Omit<Reference, 'port'>, namespace: string): string {
  const key = reference.kind === 'ExternalService' ? externalServiceKey : serviceKey
  return key(reference.namespace ?? namespace, reference.name)
}

/** Takes whatever is there, at the port that is named. */
export function resolveAny(namespace: string, find: FindBackend): ResolveBackend {
  return (reference) => {
    const key = backendKey(reference, namespace)
    return find(key)?.ports.some(({ port }) => port === reference.port) === true ? key : ''
  }
}

/**
 * The backends that references mean. One that is not there becomes service ''; so do references that weigh nothing
 * together.
 */
export function compileBackends(refs: readonly BackendRef[], resolve: ResolveBackend): readonly WeightedBackend[] {
  const backends = refs.map((ref) => ({
    service: resolve(ref),
    port: ref.port,
    weight: ref.weight ?? 1,
    ...compileHeaderFilters(ref.filters ?? []),
  }))
  return backends.some((backend) => backend.weight > 0) ? backends : [NOWHERE]
}
