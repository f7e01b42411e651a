import { Failure } from '@weft/faults'
import { systemRandom } from '@weft/host'
import type { weft } from '@weft/proto'
import type { Context } from '../context.ts'
import type { ManagementClient } from '../mesh/management.ts'
import { readMeshFile } from '../mesh/mesh-file.ts'
import type { MeshPlan } from '../mesh/plan.ts'
import { Enrolment } from './enrolment.ts'
import { keepEnrolled, type KeptEnrolment } from './keep-enrolled.ts'
import { makePlace, planPlace, removePlace, type Place } from './place.ts'
import {
  exitLike,
  forwardedSignals,
  isForegroundOfTerminal,
  startProgram,
  type ProgramEnd,
  type RunningProgram,
} from './program.ts'

export interface RunOptions {
  readonly register: weft.management.v1.Register.$Properties
  readonly command: readonly string[]
  /** `{address}` in a value is the workload's own address. */
  readonly env: Readonly<Record<string, string>>
}

const ENROL_TIMEOUT_MS = 10_000
/** How long a server that is told to end is first drained. */
const DRAIN_MS = 300
/** Signals that a terminal sends to its whole foreground group by itself. */
const FROM_TERMINAL: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGWINCH', 'SIGCONT']

/**
 * Runs a program as a workload: register, make its place, attach, wait until it is captured, run, drain, take away.
 * Whatever goes wrong on the way, nothing is left behind. Returns the exit code.
 */
export async function runWorkload(
  client: ManagementClient,
  plan: MeshPlan,
  options: RunOptions,
  context: Context,
): Promise<number> {
  const signals = new SignalRelay()
  let place: Place | null = null
  let enrolment: Enrolment | null = null
  try {
    enrolment = await Enrolment.open(client, options.register, context.clock, ENROL_TIMEOUT_MS)
    const { workload } = enrolment
    place = planPlace(plan, workload)
    await makePlace(plan, place)
    const attach = { cgroupPath: place.cgroupPath, netnsPath: place.network === null ? '' : place.netnsPath }
    const enrolled = await attachOrExplain(client, enrolment, attach)
    signals.throwIfTold()
    const kept = keepEnrolled(client, enrolment, options.register, attach, context.clock, systemRandom)
    const own = Object.entries(options.env).map(([name, value]) => [
      name,
      value.replaceAll('{address}', workload.address),
    ])
    const env = { ...context.env, ...enrolled, ...Object.fromEntries(own) }
    const end = await supervise(
      startProgram(options.command, place, env, context.cwd),
      kept,
      signals,
      isServer(options),
      () => isMeshEnding(plan),
      context,
    )
    await removePlace(plan, place)
    place = null
    return exitLike(end)
  } finally {
    await enrolment?.leave()
    if (place !== null) await removePlace(plan, place)
    signals.close()
  }
}

/** A workload that never gets enrolled has its reason in the status, as its agent reported it. */
async function attachOrExplain(
  client: ManagementClient,
  enrolment: Enrolment,
  attach: weft.management.v1.Attach.$Properties,
): Promise<Readonly<Record<string, string>>> {
  try {
    return await enrolment.attach(attach, ENROL_TIMEOUT_MS)
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'timeout') throw error
    const { uid, node } = enrolment.workload
    const status = await client.status({}).catch(() => null)
    const reason = status?.workloads.find(({ workload }) => workload?.uid === uid)?.reason
    throw new Failure('run_failed', `${error.message}; ${reason || `see weft logs agent-${node}`}`, error)
  }
}

/** Until the program ends: signals go on to it; a server is drained before it hears of its end. */
async function supervise(
  program: RunningProgram,
  kept: KeptEnrolment,
  signals: SignalRelay,
  server: boolean,
  isMeshEnding: () => boolean,
  context: Context,
): Promise<ProgramEnd> {
  const inForeground = isForegroundOfTerminal()
  let leaving: Promise<void> | null = null
  signals.relayTo(async (signal) => {
    if (inForeground && FROM_TERMINAL.includes(signal)) return
    if (server && signal === 'SIGTERM' && leaving === null) {
      leaving = kept.leave()
      await Promise.race([leaving, context.clock.sleepUntil(context.clock.nowMs() + DRAIN_MS)])
    }
    program.kill(signal)
  })
  try {
    return await program.ended
  } finally {
    // A mesh that goes down with all its workloads has nobody whose requests would have to be finished.
    if (isMeshEnding()) kept.cancel()
    await (leaving ?? kept.leave())
  }
}

function isMeshEnding(plan: MeshPlan): boolean {
  return readMeshFile(plan)?.state !== 'running'
}

function isServer(options: RunOptions): boolean {
  return (options.register.ports ?? []).length > 0
}

/**
 * Holds the signals of this process from the first moment, so that none ends it before it has cleaned up. The loss of an
 * IPC parent counts as SIGTERM.
 */
class SignalRelay {
  #told: NodeJS.Signals[] = []
  #relay: ((signal: NodeJS.Signals) => void) | null = null
  readonly #handlers = forwardedSignals.map((signal) => [signal, () => this.#take(signal)] as const)
  readonly #onDisconnect = (): void => this.#take('SIGTERM')

  constructor() {
    for (const [signal, handler] of this.#handlers) process.on(signal, handler)
    process.once('disconnect', this.#onDisconnect)
    // An IPC channel that nobody listens to does not report its end.
    if (process.connected) process.on('message', () => {})
  }

  relayTo(relay: (signal: NodeJS.Signals) => void): void {
    this.#relay = relay
    for (const signal of this.#told.splice(0)) relay(signal)
  }

  /** Faults: Failure `run_failed` when we were told to end before the program was started. */
  throwIfTold(): void {
    const signal = this.#told.find((each) => each !== 'SIGWINCH' && each !== 'SIGCONT')
    if (signal !== undefined) throw new Failure('run_failed', `the program was not started: found ${signal} first`)
  }

  close(): void {
    for (const [signal, handler] of this.#handlers) process.off(signal, handler)
    process.off('disconnect', this.#onDisconnect)
    if (process.connected) process.disconnect()
  }

  #take(signal: NodeJS.Signals): void {
    if (this.#relay === null) this.#told.push(signal)
    else this.#relay(signal)
  }
}
