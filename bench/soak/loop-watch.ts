import { performance } from 'node:perf_hooks'

const LOOK_MS = 100

/** How late a look may be before it counts as time in which this process did not run. */
const LATE_MS = 50

/**
 * Tells time in which this process ran from time in which it did not: on a machine that is busy with others a timeout
 * would else end what had no chance to end.
 */
export class LoopWatch {
  /** So long, since the start, timers were late. */
  lostMs = 0
  readonly #waiting = new Set<Waiting>()
  readonly #nowMs: () => number
  #lookedAtMs: number

  constructor(nowMs = () => performance.now()) {
    this.#nowMs = nowMs
    this.#lookedAtMs = nowMs()
  }

  /** Looks by itself from now on. */
  start(): this {
    setInterval(() => this.look(), LOOK_MS).unref()
    return this
  }

  /** Calls back when this process has run for so long. */
  after(ms: number, done: () => void): { cancel(): void } {
    const waiting = { dueAtMs: this.#nowMs() - this.lostMs + ms, done }
    this.#waiting.add(waiting)
    return { cancel: () => void this.#waiting.delete(waiting) }
  }

  /** To be called each tenth of a second. */
  look(): void {
    const nowMs = this.#nowMs()
    const lateMs = nowMs - this.#lookedAtMs - LOOK_MS
    this.#lookedAtMs = nowMs
    if (lateMs > LATE_MS) this.lostMs += lateMs
    for (const waiting of this.#waiting) {
      if (waiting.dueAtMs > nowMs - this.lostMs) continue
      this.#waiting.delete(waiting)
      waiting.done()
    }
  }
}

interface Waiting {
  readonly dueAtMs: number
  readonly done: () => void
}
