import { userInfo } from 'node:os'
import { text as readAll } from 'node:stream/consumers'
import { systemClock } from '@weft/host'
import { runCli } from './app.ts'
import { outputOf, type Context } from './context.ts'
import { SUPERVISE } from './supervisor/start-detached.ts'

/** The CLI as a process. A reader that goes away (`weft get … | head`) ends it quietly. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

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
} else process.exitCode = await runCli(process.argv.slice(2), context)

/** A container may run under an id that has no name. */
function nameOfUser(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.geteuid?.() ?? 'unknown'}`
  }
}
