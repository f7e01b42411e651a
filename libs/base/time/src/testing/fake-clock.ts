import type { Clock, Timer } from '../clock.ts'

interface Entry {
  readonly atMs: number
  readonly order: number
  readonly task: () => void
  cancelled: boolean
}

/** Virtual time: `advance` runs due timers in order; `sleepUntil` moves time by itself when `autoAdvance` is on (default). */
export class FakeClock implements Clock {
  #nowMs = 0
  #order = 0
  #entries: Entry[] = []
  readonly autoAdvance: boolean

  constructor(autoAdvance = true) {
    this.autoAdvance = autoAdvance
  }

  nowMs(): number {
    return this.#nowMs
  }

  wallMs(): number {
    return 1_800_000_000_000 + this.#nowMs
  }

  after(delayMs: number, task: () => void): Timer {
    const entry: Entry = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, task, cancelled: false }
    this.#entries.push(entry)
    return {
      cancel: () => {
        entry.cancelled = true
      },
    }
  }

  sleepUntil(atMs: number): Promise<void> {
    if (this.autoAdvance) {
      if (atMs > this.#nowMs) this.advance(atMs - this.#nowMs)
      return Promise.resolve()
    }
    return new Promise((resolve) => void this.after(atMs - this.#nowMs, resolve))
  }

  /** Moves time on by `ms`, running what becomes due, in order. */
  advance(ms: number): void {
    const untilMs = this.#nowMs + ms
    for (;;) {
      let next: Entry | null = null
      for (const entry of this.#entries) {
        if (entry.cancelled || entry.atMs > untilMs) continue
        if (next === null || entry.atMs < next.atMs || (entry.atMs === next.atMs && entry.order < next.order))
          next = entry
      }
      if (next === null) break
      this.#entries.splice(this.#entries.indexOf(next), 1)
      this.#nowMs = Math.max(this.#nowMs, next.atMs)
      next.task()
    }
    this.#entries = this.#entries.filter((entry) => !entry.cancelled)
    this.#nowMs = untilMs
  }
}

/** A small deterministic generator (mulberry32); print the seed when a test that uses it fails. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
