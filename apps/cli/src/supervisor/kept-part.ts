import { describeError } from '@weft/faults'
import { backoffMs } from '@weft/rpc'
import type { PartState } from '../mesh/mesh-file.ts'
import type { BoundedLog } from './bounded-log.ts'
import type { SupervisorOptions } from './mesh-supervisor.ts'
import { startPart, type RunningPart } from './part-process.ts'
import type { PartSpec } from './part-specs.ts'

export interface KeptPartOptions extends SupervisorOptions {
  readonly openLog: () => BoundedLog
  /** Its process changed. */
  readonly onChange: () => Promise<void>
}

const READY_TIMEOUT_MS = 60_000
/** A part that ran this long has recovered: its next death is its first again. */
const STABLE_AFTER_MS = 30_000

/**
 * A part that is kept running: started once by `start`, which throws when that fails; started again after each death,
 * later and later, until `end`.
 */
export class KeptPart {
  readonly #spec: PartSpec
  readonly #options: KeptPartOptions
  #log: BoundedLog | null = null
  #running: RunningPart | null = null
  #keeping: Promise<void> = Promise.resolve()
  #stop = Promise.withResolvers<void>()
  #isEnding = false
  #restarts = 0

  constructor(spec: PartSpec, options: KeptPartOptions) {
    this.#spec = spec
    this.#options = options
  }

  get name(): string {
    return this.#spec.name
  }

  state(): PartState {
    return { name: this.name, process: this.#running?.process ?? null, restarts: this.#restarts }
  }

  async start(): Promise<void> {
    this.#log = this.#options.openLog()
    await this.#startOnce()
    this.#keeping = this.#keep()
  }

  /** Drains it until the deadline, then kills it. Safe when it never started. */
  async end(deadlineMs: number): Promise<void> {
    this.#isEnding = true
    this.#stop.resolve()
    await this.#running?.end(deadlineMs)
    await this.#keeping
  }

  kill(): void {
    this.#isEnding = true
    this.#stop.resolve()
    this.#running?.kill()
  }

  async #startOnce(): Promise<void> {
    const { env, clock } = this.#options
    const onAgain = (): void => this.#cameAgain()
    const running = await startPart(this.#spec, env, this.#log!, clock, READY_TIMEOUT_MS, this.#stop.promise, onAgain)
    this.#running = running
    await this.#options.onChange()
  }

  /** Its launcher has started it again: another process, behind the same one of ours. */
  #cameAgain(): void {
    this.#restarts++
    void this.#options.onChange()
  }

  async #keep(): Promise<void> {
    const { clock, random, log, onChange, onProgress } = this.#options
    for (let deaths = 0; !this.#isEnding;) {
      const since = clock.nowMs()
      const how = this.#running === null ? 'it could not start' : await this.#running.ended
      if (this.#isEnding) return
      deaths = clock.nowMs() - since > STABLE_AFTER_MS ? 1 : deaths + 1
      const delayMs = backoffMs(deaths, random)
      log.warn('part ended, starting it again', { part: this.name, how, delayMs: Math.round(delayMs) })
      onProgress({ what: this.name, state: 'restarting' })
      this.#running?.kill()
      this.#running = null
      this.#restarts++
      await onChange()
      await Promise.race([clock.sleepUntil(clock.nowMs() + delayMs), this.#stop.promise])
      if (this.#isEnding) return
      await this.#startOnce().catch((error) =>
        log.error('part does not start', { part: this.name, error: describeError(error) }),
      )
    }
  }
}
