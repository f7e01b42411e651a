import { describeError } from '@weft/faults'

/** Anything that accepts work: started in order, drained in reverse, stopped at once when it must. */
export interface Component extends AsyncDisposable {
  /** Resolves once ready to serve; rejects with a Failure when it cannot be. */
  start(): Promise<void>
  /** Refuses new work and lets work in flight finish; resolves when idle or at the deadline (monotonic ms). */
  drain(deadlineMs: number): Promise<void>
  /** Ends at once. Safe in any state, and twice. */
  stop(): void
}

/**
 * Starts components in order and ends them in reverse. States: new → running → draining → stopped.
 * When one fails to start, those already started are stopped and the failure is handed up.
 */
export class Lifecycle implements AsyncDisposable {
  readonly #components: readonly Component[]
  readonly #started: Component[] = []

  constructor(components: readonly Component[]) {
    this.#components = components
  }

  async start(): Promise<void> {
    for (const component of this.#components) {
      try {
        await component.start()
      } catch (error) {
        component.stop()
        this.stop()
        throw error
      }
      this.#started.push(component)
    }
  }

  async drain(deadlineMs: number): Promise<void> {
    for (const component of this.#started.toReversed()) {
      try {
        await component.drain(deadlineMs)
      } catch (error) {
        this.stop()
        throw new Error(`drain failed: ${describeError(error)}`, { cause: error })
      }
    }
  }

  stop(): void {
    for (const component of this.#started.splice(0).toReversed()) component.stop()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }
}
