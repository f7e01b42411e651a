import { externalServiceKey, serviceKey } from '@weft/topology'
import { backendDefaults, type WeightedBackend } from '@weft/traffic'
import type { BackendRef } from '../schemas/http-route.ts'

/** What a key of a backend names, or undefined when there is none; Services and ExternalServices are such. */
export type FindBackend = (key: string) => { readonly ports: readonly { readonly port: number }[] } | undefined

const NOWHERE: WeightedBackend = { ...backendDefaults, service: '', port: 0 }

/** The key that a reference in a resource of `namespace` means. */
export function backendKey(
  ref: Pick<BackendRef, 'kind' | 'name'> & { readonly namespace?: string },
  namespace: string,
): string {
  const key = ref.kind === 'ExternalService' ? externalServiceKey : serviceKey
  return key(ref.namespace ?? namespace, ref.name)
}

/**
 * The backends that references mean. One that does not exist, or not at that port, becomes service ''; so do references
 * that weigh nothing together.
 */
export function compileBackends(
  refs: readonly BackendRef[],
  namespace: string,
  find: FindBackend,
): readonly WeightedBackend[] {
  const backends = refs.map((ref) => {
    const service = backendKey(ref, namespace)
    const isThere = find(service)?.ports.some((port) => port.port === ref.port) ?? false
    return { ...backendDefaults, service: isThere ? service : '', port: ref.port, weight: ref.weight ?? 1 }
  })
  return backends.some((backend) => backend.weight > 0) ? backends : [NOWHERE]
}
