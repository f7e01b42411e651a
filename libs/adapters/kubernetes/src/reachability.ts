import type { Logger } from '@weft/telemetry'
import type { Clock, Timer } from '@weft/time'

/** A server that starts answers some requests and not others: it is back when none failed for so long. */
const SETTLED_MS = 3_000

/** Whether the API server answers: one log line when it stops, one when it is back, however many requests fail. */
export class Reachability {
  readonly #clock: Clock
  readonly #log: Logger
  #awaySinceMs: number | null = null
  #settling: Timer | null = null

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock
    this.#log = log
  }

  /** How long it has not answered; 0 while it does. */
  get awayMs(): number {
    return this.#awaySinceMs === null ? 0 : this.#clock.nowMs() - this.#awaySinceMs
  }

  answered(): void {
    if (this.#awaySinceMs === null || this.#settling !== null) return
    const awayMs = Math.round(this.awayMs)
    this.#settling = this.#clock.after(SETTLED_MS, () => {
      this.#settling = null
      this.#awaySinceMs = null
      this.#log.info('the API server answers again', { awayMs })
    })
  }

  failed(error: string): void {
    this.#settling?.cancel()
    this.#settling = null
    if (this.#awaySinceMs !== null) return
    this.#awaySinceMs = this.#clock.nowMs()
    this.#log.warn('the API server does not answer; what was read from it stays in force', { error })
  }
}
