import { readFileSync } from 'node:fs'
import { describeError } from '@weft/faults'
import { writeFileAtomic } from '@weft/host'
import type { Logger } from '@weft/telemetry'
import type { Clock, Timer } from '@weft/time'
import type { Workload } from '@weft/topology'
import type { WorkloadRegistry } from './workload-registry.ts'

const FORMAT = 1
const DELAY_MS = 50
/** How long what ran before a restart may take to register again. */
const GRACE_MS = 30_000

/**
 * Keeps the registry over a restart of the control plane, so that agents are told of no workload's end that has not ended.
 * A write that fails is logged and tried again with the next change.
 */
export class WorkloadFile {
  readonly #path: string
  readonly #registry: WorkloadRegistry
  readonly #clock: Clock
  readonly #log: Logger
  #timer: Timer | null = null
  #grace: Timer | null = null

  constructor(path: string, registry: WorkloadRegistry, clock: Clock, log: Logger) {
    this.#path = path
    this.#registry = registry
    this.#clock = clock
    this.#log = log
  }

  /** Takes in what was saved, and saves from now on. */
  start(): void {
    this.#registry.restore(this.#load())
    this.#registry.watch(() => {
      this.#timer ??= this.#clock.after(DELAY_MS, () => this.#save())
    })
    this.#grace = this.#clock.after(GRACE_MS, () => {
      for (const uid of this.#registry.orphans()) {
        this.#log.warn('workload did not register again; giving it up', { uid })
        this.#registry.removeOrphan(uid)
      }
    })
  }

  stop(): void {
    this.#grace?.cancel()
    if (this.#timer !== null) this.#save()
  }

  #load(): Workload[] {
    let text: string
    try {
      text = readFileSync(this.#path, 'utf8')
    } catch {
      return []
    }
    try {
      const saved = JSON.parse(text) as { format: number; workloads: Workload[] }
      if (saved.format === FORMAT && Array.isArray(saved.workloads)) return saved.workloads
      throw new Error(`found format ${saved.format}, expected ${FORMAT}`)
    } catch (error) {
      this.#log.warn('cannot use the saved workloads; programs register again', {
        path: this.#path,
        error: describeError(error),
      })
      return []
    }
  }

  #save(): void {
    this.#timer?.cancel()
    this.#timer = null
    try {
      writeFileAtomic(this.#path, JSON.stringify({ format: FORMAT, workloads: this.#registry.workloads() }))
    } catch (error) {
      this.#log.error('cannot save workloads; nothing else is affected', { error: describeError(error) })
    }
  }
}
