import type { ClusterObject } from './objects.ts'

const TEMPLATE_HASH = 'pod-template-hash'

/**
 * What made a pod, as people speak of it: `Deployment/cart`, `StatefulSet/db`, `Job/report`; '' for a pod of its own.
 * A ReplicaSet with the hash of a template in its name is a Deployment's.
 */
export function ownerOf({ metadata }: ClusterObject): string {
  const owner = metadata.ownerReferences?.find((one) => one.controller === true)
  if (owner === undefined) return ''
  const hash = metadata.labels?.[TEMPLATE_HASH]
  if (owner.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(`-${hash}`)) {
    return `Deployment/${owner.name.slice(0, -hash.length - 1)}`
  }
  return `${owner.kind}/${owner.name}`
}
