import type { Clock } from '@weft/time'
import type { Http2Counters, Http2Limits } from './http2-limits.ts'

/** What can be too much: the limit over one window, and the counter of connections that went over it. */
const kinds = {
  earlyReset: ['earlyResetsPerWindowMax', 'earlyResetFloods', 'resets before the reply'],
  reset: ['resetsPerWindowMax', 'resetFloods', 'resets'],
  provokedReset: ['provokedResetsPerWindowMax', 'provokedResetFloods', 'streams that had to be reset'],
  settings: ['settingsPerWindowMax', 'settingsFloods', 'SETTINGS'],
  ping: ['pingsPerWindowMax', 'pingFloods', 'PINGs'],
  emptyData: ['emptyDataPerWindowMax', 'emptyDataFloods', 'empty DATA frames'],
  smallData: ['smallDataPerWindowMax', 'smallDataFloods', 'DATA frames that its windows cut small'],
  priority: ['prioritiesPerWindowMax', 'priorityFloods', 'PRIORITY frames'],
  windowUpdate: ['smallWindowUpdatesPerWindowMax', 'windowUpdateFloods', 'small WINDOW_UPDATEs'],
  ignored: ['ignoredFramesPerWindowMax', 'ignoredFrameFloods', 'frames without effect'],
} as const satisfies Record<string, readonly [keyof Http2Limits, keyof Http2Counters, string]>

export type FloodKind = keyof typeof kinds
const kindNames = Object.keys(kinds) as FloodKind[]

/** One count for each kind of frame that costs the peer little and us something, over windows of fixed length. */
export class FloodGuard {
  readonly #limits: Http2Limits
  readonly #counters: Http2Counters
  readonly #clock: Clock
  readonly #counts: Record<FloodKind, number>
  /** Added to the limits until the window ends. */
  readonly #allowances: Record<FloodKind, number>
  #windowEndsAtMs = 0.5

  constructor(limits: Http2Limits, counters: Http2Counters, clock: Clock) {
    this.#limits = limits
    this.#counters = counters
    this.#clock = clock
    this.#counts = Object.fromEntries(kindNames.map((kind) => [kind, 0])) as Record<FloodKind, number>
    this.#allowances = { ...this.#counts }
  }

  /** Counts `amount`. Null, or a message when that was too many; `allowance` raises the limit until the window ends. */
  count(kind: FloodKind, amount: number, allowance: number): string | null {
    const nowMs = this.#clock.nowMs()
    if (nowMs >= this.#windowEndsAtMs) {
      for (const each of kindNames) this.#counts[each] = this.#allowances[each] = 0
      this.#windowEndsAtMs = nowMs + this.#limits.floodWindowMs
    }
    const [limit, counter, words] = kinds[kind]
    this.#allowances[kind] += allowance
    const max = this.#limits[limit] + this.#allowances[kind]
    this.#counts[kind] += amount
    if (this.#counts[kind] <= max) return null
    this.#counters[counter]++
    return `found over ${max} ${words} in ${this.#limits.floodWindowMs} ms: expected fewer`
  }
}
