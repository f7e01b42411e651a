import { parseArgs } from 'node:util'
import { ClusterRun } from './harness/cluster-run.ts'
import { ownImages, prepareMachine } from './harness/prepare.ts'
import { programImage, programImageNames } from './harness/program-images.ts'

/** Two clusters side by side: while one waits for what is gone to be missed, the other one works. Each in this order. */
const clusters = {
  weft: [
    'across-nodes',
    'programs',
    'direct-path',
    'as-without',
    'commands',
    'shop',
    'starts',
    'faults',
    'node-faults',
  ],
  weft2: ['cluster-rules', 'killed-parts', 'removal'],
} as const
const suites: readonly string[] = Object.values(clusters).flat()

const usage = `npm run e2e:kubernetes -- [--without-mesh] [--reuse-images] [--keep] [SUITE]…

Real programs on a real Kubernetes of two nodes (e2e/cluster), with the mesh installed by its chart; two such clusters at once.
  --without-mesh   everything goes its way without a mesh: the control, which must pass as well
  --reuse-images   takes the images that an earlier run made
  --keep           leaves the clusters up; the next run goes on with them
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

/** Makes what is missing, then runs each cluster's suites in a process of their own, and adds up what they say. */
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
  const unknown = positionals.find((name) => !suites.includes(name))
  if (unknown !== undefined) throw new Error(`suite ${JSON.stringify(unknown)}: expected ${suites.join(', ')}`)
  const chosen = positionals.length > 0 ? positionals : suites
  const others = (): string[] => programImageNames.map(programImage)
  const archives = await prepareMachine(
    { packages, images: ownImages, reusesImages: values['reuse-images'], others },
    say,
  )
  const runs = Object.entries(clusters).flatMap(([name, all]) => {
    const own = all.filter((suite) => chosen.includes(suite))
    return own.length === 0 ? [] : [new ClusterRun(name, own, archives, !values['without-mesh'], values.keep)]
  })
  const timer = setTimeout(() => {
    say(`not done after ${RUN_MAX_MS / 60_000} minutes: given up`)
    for (const run of runs) run.stop()
  }, RUN_MAX_MS)
  // The terminal tells them as well; we stay for their last words.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      for (const run of runs) run.stop()
    })
  const codes = await Promise.all(runs.map((run) => run.ended))
  clearTimeout(timer)
  const sum = [0, 1, 2].map((i) => runs.reduce((total, { tally }) => total + tally[i]!, 0))
  process.stdout.write(`\n${sum[0]} passed, ${sum[1]} failed, ${sum[2]} skipped\n`)
  return codes.find((code) => code !== 0) ?? 0
}

process.exitCode = await main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  return 1
})
