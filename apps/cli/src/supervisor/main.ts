import { readFileSync } from 'node:fs'
import { describeError, Failure } from '@weft/faults'
import { jsonLogger, systemClock, systemRandom } from '@weft/host'
import { pathForParts } from '../machine/tools.ts'
import { statePaths } from '../mesh/location.ts'
import type { MeshPlan } from '../mesh/plan.ts'
import { BoundedLog } from './bounded-log.ts'
import { MeshSupervisor } from './mesh-supervisor.ts'
import { superviseProcess } from './supervise-process.ts'

/** `weft-supervisor PLAN-FILE`: the process that stays when `weft up` has returned. Speaks with `up` over IPC. */
process.title = 'weft-supervisor'
const plan = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as MeshPlan
const logFile = new BoundedLog(statePaths.log(plan, 'supervisor'))
const log = jsonLogger('supervisor', 'info', (line) => logFile.write(line))
const supervisor = new MeshSupervisor(plan, {
  clock: systemClock,
  random: systemRandom,
  log,
  env: { ...process.env, PATH: pathForParts(process.env['PATH']) },
  onProgress: (progress) => {
    log.info(progress.what, { state: progress.state })
    if (process.connected) process.send!({ progress })
  },
})

const code = await superviseProcess(supervisor, {
  onReady: () => process.send?.({ ready: true }),
  onFailure: (error) => {
    log.error('cannot start', { error: describeError(error) })
    process.send?.({
      failed: { code: error instanceof Failure ? error.code : 'failed', message: describeError(error) },
    })
  },
  onBug: (error) =>
    log.error('bug', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  endsWithParent: false,
})
logFile.close()
process.exitCode = code
if (process.connected) process.disconnect()
