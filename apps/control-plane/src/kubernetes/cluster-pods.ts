import { isDeepStrictEqual } from 'node:util'
import { addressesOf, isEnded, isMeshWanted, isEnrolled, type NodePlace, type Pod, workloadOfPod } from '@weft/cluster'
import type { Workload } from '@weft/topology'
import { KeyIndex } from './key-index.ts'

/** What pods are told of what surrounds them. */
export interface PodWorld {
  labelsOf(namespace: string): Readonly<Record<string, string>> | undefined
  placeOf(node: string): NodePlace | null
  /** Whether a namespace is that of the mesh's own parts. */
  isOfParts(namespace: string): boolean
}

/**
 * The pods of a cluster as workloads, kept up as they change: each change costs what hangs on it.
 *
 * Of pods that claim one address only one is a workload: a pod on a node that exists before one whose node is gone, one
 * that runs before one that ends, then the youngest. What has not changed stays the same object.
 */
export class ClusterPods {
  readonly #world: PodWorld
  readonly #changed: (uid: string) => void
  /** By `namespace/name`, as is everything here but `#byUid`. */
  readonly #pods = new Map<string, Pod>()
  readonly #workloads = new Map<string, Workload>()
  readonly #byUid = new Map<string, { readonly workload: Workload; readonly pod: Pod }>()
  readonly #byNamespace = new KeyIndex()
  readonly #byNode = new KeyIndex()
  readonly #byAddress = new KeyIndex()

  /** `changed` is told the uid of each workload that is new, other than it was, or gone. */
  constructor(world: PodWorld, changed: (uid: string) => void) {
    this.#world = world
    this.#changed = changed
  }

  workloads(): IterableIterator<Workload> {
    return this.#workloads.values()
  }

  get(uid: string): Workload | null {
    return this.#byUid.get(uid)?.workload ?? null
  }

  /** The pod of a workload. */
  podOf(uid: string): Pod | null {
    return this.#byUid.get(uid)?.pod ?? null
  }

  pod(namespace: string, name: string): Pod | null {
    return this.#pods.get(`${namespace}/${name}`) ?? null
  }

  /** Pods that are bound to a node, whether or not they are workloads. */
  *onNode(node: string): Iterable<Pod> {
    for (const key of this.#byNode.of(node)) yield this.#pods.get(key)!
  }

  /** Null: it is gone. */
  set(key: string, pod: Pod | null): void {
    const touched = new Set<string>([key])
    for (const one of [this.#pods.get(key), pod]) {
      if (one == null) continue
      const address = claimOf(one)
      if (address !== '') for (const claimant of this.#byAddress.of(address)) touched.add(claimant)
    }
    const former = this.#pods.get(key)
    if (former !== undefined) this.#index(key, former, false)
    if (pod === null) this.#pods.delete(key)
    else {
      this.#pods.set(key, pod)
      this.#index(key, pod, true)
    }
    for (const one of touched) this.#refresh(one)
  }

  namespaceChanged(namespace: string): void {
    for (const key of this.#byNamespace.of(namespace)) this.#refresh(key)
  }

  /** Where it is, or whether it is there. */
  nodeChanged(node: string): void {
    const touched = new Set<string>()
    for (const key of this.#byNode.of(node)) {
      touched.add(key)
      const address = claimOf(this.#pods.get(key)!)
      if (address !== '') for (const claimant of this.#byAddress.of(address)) touched.add(claimant)
    }
    for (const key of touched) this.#refresh(key)
  }

  /** Whether a pod of the mesh on that node has that identity. */
  mayHold(node: string, namespace: string, serviceAccount: string): boolean {
    if (this.#world.isOfParts(namespace)) return false
    for (const pod of this.onNode(node)) {
      if (pod.metadata.namespace !== namespace || (pod.spec.serviceAccountName || 'default') !== serviceAccount)
        continue
      if (!isEnded(pod) && (isEnrolled(pod) || isMeshWanted(pod, this.#world.labelsOf(namespace)))) return true
    }
    return false
  }

  #index(key: string, pod: Pod, isThere: boolean): void {
    const keys: [KeyIndex, string][] = [
      [this.#byNamespace, pod.metadata.namespace ?? ''],
      [this.#byNode, pod.spec.nodeName ?? ''],
      [this.#byAddress, claimOf(pod)],
    ]
    for (const [index, value] of keys) {
      if (value === '') continue
      if (isThere) index.add(value, key)
      else index.remove(value, key)
    }
  }

  #refresh(key: string): void {
    const pod = this.#pods.get(key)
    const former = this.#workloads.get(key) ?? null
    const workload = pod === undefined ? null : this.#workloadOf(key, pod)
    if (former !== null && former.uid !== workload?.uid) {
      this.#byUid.delete(former.uid)
      this.#workloads.delete(key)
      this.#changed(former.uid)
    }
    if (workload === null || pod === undefined) return
    if (former !== null && isDeepStrictEqual(former, workload)) {
      this.#byUid.set(former.uid, { workload: former, pod })
      return
    }
    this.#workloads.set(key, workload)
    this.#byUid.set(workload.uid, { workload, pod })
    this.#changed(workload.uid)
  }

  #workloadOf(key: string, pod: Pod): Workload | null {
    const address = claimOf(pod)
    if (address !== '' && this.#byAddress.of(address).some((other) => other !== key && this.#isBefore(other, key)))
      return null
    const { namespace = '' } = pod.metadata
    const place = this.#world.placeOf(pod.spec.nodeName ?? '')
    return workloadOfPod(pod, {
      namespaceLabels: this.#world.labelsOf(namespace),
      place,
      isPart: this.#world.isOfParts(namespace),
    })
  }

  /** Whether the claim of `a` to an address is better than that of `b`. */
  #isBefore(a: string, b: string): boolean {
    const [left, right] = [this.#rank(a), this.#rank(b)]
    for (let i = 0; i < left.length; i++) if (left[i] !== right[i]) return left[i]! > right[i]!
    return a < b
  }

  #rank(key: string): readonly (number | string)[] {
    const { metadata, spec } = this.#pods.get(key)!
    const hasNode = this.#world.placeOf(spec.nodeName ?? '') !== null
    return [hasNode ? 1 : 0, metadata.deletionTimestamp === undefined ? 1 : 0, metadata.creationTimestamp ?? '']
  }
}

/** The address that a pod has for itself; '' for none. */
function claimOf(pod: Pod): string {
  if (pod.spec.hostNetwork === true || isEnded(pod) || (pod.spec.nodeName ?? '') === '') return ''
  return addressesOf(pod).address
}
