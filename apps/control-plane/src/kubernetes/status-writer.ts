import { describeError } from '@weft/faults'
import {
  isApiFailure,
  type KubernetesClient,
  type KubernetesObject,
  type LeaderElection,
  objectKey,
  versionNumber,
} from '@weft/kubernetes'
import type { Component } from '@weft/lifecycle'
import { mergeRouteStatus, type Resource, resourceId, type StoredKind } from '@weft/resources'
import type { Logger } from '@weft/telemetry'
import type { Clock, Timer } from '@weft/time'
import type { MeshModel } from '../compile/mesh-model.ts'
import type { KubernetesStore } from '../store/kubernetes/kubernetes-store.ts'
import { policyStatus } from './policy-status.ts'

const ROUTE_KINDS: readonly StoredKind[] = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute']
const POLICY_KINDS: readonly StoredKind[] = ['TrafficPolicy', 'AuthorizationPolicy']
const FIELD_MANAGER = 'weft-control-plane'
/** Least time between two looks at everything. */
const LOOK_GAP_MS = 500
const WRITES_AT_ONCE_MAX = 4
/** Least time between the beginnings of two writes: 50 a second at most. */
const WRITE_GAP_MS = 20
const RETRY_MS = 5_000

/** What the writer needs of the mesh. */
export interface ModelSource {
  readonly model: MeshModel
  watch(listener: (model: MeshModel) => void): () => void
}

interface StatusObject extends KubernetesObject {
  readonly status?: object
}

interface Write {
  readonly key: string
  readonly path: string
  readonly version: string
  readonly status: object
}

/**
 * Tells people what became of routes and policies, in the `status` of these: written by the one replica that leads, only
 * where it differs from what is there, a bounded number at a time. What others write there stays. A write is refused by
 * the server when the object changed meanwhile, and is then worked out anew.
 */
export class StatusWriter implements Component {
  readonly #client: Pick<KubernetesClient, 'patchStatus'>
  readonly #store: KubernetesStore
  readonly #leader: Pick<LeaderElection, 'isLeader' | 'onChange'>
  readonly #mesh: ModelSource
  readonly #clock: Clock
  readonly #log: Logger
  readonly #stops: (() => void)[] = []
  /** Written to these versions, which need not have come back yet. */
  readonly #written = new Map<string, number>()
  /** Asked for and not answered. */
  readonly #flying = new Set<string>()
  #queue: Write[] = []
  #looking: Timer | null = null
  #writing: Timer | null = null
  #lookedAtMs = -Infinity
  #statuses: MeshModel['routeStatuses'] | null = null
  #warnings: MeshModel['warnings'] | null = null
  #lastError = ''
  #isStopped = false

  constructor(
    client: Pick<KubernetesClient, 'patchStatus'>,
    store: KubernetesStore,
    leader: Pick<LeaderElection, 'isLeader' | 'onChange'>,
    mesh: ModelSource,
    clock: Clock,
    log: Logger,
  ) {
    this.#client = client
    this.#store = store
    this.#leader = leader
    this.#mesh = mesh
    this.#clock = clock
    this.#log = log
  }

  async start(): Promise<void> {
    this.#stops.push(
      this.#leader.onChange(() => this.#lookSoon()),
      this.#store.watchObjects(() => this.#lookSoon()),
      this.#mesh.watch((model) => {
        // Workloads come and go without a word about routes and policies.
        if (model.routeStatuses === this.#statuses && model.warnings === this.#warnings) return
        this.#lookSoon()
      }),
    )
    this.#lookSoon()
  }

  async drain(): Promise<void> {
    this.stop()
  }

  stop(): void {
    this.#isStopped = true
    for (const stop of this.#stops.splice(0)) stop()
    this.#looking?.cancel()
    this.#writing?.cancel()
    this.#queue = []
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }

  #lookSoon(waitMs = 0): void {
    if (this.#looking !== null || this.#isStopped || !this.#leader.isLeader) return
    const atMs = Math.max(this.#lookedAtMs + LOOK_GAP_MS, this.#clock.nowMs() + waitMs)
    this.#looking = this.#clock.after(atMs - this.#clock.nowMs(), () => {
      this.#looking = null
      this.#look()
    })
  }

  /** Finds everything that is not said yet; what was found before and not written counts no more. */
  #look(): void {
    if (this.#isStopped || !this.#leader.isLeader) return
    const { model } = this.#mesh
    this.#lookedAtMs = this.#clock.nowMs()
    this.#statuses = model.routeStatuses
    this.#warnings = model.warnings
    const now = new Date(this.#clock.wallMs()).toISOString().replace(/\.\d+Z$/, 'Z')
    this.#queue = [...this.#routes(model, now), ...this.#policies(model, now)]
    this.#pump()
  }

  *#routes({ routeStatuses }: MeshModel, now: string): Generator<Write> {
    for (const kind of ROUTE_KINDS) {
      for (const object of this.#store.objects(kind)) {
        // One that is ours no more keeps nothing that we said of it.
        const wanted = routeStatuses.get(`${kind}/${objectKey(object)}`) ?? { parents: [] }
        const { status } = object as StatusObject
        const merged = mergeRouteStatus(status as Parameters<typeof mergeRouteStatus>[0], wanted, now)
        if (merged !== null) yield* this.#write(kind, object, merged)
      }
    }
  }

  *#policies({ warnings }: MeshModel, now: string): Generator<Write> {
    const problems = new Map(this.#store.rejected().map(({ object, problem }) => [idOf(object), problem]))
    const known = new Map(
      [...warnings].map(([resource, texts]: [Resource, readonly string[]]) => [resourceId(resource), texts]),
    )
    for (const kind of POLICY_KINDS) {
      for (const object of this.#store.objects(kind)) {
        const id = `${kind}/${objectKey(object)}`
        const { generation = 0 } = object.metadata
        const outcome = { generation, problem: problems.get(id) ?? '', warnings: known.get(id) ?? [] }
        const status = policyStatus((object as StatusObject).status, outcome, now)
        if (status !== null) yield* this.#write(kind, object, status)
      }
    }
  }

  *#write(kind: StoredKind, object: KubernetesObject, status: object): Generator<Write> {
    const { namespace = '', name, resourceVersion: version = '' } = object.metadata
    const key = `${kind}/${objectKey(object)}`
    if (this.#flying.has(key) || (this.#written.get(key) ?? 0) > versionNumber(version)) return
    this.#written.delete(key)
    yield { key, path: this.#store.path({ kind, namespace, name }), version, status }
  }

  #pump(): void {
    if (this.#writing !== null || this.#isStopped) return
    if (!this.#leader.isLeader) this.#queue = []
    if (this.#queue.length === 0 || this.#flying.size >= WRITES_AT_ONCE_MAX) return
    const write = this.#queue.shift()!
    this.#flying.add(write.key)
    void this.#send(write).finally(() => {
      this.#flying.delete(write.key)
      this.#pump()
    })
    this.#writing = this.#clock.after(WRITE_GAP_MS, () => {
      this.#writing = null
      this.#pump()
    })
  }

  async #send({ key, path, version, status }: Write): Promise<void> {
    try {
      const patch = { metadata: { resourceVersion: version }, status }
      const { metadata } = await this.#client.patchStatus(path, patch, { fieldManager: FIELD_MANAGER })
      this.#written.set(key, versionNumber(metadata.resourceVersion))
      this.#lastError = ''
    } catch (error) {
      // It changed, or is gone: the watch tells, and it is looked at again.
      if (isApiFailure(error, 'conflict') || isApiFailure(error, 'not_found')) return
      const message = describeError(error)
      if (message !== this.#lastError)
        this.#log.warn('cannot write a status; it is tried again', { object: key, error: message })
      this.#lastError = message
      this.#lookSoon(RETRY_MS)
    }
  }
}

function idOf(object: KubernetesObject): string {
  return `${object.kind ?? ''}/${objectKey(object)}`
}
