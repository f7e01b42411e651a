import { join } from 'node:path'
import { describeError, Failure } from '@weft/faults'
import type { Logger } from '@weft/telemetry'
import type { Clock, Random } from '@weft/time'
import { makeCgroup } from '../machine/cgroups.ts'
import { makeNodeNetwork, takenRanges } from '../machine/node-network.ts'
import { takenAddresses } from '../machine/ports.ts'
import { identifyProcess } from '../machine/process-identity.ts'
import { statePaths } from '../mesh/location.ts'
import { readMeshFile, writeMeshFile, type MeshFile } from '../mesh/mesh-file.ts'
import { listenAddresses, type MeshPlan } from '../mesh/plan.ts'
import { BoundedLog } from './bounded-log.ts'
import { endRuns } from './end-runs.ts'
import { KeptPart } from './kept-part.ts'
import { removeLeftovers } from './leftovers.ts'
import { takeLock } from './lock.ts'
import { partsOf, type PartSpec } from './part-specs.ts'
import { prepareStateDirectory, removeStateDirectory } from './state-directory.ts'
import { sweepRuns } from './sweep-runs.ts'

/** What is going on, for whoever waits: `{ what: 'ca', state: 'ready' }`. */
export interface Progress {
  readonly what: string
  readonly state: 'starting' | 'ready' | 'restarting' | 'ended'
}

export interface SupervisorOptions {
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly env: NodeJS.ProcessEnv
  readonly onProgress: (progress: Progress) => void
}

const RUNS_END_MS = 5_000
const SWEEP_EVERY_MS = 2_000
const PART_DRAIN_MS = 5_000

/**
 * Owns one mesh on this machine from nothing to nothing.
 *
 * States: new → starting → running → draining → gone. `start` makes network, cgroups and parts, in order, or takes back
 * what it made and throws. `end` drains programs, then agents, policy service, control plane and CA, then takes away
 * everything; it is safe in any state. A part that dies in between is started again, with back-off.
 */
export class MeshSupervisor {
  readonly #plan: MeshPlan
  readonly #options: SupervisorOptions
  readonly #stages: readonly (readonly KeptPart[])[]
  #state: MeshFile['state'] = 'starting'
  #unlock: (() => void) | null = null
  #ending: Promise<void> | null = null
  #logs: BoundedLog[] = []
  #recorded: Promise<void> = Promise.resolve()

  constructor(plan: MeshPlan, options: SupervisorOptions, stages: readonly (readonly PartSpec[])[] = partsOf(plan)) {
    this.#plan = plan
    this.#options = options
    this.#stages = stages.map((stage) =>
      stage.map((spec) => {
        const openLog = (): BoundedLog => this.#openLog(spec.name)
        return new KeptPart(spec, { ...options, openLog, onChange: () => this.#record() })
      }),
    )
  }

  async start(): Promise<void> {
    const { clock } = this.#options
    this.#unlock = takeLock(this.#plan)
    try {
      await this.#clearTheGround()
      await this.#step('state directory', () => prepareStateDirectory(this.#plan, clock))
      await this.#record()
      if (this.#plan.cgroup !== '') await this.#step('nodes', () => this.#makeNodes())
      for (const stage of this.#stages) {
        if (this.#ending !== null) throw new Failure('failed', 'interrupted while starting')
        await Promise.all(stage.map((part) => this.#step(part.name, () => part.start())))
      }
      this.#state = 'running'
      await this.#record()
      this.#sweepLater()
    } catch (error) {
      await this.end()
      throw error
    }
  }

  /** Ends everything, in order; resolves when nothing of the mesh is left on the machine. */
  end(): Promise<void> {
    this.#ending ??= this.#end()
    return this.#ending
  }

  /** For a supervisor that is itself about to die: no drain, no cleaning, but no orphan either. */
  kill(): void {
    for (const part of this.#stages.flat()) part.kill()
  }

  async #end(): Promise<void> {
    const { clock, log } = this.#options
    this.#state = 'draining'
    if (this.#unlock === null) return
    await this.#record().catch(() => {})
    await endRuns(this.#plan, clock, RUNS_END_MS)
    for (const stage of this.#stages.toReversed()) {
      await Promise.all(stage.map((part) => part.end(clock.nowMs() + PART_DRAIN_MS)))
      for (const part of stage) this.#options.onProgress({ what: part.name, state: 'ended' })
    }
    await removeLeftovers(this.#plan, clock).catch((error) =>
      log.error('cannot clean up', { error: describeError(error) }),
    )
    for (const each of this.#logs) each.close()
    this.#unlock()
    if (this.#plan.settings.ephemeral) await removeStateDirectory(this.#plan)
  }

  /** What a killed run left is taken away, under its settings as under ours; then nothing may stand in the way. */
  async #clearTheGround(): Promise<void> {
    const before = readMeshFile(this.#plan)
    if (before !== null) await removeLeftovers(before.plan, this.#options.clock)
    await removeLeftovers(this.#plan, this.#options.clock)
    const ranges = this.#plan.cgroup === '' ? [] : await takenRanges(this.#plan)
    const taken = [...(await takenAddresses(listenAddresses(this.#plan))), ...ranges]
    if (taken.length > 0) {
      throw new Failure(
        'conflict',
        `cannot start mesh ${this.#plan.mesh}: taken by others: ${taken.join(', ')}; expected them to be free (another mesh needs another --port-base and --network-range)`,
      )
    }
  }

  #sweepLater(): void {
    this.#options.clock.after(SWEEP_EVERY_MS, () => {
      if (this.#ending !== null) return
      void sweepRuns(this.#plan, this.#options.log).finally(() => this.#sweepLater())
    })
  }

  async #makeNodes(): Promise<void> {
    await makeNodeNetwork(this.#plan)
    await makeCgroup(join(this.#plan.cgroupMount, this.#plan.cgroup, 'control'))
    for (const node of this.#plan.nodes) {
      await makeCgroup(join(this.#plan.cgroupMount, node.cgroup, 'agent'))
      await makeCgroup(join(this.#plan.cgroupMount, node.cgroup, 'workloads'))
    }
  }

  async #step(what: string, work: () => Promise<void>): Promise<void> {
    this.#options.onProgress({ what, state: 'starting' })
    await work()
    this.#options.onProgress({ what, state: 'ready' })
  }

  /** One after the other: parts change together, and each writing replaces the file as a whole. */
  #record(): Promise<void> {
    const write = (): Promise<void> => {
      const parts = this.#stages.flat().map((part) => part.state())
      const supervisor = identifyProcess(process.pid)
      return writeMeshFile(this.#plan, { format: 1, state: this.#state, plan: this.#plan, supervisor, parts })
    }
    this.#recorded = this.#recorded.then(write, write)
    return this.#recorded
  }

  #openLog(part: string): BoundedLog {
    const log = new BoundedLog(statePaths.log(this.#plan, part))
    this.#logs.push(log)
    return log
  }
}
