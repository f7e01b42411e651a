import { fault, type Fault } from '@weft/faults'
import { type Random, type TimerWheel, WheelTimer } from '@weft/time'
import { IdleLimit } from './idle-limit.ts'
import type { Connect, Leased, PoolMember, PoolOptions, Waits } from './pool-member.ts'
import { WaitQueue } from './wait-queue.ts'
import { WarmUp } from './warm-up.ts'

/**
 * Connections that carry one exchange at a time (HTTP/1.1), to one place.
 *
 * The connection idle for the shortest time is used first, so that the others run out; one that is no longer usable, too
 * old, or idle for longer than its peer keeps it, is never handed out. At `connectionsMax` requests wait in order, at most
 * `pendingMax` of them; whoever waits gets the first connection that is made or given back, and may be called off.
 *
 * The owner of a connection tells the pool by {@link release} when it is free and when it is over, also while idle.
 * Faults: `overloaded`, `draining` from the pool; whatever `connect` says. Source: Finagle WatermarkPool, CachingPool.
 */
export class ExclusivePool<C extends PoolMember> {
  readonly #name: string
  readonly #connect: Connect<C>
  readonly #options: PoolOptions
  readonly #wheel: TimerWheel
  readonly #nowMs: () => number
  readonly #random: Random
  readonly #members: Map<C, Member<C>>
  /** The longest idle first. */
  readonly #idle: Member<C>[]
  readonly #waiting: WaitQueue<C>
  readonly #idleLimit: IdleLimit
  readonly #warmUp: WarmUp
  readonly #timer: WheelTimer
  #connecting: number
  #closed: boolean

  /** `name` is for messages: what it leads to. */
  constructor(
    name: string,
    connect: Connect<C>,
    options: PoolOptions,
    wheel: TimerWheel,
    nowMs: () => number,
    random: Random = noJitter,
  ) {
    this.#name = name
    this.#connect = connect
    this.#options = options
    this.#wheel = wheel
    this.#nowMs = nowMs
    this.#random = random
    this.#members = new Map()
    this.#idle = []
    this.#waiting = new WaitQueue()
    this.#idleLimit = new IdleLimit(options.idleTimeoutMs)
    this.#warmUp = new WarmUp(Math.min(options.warm, options.connectionsMax))
    this.#timer = new WheelTimer(this)
    this.#connecting = 0
    this.#closed = false
  }

  get idleCount(): number {
    return this.#idle.length
  }

  /** Connections in use or being made. */
  get busyCount(): number {
    return this.#members.size - this.#idle.length + this.#connecting
  }

  get pendingCount(): number {
    return this.#waiting.count
  }

  /** How long an idle connection is kept at present. */
  get idleLimitMs(): number {
    return this.#idleLimit.limitMs
  }

  /** Nothing is open, being made or awaited: the pool may be forgotten. */
  get isUnused(): boolean {
    return this.#members.size === 0 && this.#connecting === 0 && this.#waiting.count === 0 && !this.#isWarming
  }

  get #isWarming(): boolean {
    return !this.#closed && this.#warmUp.wanted > 0
  }

  /** So many are to be kept ready from now on. They are made by {@link warmUp}, or with the first lease. */
  keepWarm(count: number): void {
    this.#warmUp.wanted = Math.min(count, this.#options.connectionsMax)
  }

  /** Makes the connections that are to be kept ready. Without this the first lease does. */
  warmUp(): void {
    this.#refill()
  }

  /** An idle connection at once, or null: then ask {@link lease}. */
  tryLease(): C | null {
    if (this.#idle.length === 0) return null
    const nowMs = this.#nowMs()
    for (let member = this.#idle.pop(); member !== undefined; member = this.#idle.pop()) {
      if (!member.connection.isUsable) {
        this.#members.delete(member.connection)
        continue
      }
      if (nowMs - member.idleSinceMs >= this.#idleLimit.limitMs || nowMs >= member.expiresAtMs) {
        this.#discard(member)
        continue
      }
      this.#lend(member)
      return member.connection
    }
    return null
  }

  /** A connection that is idle, new, or given back by another. Give it back with {@link release}. */
  lease(owner: Waits | null = null): Promise<Leased<C>> {
    const idle = this.tryLease()
    if (idle !== null) return Promise.resolve({ ok: true, connection: idle, reused: true })
    return this.#await(owner)
  }

  /** A connection that has not carried anything, so its peer can't be closing it for idleness. */
  leaseNew(owner: Waits | null = null): Promise<Leased<C>> {
    // With room for one more it need not come from those that are idle.
    return this.#hasRoom ? this.#await(owner) : this.lease(owner)
  }

  /** Takes a connection back: kept when it is usable, else forgotten (its owner closes it). Strangers are ignored. */
  release(connection: C): void {
    const member = this.#members.get(connection)
    if (member === undefined) return
    if (member.isIdle) {
      if (!connection.isUsable) this.#endedIdle(member)
      return
    }
    if (!connection.isUsable) {
      this.#members.delete(connection)
      this.#refill()
      return
    }
    this.#offer(member)
  }

  /** Adds a connection that was made elsewhere, as if it had just been given back. */
  add(connection: C): void {
    this.#offer(this.#admit(connection))
  }

  /** Closes what is idle and refuses those that wait; leased connections are closed when they come back. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#wheel.cancel(this.#timer)
    while (this.#idle.length > 0) this.#closeOldest()
    const refusal = this.#draining()
    while (this.#waiting.serve(refusal));
  }

  timedOut(_: WheelTimer, nowMs: number): void {
    const isLearned = this.#idleLimit.isLearned
    for (let i = this.#idle.length - 1; i >= 0; i--) {
      const member = this.#idle[i]!
      const isOld = nowMs >= member.expiresAtMs
      const isIdleForLong = nowMs - member.idleSinceMs >= this.#idleLimit.limitMs
      // What is to be kept ready stays, unless its peer would close it.
      if (!isOld && !(isIdleForLong && (isLearned || this.#members.size > this.#warmUp.wanted))) continue
      this.#idle.splice(i, 1)
      this.#discard(member)
      if (isIdleForLong) this.#idleLimit.ranOut(nowMs)
    }
    this.#refill()
    for (const member of this.#idle) this.#lookAt(this.#dueOf(member, nowMs))
  }

  get #hasRoom(): boolean {
    return this.#members.size + this.#connecting < this.#options.connectionsMax
  }

  #await(owner: Waits | null): Promise<Leased<C>> {
    if (this.#closed) return Promise.resolve(this.#draining())
    const { connectionsMax, pendingMax, rule } = this.#options
    const canConnect = this.#connecting > this.#waiting.count || this.#hasRoom
    if (!canConnect && this.#waiting.count - this.#connecting >= pendingMax) {
      const found = `${connectionsMax} connections are in use and ${pendingMax} requests wait`
      const message = `No connection to ${this.#name}: ${found}; expected a free one`
      return Promise.resolve(fault('overloaded', 'pool', message, rule))
    }
    const leased = this.#waiting.wait(owner)
    this.#refill()
    return leased
  }

  /** Makes as many connections as are waited for or to be kept ready, and as may be. */
  #refill(): void {
    if (this.#closed) return
    const missing = this.#warmUp.missing(this.#members.size, this.#nowMs())
    while (this.#hasRoom && this.#connecting < Math.max(this.#waiting.count, missing)) void this.#make()
    if (this.#warmUp.retryAtMs < Infinity) this.#lookAt(this.#warmUp.retryAtMs)
  }

  async #make(): Promise<void> {
    this.#connecting++
    const connected = await this.#connect()
    this.#connecting--
    this.#warmUp.made(connected.ok, this.#nowMs())
    if (connected.ok) {
      const member = this.#admit(connected.connection)
      if (connected.connection.isUsable) this.#offer(member)
      else this.#members.delete(member.connection)
    } else this.#waiting.serve(connected)
    this.#refill()
  }

  #admit(connection: C): Member<C> {
    const { ageMaxMs } = this.#options
    const ageMs = ageMaxMs === 0 ? Infinity : ageMaxMs * (1 - AGE_JITTER * this.#random())
    const member = new Member(connection, this.#nowMs() + ageMs)
    this.#members.set(connection, member)
    return member
  }

  /** To the first who waits, else to the idle ones, unless it is to end. */
  #offer(member: Member<C>): void {
    const { connection } = member
    const nowMs = this.#nowMs()
    const { leasesMax, idleMax } = this.#options
    if (this.#closed || nowMs >= member.expiresAtMs || (leasesMax > 0 && member.leases >= leasesMax)) {
      this.#discard(member)
      this.#refill()
      return
    }
    if (this.#waiting.count > 0) {
      const reused = member.leases > 0
      this.#lend(member)
      this.#waiting.serve({ ok: true, connection, reused })
      return
    }
    const { keptIdleMs } = connection
    if (keptIdleMs !== undefined && keptIdleMs >= 0) this.#idleLimit.told(keptIdleMs)
    member.isIdle = true
    member.idleSinceMs = nowMs
    this.#idle.push(member)
    if (this.#idle.length > idleMax) this.#closeOldest()
    this.#lookAt(this.#dueOf(member, nowMs))
  }

  #lend(member: Member<C>): void {
    member.isIdle = false
    member.leases++
  }

  /** The peer closed it while nobody used it. */
  #endedIdle(member: Member<C>): void {
    const nowMs = this.#nowMs()
    this.#members.delete(member.connection)
    this.#idle.splice(this.#idle.indexOf(member), 1)
    this.#idleLimit.peerClosed(nowMs - member.idleSinceMs, nowMs)
    this.#refill()
  }

  #dueOf(member: Member<C>, nowMs: number): number {
    const idleDueMs = member.idleSinceMs + this.#idleLimit.limitMs
    // One that is kept ready past its time is looked at again after another.
    return Math.min(idleDueMs > nowMs ? idleDueMs : nowMs + this.#idleLimit.limitMs, member.expiresAtMs)
  }

  #lookAt(dueAtMs: number): void {
    if (dueAtMs < this.#timer.dueAtMs) this.#wheel.set(this.#timer, dueAtMs)
  }

  #closeOldest(): void {
    this.#discard(this.#idle.shift()!)
  }

  #discard(member: Member<C>): void {
    this.#members.delete(member.connection)
    member.connection.close()
  }

  #draining(): Fault {
    return fault('draining', 'pool', `No connection to ${this.#name}: the pool is closed`)
  }
}

const AGE_JITTER = 0.1
const noJitter: Random = () => 0

class Member<C> {
  readonly connection: C
  readonly expiresAtMs: number
  isIdle: boolean
  idleSinceMs: number
  leases: number

  constructor(connection: C, expiresAtMs: number) {
    this.connection = connection
    this.expiresAtMs = expiresAtMs
    this.isIdle = false
    this.idleSinceMs = 0.0
    this.leases = 0
  }
}
