/** Two closings count as one timeout when they differ by no more than this share. */
const ALIKE = 0.25
/** We close well before the peer does: its timer and a request of ours must not cross on the way. */
const MARGIN = 0.75
/** Nobody keeps connections for less; closings this early are restarts. */
const LEAST_MS = 20
/** After a limit was learned it is tried out again now and then, a little longer each time. */
const GROWTH = 1.05
const GROW_EVERY_MS = 60_000

/**
 * How long an idle connection may be kept: as configured, or less when the peer is seen to close idle ones earlier. A
 * request sent on a connection that its peer is just closing may be lost, so the pool stays below what the peer keeps.
 *
 * Told by the peer (Keep-Alive: timeout), or learned from two closings after nearly the same time; one alone may be a restart. Grows back slowly.
 */
export class IdleLimit {
  readonly #configuredMs: number
  #limitMs: number
  #lastClosedAfterMs: number
  #growAtMs: number
  #toldMs: number

  constructor(configuredMs: number) {
    this.#configuredMs = configuredMs
    this.#limitMs = configuredMs
    this.#lastClosedAfterMs = Number.NaN
    this.#growAtMs = Infinity
    this.#toldMs = Infinity
  }

  get limitMs(): number {
    return this.#limitMs < this.#toldMs ? this.#limitMs : this.#toldMs
  }

  get isLearned(): boolean {
    return this.limitMs < this.#configuredMs
  }

  /** The peer says how long it keeps idle connections; what it said last holds. Nothing is kept when that is 0. */
  told(keptMs: number): void {
    this.#toldMs = keptMs * MARGIN
  }

  /** The peer closed a connection that had been idle for so long. */
  peerClosed(idleMs: number, nowMs: number): void {
    const lastMs = this.#lastClosedAfterMs
    this.#lastClosedAfterMs = idleMs
    if (idleMs < LEAST_MS || !(Math.abs(idleMs - lastMs) <= ALIKE * Math.max(idleMs, lastMs))) return
    const learnedMs = Math.min(idleMs, lastMs) * MARGIN
    if (learnedMs >= this.#limitMs) return
    this.#limitMs = learnedMs
    this.#growAtMs = nowMs + GROW_EVERY_MS
  }

  /** A connection was closed by us because of the limit, before the peer did. */
  ranOut(nowMs: number): void {
    if (nowMs < this.#growAtMs) return
    this.#growAtMs = nowMs + GROW_EVERY_MS
    this.#limitMs = Math.min(this.#limitMs * GROWTH, this.#configuredMs)
  }
}
