import { conditionOf, ENROLLED_CONDITION, isEnrolled, plaintextOf, type Pod } from '@weft/cluster'
import { ApiFailure, type KubernetesClient, type KubernetesObject, resourcePath } from '@weft/kubernetes'
import { describeError } from '@weft/faults'
import type { Logger } from '@weft/telemetry'
import type { Clock, Timer } from '@weft/time'
import type { EnrolmentReport } from '../registry/inventory.ts'

/** The pods as they are known. */
export interface KnownPods {
  pod(namespace: string, name: string): Pod | null
  onNode(node: string): Iterable<Pod>
  /** Why a pod is not to be in the mesh, '' when it is. */
  whyNotWanted(pod: Pod): string
}

export interface ConditionLimits {
  /** Writes at once, and least time between the beginnings of two. */
  readonly atOnceMax: number
  readonly gapMs: number
  /** Least time between two writes to one pod. */
  readonly podGapMs: number
  /** How long a pod that is enrolled must be said not to be, before that is believed: an agent that starts looks first. */
  readonly settleMs: number
  /** Reports kept of pods that the API server has not told of yet. */
  readonly unknownMax: number
}

const limitsDefault: ConditionLimits = { atOnceMax: 8, gapMs: 10, podGapMs: 1_000, settleMs: 1_000, unknownMax: 10_000 }
/** Reason of the condition of pods that something asks to be in the mesh, and that are not. */
export const NOT_ENROLLED = 'NotEnrolled'

const FIELD_MANAGER = 'weft-control-plane'
const RETRY_MS = 2_000
const REFUSED_RETRY_MS = 30_000
const ENROLLED_MESSAGE = 'its traffic is captured, and it has its certificate'
const MESSAGE_LENGTH_MAX = 1_024
const REFUSALS_LOGGED_MAX = 10

interface Wish {
  readonly key: string
  readonly podUid: string
  readonly status: 'True' | 'False'
  readonly reason: string
  readonly message: string
  readonly notBeforeMs: number
}

interface Written {
  readonly podUid: string
  readonly text: string
  readonly version: number
  notBeforeMs: number
}

/**
 * Writes what agents say of the pods of their node into the condition `weft.dev/Enrolled` of these pods, from which every
 * replica and `kubectl` learn it.
 *
 * Written only where it differs, a bounded number at a time, the latest word for each pod; a pod of another node is left
 * alone. A write that fails is tried again for as long as the pod is there.
 */
export class EnrolmentConditions {
  readonly #client: Pick<KubernetesClient, 'applyStatus'>
  readonly #pods: KnownPods
  readonly #clock: Clock
  readonly #log: Logger
  readonly #limits: ConditionLimits
  readonly #queue = new Map<string, Wish>()
  readonly #flying = new Set<string>()
  readonly #written = new Map<string, Written>()
  /** Reports of pods that are not known yet, by `namespace/name`. */
  readonly #early = new Map<string, { readonly node: string; readonly report: EnrolmentReport }>()
  #timer: Timer | null = null
  #nextAtMs = 0
  #refusalsLogged = 0
  #lastError = ''
  #isStopped = false

  constructor(
    client: Pick<KubernetesClient, 'applyStatus'>,
    pods: KnownPods,
    clock: Clock,
    log: Logger,
    limits: Partial<ConditionLimits> = {},
  ) {
    this.#client = client
    this.#pods = pods
    this.#clock = clock
    this.#log = log
    this.#limits = { ...limitsDefault, ...limits }
  }

  /** How many pods wait for their condition. */
  get waiting(): number {
    return this.#queue.size + this.#flying.size
  }

  /** What `node` says of its pods: all those that it has, or tries to have, in the mesh. */
  report(node: string, reports: readonly EnrolmentReport[]): void {
    const told = new Set<string>()
    for (const [key, early] of this.#early) if (early.node === node) this.#early.delete(key)
    for (const report of reports) {
      told.add(report.uid)
      this.#take(node, report)
    }
    // Of a pod that nothing asks to be in the mesh any more agents say nothing: what was said of it would stay for ever.
    for (const pod of this.#pods.onNode(node)) {
      const { namespace = '', name, uid = '' } = pod.metadata
      const said = conditionOf(pod, ENROLLED_CONDITION)
      if (said === null || told.has(`${node}/${namespace}/${name}/${uid}`)) continue
      const message = this.#pods.whyNotWanted(pod)
      if (message === '' || (said.status === 'False' && said.message === message)) continue
      this.#wish({
        key: `${namespace}/${name}`,
        podUid: uid,
        status: 'False',
        reason: 'NotWanted',
        message,
        notBeforeMs: 0,
      })
    }
    this.#pump()
  }

  /** A pod is new, other than it was, or gone. */
  podChanged(key: string, pod: Pod | null): void {
    const written = this.#written.get(key)
    if (pod === null || written?.podUid !== pod.metadata.uid) this.#written.delete(key)
    if (pod === null || this.#queue.get(key)?.podUid !== pod.metadata.uid) this.#queue.delete(key)
    if (pod === null) return
    const early = this.#early.get(key)
    if (early === undefined) return
    this.#early.delete(key)
    this.#take(early.node, early.report)
    this.#pump()
  }

  stop(): void {
    this.#isStopped = true
    this.#timer?.cancel()
  }

  #take(node: string, report: EnrolmentReport): void {
    const [ofNode, namespace = '', name = '', podUid = ''] = report.uid.split('/')
    if (ofNode !== node) return this.#refuse(node, report.uid)
    const key = `${namespace}/${name}`
    const pod = this.#pods.pod(namespace, name)
    if (pod === null || pod.metadata.uid !== podUid || (pod.spec.nodeName ?? '') === '') {
      // Agents hear of pods, and of whose they are, by their own watch or by the container runtime, and may be first.
      if (this.#early.size < this.#limits.unknownMax) this.#early.set(key, { node, report })
      return
    }
    if (pod.spec.nodeName !== node) return this.#refuse(node, report.uid)
    const { enrolled, reason } = report
    const message = reason !== '' ? reason : enrolled ? plaintextOf(pod).problem || ENROLLED_MESSAGE : ''
    this.#wish({
      key,
      podUid,
      status: enrolled ? 'True' : 'False',
      reason: enrolled ? 'Enrolled' : NOT_ENROLLED,
      message: message.slice(0, MESSAGE_LENGTH_MAX),
      notBeforeMs: enrolled || !isEnrolled(pod) ? 0 : this.#settledAtMs(key),
    })
  }

  /** When it has been said for long enough, however often it was said again. */
  #settledAtMs(key: string): number {
    const waiting = this.#queue.get(key)
    return waiting?.status === 'False' ? waiting.notBeforeMs : this.#clock.nowMs() + this.#limits.settleMs
  }

  #refuse(node: string, uid: string): void {
    if (this.#refusalsLogged++ >= REFUSALS_LOGGED_MAX) return
    this.#log.warn('refused what a node says of a pod that is not its own', { node, uid })
  }

  #wish(wish: Wish): void {
    if (this.#isSaid(wish)) this.#queue.delete(wish.key)
    else this.#queue.set(wish.key, wish)
  }

  /** Whether the pod says so already, or was just told to. */
  #isSaid(wish: Wish): boolean {
    const [namespace = '', name = ''] = wish.key.split('/')
    const pod = this.#pods.pod(namespace, name)
    const written = this.#written.get(wish.key)
    if (pod === null) return false
    const isNewer = written !== undefined && written.version > Number(pod.metadata.resourceVersion ?? 0)
    if (isNewer) return written.text === textOf(wish)
    const said = conditionOf(pod, ENROLLED_CONDITION)
    return said?.status === wish.status && said.reason === wish.reason && said.message === wish.message
  }

  #pump(): void {
    this.#timer?.cancel()
    this.#timer = null
    if (this.#isStopped) return
    for (;;) {
      if (this.#queue.size === 0 || this.#flying.size >= this.#limits.atOnceMax) return
      const nowMs = this.#clock.nowMs()
      const { wish, atMs } = this.#next(nowMs)
      if (wish === null || atMs > nowMs) {
        if (Number.isFinite(atMs)) this.#timer = this.#clock.after(atMs - nowMs, () => this.#pump())
        return
      }
      this.#nextAtMs = nowMs + this.#limits.gapMs
      this.#queue.delete(wish.key)
      this.#flying.add(wish.key)
      void this.#write(wish)
    }
  }

  /** The first that may be written, or when there will be one. */
  #next(nowMs: number): { wish: Wish | null; atMs: number } {
    let best: Wish | null = null
    let bestAtMs = Infinity
    for (const wish of this.#queue.values()) {
      if (this.#flying.has(wish.key)) continue
      const atMs = Math.max(this.#nextAtMs, wish.notBeforeMs, this.#written.get(wish.key)?.notBeforeMs ?? 0)
      if (atMs < bestAtMs) [best, bestAtMs] = [wish, atMs]
      if (bestAtMs <= nowMs || bestAtMs === this.#nextAtMs) break
    }
    return { wish: best, atMs: bestAtMs }
  }

  async #write(wish: Wish): Promise<void> {
    const { key, podUid } = wish
    const [namespace = '', name = ''] = key.split('/')
    let waitMs = this.#limits.podGapMs
    let version = 0
    try {
      const path = resourcePath('v1', 'pods', namespace, name)
      const written = await this.#client.applyStatus(path, this.#patch(wish), {
        fieldManager: FIELD_MANAGER,
        force: true,
      })
      version = Number(written.metadata.resourceVersion ?? 0)
      this.#lastError = ''
    } catch (error) {
      waitMs = this.#failed(wish, error)
    }
    this.#flying.delete(key)
    const notBeforeMs = this.#clock.nowMs() + waitMs
    if (this.#pods.pod(namespace, name)?.metadata.uid === podUid) {
      this.#written.set(key, { podUid, text: version > 0 ? textOf(wish) : '', version, notBeforeMs })
    }
    this.#pump()
  }

  /** The result is how long to wait before that pod is written to again. */
  #failed(wish: Wish, error: unknown): number {
    // It is gone, or another pod has its name: a uid that is another's is refused.
    if (error instanceof ApiFailure && (error.code === 'not_found' || error.code === 'conflict')) return 0
    const [namespace = '', name = ''] = wish.key.split('/')
    if (this.#pods.pod(namespace, name)?.metadata.uid !== wish.podUid) return 0
    const message = describeError(error)
    if (message !== this.#lastError)
      this.#log.warn('cannot write the condition of a pod; it is tried again', { pod: wish.key, error: message })
    this.#lastError = message
    if (!this.#queue.has(wish.key)) this.#queue.set(wish.key, wish)
    const isPassing = !(error instanceof ApiFailure) || error.isPassing
    return isPassing ? RETRY_MS : REFUSED_RETRY_MS
  }

  #patch({ key, podUid, status, reason, message }: Wish): KubernetesObject & { status: unknown } {
    const [namespace = '', name = ''] = key.split('/')
    const pod = this.#pods.pod(namespace, name)
    const former = pod === null ? null : conditionOf(pod, ENROLLED_CONDITION)
    const now = new Date(this.#clock.wallMs()).toISOString().replace(/\.\d+Z$/, 'Z')
    const lastTransitionTime = former?.status === status ? (former.lastTransitionTime ?? now) : now
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace, name, uid: podUid },
      status: { conditions: [{ type: ENROLLED_CONDITION, status, reason, message, lastTransitionTime }] },
    }
  }
}

function textOf({ status, reason, message }: Wish): string {
  return `${status} ${reason} ${message}`
}
