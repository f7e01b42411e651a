import type { Clock } from './clock.ts'

/** What a {@link WheelTimer} tells when its time has come. One object serves all timers of its owner. */
export interface WheelTarget {
  timedOut(timer: WheelTimer, nowMs: number): void
}

/** A timer that belongs to its owner for life and is set many times over; setting it again costs one assignment. */
export class WheelTimer {
  readonly target: WheelTarget
  /** Infinity when not set. */
  dueAtMs: number
  /** Where the wheel keeps it, -1 when nowhere. */
  slot: number
  next: WheelTimer | null
  previous: WheelTimer | null

  constructor(target: WheelTarget) {
    this.target = target
    this.dueAtMs = Infinity
    this.slot = -1
    this.next = null
    this.previous = null
  }
}

const SLOTS = 512

/**
 * Many coarse timers for the price of one: they fire within one tick after they are due, never before.
 *
 * A timer that is moved later stays where it is and is looked at again when its old time comes, so that extending an
 * idle timeout per packet is one store. The wheel sleeps while it is empty. Source: Varghese and Lauck 1987, scheme 6.
 */
export class TimerWheel {
  readonly #clock: Clock
  readonly #tickMs: number
  readonly #slots: (WheelTimer | null)[] = new Array<WheelTimer | null>(SLOTS).fill(null)
  #size = 0
  /** Number of the tick that runs next; its slot is that modulo the number of slots. */
  #tick = 0
  #running = false

  constructor(clock: Clock, tickMs: number) {
    this.#clock = clock
    this.#tickMs = tickMs
  }

  /** How many timers it holds, those moved or cancelled included until their old time comes. */
  get size(): number {
    return this.#size
  }

  /** Fires `timer` once at `dueAtMs` or within one tick after. Replaces what it was set to before. */
  set(timer: WheelTimer, dueAtMs: number): void {
    const earlier = dueAtMs < timer.dueAtMs
    timer.dueAtMs = dueAtMs
    if (timer.slot >= 0) {
      if (!earlier) return
      this.#unlink(timer)
    }
    this.#link(timer)
  }

  cancel(timer: WheelTimer): void {
    timer.dueAtMs = Infinity
    if (timer.slot >= 0) this.#unlink(timer)
  }

  #link(timer: WheelTimer): void {
    if (!this.#running) {
      this.#tick = Math.floor(this.#clock.nowMs() / this.#tickMs) + 1
      this.#running = true
      this.#clock.after(this.#tickMs, () => this.#run())
    }
    const dueTick = Math.max(this.#tick, Math.ceil(timer.dueAtMs / this.#tickMs))
    const slot = Math.min(dueTick, this.#tick + SLOTS - 1) % SLOTS
    const head = this.#slots[slot]!
    timer.slot = slot
    timer.previous = null
    timer.next = head
    if (head !== null) head.previous = timer
    this.#slots[slot] = timer
    this.#size++
  }

  #unlink(timer: WheelTimer): void {
    if (timer.previous === null) this.#slots[timer.slot] = timer.next
    else timer.previous.next = timer.next
    if (timer.next !== null) timer.next.previous = timer.previous
    timer.next = null
    timer.previous = null
    timer.slot = -1
    this.#size--
  }

  #run(): void {
    const nowMs = this.#clock.nowMs()
    const untilTick = Math.floor(nowMs / this.#tickMs)
    const first = Math.max(this.#tick, untilTick - SLOTS + 1)
    this.#tick = untilTick + 1
    for (let tick = first; tick <= untilTick; tick++) this.#runSlot(tick % SLOTS, nowMs)
    if (this.#size === 0) this.#running = false
    else this.#clock.after(this.#tickMs, () => this.#run())
  }

  #runSlot(slot: number, nowMs: number): void {
    let timer = this.#slots[slot]!
    this.#slots[slot] = null
    // Taken out first: what a target sets or cancels meanwhile touches only the new lists.
    const due: WheelTimer[] = []
    for (; timer !== null;) {
      const next: WheelTimer | null = timer.next
      timer.slot = -1
      timer.next = null
      timer.previous = null
      this.#size--
      if (timer.dueAtMs <= nowMs) due.push(timer)
      else if (timer.dueAtMs !== Infinity) this.#link(timer)
      timer = next as WheelTimer
    }
    for (const ready of due) {
      if (ready.slot >= 0 || ready.dueAtMs > nowMs) continue
      ready.dueAtMs = Infinity
      ready.target.timedOut(ready, nowMs)
    }
  }
}
