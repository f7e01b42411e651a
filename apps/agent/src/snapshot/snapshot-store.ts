import type { BalancerClient } from '@weft/balancer'
import type { Random } from '@weft/time'
import type { Workload } from '@weft/topology'
import type { ResourcesMessage } from '../worker/messages.ts'
import { affectedBackends, topologyChange } from './affected-backends.ts'
import { BackendTable, type UpstreamsGone } from './backend-table.ts'
import { noResources, type ResourceMaps, withChanges, withLocals } from './resource-maps.ts'
import { Snapshot } from './snapshot.ts'

/** Told after another snapshot has come into force. */
export type SnapshotChanged = (snapshot: Snapshot) => void

/** Holds the snapshot in force and replaces it as a whole. */
export class SnapshotStore {
  readonly #trustDomain: string
  readonly #node: string
  readonly #backends: BackendTable
  readonly #listeners = new Set<SnapshotChanged>()
  #current: Snapshot
  /** What was told, without what only this node knows. */
  #told: ResourceMaps = noResources
  #locals: readonly Workload[] = []

  /** `client` is who balances, on `node`. */
  constructor(trustDomain: string, random: Random, client: Partial<BalancerClient> = {}, node = '') {
    this.#trustDomain = trustDomain
    this.#node = node
    this.#backends = new BackendTable(random, client)
    this.#current = new Snapshot(noResources, 0, 0, trustDomain, this.#backends, { node })
    this.#current.enforce()
  }

  get current(): Snapshot {
    return this.#current
  }

  /** Called with upstreams that nothing leads to any more. */
  onUpstreamsGone(gone: UpstreamsGone): void {
    this.#backends.onGone(gone)
  }

  onChange(listener: SnapshotChanged): void {
    this.#listeners.add(listener)
  }

  /** Every backend in use with what is known of its endpoints, for the admin page. */
  describeBackends(): unknown[] {
    return this.#backends.describe()
  }

  /** Applies all of a message. Faults: Failure that says which resource is wrong; the snapshot before stays in force. */
  apply(message: ResourcesMessage): void {
    const told = withChanges(this.#told, message.upserts, message.removals)
    this.#enforce(told, this.#locals, message.revision, message.policyRevision)
  }

  /** The workloads that this node knows by itself; each counts until it is told of, and when it is no longer. */
  setLocals(locals: readonly Workload[]): void {
    const { revision, policyRevision, resources } = this.#current
    const isSame = locals.every((workload) => resources.Workload.has(workload.uid)) && !this.#leaves(locals)
    this.#locals = locals
    if (!isSame) this.#enforce(this.#told, locals, revision, policyRevision)
  }

  /** Whether one is in force only for being local, and is not any more. */
  #leaves(locals: readonly Workload[]): boolean {
    const uids = new Set(locals.map(({ uid }) => uid))
    return this.#locals.some(({ uid }) => !uids.has(uid) && !this.#told.Workload.has(uid))
  }

  #enforce(told: ResourceMaps, locals: readonly Workload[], revision: number, policyRevision: number): void {
    const resources = withLocals(told, locals)
    const former = this.#current
    const change = topologyChange(former.resources, resources)
    const index = former.index.next(former.resources, resources, change)
    const place = { node: this.#node, index }
    const next = new Snapshot(resources, revision, policyRevision, this.#trustDomain, this.#backends, place)
    next.enforce(affectedBackends(this.#backends.keys(), former, next, change))
    this.#told = told
    this.#current = next
    for (const listener of this.#listeners) listener(next)
  }
}
