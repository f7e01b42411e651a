import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { cluster } from './harness/cluster.ts'
import { installMesh } from './harness/mesh.ts'
import { repositoryRoot } from './harness/place.ts'
import { startCluster, step } from './harness/prepare.ts'

const stopping = new AbortController()
const say = (line: string): void => void process.stderr.write(`${line}\n`)

/** For main.ts: starts the cluster that CLUSTER_NAME names, installs, runs vitest over suites, and leaves nothing behind. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'without-mesh': { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      image: { type: 'string', multiple: true, default: [] },
    },
  })
  const hasMesh = !values['without-mesh']
  // We stay to clean up.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())
  try {
    await startCluster(values.image, say)
    if (hasMesh) await step('install the mesh', say, installMesh)
    return stopping.signal.aborted ? 1 : await runVitest(positionals, hasMesh)
  } finally {
    if (!values.keep) await cluster('down')
  }
}

function runVitest(suites: readonly string[], hasMesh: boolean): Promise<number> {
  const vitest = join(repositoryRoot, 'node_modules/vitest/vitest.mjs')
  const config = join(import.meta.dirname, 'vitest.config.ts')
  const env = {
    ...process.env,
    WEFT_KUBERNETES_SUITES: suites.join(','),
    WEFT_KUBERNETES_MESH: hasMesh ? 'yes' : 'no',
  }
  const words = [vitest, 'run', '--config', config]
  const child = spawn(process.execPath, words, { cwd: import.meta.dirname, stdio: 'inherit', env })
  stopping.signal.addEventListener('abort', () => child.kill('SIGTERM'))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

process.exitCode = await main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  return 1
})
