import {
  isEnded,
  isMeshNamespace,
  MESH_LABEL,
  type Namespace,
  type Pod,
  podWorkloadUid,
  whyNotWanted,
  workloadOfPod,
} from '@weft/cluster'
import { describeError } from '@weft/faults'
import type { Logger } from '@weft/telemetry'
import type { Clock, Timer } from '@weft/time'
import type { Workload } from '@weft/topology'
import { cgroupUids } from './pod-cgroups.ts'
import type { HeldNamespace } from './pod-namespaces.ts'

const LOOK_AGAIN_MS = 1_000
/** Between the making of a pod's cgroup and its first program kubelet needs some tenths of a second. */
const LOOK_FOR_CGROUP_MS = 20
const NO_NETWORK = 'it has no network yet'

/** Objects as an Informer has them. */
export interface Objects<T> {
  list(): T[]
  get(namespace: string, name: string): T | null
}

/** Where pods are on the node. */
export interface PodPlaces {
  cgroupOf(uids: readonly string[]): string | null
  namespaceOf(cgroupPath: string, address: string): HeldNamespace | null
  /** Whether a process is left in the cgroup or below. */
  isAlive(cgroupPath: string): boolean
  /** Whether pods may start without CNI asking for them. */
  isUnasked(): boolean
  /** Refuses what programs of the cgroup send until it is captured, or let go. Faults: SystemError. */
  confine(cgroupPath: string): void
  release(cgroupPath: string): void
}

/** A pod of this node that can't be in the mesh though something says it should, or is not yet. */
export interface PodOutside {
  readonly uid: string
  readonly reason: string
}

interface Held {
  workload: Workload
  readonly netns: HeldNamespace
  /** Its sandbox, as CNI names it; '' for a pod that ran before it could be told. */
  readonly container: string
}

/**
 * The pods of this node that are to be in the mesh, each with its cgroup and network namespace.
 *
 * A pod that starts is told by CNI with its namespace ({@link add}); one that runs already is found by its processes. Where
 * CNI does not ask, a pod is confined as soon as it has a cgroup, before its first program runs. Who
 * is not wanted any more leaves at once. Who ended, or is gone from the API server, leaves when its last process has: a
 * deletion by force must not set running programs free.
 */
export class LocalPods {
  readonly #meshNamespace: string
  readonly #pods: Objects<Pod>
  readonly #namespaces: Objects<Namespace>
  readonly #places: PodPlaces
  readonly #onChange: () => void
  readonly #clock: Clock
  readonly #log: Logger
  readonly #held = new Map<string, Held>()
  /** Cgroups of pods that are confined and not held yet. */
  readonly #confined = new Map<string, string>()
  #outside: readonly PodOutside[] = []
  #timer: Timer | null = null
  #isStopped = false

  /** Pods of `meshNamespace` are the mesh's own parts, which it can't wait for. */
  constructor(
    meshNamespace: string,
    objects: { pods: Objects<Pod>; namespaces: Objects<Namespace> },
    places: PodPlaces,
    onChange: () => void,
    clock: Clock,
    log: Logger,
  ) {
    this.#meshNamespace = meshNamespace
    this.#pods = objects.pods
    this.#namespaces = objects.namespaces
    this.#places = places
    this.#onChange = onChange
    this.#clock = clock
    this.#log = log
  }

  workloads(): Workload[] {
    return [...this.#held.values()].map(({ workload }) => workload)
  }

  /** The pods of {@link workloads} that the API server knows. */
  pods(): Pod[] {
    return this.#pods.list().filter((pod) => this.#held.has(podWorkloadUid(pod)))
  }

  outside(): readonly PodOutside[] {
    return this.#outside
  }

  /** Namespaces whose pods must not start without the agent: of the mesh, or with pods of the mesh here. */
  namespaces(): string[] {
    const names = new Set(
      this.#pods
        .list()
        .filter((pod) => this.whyNot(pod) === '')
        .map(({ metadata }) => metadata.namespace!),
    )
    for (const { metadata } of this.#namespaces.list()) if (isMeshNamespace(metadata.labels)) names.add(metadata.name)
    names.delete(this.#meshNamespace)
    return [...names].toSorted()
  }

  /** Why a pod is not to be in the mesh, '' when it is. */
  whyNot(pod: Pod): string {
    if (pod.metadata.namespace === this.#meshNamespace) return 'it is a part of the mesh itself'
    return whyNotWanted(pod, this.#labelsOf(pod))
  }

  /** A pod whose network was just made. What was held of an earlier sandbox of it goes. Null when it has no place. */
  add(pod: Pod, addresses: readonly string[], netns: HeldNamespace, container: string): Workload | null {
    const workload = this.#workloadOf(pod, addresses)
    const cgroupPath = this.#places.cgroupOf(cgroupUids(pod.metadata))
    if (workload === null || cgroupPath === null) return null
    const held = { workload: { ...workload, cgroupPath, netnsPath: netns.path }, netns, container }
    this.#held.get(workload.uid)?.netns.close()
    this.#held.set(workload.uid, held)
    return held.workload
  }

  /** The sandbox is being taken down. That of an earlier life of the pod is nobody's any more. */
  removed(namespace: string, name: string, container: string): void {
    for (const [uid, { workload, container: own }] of this.#held) {
      if (workload.namespace !== namespace || workload.name !== name) continue
      if (own !== '' && own !== container) continue
      if (!this.#places.isAlive(workload.cgroupPath)) this.#drop(uid)
    }
    this.#onChange()
  }

  /** Brings everything up to what is known now; looks again in a second while something is to come. */
  refresh(): void {
    if (this.#isStopped) return
    this.#timer?.cancel()
    const outside: PodOutside[] = []
    const seen = new Set<string>()
    for (const pod of this.#pods.list()) {
      const uid = podWorkloadUid(pod)
      const why = this.whyNot(pod)
      if (uid === '' || why !== '') {
        if (uid !== '' && this.#seemsWanted(pod)) outside.push({ uid, reason: why })
        continue
      }
      seen.add(uid)
      const reason = this.#look(uid, pod)
      if (reason !== '') outside.push({ uid, reason })
    }
    for (const [uid, held] of this.#held) if (!seen.has(uid)) this.#lookAfter(uid, held)
    for (const uid of this.#confined.keys()) if (!seen.has(uid)) this.#release(uid)
    this.#outside = outside
    this.#onChange()
    this.#lookAgain(seen)
  }

  #lookAgain(seen: ReadonlySet<string>): void {
    const waiting = this.#outside.filter(({ uid }) => seen.has(uid))
    const isWaiting = waiting.length > 0 || [...this.#held.keys()].some((uid) => !seen.has(uid))
    if (!isWaiting) return
    const isUrgent =
      this.#places.isUnasked() && waiting.some(({ uid, reason }) => reason === NO_NETWORK && !this.#confined.has(uid))
    this.#timer = this.#clock.after(isUrgent ? LOOK_FOR_CGROUP_MS : LOOK_AGAIN_MS, () => this.refresh())
  }

  stop(): void {
    this.#isStopped = true
    this.#timer?.cancel()
    for (const { netns } of this.#held.values()) netns.close()
  }

  /** Keeps or finds a wanted pod; returns what it lacks, '' when it has its place or needs none any more. */
  #look(uid: string, pod: Pod): string {
    const held = this.#held.get(uid)
    if (held !== undefined) {
      const { cgroupPath, netnsPath, address } = held.workload
      if (isEnded(pod) && !this.#places.isAlive(cgroupPath)) this.#drop(uid)
      const fresh = this.#workloadOf(pod, [address])
      if (fresh !== null) held.workload = { ...fresh, address, cgroupPath, netnsPath }
      return ''
    }
    const { podIP = '' } = pod.status ?? {}
    if (isEnded(pod)) return ''
    if (podIP !== '') return this.#find(uid, pod)
    if (this.#places.isUnasked()) this.#confine(uid, pod)
    return NO_NETWORK
  }

  #confine(uid: string, pod: Pod): void {
    const cgroupPath = this.#confined.has(uid) ? null : this.#places.cgroupOf(cgroupUids(pod.metadata))
    if (cgroupPath === null) return
    try {
      this.#places.confine(cgroupPath)
      this.#confined.set(uid, cgroupPath)
      this.#log.info('pod is confined until it is captured: CNI does not ask for it', { uid })
    } catch (error) {
      this.#log.warn('cannot confine a pod', { uid, error: describeError(error) })
    }
  }

  /** One that was captured meanwhile stays so. */
  #release(uid: string): void {
    const cgroupPath = this.#confined.get(uid)
    this.#confined.delete(uid)
    if (cgroupPath !== undefined) this.#places.release(cgroupPath)
  }

  #find(uid: string, pod: Pod): string {
    const workload = this.#workloadOf(pod, [])
    const cgroupPath = this.#places.cgroupOf(cgroupUids(pod.metadata))
    if (workload === null || cgroupPath === null) return 'its cgroup is not found'
    try {
      const netns = this.#places.namespaceOf(cgroupPath, workload.address)
      if (netns === null) return `no process in its cgroup has a network with ${workload.address}`
      this.#held.set(uid, { workload: { ...workload, cgroupPath, netnsPath: netns.path }, netns, container: '' })
      return ''
    } catch (error) {
      return describeError(error)
    }
  }

  /** Held, but not listed as wanted: gone from the API server, or not wanted any more. */
  #lookAfter(uid: string, { workload }: Held): void {
    const pod = this.#pods.get(workload.namespace, workload.name)
    const isGone = pod === null || podWorkloadUid(pod) !== uid
    if (isGone && this.#places.isAlive(workload.cgroupPath)) return
    this.#drop(uid)
  }

  #drop(uid: string): void {
    this.#held.get(uid)?.netns.close()
    this.#held.delete(uid)
    this.#log.debug('pod leaves', { uid })
  }

  #seemsWanted(pod: Pod): boolean {
    const own = pod.metadata.labels?.[MESH_LABEL]
    return own === 'enabled' || (own === undefined && isMeshNamespace(this.#labelsOf(pod)))
  }

  #labelsOf(pod: Pod): Readonly<Record<string, string>> | undefined {
    return this.#namespaces.get('', pod.metadata.namespace ?? '')?.metadata.labels
  }

  /** `addresses` as CNI told them, while the API server has none yet. */
  #workloadOf(pod: Pod, addresses: readonly string[]): Workload | null {
    const [podIP] = addresses
    const told = podIP === undefined ? {} : { podIP, podIPs: addresses.map((ip) => ({ ip })) }
    const known = pod.status?.podIP === undefined ? { ...pod, status: { ...pod.status, ...told } } : pod
    return workloadOfPod(known, { namespaceLabels: this.#labelsOf(pod), place: null })
  }
}
