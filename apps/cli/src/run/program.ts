import { spawn } from 'node:child_process'
import { readFileSync, statSync, type Stats } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { Failure } from '@weft/faults'
import { findTool, isExecutable } from '../machine/tools.ts'
import type { Place } from './place.ts'

export interface ProgramEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface RunningProgram {
  readonly ended: Promise<ProgramEnd>
  kill(signal: NodeJS.Signals): void
}

/** Signals that a person or a supervisor sends to a program; the rest have no meaning between the two. */
export const forwardedSignals = [
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  'SIGQUIT',
  'SIGUSR1',
  'SIGUSR2',
  'SIGCONT',
  'SIGWINCH',
] as const

/**
 * Starts the program in its place, as the caller's own: same user, directory, terminal and descriptors. `sh` puts itself
 * into the cgroup before anything of the program runs, `nsenter` into the network, `setpriv` asks the kernel to kill the
 * program should we be killed; each becomes the next by exec, so the process is the program's from its first instruction.
 */
export function startProgram(
  command: readonly string[],
  place: Place,
  env: NodeJS.ProcessEnv,
  cwd: string,
): RunningProgram {
  const [file, ...args] = programCommand(command, place)
  const child = spawn(file!, args, { cwd, env, stdio: 'inherit' })
  const ended = new Promise<ProgramEnd>((resolveEnd, reject) => {
    child.once('exit', (code, signal) => resolveEnd({ code, signal }))
    child.once('error', (error) => reject(new Failure('run_failed', `cannot start ${command[0]}`, error)))
  })
  return { ended, kill: (signal) => void child.kill(signal) }
}

export function programCommand(command: readonly string[], place: Pick<Place, 'cgroup' | 'netnsPath'>): string[] {
  const setpriv = findTool('setpriv')
  const guarded = setpriv === '' ? [...command] : [setpriv, '--pdeathsig', 'KILL', '--', ...command]
  // setpriv last: entering a namespace may change credentials, which clears the death signal.
  const entered =
    place.netnsPath === '' ? guarded : [findTool('nsenter') || 'nsenter', `--net=${place.netnsPath}`, '--', ...guarded]
  if (place.cgroup === '') return entered
  return ['/bin/sh', '-c', 'echo 0 > "$0" && exec "$@"', join(place.cgroup, 'cgroup.procs'), ...entered]
}

/** Faults: Failure `run_not_found` (127) or `run_not_executable` (126), as a shell tells them. */
export function checkExecutable(word: string, path: string | undefined, cwd: string): void {
  const candidates = word.includes('/')
    ? [resolve(cwd, word)]
    : (path ?? '/usr/bin:/bin').split(delimiter).map((each) => join(each || cwd, word))
  const found = candidates.flatMap((path) => {
    const stat = statOrNull(path)
    return stat === null ? [] : [{ path, isFile: stat.isFile() }]
  })
  const existing = found.filter(({ isFile }) => isFile).map(({ path }) => path)
  if (existing.some(isExecutable)) return
  if (existing.length > 0)
    throw new Failure('run_not_executable', `cannot run ${existing[0]}: expected an executable file`)
  // A name that is looked for on PATH passes over folders, as in a shell; a path that is one was found.
  if (word.includes('/') && found.length > 0)
    throw new Failure('run_not_executable', `cannot run ${found[0]!.path}: found no file, expected an executable one`)
  throw new Failure(
    'run_not_found',
    `cannot run ${JSON.stringify(word)}: expected ${word.includes('/') ? 'an executable file' : 'a program on PATH'}`,
  )
}

/** What may not be looked at is passed over, as a shell does: PATH may name folders of other users. */
function statOrNull(path: string): Stats | null {
  try {
    return statSync(path)
  } catch {
    return null
  }
}

/**
 * True when the terminal itself sends its signals to the program too, because we and it are its foreground group:
 * forwarding Ctrl-C would deliver it twice. Fields of /proc/self/stat after the name: 2 group, 4 terminal, 5 its
 * foreground group.
 */
export function isForegroundOfTerminal(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[4] !== '0' && fields[2] === fields[5]
  } catch {
    return false
  }
}

/** Ends this process as the program ended: the same exit code, or death by the same signal. */
export function exitLike(end: ProgramEnd): number {
  if (end.signal === null) return end.code ?? 1
  for (const signal of forwardedSignals) process.removeAllListeners(signal)
  try {
    process.kill(process.pid, end.signal)
  } catch {
    // A signal that this process may not send itself: the shell's way of telling it is left.
  }
  return 128 + (constants.signals[end.signal] ?? 0)
}
