import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'

/** Whether the API server answers: one log line when it stops, one when it is back, however many requests fail. */
export class Reachability {
  readonly #clock: Clock
  readonly #log: Logger
  #awaySinceMs: number | null = null

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock
    this.#log = log
  }

  /** How long it has not answered; 0 while it does. */
  get awayMs(): number {
    return this.#awaySinceMs === null ? 0 : this.#clock.nowMs() - this.#awaySinceMs
  }

  answered(): void {
    if (this.#awaySinceMs === null) return
    this.#log.info('the API server answers again', { awayMs: Math.round(this.awayMs) })
    this.#awaySinceMs = null
  }

  failed(error: string): void {
    if (this.#awaySinceMs !== null) return
    this.#awaySinceMs = this.#clock.nowMs()
    this.#log.warn('the API server does not answer; what was read from it stays in force', { error })
  }
}
