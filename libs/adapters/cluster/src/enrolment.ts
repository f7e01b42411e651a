import type { Pod, PodCondition } from './objects.ts'

/** Label of namespaces and pods. */
export const MESH_LABEL = 'weft.dev/mesh'
/** Condition of pods: whether the node's agent has them in the mesh. */
export const ENROLLED_CONDITION = 'weft.dev/Enrolled'

type Labels = Readonly<Record<string, string>> | undefined

/** Whether a namespace says that its pods are of the mesh. */
export function isMeshNamespace(labels: Labels): boolean {
  return labels?.[MESH_LABEL] === 'enabled'
}

/**
 * Whether a pod should be in the mesh: by its own label, else by that of its namespace. Pods in the network of their node
 * can't be: nothing tells their traffic from that of the node.
 */
export function isMeshWanted(pod: Pod, namespaceLabels: Labels): boolean {
  if (pod.spec.hostNetwork === true) return false
  const own = pod.metadata.labels?.[MESH_LABEL]
  return own === 'enabled' || (own !== 'disabled' && isMeshNamespace(namespaceLabels))
}

/** Why a pod is not wanted in the mesh, for people; '' when it is. */
export function whyNotWanted(pod: Pod, namespaceLabels: Labels): string {
  if (isMeshWanted(pod, namespaceLabels)) return ''
  if (pod.spec.hostNetwork === true) return 'it uses the network of its node (hostNetwork)'
  if (pod.metadata.labels?.[MESH_LABEL] === 'disabled') return `its label ${MESH_LABEL} is disabled`
  return `neither it nor its namespace has the label ${MESH_LABEL}: enabled`
}

export function conditionOf(pod: Pod, type: string): PodCondition | null {
  return pod.status?.conditions?.find((condition) => condition.type === type) ?? null
}

/** Whether the agent of its node said last that it has the pod in the mesh. */
export function isEnrolled(pod: Pod): boolean {
  return conditionOf(pod, ENROLLED_CONDITION)?.status === 'True'
}

/** It has ended for good; its address may be that of another pod by now. */
export function isEnded(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'
}
