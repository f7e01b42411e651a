import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from './tools.ts'

/** Where Node keeps compiled sources between runs: with the packages, so that it goes when they go. */
export const compileCacheDir = join(repositoryRoot, 'node_modules/.cache/weft')

const COMPILE_TIMEOUT_MS = 30_000

/**
 * Has a worker's sources compiled before the first one starts, by a process that ends: one that strips types itself keeps
 * what does that in memory, 20 MiB, for as long as it runs. Costs a second, once; a failure is left to the worker to tell.
 */
export function compileWorkerAhead(env: NodeJS.ProcessEnv): void {
  const main = join(repositoryRoot, 'apps/agent/src/worker/main.ts')
  // Node knows what it compiled by its path; trees may share their packages.
  const tree = createHash('sha256').update(`${process.version} ${main}`).digest('hex').slice(0, 16)
  const done = join(compileCacheDir, `worker-compiled-${tree}`)
  if (existsSync(done)) return
  const { status } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: { ...env, NODE_COMPILE_CACHE: compileCacheDir },
    stdio: 'ignore',
    timeout: COMPILE_TIMEOUT_MS,
  })
  if (status !== 0) return
  try {
    writeFileSync(done, '')
  } catch {
    // Somebody else's packages: each start then compiles what it may not keep.
  }
}
