/** A connection, relay or tunnel that is open. */
export interface Open {
  /** No new work; ends by itself when what it does is done. */
  drain(): void
  /** Ends at once. */
  destroy(error: Error): void
  /** What it does and waits for, for dumps. */
  describe?(): object
}

const DESCRIBED_MAX = 200

/** Everything that is open in this worker, so that it can be drained and stopped. */
export class Connections {
  readonly #open = new Set<Open>()
  #isDraining = false
  #onIdle: (() => void) | null = null

  get count(): number {
    return this.#open.size
  }

  /** Those that have something to say, oldest first. */
  describe(): object[] {
    return [...this.#open].slice(0, DESCRIBED_MAX).flatMap((open) => open.describe?.() ?? [])
  }

  get isDraining(): boolean {
    return this.#isDraining
  }

  add(open: Open): void {
    this.#open.add(open)
    if (this.#isDraining) open.drain()
  }

  remove(open: Open): void {
    this.#open.delete(open)
    if (this.#open.size === 0) this.#onIdle?.()
  }

  /** Drains all; `onIdle` is called when the last has ended. */
  drain(onIdle: () => void): void {
    this.#isDraining = true
    this.#onIdle = onIdle
    for (const open of [...this.#open]) open.drain()
    if (this.#open.size === 0) onIdle()
  }

  /** Drains those that are meant, while others go on. */
  drainWhere(isMeant: (open: Open) => boolean): void {
    for (const open of [...this.#open]) if (isMeant(open)) open.drain()
  }

  destroyAll(): void {
    for (const open of [...this.#open]) open.destroy(new Error('the agent stops'))
  }
}
