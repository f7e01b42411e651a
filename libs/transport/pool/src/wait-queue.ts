import type { Fault } from '@weft/faults'
import type { Leased, Waits } from './pool-member.ts'

/** One who waits for a connection. States: waiting → served, or called off. */
export class Waiter<C> {
  readonly #queue: WaitQueue<C>
  readonly #owner: Waits | null
  #resolve: ((leased: Leased<C>) => void) | null

  constructor(queue: WaitQueue<C>, owner: Waits | null, resolve: (leased: Leased<C>) => void) {
    this.#queue = queue
    this.#owner = owner
    this.#resolve = resolve
    if (owner !== null) owner.running = this
  }

  get isWaiting(): boolean {
    return this.#resolve !== null
  }

  /** The owner does not wait any longer: its outcome is `why`. */
  stop(why: Fault): void {
    if (!this.isWaiting) return
    this.settle(why)
    this.#queue.left()
  }

  settle(leased: Leased<C>): void {
    const resolve = this.#resolve!
    this.#resolve = null
    if (this.#owner?.running === this) this.#owner.running = null
    resolve(leased)
  }
}

/** Those who wait for a connection, first come, first served. One who leaves costs nothing until its turn. */
export class WaitQueue<C> {
  #waiters: Waiter<C>[] = []
  #first = 0
  #count = 0

  /** Those who still wait. */
  get count(): number {
    return this.#count
  }

  wait(owner: Waits | null): Promise<Leased<C>> {
    return new Promise((resolve) => {
      this.#waiters.push(new Waiter(this, owner, resolve))
      this.#count++
    })
  }

  /** Gives this to the first who waits; false when nobody does. */
  serve(leased: Leased<C>): boolean {
    while (this.#first < this.#waiters.length) {
      const waiter = this.#waiters[this.#first++]!
      if (!waiter.isWaiting) continue
      this.#count--
      this.#compact()
      waiter.settle(leased)
      return true
    }
    this.#compact()
    return false
  }

  /** One has been called off. */
  left(): void {
    this.#count--
    if (this.#count === 0) {
      this.#waiters.length = 0
      this.#first = 0
    }
  }

  #compact(): void {
    if (this.#first < 64 && this.#first < this.#waiters.length) return
    this.#waiters = this.#waiters.slice(this.#first)
    this.#first = 0
  }
}
