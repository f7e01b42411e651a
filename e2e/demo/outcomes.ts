/** One call as the program that made it saw it. */
export interface CallOutcome {
  readonly atMs: number
  readonly target: string
  readonly status: number
  readonly ms: number
  readonly version?: string
  readonly instance?: string
  readonly reason?: string
  readonly error?: string
}

const OUTCOMES_MAX = 50_000

/** What all callers reported, in order. */
export class Outcomes {
  #all: CallOutcome[] = []

  add(line: string): void {
    try {
      this.#all.push({ atMs: performance.now(), ...(JSON.parse(line) as Omit<CallOutcome, 'atMs'>) })
    } catch {
      // Not a report: a warning of Node, say.
    }
    if (this.#all.length > OUTCOMES_MAX) this.#all = this.#all.slice(OUTCOMES_MAX / 2)
  }

  /** Calls whose outcome came in at or after a moment, of one target or of all. */
  since(atMs: number, target = ''): CallOutcome[] {
    return this.#all.filter((each) => each.atMs >= atMs && (target === '' || each.target === target))
  }
}

export const isGood = (outcome: CallOutcome): boolean => outcome.status >= 200 && outcome.status < 400

export function share(outcomes: readonly CallOutcome[], holds: (outcome: CallOutcome) => boolean): number {
  return outcomes.length === 0 ? 0 : outcomes.filter(holds).length / outcomes.length
}

export function quantileMs(outcomes: readonly CallOutcome[], q: number): number {
  const sorted = outcomes.map((each) => each.ms).sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
}
