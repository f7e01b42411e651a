import { Failure } from '@weft/faults'
import type { weft } from '@weft/proto'
import type { Clock } from '@weft/time'
import type { ManagementClient } from '../mesh/management.ts'

type Register = weft.management.v1.Register.$Properties
type Attach = weft.management.v1.Attach.$Properties
type Workload = weft.discovery.v1.Workload
type Call = ReturnType<ManagementClient['run']>
type Update = weft.management.v1.RunUpdate

const LEAVE_TIMEOUT_MS = 3_000

/**
 * One workload's registration, which lasts as long as its stream.
 *
 * Order: `open` registers, `attach` says where the program will be and waits until the kernel captures it (or the proxy
 * listens), `leave` drains it. `lost` resolves when the stream ends before that.
 */
export class Enrolment {
  readonly workload: Workload
  readonly #call: Call
  readonly #updates: AsyncIterator<Update>
  readonly #clock: Clock
  #following: Promise<void> | null = null
  #isLeaving = false
  readonly #lost = Promise.withResolvers<void>()

  private constructor(call: Call, updates: AsyncIterator<Update>, workload: Workload, clock: Clock) {
    this.#call = call
    this.#updates = updates
    this.workload = workload
    this.#clock = clock
  }

  /** Faults: Failure `refused` with the server's reason; `timeout`; RpcFailure. */
  static async open(client: ManagementClient, register: Register, clock: Clock, timeoutMs: number): Promise<Enrolment> {
    const call = client.run()
    const updates = call[Symbol.asyncIterator]()
    // The stream's end tells why a write failed.
    await call.write({ register }).catch(() => {})
    const update = await nextUpdate(call, updates, clock, timeoutMs, 'register the workload')
    if (update.registered == null) throw unexpected(update, 'registered')
    return new Enrolment(call, updates, update.registered as Workload, clock)
  }

  /** Returns the environment that the program needs to reach the mesh; empty when the kernel captures it. */
  async attach(attach: Attach, timeoutMs: number): Promise<Readonly<Record<string, string>>> {
    await this.#call.write({ attach }).catch(() => {})
    const update = await nextUpdate(this.#call, this.#updates, this.#clock, timeoutMs, 'enrol the workload')
    if (update.enrolled == null) throw unexpected(update, 'enrolled')
    this.#following ??= this.#follow()
    return update.enrolled.environment ?? {}
  }

  /** Resolves when the control plane is gone while the program still runs. */
  get lost(): Promise<void> {
    return this.#lost.promise
  }

  /** Takes the workload out of the mesh: no new work for it. Resolves when the server has done so, or soon anyway. Safe twice. */
  async leave(): Promise<void> {
    if (!this.#isLeaving) {
      this.#isLeaving = true
      await this.#call.write({ leave: {} }).catch(() => {})
      this.#call.end()
    }
    const timer = this.#clock.after(LEAVE_TIMEOUT_MS, () => this.#call.cancel())
    this.#following ??= this.#follow()
    await this.#following
    timer.cancel()
  }

  /** Ends the stream at once. */
  cancel(): void {
    this.#isLeaving = true
    this.#call.cancel()
  }

  async #follow(): Promise<void> {
    try {
      while (!(await this.#updates.next()).done);
    } catch {
      // How it ended does not matter to a program that runs on.
    }
    if (!this.#isLeaving) this.#lost.resolve()
  }
}

async function nextUpdate(
  call: Call,
  updates: AsyncIterator<Update>,
  clock: Clock,
  timeoutMs: number,
  what: string,
): Promise<Update> {
  let isLate = false
  const timer = clock.after(timeoutMs, () => {
    isLate = true
    call.cancel()
  })
  try {
    const { done, value } = await updates.next()
    if (done) throw new Failure('failed', `cannot ${what}: the control plane ended the call, expected an answer`)
    if (value.refused != null) throw new Failure('refused', `cannot ${what}: ${value.refused.reason}`)
    return value
  } catch (error) {
    if (isLate) throw new Failure('timeout', `cannot ${what}: no answer within ${timeoutMs / 1000} s`)
    throw error
  } finally {
    timer.cancel()
  }
}

function unexpected(update: Update, expected: string): Failure {
  const found = Object.keys(update).find((key) => update[key as keyof Update] != null) ?? 'nothing'
  return new Failure(
    'failed',
    `the control plane answered ${JSON.stringify(found)}: expected ${JSON.stringify(expected)}`,
  )
}
