import { fault, type Fault } from '@weft/faults'
import { type Random, type TimerWheel, WheelTimer } from '@weft/time'
import { IdleLimit } from './idle-limit.ts'
import type { Connect, Leased, PoolMember, PoolOptions, Waits } from './pool-member.ts'
import { WaitQueue } from './wait-queue.ts'
import { WarmUp } from './warm-up.ts'

/** A connection of many streams. `isUsable`: another stream may be opened now. */
export interface SharedMember extends PoolMember {
  readonly openStreams: number
  /** Will never take work again: closed, or the peer said GOAWAY. */
  readonly isOver: boolean
}

/**
 * Connections that carry many streams at once (HTTP/2, HBONE), to one place.
 *
 * Streams go to the first connection that has room, so that the later ones run idle and close; another connection is
 * made when none has. Requests that come while one is being made share it, as many as `streamsPerConnection` each. One
 * that is too old, has carried too many streams, or whose peer said GOAWAY takes no new ones; its streams end as they
 * would.
 *
 * The owner calls {@link sweep} when a connection is over, and {@link roomed} when a full one has room again and after each
 * stream that was opened: only then can requests wait for room at `connectionsMax`, so `waitsForRoom` says whether they may.
 * Faults: `overloaded`, `draining` from the pool; whatever `connect` says.
 */
export class SharedPool<C extends SharedMember> {
  readonly #name: string
  readonly #connect: Connect<C>
  readonly #options: PoolOptions
  readonly #streamsPerConnection: number
  readonly #waitsForRoom: boolean
  readonly #wheel: TimerWheel
  readonly #nowMs: () => number
  readonly #random: Random
  readonly #timer: WheelTimer
  readonly #waiting: WaitQueue<C>
  readonly #idleLimit: IdleLimit
  readonly #warmUp: WarmUp
  #members: Member<C>[]
  #connecting: number
  #closed: boolean

  constructor(
    name: string,
    connect: Connect<C>,
    options: PoolOptions,
    streamsPerConnection: number,
    wheel: TimerWheel,
    nowMs: () => number,
    random: Random = noJitter,
    waitsForRoom = false,
  ) {
    this.#name = name
    this.#connect = connect
    this.#options = options
    this.#streamsPerConnection = streamsPerConnection
    this.#waitsForRoom = waitsForRoom
    this.#wheel = wheel
    this.#nowMs = nowMs
    this.#random = random
    this.#timer = new WheelTimer(this)
    this.#waiting = new WaitQueue()
    this.#idleLimit = new IdleLimit(options.idleTimeoutMs)
    this.#warmUp = new WarmUp(Math.min(options.warm, options.connectionsMax))
    this.#members = []
    this.#connecting = 0
    this.#closed = false
  }

  /** For dumps. */
  get connections(): C[] {
    return this.#members.map(({ connection }) => connection)
  }

  get connectionCount(): number {
    return this.#members.length + this.#connecting
  }

  get pendingCount(): number {
    return this.#waiting.count
  }

  get isUnused(): boolean {
    if (this.#members.length > 0 || this.#connecting > 0 || this.#waiting.count > 0) return false
    return this.#closed || this.#warmUp.wanted === 0
  }

  /** So many are to be kept ready from now on. They are made by {@link warmUp}, or with the first lease. */
  keepWarm(count: number): void {
    this.#warmUp.wanted = Math.min(count, this.#options.connectionsMax)
  }

  /** Makes the connections that are to be kept ready. Without this the first lease does. */
  warmUp(): void {
    this.#refill()
  }

  /** A connection that can take a stream right now, or null: then ask {@link lease}. */
  tryLease(): C | null {
    const members = this.#members
    for (let i = 0; i < members.length; i++) {
      const member = members[i]!
      if (!member.connection.isUsable) continue
      if (this.#isSpent(member)) {
        this.#removeAt(i--)
        member.connection.close()
        continue
      }
      member.leases++
      member.idleSinceMs = Number.NaN
      return member.connection
    }
    return null
  }

  /** A connection that can take a stream in this very turn; another user may be first in the next one. */
  async lease(owner: Waits | null = null): Promise<Leased<C>> {
    // Each round either uses a connection or waits for one; a crowd larger than one connection needs some rounds.
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const connection = this.tryLease()
      if (connection !== null) return { ok: true, connection, reused: true }
      if (this.#closed) return this.#draining()
      if (!this.#mayWait()) return this.#overloaded()
      const leased = this.#waiting.wait(owner)
      this.#refill()
      const served = await leased
      if (!served.ok) return served
      if (served.connection.isUsable) return served
    }
    return this.#overloaded()
  }

  /** Adds a connection that was made elsewhere; whoever waits gets it. */
  add(connection: C): void {
    this.#admit(connection)
  }

  /**
   * There may be room: a stream has ended, or whoever had a lease has made what he would of it. The first who waits is
   * served; when he has opened his stream this is called again, so that one by one all are who fit.
   */
  roomed(): void {
    if (this.#waiting.count === 0) return
    const connection = this.tryLease()
    if (connection !== null) this.#waiting.serve({ ok: true, connection, reused: true })
    // What had room may have been spent: then its place is free for another.
    else this.#refill()
  }

  /** New streams go to new connections; those of old end as they would. For a changed certificate. */
  retire(): void {
    for (const { connection } of this.#members.splice(0)) connection.close()
    this.#refill()
  }

  /** Closes all connections in order, makes no more and refuses those that wait. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#wheel.cancel(this.#timer)
    this.retire()
    const refusal = this.#draining()
    while (this.#waiting.serve(refusal));
  }

  /** Forgets connections that are over; called by their owner when one ends. */
  sweep(): void {
    const nowMs = this.#nowMs()
    for (let i = this.#members.length - 1; i >= 0; i--) {
      const { connection, idleSinceMs } = this.#members[i]!
      if (!connection.isOver) continue
      // NaN: it was in use when it was last looked at, so nothing is learned.
      if (connection.openStreams === 0) this.#idleLimit.peerClosed(nowMs - idleSinceMs, nowMs)
      this.#removeAt(i)
    }
    this.#refill()
  }

  timedOut(_: WheelTimer, nowMs: number): void {
    for (let i = this.#members.length - 1; i >= 0; i--) {
      const member = this.#members[i]!
      const { connection } = member
      if (connection.isOver) this.#removeAt(i)
      else if (connection.openStreams > 0) member.idleSinceMs = Number.NaN
      else if (Number.isNaN(member.idleSinceMs)) member.idleSinceMs = nowMs
      else if (this.#isIdleForLong(member, nowMs)) {
        this.#removeAt(i)
        connection.close()
        this.#idleLimit.ranOut(nowMs)
      }
    }
    this.#refill()
    if (this.#members.length > 0) this.#look()
  }

  #isIdleForLong(member: Member<C>, nowMs: number): boolean {
    if (nowMs >= member.expiresAtMs) return true
    if (nowMs - member.idleSinceMs < this.#idleLimit.limitMs) return false
    return this.#idleLimit.isLearned || this.#members.length > this.#warmUp.wanted
  }

  #isSpent(member: Member<C>): boolean {
    const { leasesMax, ageMaxMs } = this.#options
    if (leasesMax > 0 && member.leases >= leasesMax) return true
    return ageMaxMs > 0 && this.#nowMs() >= member.expiresAtMs
  }

  #mayWait(): boolean {
    const room = this.#connecting * this.#streamsPerConnection
    const { connectionsMax, pendingMax } = this.#options
    if (this.#waiting.count < room) return this.#waiting.count < Math.max(pendingMax, 1)
    if (this.connectionCount < connectionsMax) return this.#waiting.count < Math.max(pendingMax, 1)
    return this.#waitsForRoom && this.#waiting.count - room < pendingMax
  }

  /** As many connections as those who wait need, or as are to be kept ready, and as may be. */
  #refill(): void {
    if (this.#closed) return
    const missing = this.#warmUp.missing(this.#members.length, this.#nowMs())
    for (;;) {
      const needed = Math.max(Math.ceil(this.#waiting.count / this.#streamsPerConnection), missing)
      if (this.#connecting >= needed || this.connectionCount >= this.#options.connectionsMax) break
      void this.#make()
    }
    if (this.#warmUp.retryAtMs < this.#timer.dueAtMs) this.#wheel.set(this.#timer, this.#warmUp.retryAtMs)
  }

  async #make(): Promise<void> {
    this.#connecting++
    const connected = await this.#connect()
    this.#connecting--
    this.#warmUp.made(connected.ok, this.#nowMs())
    if (connected.ok) this.#admit(connected.connection)
    else this.#refuse(connected)
    this.#refill()
  }

  /** All who counted on the connection that could not be made. */
  #refuse(refusal: Fault): void {
    for (let i = 0; i < this.#streamsPerConnection; i++) if (!this.#waiting.serve(refusal)) return
  }

  #admit(connection: C): void {
    if (this.#closed) {
      connection.close()
      return
    }
    const { ageMaxMs } = this.#options
    const ageMs = ageMaxMs === 0 ? Infinity : ageMaxMs * (1 - AGE_JITTER * this.#random())
    const member = new Member(connection, this.#nowMs() + ageMs)
    this.#members.push(member)
    if (this.#timer.dueAtMs === Infinity) this.#look()
    for (let i = 0; i < this.#streamsPerConnection && connection.isUsable && !this.#isSpent(member); i++) {
      if (!this.#waiting.serve({ ok: true, connection, reused: false })) return
      member.leases++
    }
  }

  /** Looks for idle connections four times per idle limit, so that one lives at most a quarter longer. */
  #look(): void {
    this.#wheel.set(this.#timer, this.#nowMs() + this.#idleLimit.limitMs / 4)
  }

  #removeAt(i: number): void {
    this.#members.splice(i, 1)
  }

  #draining(): Fault {
    return fault('draining', 'pool', `No connection to ${this.#name}: the pool is closed`)
  }

  #overloaded(): Fault {
    const { connectionsMax, pendingMax, rule } = this.#options
    const found = `${this.#members.length} connections are full, ${this.#waiting.count} requests wait`
    const expected = `expected room within ${connectionsMax} connections and ${pendingMax} waiting`
    return fault('overloaded', 'pool', `No connection to ${this.#name}: ${found}; ${expected}`, rule)
  }
}

const ROUNDS_MAX = 64
const AGE_JITTER = 0.1
const noJitter: Random = () => 0

class Member<C> {
  readonly connection: C
  readonly expiresAtMs: number
  /** NaN while it has streams, or since it was last seen with some. */
  idleSinceMs: number
  leases: number

  constructor(connection: C, expiresAtMs: number) {
    this.connection = connection
    this.expiresAtMs = expiresAtMs
    this.idleSinceMs = Number.NaN
    this.leases = 0
  }
}
