import { fault } from '@weft/faults'
import { type TimerWheel, WheelTimer } from '@weft/time'
import type { Connect, Connected, PoolMember, PoolOptions } from './pool-member.ts'

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
 * made when none has. Requests that come while one is being made share it, as many as `streamsPerConnection` each.
 * Faults: `overloaded` from the pool; whatever `connect` says.
 */
export class SharedPool<C extends SharedMember> {
  readonly #name: string
  readonly #connect: Connect<C>
  readonly #options: PoolOptions
  readonly #streamsPerConnection: number
  readonly #wheel: TimerWheel
  readonly #nowMs: () => number
  readonly #timer: WheelTimer
  #members: C[]
  #idleSinceMs: number[]
  #connecting: { readonly done: Promise<Connected<C>>; waiting: number }[]
  #pending: number
  #closed: boolean

  constructor(
    name: string,
    connect: Connect<C>,
    options: PoolOptions,
    streamsPerConnection: number,
    wheel: TimerWheel,
    nowMs: () => number,
  ) {
    this.#name = name
    this.#connect = connect
    this.#options = options
    this.#streamsPerConnection = streamsPerConnection
    this.#wheel = wheel
    this.#nowMs = nowMs
    this.#timer = new WheelTimer(this)
    this.#members = []
    this.#idleSinceMs = []
    this.#connecting = []
    this.#pending = 0
    this.#closed = false
  }

  get connectionCount(): number {
    return this.#members.length + this.#connecting.length
  }

  get isUnused(): boolean {
    return this.#members.length === 0 && this.#connecting.length === 0
  }

  /** A connection that can take a stream right now, or null: then ask {@link lease}. */
  tryLease(): C | null {
    for (let i = 0; i < this.#members.length; i++) {
      const member = this.#members[i]!
      if (!member.isUsable) continue
      this.#idleSinceMs[i] = NaN
      return member
    }
    return null
  }

  /** A connection that can take a stream in this very turn; another user may be first in the next one. */
  async lease(): Promise<Connected<C>> {
    // Each round either uses a connection or waits for a new one; a crowd larger than one connection needs some rounds.
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const member = this.tryLease()
      if (member !== null) return { ok: true, connection: member }
      if (this.#closed) return fault('draining', 'pool', `No connection to ${this.#name}: the pool is closed`)
      const attempt = this.#attempt()
      if (attempt === null || this.#pending >= this.#options.pendingMax) return this.#overloaded()
      attempt.waiting++
      this.#pending++
      const connected = await attempt.done
      this.#pending--
      if (!connected.ok) return connected
      if (connected.connection.isUsable) return connected
    }
    return this.#overloaded()
  }

  /** New streams go to new connections; those of old end as they would. For a changed certificate. */
  retire(): void {
    for (const member of this.#members.splice(0)) member.close()
    this.#idleSinceMs.length = 0
  }

  /** Closes all connections in order and makes no more. */
  close(): void {
    this.#closed = true
    this.#wheel.cancel(this.#timer)
    this.retire()
  }

  /** Forgets connections that are over; called by their owner when one ends. */
  sweep(): void {
    for (let i = this.#members.length - 1; i >= 0; i--) if (this.#members[i]!.isOver) this.#remove(i)
  }

  timedOut(_: WheelTimer, nowMs: number): void {
    for (let i = this.#members.length - 1; i >= 0; i--) {
      const member = this.#members[i]!
      if (member.isOver) this.#remove(i)
      else if (member.openStreams > 0) this.#idleSinceMs[i] = NaN
      else if (Number.isNaN(this.#idleSinceMs[i])) this.#idleSinceMs[i] = nowMs
      else if (nowMs - this.#idleSinceMs[i]! >= this.#options.idleTimeoutMs) {
        this.#remove(i)
        member.close()
      }
    }
    if (this.#members.length > 0) this.#look()
  }

  /** The attempt that has room for one more, a new one, or null when there may be no more connections. */
  #attempt(): { readonly done: Promise<Connected<C>>; waiting: number } | null {
    const open = this.#connecting.find((candidate) => candidate.waiting < this.#streamsPerConnection)
    if (open !== undefined) return open
    if (this.connectionCount >= this.#options.connectionsMax) return null
    const attempt = { done: this.#connect(), waiting: 0 }
    this.#connecting.push(attempt)
    void attempt.done.then((connected) => {
      this.#connecting.splice(this.#connecting.indexOf(attempt), 1)
      if (connected.ok) this.#admit(connected.connection)
    })
    return attempt
  }

  #admit(connection: C): void {
    if (this.#closed) {
      connection.close()
      return
    }
    this.#members.push(connection)
    this.#idleSinceMs.push(NaN)
    if (this.#timer.dueAtMs === Infinity) this.#look()
  }

  /** Looks for idle connections four times per idle timeout, so that one lives at most a quarter longer. */
  #look(): void {
    this.#wheel.set(this.#timer, this.#nowMs() + this.#options.idleTimeoutMs / 4)
  }

  #remove(i: number): void {
    this.#members.splice(i, 1)
    this.#idleSinceMs.splice(i, 1)
  }

  #overloaded(): Connected<C> {
    const { connectionsMax, pendingMax } = this.#options
    const found = `${this.#members.length} connections are full, ${this.#pending} requests wait`
    const expected = `expected room within ${connectionsMax} connections and ${pendingMax} waiting`
    return fault('overloaded', 'pool', `No connection to ${this.#name}: ${found}; ${expected}`)
  }
}

const ROUNDS_MAX = 64
