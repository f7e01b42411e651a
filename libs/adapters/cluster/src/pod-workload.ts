import { isIP } from 'node:net'
import type { Workload, WorkloadState } from '@weft/topology'
import { conditionOf, isEnded, isEnrolled, isMeshWanted } from './enrolment.ts'
import type { NodePlace } from './node.ts'
import type { Pod } from './objects.ts'
import { ownerOf } from './owner.ts'
import { plaintextOf } from './plaintext.ts'
import { podPorts } from './pod-ports.ts'
import { podProbes } from './probes.ts'

/** Where the agent of a pod's node listens for it. */
export const POD_HBONE_PORT = 15008
const LABELS_MAX = 128

/** What must be known besides the pod. */
export interface PodSurroundings {
  readonly namespaceLabels: Readonly<Record<string, string>> | undefined
  /** Null when the node is gone, or not yet known. */
  readonly place: NodePlace | null
  /** The pod is one of the mesh's own parts, which is never in it. */
  readonly isPart?: boolean
}

/** Unique for ever: `<node>/<namespace>/<name>/<uid of the pod>`. '' while it has no node. */
export function podWorkloadUid({ metadata, spec }: Pod): string {
  const { nodeName = '' } = spec
  return nodeName === '' ? '' : `${nodeName}/${metadata.namespace ?? ''}/${metadata.name}/${metadata.uid ?? ''}`
}

/**
 * A pod as a workload; null while it has no node or no address, and when it has ended: another pod may have its address
 * by then.
 *
 * A pod that is not wanted in the mesh and is not in it has `hbonePort` 0. One that is wanted is never that, so that
 * nobody speaks plaintext to it before it is enrolled.
 */
export function workloadOfPod(pod: Pod, { namespaceLabels, place, isPart }: PodSurroundings): Workload | null {
  const uid = podWorkloadUid(pod)
  const { address, address6 } = addressesOf(pod)
  if (uid === '' || address === '' || isEnded(pod)) return null
  const { metadata, spec } = pod
  const isEligible = isPart !== true && spec.hostNetwork !== true
  const isInMesh = isEligible && (isMeshWanted(pod, namespaceLabels) || isEnrolled(pod))
  const plaintext = plaintextOf(pod)
  return {
    uid,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    serviceAccount: spec.serviceAccountName || 'default',
    labels: labelsOf(metadata.labels),
    node: spec.nodeName!,
    address,
    address6,
    hbonePort: isInMesh ? POD_HBONE_PORT : 0,
    ports: podPorts(pod),
    networkMode: spec.hostNetwork === true ? 'shared' : 'own',
    cgroupPath: '',
    netnsPath: '',
    allowPlaintext: plaintext.all,
    plaintextPorts: plaintext.ports,
    probes: isInMesh ? podProbes(pod) : [],
    owner: ownerOf(pod),
    region: place?.region ?? '',
    zone: place?.zone ?? '',
    publishPort: 0,
    state: stateOf(pod, isInMesh, place !== null),
  }
}

/** IPv4 first, where the pod has both. */
export function addressesOf({ status }: Pod): { readonly address: string; readonly address6: string } {
  const all = [status?.podIP ?? '', ...(status?.podIPs ?? []).map(({ ip }) => ip)]
  const four = all.find((ip) => isIP(ip) === 4) ?? ''
  const six = all.find((ip) => isIP(ip) === 6) ?? ''
  return four === '' ? { address: six, address6: '' } : { address: four, address6: six }
}

/** Source: KEP-1672 (terminating endpoints go on serving while they are ready). */
function stateOf(pod: Pod, isInMesh: boolean, hasNode: boolean): WorkloadState {
  const isReady = conditionOf(pod, 'Ready')?.status === 'True'
  const isEnding = pod.metadata.deletionTimestamp !== undefined
  if (isInMesh && !isEnrolled(pod)) return isEnding ? 'draining' : 'starting'
  if (isEnding || !hasNode) return isReady ? 'terminating' : 'draining'
  if (isReady) return 'ready'
  return isUnheard(pod) ? 'terminating' : 'starting'
}

/**
 * It was ready when its kubelet was heard of last: whoever watches the nodes takes `Ready` away, without a reason, and leaves
 * what the kubelet said of the containers. When that happens to all of a service, the kubelets are cut off and not the pods.
 * Source: Kubernetes, MarkPodsNotReady of the node lifecycle controller.
 */
function isUnheard(pod: Pod): boolean {
  const ready = conditionOf(pod, 'Ready')
  const isTakenAway = ready?.status === 'False' && (ready.reason ?? '') === ''
  return isTakenAway && conditionOf(pod, 'ContainersReady')?.status === 'True'
}

function labelsOf(labels: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const names = Object.keys(labels)
  if (names.length <= LABELS_MAX) return labels
  return Object.fromEntries(
    names
      .toSorted()
      .slice(0, LABELS_MAX)
      .map((name) => [name, labels[name]!]),
  )
}
