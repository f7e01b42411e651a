import { readFileSync } from 'node:fs'
import { describeError, Failure } from '@weft/faults'
import { jsonLogger, systemClock, systemRandom } from '@weft/host'
import type { Context } from '../context.ts'
import { compileCacheDir } from '../machine/compile-cache.ts'
import { pathForParts } from '../machine/tools.ts'
import { statePaths } from '../mesh/location.ts'
import type { MeshPlan } from '../mesh/plan.ts'
import { BoundedLog } from './bounded-log.ts'
import { MeshSupervisor } from './mesh-supervisor.ts'
import { superviseProcess } from './supervise-process.ts'

/** The process that stays when `weft up` has returned. Speaks with `up` over IPC; returns its exit code. */
export async function superviseDetached(planFile: string, { env }: Context): Promise<number> {
  process.title = 'weft-supervisor'
  const plan = JSON.parse(readFileSync(planFile, 'utf8')) as MeshPlan
  const logFile = new BoundedLog(statePaths.log(plan, 'supervisor'))
  const log = jsonLogger('supervisor', 'info', (line) => logFile.write(line))
  const supervisor = new MeshSupervisor(plan, {
    clock: systemClock,
    random: systemRandom,
    log,
    env: { ...env, PATH: pathForParts(env['PATH']), NODE_COMPILE_CACHE: compileCacheDir } as NodeJS.ProcessEnv,
    onProgress: (progress) => {
      log.info(progress.what, { state: progress.state })
      if (process.connected) process.send!({ progress })
    },
  })
  const code = await superviseProcess(supervisor, {
    onReady: () => process.send?.({ ready: true }),
    onFailure: (error) => {
      log.error('cannot start', { error: describeError(error) })
      const failed = { code: error instanceof Failure ? error.code : 'failed', message: describeError(error) }
      if (process.connected) process.send!({ failed })
    },
    onBug: (error) =>
      log.error('bug', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    endsWithParent: false,
  })
  logFile.close()
  if (process.connected) process.disconnect()
  return code
}
