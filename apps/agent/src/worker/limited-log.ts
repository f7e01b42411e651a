import type { LogFields, Logger } from '@weft/telemetry'

/** Different messages that are counted at once; they are written in this program, not by callers. */
const MESSAGES_MAX = 64

interface Told {
  lines: number
  untold: number
}

/**
 * Warnings that strangers can cause: of each message at most so many lines in each interval, so that a flood of refusals is
 * no flood of lines. What was left out is counted and told at the next {@link tick}.
 */
export class LimitedLog {
  readonly #log: Logger
  readonly #linesMax: number
  readonly #told = new Map<string, Told>()

  /** `linesMax` is per message between two calls of {@link tick}. */
  constructor(log: Logger, linesMax = 10) {
    this.#log = log
    this.#linesMax = linesMax
  }

  warn(message: string, fields: LogFields): void {
    let told = this.#told.get(message)
    if (told === undefined) {
      if (this.#told.size >= MESSAGES_MAX) return
      told = { lines: 0, untold: 0 }
      this.#told.set(message, told)
    }
    if (told.lines >= this.#linesMax) told.untold++
    else {
      told.lines++
      this.#log.warn(message, fields)
    }
  }

  /** Ends the interval: says how many lines of each message were left out, and lets new ones through. */
  tick(): void {
    for (const [message, { untold }] of this.#told) if (untold > 0) this.#log.warn(message, { untold })
    if (this.#told.size > 0) this.#told.clear()
  }
}
