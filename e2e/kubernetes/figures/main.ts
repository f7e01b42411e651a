import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { cluster, kubectl } from '../harness/cluster.ts'
import { enrolled, installMesh } from '../harness/mesh.ts'
import { repositoryRoot } from '../harness/place.ts'
import { ownImages, prepareCluster, step } from '../harness/prepare.ts'
import { programImage } from '../harness/program-images.ts'
import { ApiServer } from './api-server.ts'
import { benchImage } from './bench-image.ts'
import { imageSizes } from './image-sizes.ts'
import { measureInstall } from './install.ts'
import { type Options, readOptions, type Subject, usage } from './options.ts'
import { measureParts } from './parts.ts'
import { measureReadiness } from './readiness.ts'
import { type Chapter, type Report, reportMarkdown, reportText } from './report.ts'
import { closeScene, namespaceOf, openScene } from './scene.ts'
import { measureStarts } from './starts.ts'
import { measureTraffic } from './traffic.ts'

const RUN_MAX_MS = 20 * 60_000
const RESULTS = join(repositoryRoot, 'bench/results/kubernetes.md')
const packages = { binutils: 'strip', 'nginx-light': 'nginx', tcpdump: 'tcpdump', gcc: 'cc' }
const say = (line: string): void => void process.stderr.write(`bench:kubernetes: ${line}\n`)

/** Starts a cluster, installs the mesh, measures, reports, and leaves nothing behind. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2))
  if (options.help) {
    process.stdout.write(usage)
    return 0
  }
  const ended = endsEarly()
  try {
    return await Promise.race([run(options), ended])
  } finally {
    if (!options.keep) await cluster('down')
  }
}

async function run(options: Options): Promise<number> {
  const load = loadavg()[0]!
  const images = ownImages.filter((name) => name !== 'samples')
  const others = (): string[] => [programImage('nginx'), benchImage()]
  await prepareCluster({ packages, images, reusesImages: options.reusesImages, others }, say)
  const api = await ApiServer.open()
  try {
    const chapters: Chapter[] = []
    const report: Report = { about: about(load), chapters }
    const failure = await measure(api, options, chapters).then(
      () => null,
      (error: unknown) => ({ error }),
    )
    process.stdout.write(reportText(report))
    if (failure !== null) throw failure.error
    if (options.record) writeFileSync(RESULTS, reportMarkdown(report))
    return 0
  } finally {
    api.close()
    // Else it goes with the cluster.
    if (options.keep) await closeScene()
  }
}

/** Puts what it measures into `chapters`, so that nothing is lost when a later one fails. */
async function measure(api: ApiServer, { only, rounds }: Options, chapters: Chapter[]): Promise<void> {
  const take = async (subject: Subject, work: () => Promise<Chapter | Chapter[]>): Promise<void> => {
    if (only.includes(subject))
      await step(`measure ${subject}`, say, async () => void chapters.push(...[await work()].flat()))
  }
  const isThere = (await kubectl('get', 'namespace', 'weft-system', '--ignore-not-found')) !== ''
  await step('start servers and clients', say, openScene)
  await take('images', imageSizes)
  if (only.includes('install') && !isThere) await take('install', () => measureInstall(api))
  // It changes nothing where it is installed, and what it installs is this tree.
  else await step('install the mesh', say, installMesh)
  await enrolled(namespaceOf('mesh'))
  await take('parts', () => measureParts(api))
  await take('starts', () => measureStarts(api))
  await take('readiness', () => measureReadiness(api))
  await take('traffic', () => measureTraffic(api, rounds))
}

/** What to read the figures with. */
function about(load: number): string {
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-C', repositoryRoot, ...words])
      .toString()
      .trim()
  const date = new Date().toISOString().slice(0, 10)
  const machine = `${availableParallelism()} cores of ${cpus()[0]?.model ?? 'an unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`
  return `${date}, weft ${git('rev-parse', '--short', 'HEAD')}; ${machine}; load average before: ${load.toFixed(1)}.`
}

/** Resolves with an exit code when a signal comes or the time is over. */
function endsEarly(): Promise<number> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(130))
    setTimeout(() => {
      say(`not done after ${RUN_MAX_MS / 60_000} minutes: given up`)
      resolve(1)
    }, RUN_MAX_MS).unref()
  })
}

process.exit(
  await main().catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error))
    return 1
  }),
)
