import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { cluster } from './harness/cluster.ts'
import { installMesh } from './harness/mesh.ts'
import { repositoryRoot } from './harness/place.ts'
import { ownImages, prepareCluster, step } from './harness/prepare.ts'
import { programImage, programImageNames } from './harness/program-images.ts'

/** In this order. */
const suites = [
  'across-nodes',
  'programs',
  'direct-path',
  'as-without',
  'cluster-rules',
  'commands',
  'shop',
  'starts',
  'killed-parts',
  'faults',
  'node-faults',
  'removal',
] as const

const usage = `npm run e2e:kubernetes -- [--without-mesh] [--reuse-images] [--keep] [SUITE]…

Real programs on a real Kubernetes of two nodes (e2e/cluster), with the mesh installed by its chart.
  --without-mesh   everything goes its way without a mesh: the control, which must pass as well
  --reuse-images   takes the images that an earlier run made
  --keep           leaves the cluster up; the next run goes on with it
  SUITE            only these: ${suites.join(', ')}
`
const packages = {
  binutils: 'strip',
  'nginx-light': 'nginx',
  'redis-server': 'redis-server',
  'redis-tools': 'redis-cli',
  'postgresql-15': 'postgres',
  'postgresql-client-15': 'psql',
  tcpdump: 'tcpdump',
}
const RUN_MAX_MS = 40 * 60_000
const say = (line: string): void => void process.stderr.write(`e2e:kubernetes: ${line}\n`)

/** Makes what is missing, starts the cluster, installs, runs vitest over the suites, and leaves nothing behind. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'without-mesh': { type: 'boolean', default: false },
      'reuse-images': { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  const unknown = positionals.find((name) => !suites.some((suite) => suite === name))
  if (unknown !== undefined) throw new Error(`suite ${JSON.stringify(unknown)}: expected ${suites.join(', ')}`)
  const chosen = positionals.length > 0 ? suites.filter((suite) => positionals.includes(suite)) : suites
  try {
    await prepare(!values['without-mesh'], values['reuse-images'])
    return await runVitest(chosen, !values['without-mesh'])
  } finally {
    if (!values.keep) await cluster('down')
  }
}

async function prepare(hasMesh: boolean, reusesImages: boolean): Promise<void> {
  const others = (): string[] => programImageNames.map(programImage)
  await prepareCluster({ packages, images: ownImages, reusesImages, others }, say)
  if (hasMesh) await step('install the mesh', say, installMesh)
}

function runVitest(chosen: readonly string[], hasMesh: boolean): Promise<number> {
  const vitest = join(repositoryRoot, 'node_modules/vitest/vitest.mjs')
  const config = join(import.meta.dirname, 'vitest.config.ts')
  const child = spawn(process.execPath, [vitest, 'run', '--config', config], {
    cwd: import.meta.dirname,
    stdio: 'inherit',
    env: {
      ...process.env,
      WEFT_KUBERNETES_SUITES: chosen.join(','),
      WEFT_KUBERNETES_MESH: hasMesh ? 'yes' : 'no',
    },
  })
  // The terminal tells vitest as well; we stay to clean up after it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  const timer = setTimeout(() => {
    say(`not done after ${RUN_MAX_MS / 60_000} minutes: given up`)
    child.kill('SIGTERM')
  }, RUN_MAX_MS)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      clearTimeout(timer)
      resolve(code ?? 1)
    })
  })
}

process.exitCode = await main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  return 1
})
