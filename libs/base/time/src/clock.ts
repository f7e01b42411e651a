/** A monotonic clock in milliseconds, and timers on it. The real one lives in base/host; tests use FakeClock. */
export interface Clock {
  /** Monotonic milliseconds with fraction; the zero point means nothing. */
  nowMs(): number
  /** Wall clock, milliseconds since 1970, for people and certificates only. */
  wallMs(): number
  /** Calls `task` once, not before `delayMs` have passed. */
  after(delayMs: number, task: () => void): Timer
  /** Resolves at or after the point `atMs` of {@link nowMs}. */
  sleepUntil(atMs: number): Promise<void>
}

export interface Timer {
  /** Safe in any state, and twice. */
  cancel(): void
}

/** Numbers in [0, 1). The real one lives in base/host; tests use a seeded one. */
export type Random = () => number
