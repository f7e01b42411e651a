import { DeltaServer, type DeltaSubscription } from '@weft/discovery'
import { describeError } from '@weft/faults'
import { formatWorkloadIdentity } from '@weft/identity'
import type { weft } from '@weft/proto'
import type { Resource } from '@weft/resources'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import { DerivedServices } from './compile/derived-services.ts'
import { MeshCompiler, servicesOf, type CompileOptions, type MeshModel } from './compile/mesh-model.ts'
import type { WorkloadRegistry } from './registry/workload-registry.ts'
import type { ResourceStore } from './store/resource-store.ts'
import type { Instances } from './traffic/stat.ts'

/** How far one node is. */
export interface NodeProgress {
  readonly node: string
  readonly connected: boolean
  readonly revision: number
  readonly policyRevision: number
  /** Why it refused, '' when it did not, and which revision. */
  readonly error: string
  readonly refusedRevision: number
  readonly version: string
}

/**
 * The mesh as the control plane knows it: stored resources and running workloads, compiled, offered to subscribers, with
 * how far each of them is. Changes that come close together are compiled once.
 */
export class Mesh {
  readonly store: ResourceStore
  readonly registry: WorkloadRegistry
  readonly delta: DeltaServer
  readonly derived = new DerivedServices()
  readonly #options: CompileOptions
  readonly #compiler: MeshCompiler
  readonly #clock: Clock
  readonly #log: Logger
  readonly #nodes = new Map<string, { subscription: DeltaSubscription; policyRevision: number }>()
  readonly #last = new Map<string, NodeProgress>()
  readonly #watchers = new Set<() => void>()
  #resources: readonly Resource[] = []
  /** What #resources were read at; 0: never. */
  #resourcesRevision = 0
  #model: MeshModel
  #compiling: Promise<void> | null = null
  #again = false

  constructor(
    options: CompileOptions,
    store: ResourceStore,
    registry: WorkloadRegistry,
    access: { hello(subscription: DeltaSubscription): void },
    clock: Clock,
    log: Logger,
  ) {
    this.store = store
    this.registry = registry
    this.#options = options
    this.#compiler = new MeshCompiler(options, store)
    this.#clock = clock
    this.#log = log
    this.#model = { revision: 0, services: new Map(), workloads: [], policies: [], routes: [], encoded: [] }
    this.delta = new DeltaServer(
      { kinds: ['Service', 'Workload', 'Route', 'TrafficPolicy', 'AuthorizationPolicy'] },
      {
        hello: (subscription) => {
          access.hello(subscription)
          this.#connected(subscription)
        },
        progress: (subscription) => this.#progressed(subscription),
        status: (subscription, report) => this.#reported(subscription, report),
      },
    )
  }

  get model(): MeshModel {
    return this.#model
  }

  /** Reads the store and compiles for the first time, then follows both store and registry. */
  async start(): Promise<void> {
    for (const workload of this.registry.workloads()) this.derived.add(workload)
    await this.#refresh()
    this.store.watch(() => this.changed())
    this.registry.watch((uid) => {
      const workload = this.registry.get(uid)
      if (workload !== null) this.derived.add(workload)
      this.changed()
    })
  }

  /** Compiles anew, soon; resolves when what was true at the call is offered to subscribers. */
  changed(): Promise<void> {
    if (this.#compiling === null) {
      this.#compiling = this.#refresh().finally(() => {
        this.#compiling = null
        if (this.#again) {
          this.#again = false
          void this.changed()
        }
      })
      return this.#compiling
    }
    this.#again = true
    return this.#compiling.then(() => this.#compiling ?? undefined)
  }

  /** Every node there is, connected or not. */
  progress(): NodeProgress[] {
    return this.registry.nodes.map(({ name }) => {
      const entry = this.#nodes.get(name)
      if (entry === undefined) {
        const last = this.#last.get(name)
        const unknown = { node: name, revision: 0, policyRevision: 0, error: '', refusedRevision: 0, version: '' }
        return { ...unknown, ...last, connected: false }
      }
      return progressOf(name, entry)
    })
  }

  /**
   * Resolves when every connected node has this revision in force, policies too, or has refused it; or at the deadline.
   * The result says who is where.
   */
  async wait(revision: number, timeoutMs: number): Promise<{ complete: boolean; agents: NodeProgress[] }> {
    const deadlineMs = this.#clock.nowMs() + timeoutMs
    const connected = (): NodeProgress[] => this.progress().filter((node) => node.connected)
    const isThere = (node: NodeProgress): boolean => node.revision >= revision && node.policyRevision >= revision
    // A refusal of an earlier change says nothing about this one.
    const isSettled = (node: NodeProgress): boolean => isThere(node) || node.refusedRevision >= revision
    for (;;) {
      const agents = connected()
      if (agents.every(isThere)) return { complete: true, agents }
      if (agents.every(isSettled) || this.#clock.nowMs() >= deadlineMs) {
        return { complete: false, agents }
      }
      await this.#nextProgress(deadlineMs)
    }
  }

  /** Services with how many instances they have, and the identity of those. */
  instances(): Instances {
    const instances = new Map<string, { ready: number; all: number; identity: string }>()
    for (const key of this.#model.services.keys()) instances.set(key, { ready: 0, all: 0, identity: '' })
    for (const workload of this.registry.workloads()) {
      for (const key of servicesOf(workload, this.#model.services.values())) {
        const count = instances.get(key)!
        count.all++
        if (workload.state === 'ready') count.ready++
        const { namespace, serviceAccount } = workload
        count.identity = formatWorkloadIdentity({ trustDomain: this.#options.trustDomain, namespace, serviceAccount })
      }
    }
    return instances
  }

  async #refresh(): Promise<void> {
    await this.#readStore()
    try {
      const [resources, workloads] = [this.#resources, this.registry.workloads()]
      this.#model = await this.#compiler.compile(this.#resourcesRevision, resources, workloads, this.derived)
      this.delta.replace(this.#model.revision, this.#model.encoded)
    } catch (error) {
      this.#log.error('cannot compile; the former configuration stays in force', { error: describeError(error) })
    }
  }

  /** The revision is taken before what it stands for is read: a change in between is then read again. */
  async #readStore(): Promise<void> {
    const { revision } = this.store
    if (revision === this.#resourcesRevision) return
    try {
      this.#resources = await this.store.list()
      this.#resourcesRevision = revision
    } catch (error) {
      this.#log.error('cannot read the store; what was read before goes on being served', {
        error: describeError(error),
      })
    }
  }

  #connected(subscription: DeltaSubscription): void {
    if (!subscription.kinds.has('Workload')) return
    const { node, version } = subscription
    this.#nodes.set(node, { subscription, policyRevision: 0 })
    this.#log.info('node is connected', { node, version })
    this.#tell()
  }

  #progressed(subscription: DeltaSubscription): void {
    const { node } = subscription
    const entry = this.#nodes.get(node)
    if (subscription.isClosed && entry?.subscription === subscription) {
      this.#nodes.delete(node)
      this.#last.set(node, progressOf(node, entry))
      this.#log.warn('node is disconnected', { node })
    }
    this.#tell()
  }

  #reported(subscription: DeltaSubscription, report: weft.discovery.v1.StatusReport.$Properties): void {
    const entry = this.#nodes.get(subscription.node)
    if (entry?.subscription === subscription) entry.policyRevision = report.policyRevision ?? 0
    for (const { uid, enrolled, reason, environment } of report.workloads ?? []) {
      this.registry.enrol(uid ?? '', subscription.node, {
        enrolled: enrolled ?? false,
        reason: reason ?? '',
        environment: environment ?? {},
      })
    }
    this.#tell()
  }

  #tell(): void {
    for (const watcher of [...this.#watchers]) watcher()
  }

  #nextProgress(deadlineMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#clock.after(deadlineMs - this.#clock.nowMs(), done)
      const watchers = this.#watchers
      function done(): void {
        timer.cancel()
        watchers.delete(done)
        resolve()
      }
      watchers.add(done)
    })
  }
}

function progressOf(
  node: string,
  { subscription, policyRevision }: { subscription: DeltaSubscription; policyRevision: number },
): NodeProgress {
  const { revision, error, refusedRevision, version } = subscription
  return { node, connected: true, revision, policyRevision, error, refusedRevision, version }
}
