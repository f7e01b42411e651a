import { describeError } from '@weft/faults'
import type { Component } from '@weft/lifecycle'
import type { weft } from '@weft/proto'
import { backoffMs, type DuplexCall, type replicasService, type RpcClient } from '@weft/rpc'
import type { Logger } from '@weft/telemetry'
import type { Clock, Random, Timer } from '@weft/time'
import { noticesOf } from '../node-notices.ts'
import type { NodeProgress, Progress } from '../progress.ts'
import type { TrafficWindow } from '../traffic/traffic-window.ts'

export type ReplicaClient = Pick<RpcClient<typeof replicasService>, 'follow' | 'close'>
type V1 = typeof weft.discovery.v1
type Report = InstanceType<V1['ReplicaReport']>
type Subscriber = InstanceType<V1['SubscriberProgress']>

/** Other replicas, as they come and go. */
export interface Replicas {
  /** `host:port` of each. */
  addresses(): readonly string[]
  /** The result stops it. */
  onChange(listener: () => void): () => void
}

/**
 * Follows the other replicas, so that each can answer for all: which nodes are connected, how far they are, what they
 * measured. A replica that does not answer is asked again, for as long as it is one; meanwhile its nodes count as away.
 */
export class ReplicaFollowers implements Component {
  readonly #replicas: Replicas
  readonly #connect: (address: string) => ReplicaClient
  readonly #progress: Progress
  readonly #traffic: TrafficWindow
  readonly #clock: Clock
  readonly #random: Random
  readonly #log: Logger
  readonly #followed = new Map<string, FollowedReplica>()
  #stopWatching: () => void = () => {}

  constructor(
    replicas: Replicas,
    connect: (address: string) => ReplicaClient,
    into: { progress: Progress; traffic: TrafficWindow },
    clock: Clock,
    random: Random,
    log: Logger,
  ) {
    this.#replicas = replicas
    this.#connect = connect
    this.#progress = into.progress
    this.#traffic = into.traffic
    this.#clock = clock
    this.#random = random
    this.#log = log
  }

  async start(): Promise<void> {
    this.#stopWatching = this.#replicas.onChange(() => this.#look())
    this.#look()
  }

  async drain(): Promise<void> {
    this.stop()
  }

  stop(): void {
    this.#stopWatching()
    for (const followed of this.#followed.values()) followed.stop()
    this.#followed.clear()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }

  #look(): void {
    const addresses = new Set(this.#replicas.addresses())
    for (const [address, followed] of this.#followed) {
      if (addresses.has(address)) continue
      followed.stop()
      this.#followed.delete(address)
    }
    for (const address of addresses) {
      if (this.#followed.has(address)) continue
      const into = { progress: this.#progress, traffic: this.#traffic }
      const log = this.#log.child(address)
      const followed = new FollowedReplica(address, this.#connect(address), into, this.#clock, this.#random, log)
      this.#followed.set(address, followed)
      followed.follow()
    }
  }
}

/** One other replica. States: following ⇄ waiting, → stopped. */
class FollowedReplica {
  readonly #address: string
  readonly #client: ReplicaClient
  readonly #progress: Progress
  readonly #traffic: TrafficWindow
  readonly #clock: Clock
  readonly #random: Random
  readonly #log: Logger
  #call: DuplexCall<unknown, Report> | null = null
  #timer: Timer | null = null
  #failures = 0
  #isStopped = false

  constructor(
    address: string,
    client: ReplicaClient,
    into: { progress: Progress; traffic: TrafficWindow },
    clock: Clock,
    random: Random,
    log: Logger,
  ) {
    this.#address = address
    this.#client = client
    this.#progress = into.progress
    this.#traffic = into.traffic
    this.#clock = clock
    this.#random = random
    this.#log = log
  }

  follow(): void {
    const call = this.#client.follow()
    this.#call = call as DuplexCall<unknown, Report>
    void this.#read(this.#call)
      .catch((error: unknown) => {
        if (!this.#isStopped) this.#log.debug('cannot follow this replica', { error: describeError(error) })
      })
      .finally(() => this.#ended())
  }

  stop(): void {
    this.#isStopped = true
    this.#timer?.cancel()
    this.#call?.cancel()
    this.#client.close()
    this.#progress.setOther(this.#address, null)
  }

  async #read(call: DuplexCall<unknown, Report>): Promise<void> {
    for await (const { connected, traffic } of call) {
      if (this.#isStopped) return
      this.#failures = 0
      if (connected != null) {
        const nodes = (connected.nodes ?? []).map((node) => progressOf(node as Subscriber))
        const policy = connected.policy == null ? null : progressOf(connected.policy as Subscriber)
        this.#progress.setOther(this.#address, { nodes, policy, revision: connected.revision ?? 0 })
      }
      const nowMs = this.#clock.nowMs()
      for (const { node, counts } of traffic) {
        this.#traffic.record(node ?? '', counts as InstanceType<V1['TrafficCount']>[], nowMs)
      }
    }
  }

  #ended(): void {
    this.#call = null
    if (this.#isStopped) return
    this.#progress.setOther(this.#address, null)
    const waitMs = backoffMs(++this.#failures, this.#random, 200, 5_000)
    this.#timer = this.#clock.after(waitMs, () => this.follow())
  }
}

/** Fields that were not sent are read from the prototype of the message. */
function progressOf(said: Subscriber): NodeProgress {
  const { node, revision, policyRevision, error, refusedRevision, version, notices } = said
  const progress = { node, connected: true, revision, policyRevision, error, refusedRevision, version }
  return { ...progress, notices: noticesOf(notices) }
}
