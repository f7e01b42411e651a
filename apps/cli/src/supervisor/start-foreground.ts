import { mkdirSync } from 'node:fs'
import { describeError, Failure } from '@weft/faults'
import { jsonLogger, systemClock, systemRandom } from '@weft/host'
import type { Context } from '../context.ts'
import { exitCodeOf } from '../exit-codes.ts'
import { compileCacheDir } from '../machine/compile-cache.ts'
import { pathForParts } from '../machine/tools.ts'
import { statePaths } from '../mesh/location.ts'
import type { MeshPlan } from '../mesh/plan.ts'
import { startProgress } from '../output/start-progress.ts'
import { BoundedLog } from './bounded-log.ts'
import { MeshSupervisor } from './mesh-supervisor.ts'
import { superviseProcess } from './supervise-process.ts'

/**
 * Runs the mesh in this process until it is told to end. Started with an IPC channel it says `{ready: true}` there, and
 * the mesh ends with the process at the other end of it.
 */
export async function startForeground(plan: MeshPlan, context: Context, onReady: () => void): Promise<number> {
  process.title = 'weft-supervisor'
  mkdirSync(statePaths.logs(plan), { recursive: true, mode: 0o700 })
  const logFile = new BoundedLog(statePaths.log(plan, 'supervisor'))
  const log = jsonLogger('supervisor', 'info', (line) => logFile.write(line))
  const progress = startProgress(context)
  const supervisor = new MeshSupervisor(plan, {
    clock: systemClock,
    random: systemRandom,
    log,
    env: {
      ...context.env,
      PATH: pathForParts(context.env['PATH']),
      NODE_COMPILE_CACHE: compileCacheDir,
    } as NodeJS.ProcessEnv,
    onProgress: (each) => {
      log.info(each.what, { state: each.state })
      progress.show(each)
      if (process.connected) process.send!({ progress: each })
    },
  })
  let failure: unknown = null
  const code = await superviseProcess(supervisor, {
    onReady: () => {
      onReady()
      process.send?.({ ready: true })
    },
    onFailure: (error) => (failure = error),
    onBug: (error) =>
      log.error('bug', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    endsWithParent: true,
  })
  progress.end()
  logFile.close()
  if (process.connected) process.disconnect()
  if (failure === null) return code
  context.err.write(`weft: ${describeError(failure)}\n`)
  return failure instanceof Failure ? exitCodeOf(failure.code) : code
}
