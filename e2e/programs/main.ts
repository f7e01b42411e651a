import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { layoutNamed, meshLayouts } from './harness/layout.ts'
import { prepareMachine, removeAll } from './harness/mesh.ts'
import { claimRun, releaseRun } from './harness/only-run.ts'
import { programsCache, repositoryRoot } from './harness/place.ts'
import { installDebianPackages } from './obtain/debian-packages.ts'
import { obtainGoInterop } from './obtain/go-interop.ts'
import { obtainJavaInterop } from './obtain/java-interop.ts'
import { searchPath } from './obtain/program-path.ts'
import { obtainWebSocketLibrary } from './obtain/websocket-library.ts'

const usage = `npm run e2e:programs -- [--without-mesh] [--layout NAME]… [PROGRAM]…

Programs that nobody changed, with the mesh between client and server.
  --without-mesh   each client calls its server directly: the control, which must pass as well
  --layout NAME    only this: ${meshLayouts.join(', ')}; repeated
  PROGRAM          only these: redis, curl, … (names of *.program.test.ts)
`

/** Each test has a limit of its own; this is for when many need theirs. */
const RUN_MAX_MS = 40 * 60_000

/** Gets the programs, runs vitest over the layouts, and leaves nothing of it on the machine. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'without-mesh': { type: 'boolean', default: false },
      layout: { type: 'string', multiple: true, default: [...meshLayouts] },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  const layouts = values['without-mesh'] ? ['direct'] : values.layout.map((name) => layoutNamed(name).name)
  claimRun()
  try {
    const isComplete = obtainPrograms()
    await prepareMachine()
    return await runVitest(layouts, positionals, isComplete)
  } finally {
    await removeAll()
    releaseRun()
  }
}

/** What cannot be had is said here, and its tests are counted as skipped. False when there is such. */
function obtainPrograms(): boolean {
  const say = (line: string): void => void process.stderr.write(`e2e:programs: ${line}\n`)
  const sources = {
    'Debian packages': installDebianPackages,
    'the Go pair': obtainGoInterop,
    'the Java pair': obtainJavaInterop,
    'the WebSocket library': obtainWebSocketLibrary,
  }
  let isComplete = true
  for (const [what, obtain] of Object.entries(sources)) {
    const complaint = obtain(say)
    if (complaint === '') continue
    isComplete = false
    say(`cannot get ${what}: ${complaint}`)
  }
  return isComplete
}

function runVitest(layouts: readonly string[], filters: readonly string[], isComplete: boolean): Promise<number> {
  const vitest = join(repositoryRoot, 'node_modules/vitest/vitest.mjs')
  const config = join(import.meta.dirname, 'vitest.config.ts')
  const child = spawn(process.execPath, [vitest, 'run', '--config', config, ...filters], {
    cwd: import.meta.dirname,
    stdio: 'inherit',
    env: {
      ...process.env,
      // A skip fails the run under CI=true, unless the world outside did not give us the program.
      ...(isComplete ? {} : { CI: '' }),
      PATH: searchPath(),
      WEFT_PROGRAMS_LAYOUTS: layouts.join(','),
      WEFT_PROGRAMS_CACHE: programsCache,
    },
  })
  // The terminal tells vitest as well; we stay to clean up after it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  const timer = setTimeout(() => {
    process.stderr.write(`e2e:programs: not done after ${RUN_MAX_MS / 60_000} minutes: given up\n`)
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
  process.stderr.write(`e2e:programs: ${error instanceof Error ? error.message : String(error)}\n`)
  return 1
})
