import { Failure } from '@weft/faults'
import type { Clock } from '@weft/time'
import type { ResourcesMessage } from '../worker/messages.ts'

const APPLY_TIMEOUT_MS = 10_000

type Revisions = Pick<ResourcesMessage, 'revision' | 'policyRevision'>

interface Waiting<Worker> {
  readonly message: ResourcesMessage
  readonly pending: Set<Worker>
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** Changes of resources that were sent and that not every worker has in force yet. */
export class UnappliedChanges<Worker> {
  readonly #clock: Clock
  readonly #waiting = new Set<Waiting<Worker>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Resolves when all of them have it in force or are gone. Faults: Failure `refused` by the first that refuses, `apply_timeout`. */
  wait(message: ResourcesMessage, workers: Iterable<Worker>): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = { message, pending: new Set(workers), resolve, reject }
      this.#waiting.add(waiting)
      this.#settle(waiting)
      if (!this.#waiting.has(waiting)) return
      this.#clock.after(APPLY_TIMEOUT_MS, () => {
        if (this.#waiting.delete(waiting))
          reject(new Failure('apply_timeout', `workers did not apply revision ${message.revision} within 10 s`))
      })
    })
  }

  /** For a worker that has just come; oldest first. */
  *messages(): Generator<ResourcesMessage> {
    for (const { message } of this.#waiting) yield message
  }

  applied(worker: Worker, { revision, policyRevision }: Revisions): void {
    for (const waiting of this.#waiting) {
      const { message } = waiting
      if (revision < message.revision || policyRevision < message.policyRevision) continue
      waiting.pending.delete(worker)
      this.#settle(waiting)
    }
  }

  gone(worker: Worker): void {
    for (const waiting of this.#waiting) {
      waiting.pending.delete(worker)
      this.#settle(waiting)
    }
  }

  refused(error: string): void {
    for (const waiting of this.#waiting) waiting.reject(new Failure('refused', error))
    this.#waiting.clear()
  }

  #settle(waiting: Waiting<Worker>): void {
    if (waiting.pending.size === 0 && this.#waiting.delete(waiting)) waiting.resolve()
  }
}
