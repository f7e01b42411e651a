import type { BalancerClient } from '@weft/balancer'
import type { Random } from '@weft/time'
import type { ResourcesMessage } from '../worker/messages.ts'
import { BackendTable, type UpstreamsGone } from './backend-table.ts'
import { noResources, withChanges } from './resource-maps.ts'
import { Snapshot } from './snapshot.ts'

/** Told after another snapshot has come into force. */
export type SnapshotChanged = (snapshot: Snapshot) => void

/** Holds the snapshot in force and replaces it as a whole. */
export class SnapshotStore {
  readonly #trustDomain: string
  readonly #backends: BackendTable
  readonly #listeners = new Set<SnapshotChanged>()
  #current: Snapshot

  constructor(trustDomain: string, random: Random, client: Partial<BalancerClient> = {}) {
    this.#trustDomain = trustDomain
    this.#backends = new BackendTable(random, client)
    this.#current = new Snapshot(noResources, 0, 0, trustDomain, this.#backends)
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
    const resources = withChanges(this.#current.resources, message.upserts, message.removals)
    const next = new Snapshot(resources, message.revision, message.policyRevision, this.#trustDomain, this.#backends)
    next.enforce()
    this.#current = next
    for (const listener of this.#listeners) listener(next)
  }
}
