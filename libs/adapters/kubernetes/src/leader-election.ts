import { describeError } from '@weft/faults'
import type { Logger } from '@weft/telemetry'
import type { Clock, Random, Timer } from '@weft/time'
import { isApiFailure } from './api-failure.ts'
import type { KubernetesClient } from './client.ts'
import { type KubernetesObject, resourcePath } from './object.ts'

export interface LeaderElectionOptions {
  readonly client: Pick<KubernetesClient, 'get' | 'create' | 'replace'>
  readonly namespace: string
  /** Name of the Lease that candidates share. */
  readonly name: string
  /** Of this candidate, unique: the name of its pod. */
  readonly identity: string
  /** How long others wait after the last sign of life of a leader. */
  readonly leaseMs?: number
  /** How often a leader gives one, and others look. */
  readonly renewMs?: number
}

interface Lease extends KubernetesObject {
  readonly spec: {
    readonly holderIdentity?: string
    readonly leaseDurationSeconds?: number
    readonly acquireTime?: string
    readonly renewTime?: string
    readonly leaseTransitions?: number
  }
}

/**
 * At most one leader among the candidates of a Lease.
 *
 * No clock but this process's own monotonic one is compared with anything: a lease of another is over when it did not
 * change for its whole duration while it was watched from here, and one's own is over that long after the request that
 * renewed it last was *sent*, less a fifth. So clocks of machines may differ by any amount; they must only run about as
 * fast as each other. `isLeader` is worked out when it is asked for, so a process that slept does not lead for a moment.
 * States: follower ⇄ leader, → stopped.
 */
export class LeaderElection {
  readonly #options: Required<LeaderElectionOptions>
  readonly #path: string
  readonly #clock: Clock
  readonly #random: Random
  readonly #log: Logger
  readonly #listeners = new Set<(isLeader: boolean) => void>()
  #seen: { readonly version: string; readonly atMs: number } = { version: '', atMs: 0 }
  #leadsUntilMs = -Infinity
  #wasLeader = false
  #holder = ''
  #timer: Timer | null = null
  #expiry: Timer | null = null
  #isStopped = false
  #asking: Promise<void> = Promise.resolve()

  constructor(options: LeaderElectionOptions, clock: Clock, random: Random, log: Logger) {
    this.#options = { leaseMs: 15_000, renewMs: 3_000, ...options }
    const { namespace, name } = options
    this.#path = resourcePath('coordination.k8s.io/v1', 'leases', namespace, name)
    this.#clock = clock
    this.#random = random
    this.#log = log
  }

  get isLeader(): boolean {
    return this.#clock.nowMs() < this.#leadsUntilMs
  }

  /** Who leads, as far as is known; '' for nobody. */
  get holder(): string {
    return this.#holder
  }

  /** Calls `listener` when this process begins and ends to lead. The result stops it. */
  onChange(listener: (isLeader: boolean) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Takes part from now on; resolves after the first look, which a server that is away does not hold up. */
  async start(): Promise<void> {
    await this.#step()
  }

  /** Gives leadership up, so that another need not wait for it to run out; takes part no longer. */
  async release(): Promise<void> {
    const wasLeader = this.isLeader
    this.stop()
    await this.#asking
    if (!wasLeader) return
    try {
      const lease = await this.#options.client.get<Lease>(this.#path)
      if (lease?.spec.holderIdentity !== this.#options.identity) return
      await this.#options.client.replace<Lease>(this.#path, { ...lease, spec: { ...lease.spec, holderIdentity: '' } })
    } catch (error) {
      this.#log.debug('the lease was not given up; it runs out', { error: describeError(error) })
    }
  }

  stop(): void {
    this.#isStopped = true
    this.#timer?.cancel()
    this.#expiry?.cancel()
    this.#leadsUntilMs = -Infinity
    this.#tell()
  }

  async #step(): Promise<void> {
    this.#asking = this.#tryToLead().catch((error: unknown) => {
      this.#log.debug('the lease could not be asked for', { error: describeError(error) })
    })
    await this.#asking
    if (this.#isStopped) return
    this.#tell()
    const waitMs = this.#options.renewMs * (1 - this.#random() / 5)
    this.#timer = this.#clock.after(waitMs, () => void this.#step())
  }

  async #tryToLead(): Promise<void> {
    const { client, namespace, name, identity, leaseMs } = this.#options
    const lease = await client.get<Lease>(this.#path)
    const sentAtMs = this.#clock.nowMs()
    if (lease === null) {
      const made = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace } }
      const path = resourcePath('coordination.k8s.io/v1', 'leases', namespace)
      await this.#write(sentAtMs, () => client.create<Lease>(path, { ...made, spec: this.#spec(null) }))
      return
    }
    this.#holder = lease.spec.holderIdentity ?? ''
    const version = lease.metadata.resourceVersion ?? ''
    if (this.#seen.version !== version) this.#seen = { version, atMs: sentAtMs }
    const durationMs = Math.max((lease.spec.leaseDurationSeconds ?? 0) * 1_000, leaseMs)
    const isFree = this.#holder === '' || sentAtMs - this.#seen.atMs >= durationMs
    if (this.#holder === identity || isFree) {
      await this.#write(sentAtMs, () => client.replace<Lease>(this.#path, { ...lease, spec: this.#spec(lease) }))
    }
  }

  /** Leads from `sentAtMs` on when nobody else wrote meanwhile. */
  async #write(sentAtMs: number, write: () => Promise<Lease>): Promise<void> {
    try {
      const lease = await write()
      if (this.#isStopped) return
      this.#seen = { version: lease.metadata.resourceVersion ?? '', atMs: sentAtMs }
      this.#holder = this.#options.identity
      this.#leadsUntilMs = sentAtMs + this.#options.leaseMs * 0.8
      this.#expiry?.cancel()
      this.#expiry = this.#clock.after(this.#leadsUntilMs - this.#clock.nowMs(), () => this.#tell())
    } catch (error) {
      if (!isApiFailure(error, 'conflict') && !isApiFailure(error, 'already_exists')) throw error
    }
  }

  #spec(former: Lease | null): Lease['spec'] {
    const { identity, leaseMs } = this.#options
    const now = new Date(this.#clock.wallMs()).toISOString().replace('Z', '000Z')
    const isSame = former?.spec.holderIdentity === identity
    return {
      holderIdentity: identity,
      leaseDurationSeconds: Math.ceil(leaseMs / 1_000),
      acquireTime: isSame ? (former.spec.acquireTime ?? now) : now,
      renewTime: now,
      leaseTransitions: (former?.spec.leaseTransitions ?? 0) + (isSame || former === null ? 0 : 1),
    }
  }

  #tell(): void {
    const { isLeader } = this
    if (isLeader === this.#wasLeader) return
    this.#wasLeader = isLeader
    this.#log.info(isLeader ? 'leads' : 'leads no longer', { lease: this.#options.name, holder: this.#holder })
    for (const listener of this.#listeners) listener(isLeader)
  }
}
