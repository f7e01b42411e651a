import { DeltaServer, type DeltaSubscription } from '@weft/discovery'
import { describeError } from '@weft/faults'
import { formatWorkloadIdentity } from '@weft/identity'
import type { weft } from '@weft/proto'
import { type Resource, RouteTable } from '@weft/resources'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import type { Workload } from '@weft/topology'
import { CheckedEncoder } from './compile/checked-encoder.ts'
import { DerivedServices } from './compile/derived-services.ts'
import { noticesOf } from './node-notices.ts'
import { Progress } from './progress.ts'
import { MeshCompiler, type CompileOptions, type MeshModel } from './compile/mesh-model.ts'
import { ServiceIndex } from './compile/service-index.ts'
import { WorkloadEncodings } from './compile/workload-encodings.ts'
import type { Inventory } from './registry/inventory.ts'
import type { ResourceStore } from './store/resource-store.ts'
import type { Instances } from './traffic/stat.ts'

export interface MeshOptions extends CompileOptions {
  /** Least time between two compilations; 0 when absent. */
  readonly paceMs?: number
}

/**
 * The mesh as the control plane knows it: stored resources and running workloads, compiled, offered to subscribers, with
 * how far each of them is. Changes that come close together are compiled once.
 */
export class Mesh {
  readonly store: ResourceStore
  readonly registry: Inventory
  readonly delta: DeltaServer
  readonly derived = new DerivedServices()
  readonly progress: Progress
  readonly #options: MeshOptions
  readonly #compiler: MeshCompiler
  readonly #workloads: WorkloadEncodings
  readonly #clock: Clock
  readonly #log: Logger
  #resources: readonly Resource[] = []
  /** False when the store told of a change since: numbers of a cluster may come out of order, kind by kind. */
  #isStoreRead = false
  readonly #listeners = new Set<(model: MeshModel) => void>()
  /** What #resources were read at; 0: never. */
  #resourcesRevision = 0
  #model: MeshModel
  #compiling: Promise<void> | null = null
  #again = false
  #refreshedAtMs = -Infinity

  constructor(
    options: MeshOptions,
    store: ResourceStore,
    registry: Inventory,
    access: { hello(subscription: DeltaSubscription): void },
    clock: Clock,
    log: Logger,
  ) {
    this.store = store
    this.registry = registry
    this.#options = options
    const encoder = new CheckedEncoder(log)
    this.#compiler = new MeshCompiler(options, store, encoder)
    this.#workloads = new WorkloadEncodings(registry, encoder)
    this.#clock = clock
    this.#log = log
    this.progress = new Progress(() => registry.nodes.map((node) => node.name), clock, log)
    this.#model = {
      revision: 0,
      services: new Map(),
      serviceIndex: new ServiceIndex([]),
      policies: [],
      routes: [],
      routeTable: new RouteTable({ routes: [], grants: [], services: new Map() }),
      routeStatuses: new Map(),
      trafficPolicies: [],
      warnings: new Map(),
      encoded: [],
    }
    this.delta = new DeltaServer(
      { kinds: ['Service', 'Workload', 'Route', 'TrafficPolicy', 'AuthorizationPolicy'] },
      {
        hello: (subscription) => {
          access.hello(subscription)
          this.progress.connected(subscription)
        },
        progress: (subscription) => this.progress.changed(subscription),
        status: (subscription, report) => this.#reported(subscription, report),
      },
    )
  }

  get model(): MeshModel {
    return this.#model
  }

  /** Reads the store and compiles for the first time, then follows both store and registry. */
  async start(): Promise<void> {
    for (const workload of this.registry.workloads()) this.#derive(workload)
    this.#workloads.reset()
    await this.#refresh()
    this.store.watch(() => {
      this.#isStoreRead = false
      this.changed()
    })
    this.registry.watch((uid) => {
      const workload = this.registry.get(uid)
      if (workload !== null) this.#derive(workload)
      if (uid !== '') this.#workloads.changed(uid)
      this.changed()
    })
  }

  /** Calls `listener` with each model that is made from now on. The result stops it. */
  watch(listener: (model: MeshModel) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Compiles anew, soon; resolves when what was true at the call is offered to subscribers. */
  changed(): Promise<void> {
    if (this.#compiling === null) {
      this.#compiling = this.#paced().finally(() => {
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

  /** Services with how many instances they have, and the identity of those. */
  instances(): Instances {
    const instances = new Map<string, { ready: number; all: number; identity: string }>()
    for (const [key, { endpoints }] of this.#model.services) {
      const ready = endpoints.filter(({ state }) => state === 'ready').length
      instances.set(key, { ready, all: endpoints.length, identity: '' })
    }
    for (const workload of this.registry.workloads()) {
      for (const key of this.#model.serviceIndex.of(workload)) {
        const count = instances.get(key)!
        count.all++
        if (workload.state === 'ready') count.ready++
        if (workload.hbonePort === 0) continue
        const { namespace, serviceAccount } = workload
        count.identity = formatWorkloadIdentity({ trustDomain: this.#options.trustDomain, namespace, serviceAccount })
      }
    }
    return instances
  }

  /** Not more often than every `paceMs`: what changes meanwhile goes out together. */
  async #paced(): Promise<void> {
    const { paceMs = 0 } = this.#options
    const nextAtMs = this.#refreshedAtMs + paceMs
    if (paceMs > 0 && this.#clock.nowMs() < nextAtMs) await this.#clock.sleepUntil(nextAtMs)
    await this.#refresh()
    this.#refreshedAtMs = this.#clock.nowMs()
  }

  async #refresh(): Promise<void> {
    await this.#readStore()
    try {
      const revision = this.#nextRevision()
      const { encoded } = this.#model
      this.#model = await this.#compiler.compile(revision, this.#resources, this.derived, this.registry.services())
      const { upserts, removals } = this.#workloads.take()
      if (this.#model.encoded === encoded) this.delta.update(revision, upserts, removals)
      else this.delta.replace(revision, [...this.#model.encoded, ...this.#workloads.all()])
      for (const listener of this.#listeners) listener(this.#model)
    } catch (error) {
      this.#log.error('cannot compile; the former configuration stays in force', { error: describeError(error) })
    }
  }

  /**
   * Where resources and what runs are watched apart, a change of the one may come after a later one of the other: then the
   * greatest number seen does not grow, and yet who waits for the change must see that it was not in what went before.
   */
  #nextRevision(): number {
    const { revision } = this.registry
    if (revision === 0) return this.#resourcesRevision
    return Math.max(this.#resourcesRevision, revision, this.#model.revision + 1)
  }

  /** Where nobody declares services, they follow from what runs. */
  #derive(workload: Workload): void {
    if (this.registry.services() === null) this.derived.add(workload)
  }

  /** The revision is taken before what it stands for is read: a change in between is then read again. */
  async #readStore(): Promise<void> {
    const { revision } = this.store
    if (this.#isStoreRead && revision === this.#resourcesRevision) return
    this.#isStoreRead = true
    try {
      this.#resources = await this.store.list()
      this.#resourcesRevision = revision
    } catch (error) {
      this.#isStoreRead = false
      this.#log.error('cannot read the store; what was read before goes on being served', {
        error: describeError(error),
      })
    }
  }

  #reported(subscription: DeltaSubscription, report: weft.discovery.v1.StatusReport.$Properties): void {
    const reports = (report.workloads ?? []).map(({ uid, enrolled, reason, environment }) => ({
      uid: uid ?? '',
      enrolled: enrolled ?? false,
      reason: reason ?? '',
      environment: environment ?? {},
    }))
    this.registry.report(subscription.node, reports)
    this.progress.reported(subscription, report.policyRevision ?? 0, noticesOf(report.notices))
  }
}
