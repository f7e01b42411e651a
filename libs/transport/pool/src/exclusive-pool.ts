import { fault, type Fault } from '@weft/faults'
import { type TimerWheel, WheelTimer } from '@weft/time'
import type { Connect, Leased, PoolMember, PoolOptions } from './pool-member.ts'

/**
 * Connections that carry one exchange at a time (HTTP/1.1), to one place.
 *
 * The connection idle for the shortest time is used first, so that the others run out; one that is no longer usable is
 * never handed out. At `connectionsMax` requests wait in order, at most `pendingMax` of them.
 * Faults: `overloaded` from the pool; whatever `connect` says. Source: Finagle WatermarkPool, CachingPool.
 */
export class ExclusivePool<C extends PoolMember> {
  readonly #connect: Connect<C>
  readonly #options: PoolOptions
  readonly #wheel: TimerWheel
  readonly #nowMs: () => number
  readonly #name: string
  readonly #idle: C[]
  readonly #idleSinceMs: number[]
  readonly #waiting: Waiter<C>[]
  readonly #timer: WheelTimer
  #leased: number
  #connecting: number
  #closed: boolean

  /** `name` is for messages: what it leads to. */
  constructor(name: string, connect: Connect<C>, options: PoolOptions, wheel: TimerWheel, nowMs: () => number) {
    this.#name = name
    this.#connect = connect
    this.#options = options
    this.#wheel = wheel
    this.#nowMs = nowMs
    this.#idle = []
    this.#idleSinceMs = []
    this.#waiting = []
    this.#timer = new WheelTimer(this)
    this.#leased = 0
    this.#connecting = 0
    this.#closed = false
  }

  get idleCount(): number {
    return this.#idle.length
  }

  /** Connections in use or being made. */
  get busyCount(): number {
    return this.#leased + this.#connecting
  }

  get pendingCount(): number {
    return this.#waiting.length
  }

  /** Nothing is open, being made or awaited: the pool may be forgotten. */
  get isUnused(): boolean {
    return this.#idle.length === 0 && this.busyCount === 0 && this.#waiting.length === 0
  }

  /** An idle connection at once, or null: then ask {@link lease}. */
  tryLease(): C | null {
    for (let connection = this.#idle.pop(); connection !== undefined; connection = this.#idle.pop()) {
      this.#idleSinceMs.pop()
      if (!connection.isUsable) continue
      this.#leased++
      return connection
    }
    return null
  }

  /** A connection that is idle, new, or given back by another. Give it back with {@link release}. */
  async lease(): Promise<Leased<C>> {
    const idle = this.tryLease()
    if (idle !== null) return { ok: true, connection: idle, reused: true }
    if (this.#closed) return fault('draining', 'pool', `No connection to ${this.#name}: the pool is closed`)
    if (this.busyCount >= this.#options.connectionsMax) return this.#wait()
    this.#connecting++
    const connected = await this.#connect()
    this.#connecting--
    if (!connected.ok) {
      this.#serveNext()
      return connected
    }
    this.#leased++
    return { ok: true, connection: connected.connection, reused: false }
  }

  /** Takes a connection back: kept when it is usable, else forgotten (its owner closes it). */
  release(connection: C): void {
    this.#leased--
    if (!connection.isUsable) {
      this.#serveNext()
      return
    }
    const waiter = this.#waiting.shift()
    if (waiter !== undefined) {
      this.#leased++
      waiter({ ok: true, connection, reused: true })
      return
    }
    if (this.#closed) {
      connection.close()
      return
    }
    this.#idle.push(connection)
    this.#idleSinceMs.push(this.#nowMs())
    if (this.#idle.length > this.#options.idleMax) this.#closeOldest()
    if (this.#timer.dueAtMs === Infinity)
      this.#wheel.set(this.#timer, this.#idleSinceMs[0]! + this.#options.idleTimeoutMs)
  }

  /** Adds a connection that was made elsewhere, as if it had just been given back. */
  add(connection: C): void {
    this.#leased++
    this.release(connection)
  }

  /** Closes what is idle and refuses those that wait; leased connections are closed when they come back. */
  close(): void {
    this.#closed = true
    this.#wheel.cancel(this.#timer)
    while (this.#idle.length > 0) this.#closeOldest()
    const refusal = fault('draining', 'pool', `No connection to ${this.#name}: the pool is closed`)
    for (const waiter of this.#waiting.splice(0)) waiter(refusal)
  }

  timedOut(_: WheelTimer, nowMs: number): void {
    const oldestMs = nowMs - this.#options.idleTimeoutMs
    while (this.#idleSinceMs.length > 0 && this.#idleSinceMs[0]! <= oldestMs) this.#closeOldest()
    if (this.#idleSinceMs.length > 0) this.#wheel.set(this.#timer, this.#idleSinceMs[0]! + this.#options.idleTimeoutMs)
  }

  #wait(): Promise<Leased<C>> | Fault {
    if (this.#waiting.length >= this.#options.pendingMax) {
      const { connectionsMax, pendingMax } = this.#options
      const found = `${connectionsMax} connections are in use and ${pendingMax} requests wait`
      return fault('overloaded', 'pool', `No connection to ${this.#name}: ${found}; expected a free one`)
    }
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** A place has become free: the first that waits gets a connection of its own. */
  #serveNext(): void {
    const waiter = this.#waiting.shift()
    if (waiter !== undefined) void this.lease().then(waiter)
  }

  #closeOldest(): void {
    this.#idleSinceMs.shift()
    this.#idle.shift()?.close()
  }
}

type Waiter<C> = (leased: Leased<C>) => void
