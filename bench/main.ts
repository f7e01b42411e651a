import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { INSIDE, runInside } from './setup/isolate.ts'
import { readOptions, usage } from './setup/options.ts'
import { writeFromResults } from './report/record.ts'
import { runBench } from './runs/run-bench.ts'
import { endAll, endAllAtOnce } from './runs/owned-process.ts'
import { scenarios } from './scenarios/scenarios.ts'

/** Outside: reads the options and starts itself again in namespaces of its own. Inside: does the work. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2))
  if (options.help) {
    process.stdout.write(usage)
    return 0
  }
  if (options.list) {
    process.stdout.write(scenarios.map(({ name, title }) => `${name.padEnd(20)} ${title}\n`).join(''))
    return 0
  }
  if (options.writeReadme) {
    writeFromResults()
    return 0
  }
  const scratch = process.env[INSIDE]
  if (scratch !== undefined) return await inside(() => runBench(options, scratch))
  const made = mkdtempSync(join(tmpdir(), 'weft-bench-'))
  try {
    return await runInside(process.argv.slice(1), made, options.portBase)
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}

async function inside(work: () => Promise<number>): Promise<number> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      endAllAtOnce()
      process.exit(130)
    })
  }
  process.on('exit', endAllAtOnce)
  try {
    return await work()
  } finally {
    await endAll()
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
