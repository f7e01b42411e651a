import { enableCompileCache } from 'node:module'
import { text as readAll } from 'node:stream/consumers'
import type { Context } from './context.ts'
import { compileCacheDir } from './machine/compile-cache.ts'

/** The CLI as a process. A reader that goes away (`weft get … | head`) ends it quietly. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

// Before everything else is loaded: stripping types from a hundred files takes longer than most commands.
enableCompileCache(compileCacheDir)
const { systemClock } = await import('@weft/host')
const { nameOfUser, outputOf } = await import('./context.ts')
const { SUPERVISE } = await import('./supervisor/start-detached.ts')

const context: Context = {
  out: outputOf(process.stdout, process.env),
  err: outputOf(process.stderr, process.env),
  env: process.env,
  cwd: process.cwd(),
  clock: systemClock,
  isRoot: process.geteuid?.() === 0,
  userName: nameOfUser(),
  readStdin: () => readAll(process.stdin),
}

const [word, ...rest] = process.argv.slice(2)
if (word === SUPERVISE) {
  const { superviseDetached } = await import('./supervisor/supervise-detached.ts')
  process.exitCode = await superviseDetached(rest[0]!, context)
} else {
  const { runCli } = await import('./app.ts')
  process.exitCode = await runCli(process.argv.slice(2), context)
}
