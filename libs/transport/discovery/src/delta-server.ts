import { Failure } from '@weft/faults'
import type { weft } from '@weft/proto'
import { DeltaSubscription, type DeltaSink } from './delta-subscription.ts'
import type { EncodedResource } from './encoded-resource.ts'
import { type Batch, encodeChange } from './frames.ts'
import type { ResourceKey, ResourceKind } from './kinds.ts'
import { ResourceTable } from './resource-table.ts'

export interface DeltaServerOptions {
  /** Kinds that may be asked for. */
  readonly kinds: readonly ResourceKind[]
  /** Octets of one response. Default 900,000: below 1 MiB, a quarter of gRPC's default limit. */
  readonly chunkBytesMax?: number
  /** Resources that a subscriber may say it holds. */
  readonly heldMax?: number
  /** Removals remembered for slow subscribers; one that is further behind starts again from what it holds. */
  readonly removalsMax?: number
  readonly subscriptionsMax?: number
}

export interface DeltaServerEvents {
  /** A subscriber said who it is. Throws a Failure to refuse it. */
  hello?(subscription: DeltaSubscription): void
  /** It acknowledged, refused, or has gone. */
  progress?(subscription: DeltaSubscription): void
  status?(subscription: DeltaSubscription, report: weft.discovery.v1.StatusReport.$Properties): void
}

/**
 * The serving side of the delta protocol: holds what is in force and brings every subscriber to it.
 *
 * A resource is encoded once; subscribers at the same point get the same octets. A subscriber has one change in flight:
 * what happens meanwhile is merged into the next one, so a slow one costs no queue. Every subscriber reaches every new
 * revision, by an empty response when nothing it asked for changed.
 */
export class DeltaServer {
  readonly kinds: ReadonlySet<ResourceKind>
  readonly heldMax: number
  readonly #chunkBytesMax: number
  readonly #removalsMax: number
  readonly #subscriptionsMax: number
  readonly #events: DeltaServerEvents
  readonly #table = new ResourceTable()
  readonly #subscriptions = new Set<DeltaSubscription>()
  readonly #batches = new Map<string, Batch | null>()
  #nonce = 0
  #isFlushPlanned = false

  constructor(options: DeltaServerOptions, events: DeltaServerEvents = {}) {
    this.kinds = new Set(options.kinds)
    this.#chunkBytesMax = options.chunkBytesMax ?? 900_000
    this.heldMax = options.heldMax ?? 500_000
    this.#removalsMax = options.removalsMax ?? 100_000
    this.#subscriptionsMax = options.subscriptionsMax ?? 10_000
    this.#events = events
  }

  get revision(): number {
    return this.#table.revision
  }

  get table(): ResourceTable {
    return this.#table
  }

  get subscriptions(): ReadonlySet<DeltaSubscription> {
    return this.#subscriptions
  }

  get events(): DeltaServerEvents {
    return this.#events
  }

  /** Takes a change in. Subscribers are told at the end of this turn, so several changes in one turn go out as one. */
  update(revision: number, upserts: readonly EncodedResource[], removals: readonly ResourceKey[]): void {
    if (!this.#table.update(revision, upserts, removals)) return
    this.#batches.clear()
    this.#planFlush()
  }

  /** Makes `resources` everything there is. */
  replace(revision: number, resources: readonly EncodedResource[]): void {
    const wanted = new Set(resources.map((resource) => resource.key))
    const removals = [...this.#table.keys()].filter((key) => !wanted.has(key))
    this.update(revision, resources, removals)
  }

  /**
   * Adds a subscriber; give what it sends to `receive`, and `close` it when its stream is gone.
   *
   * Faults: Failure `overloaded` past `subscriptionsMax`.
   */
  subscribe(sink: DeltaSink): DeltaSubscription {
    if (this.#subscriptions.size >= this.#subscriptionsMax) {
      throw new Failure(
        'overloaded',
        `cannot subscribe: ${this.#subscriptionsMax} subscribers are connected, expected fewer`,
      )
    }
    const subscription = new DeltaSubscription(this, sink)
    this.#subscriptions.add(subscription)
    return subscription
  }

  /** Of the subscription only. */
  forget(subscription: DeltaSubscription): void {
    if (this.#subscriptions.delete(subscription)) this.#events.progress?.(subscription)
  }

  /**
   * Of the subscription only: the change since `step`, encoded; the same octets for all who ask the same. Null when
   * there is nothing to tell, not even a new revision.
   */
  batchSince(step: number, kinds: ReadonlySet<ResourceKind>): Batch | null {
    const id = `${step} ${[...kinds].toSorted().join(' ')}`
    const known = this.#batches.get(id)
    if (known !== undefined) return known
    const change = this.#table.since(step, kinds)
    const isNews = change.upserts.length > 0 || change.removals.length > 0 || this.#table.revisionMovedSince(step)
    const batch = isNews ? this.#encode(change) : null
    this.#batches.set(id, batch)
    return batch
  }

  /** Of the subscription only: what somebody who holds exactly `held` has yet to learn, be it only the revision. */
  batchAgainst(held: ReadonlyMap<ResourceKey, string>, kinds: ReadonlySet<ResourceKind>): Batch {
    return this.#encode(this.#table.against(held, kinds))
  }

  #encode(change: Parameters<typeof encodeChange>[0]): Batch {
    const batch = encodeChange(change, this.#nonce + 1, this.#chunkBytesMax)
    this.#nonce = batch.lastNonce
    return batch
  }

  #planFlush(): void {
    if (this.#isFlushPlanned) return
    this.#isFlushPlanned = true
    queueMicrotask(() => {
      this.#isFlushPlanned = false
      this.#limitRemovals()
      for (const subscription of this.#subscriptions) subscription.pump()
    })
  }

  #limitRemovals(): void {
    if (this.#table.removalCount <= this.#removalsMax / 2) return
    this.#table.forgetRemovals(this.#oldestNeededStep())
    while (this.#table.removalCount > this.#removalsMax) {
      const oldest = this.#oldestNeededStep()
      for (const subscription of this.#subscriptions) {
        if (subscription.neededStep !== oldest) continue
        subscription.refuse(new Failure('overloaded', 'too far behind: subscribe again with what is held'))
      }
      this.#table.forgetRemovals(this.#oldestNeededStep())
    }
  }

  #oldestNeededStep(): number {
    let oldest = this.#table.step
    for (const subscription of this.#subscriptions) oldest = Math.min(oldest, subscription.neededStep ?? oldest)
    return oldest
  }
}
