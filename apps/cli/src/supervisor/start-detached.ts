import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '@weft/faults'
import type { Context } from '../context.ts'
import { startProgress } from '../output/start-progress.ts'
import { statePaths } from '../mesh/location.ts'
import type { MeshPlan } from '../mesh/plan.ts'
import type { Progress } from './mesh-supervisor.ts'

type FromSupervisor =
  | { readonly progress: Progress }
  | { readonly ready: true }
  | { readonly failed: { readonly code: string; readonly message: string } }

/** The word that makes the CLI's program a supervisor; not a command, hence not in the table. */
export const SUPERVISE = '__supervise'

/**
 * Starts the supervisor as a session of its own and resolves when the mesh is ready. Interrupted before that, the mesh is
 * taken back: the supervisor sees the channel close.
 *
 * Faults: the Failure that the supervisor reports, or `failed` when it ends without a word.
 */
export async function startDetached(plan: MeshPlan, context: Context): Promise<void> {
  mkdirSync(statePaths.logs(plan), { recursive: true, mode: 0o700 })
  const planFile = statePaths.planFile(plan)
  writeFileSync(planFile, JSON.stringify(plan, null, 2) + '\n', { mode: 0o600 })
  const crashLog = openSync(statePaths.log(plan, 'supervisor'), 'a', 0o600)
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../main.ts'), SUPERVISE, planFile],
    {
      cwd: '/',
      env: context.env as NodeJS.ProcessEnv,
      detached: true,
      stdio: ['ignore', crashLog, crashLog, 'ipc'],
    },
  )
  closeSync(crashLog)
  const progress = startProgress(context)
  let isInterrupted = false
  const interrupt = (): void => {
    isInterrupted = true
    child.disconnect()
  }
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  try {
    await new Promise<void>((resolve, reject) => {
      child.on('message', (message: FromSupervisor) => {
        if ('progress' in message) progress.show(message.progress)
        else if ('failed' in message) reject(new Failure(message.failed.code, message.failed.message))
        else resolve()
      })
      child.on('error', (error) => reject(new Failure('failed', 'cannot start the supervisor', error)))
      child.on('exit', (code, signal) => {
        const how = signal ?? `exit code ${code}`
        reject(
          new Failure(
            'failed',
            isInterrupted
              ? 'interrupted; the mesh was taken down again'
              : `the supervisor ended (${how}); see ${statePaths.log(plan, 'supervisor')}`,
          ),
        )
      })
    })
  } finally {
    progress.end()
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
    if (child.connected) child.disconnect()
    child.unref()
  }
}
