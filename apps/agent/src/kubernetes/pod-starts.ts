import type { Pod } from '@weft/cluster'
import { describeError } from '@weft/faults'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import type { Workload } from '@weft/topology'
import type { CniAnswer, CniRequest } from './cni-request.ts'
import { CONFIG_HASH_ANNOTATION } from './pod-cgroups.ts'
import type { LocalPods, Objects } from './local-pods.ts'
import type { HeldNamespace } from './pod-namespaces.ts'

const POD_WAIT_MS = 2_000
const CGROUP_WAIT_MS = 2_000
const POLL_MS = 10

export interface PodStartsParts {
  readonly local: LocalPods
  readonly pods: Objects<Pod>
  /** Asked when the watch has not told of a pod; null when the API server knows none of that name. */
  readonly fetchPod: (namespace: string, name: string) => Promise<Pod | null>
  /** Takes the namespace that the waiting plugin has open. Faults: SystemError. */
  readonly takeNamespace: (pid: number, fd: number) => HeldNamespace
  /** Captures a workload; '' or why it could not be. */
  readonly enrol: (workload: Workload) => Promise<string>
  /** Why it isn't captured now, '' when it is; null for one that is not known. */
  readonly lacks: (workload: Workload) => string | null
  /** How long an enrolment took. */
  readonly onEnrolled: (tookMs: number) => void
}

/** Answers the CNI plugin: a pod that is to be in the mesh starts when it is captured. */
export class PodStarts {
  readonly #parts: PodStartsParts
  readonly #clock: Clock
  readonly #log: Logger

  constructor(parts: PodStartsParts, clock: Clock, log: Logger) {
    this.#parts = parts
    this.#clock = clock
    this.#log = log
  }

  async answer(request: CniRequest, pid: number): Promise<CniAnswer> {
    switch (request.command) {
      case 'ADD':
        return this.#add(request, pid)
      case 'CHECK':
        return this.#check(request)
      case 'DEL':
        this.#parts.local.removed(request.namespace, request.pod, request.container)
        return { ok: true, reason: '' }
    }
  }

  async #add(request: CniRequest, pid: number): Promise<CniAnswer> {
    const startedAtMs = this.#clock.nowMs()
    const { local } = this.#parts
    const pod = await this.#podOf(request)
    if (pod === null) return this.#unknown(request)
    const why = local.whyNot(pod)
    if (why !== '') return { ok: true, reason: why }
    if (request.addresses.length === 0) return { ok: false, message: 'the plugins before weft-cni gave it no address' }
    if (request.netnsFd < 0) return { ok: false, message: 'the plugin has no network namespace open' }
    const netns = this.#parts.takeNamespace(pid, request.netnsFd)
    const workload = await this.#until(CGROUP_WAIT_MS, () =>
      local.add(pod, request.addresses, netns, request.container),
    )
    if (workload === null) {
      netns.close()
      return { ok: false, again: true, message: 'its cgroup is not found below the cgroup v2 mount of the node' }
    }
    const reason = await this.#parts.enrol(workload)
    if (reason !== '') return { ok: false, again: true, message: reason }
    const tookMs = this.#clock.nowMs() - startedAtMs
    this.#parts.onEnrolled(tookMs)
    this.#log.info('pod is captured before it starts', { uid: workload.uid, address: workload.address, tookMs })
    return { ok: true, reason: '' }
  }

  #check(request: CniRequest): CniAnswer {
    const pod = this.#known(request)
    if (pod === null || this.#parts.local.whyNot(pod) !== '') return { ok: true, reason: '' }
    const workload = this.#parts.local
      .workloads()
      .find(({ namespace, name }) => namespace === request.namespace && name === request.pod)
    const lacks = workload === undefined ? null : this.#parts.lacks(workload)
    return lacks === '' ? { ok: true, reason: '' } : { ok: false, message: lacks ?? 'it is not in the mesh yet' }
  }

  /** The API server tells kubelet and us at about the same time; kubelet may be ahead. */
  async #podOf(request: CniRequest): Promise<Pod | null> {
    const told = await this.#until(POD_WAIT_MS / 10, () => this.#known(request))
    if (told !== null) return told
    try {
      const fetched = await this.#parts.fetchPod(request.namespace, request.pod)
      if (fetched !== null && isSame(fetched, request)) return fetched
    } catch (error) {
      this.#log.warn('cannot ask the API server for a pod', { pod: request.pod, error: describeError(error) })
    }
    return this.#until(POD_WAIT_MS, () => this.#known(request))
  }

  #unknown({ namespace, pod }: CniRequest): CniAnswer {
    if (!this.#parts.local.namespaces().includes(namespace))
      return { ok: true, reason: 'the API server does not tell of it' }
    return { ok: false, again: true, message: `the API server has not told the agent of ${namespace}/${pod} yet` }
  }

  #known(request: CniRequest): Pod | null {
    const pod = this.#parts.pods.get(request.namespace, request.pod)
    return pod !== null && isSame(pod, request) ? pod : null
  }

  async #until<T>(limitMs: number, look: () => T | null): Promise<T | null> {
    const deadlineMs = this.#clock.nowMs() + limitMs
    for (;;) {
      const found = look()
      if (found !== null || this.#clock.nowMs() >= deadlineMs) return found
      await this.#clock.sleepUntil(this.#clock.nowMs() + POLL_MS)
    }
  }
}

/** Not an earlier or later pod of the same name. A pod of a file of the node goes by the hash of that file. */
function isSame({ metadata }: Pod, { uid }: CniRequest): boolean {
  return uid === '' || metadata.uid === uid || metadata.annotations?.[CONFIG_HASH_ANNOTATION] === uid
}
