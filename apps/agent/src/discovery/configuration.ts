import {
  DeltaClient,
  type Delta,
  type DeltaConnector,
  type ResourceKey,
  type ResourceKind,
  type ResourceSet,
  type SavedSnapshot,
  type SnapshotFile,
} from '@weft/discovery'
import type { Component } from '@weft/lifecycle'
import type { Logger } from '@weft/telemetry'
import type { Clock, Random } from '@weft/time'
import type { EnrolmentState } from '../capture/capture.ts'
import type { WorkerPool } from '../workers/worker-pool.ts'
import type { NodeNotice } from './node-notices.ts'

const DISCOVERY_KINDS: readonly ResourceKind[] = ['Service', 'Workload', 'Route', 'TrafficPolicy']
const POLICY_KINDS: readonly ResourceKind[] = ['AuthorizationPolicy']

export interface ConfigurationOptions {
  readonly node: string
  readonly version: string
}

/**
 * What the mesh is told: two delta streams (control plane, policy service) into one set, one change at a time into the
 * workers, and from there to disk. A change counts as in force, and is acknowledged, when every worker has it.
 */
export class Configuration implements Component {
  readonly #set: ResourceSet
  readonly #pool: WorkerPool
  readonly #file: SnapshotFile
  readonly #onChange: () => void
  readonly #discovery: DeltaClient
  readonly #policy: DeltaClient
  #turn: Promise<void> = Promise.resolve()
  #states: readonly EnrolmentState[] = []
  #notices: readonly NodeNotice[] = []

  constructor(
    options: ConfigurationOptions,
    parts: { set: ResourceSet; pool: WorkerPool; file: SnapshotFile; onChange: () => void },
    connectors: { discovery: DeltaConnector; policy: DeltaConnector },
    clock: Clock,
    random: Random,
    log: Logger,
  ) {
    this.#set = parts.set
    this.#pool = parts.pool
    this.#file = parts.file
    this.#onChange = parts.onChange
    const hashes = this.#restore()
    const held = (kinds: readonly ResourceKind[]): Map<ResourceKey, string> =>
      new Map([...hashes].filter(([key]) => kinds.some((kind) => key.startsWith(`${kind}/`))))
    const { node, version } = options
    this.#discovery = new DeltaClient(
      {
        node,
        version,
        kinds: DISCOVERY_KINDS,
        held: held(DISCOVERY_KINDS),
        apply: (delta) => this.#inTurn(delta, 'revision'),
      },
      connectors.discovery,
      clock,
      random,
      log.child('discovery'),
    )
    this.#policy = new DeltaClient(
      {
        node,
        version,
        kinds: POLICY_KINDS,
        held: held(POLICY_KINDS),
        apply: (delta) => this.#inTurn(delta, 'policyRevision'),
      },
      connectors.policy,
      clock,
      random,
      log.child('policy'),
    )
  }

  async start(): Promise<void> {
    await this.#discovery.start()
    await this.#policy.start()
    void this.#policy.synced.then(() => this.#report())
  }

  async drain(): Promise<void> {
    await Promise.all([this.#discovery.drain(), this.#policy.drain()])
  }

  stop(): void {
    this.#discovery.stop()
    this.#policy.stop()
    this.#file.stop()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }

  /** Whether there are a configuration and policies to serve by: from the servers, or from an earlier life. */
  get isUsable(): boolean {
    return this.#set.revision > 0 && this.#set.policyRevision > 0
  }

  /** Why a stream is down, or a change refused; '' when all is well. */
  get trouble(): string {
    return [this.#discovery.lastError, this.#policy.lastError].filter((text) => text !== '').join('; ')
  }

  /** What of this node's workloads is captured; told to the control plane now and after every reconnect. */
  reportEnrolment(states: readonly EnrolmentState[]): void {
    this.#states = states
    this.#report()
  }

  /** What somebody has to see to on this node; told likewise. */
  reportNotices(notices: readonly NodeNotice[]): void {
    this.#notices = notices
    this.#report()
  }

  #report(): void {
    this.#discovery.reportStatus({
      policyRevision: this.#set.policyRevision,
      notices: this.#notices.map((notice) => ({ ...notice })),
      workloads: this.#states.map((state) => ({ ...state, environment: { ...state.environment } })),
    })
  }

  #restore(): Map<ResourceKey, string> {
    const saved = this.#file.load()
    if (saved === null) return new Map()
    this.#set.apply({ upserts: saved.resources, removals: [] })
    this.#set.revision = saved.revision
    this.#set.policyRevision = saved.policyRevision
    return new Map(Object.entries(saved.hashes))
  }

  /** The two streams take turns: workers see one change at a time. */
  #inTurn(delta: Delta, which: 'revision' | 'policyRevision'): Promise<void> {
    const applied = this.#turn.then(() => this.#apply(delta, which))
    this.#turn = applied.catch(() => {})
    return applied
  }

  async #apply(delta: Delta, which: 'revision' | 'policyRevision'): Promise<void> {
    const revisions = {
      revision: this.#set.revision,
      policyRevision: this.#set.policyRevision,
      [which]: delta.revision,
    }
    await this.#pool.applyResources({
      type: 'resources',
      ...revisions,
      upserts: delta.upserts,
      removals: delta.removals,
    })
    this.#set.apply(delta)
    Object.assign(this.#set, revisions)
    this.#file.saveSoon(() => this.#current())
    if (which === 'policyRevision') this.#report()
    this.#onChange()
  }

  #current(): SavedSnapshot {
    const { revision, policyRevision } = this.#set
    const hashes = Object.fromEntries([...this.#discovery.held, ...this.#policy.held])
    return { revision, policyRevision, resources: this.#set.all(), hashes }
  }
}
