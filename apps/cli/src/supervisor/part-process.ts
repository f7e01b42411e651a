import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '@weft/faults'
import { launcherProgram } from '@weft/launcher'
import type { Clock } from '@weft/time'
import { identifyProcess, type ProcessIdentity } from '../machine/process-identity.ts'
import { findTool } from '../machine/tools.ts'
import type { BoundedLog } from './bounded-log.ts'
import type { PartSpec } from './part-specs.ts'

const TAIL_LINES = 5

/** One run of one part: from its start to its exit. A launcher may bring it back meanwhile, as another process. */
export interface RunningPart {
  readonly process: ProcessIdentity
  /** Resolves with how it ended, `exit code 1` or `SIGKILL`. */
  readonly ended: Promise<string>
  /** Asks it to drain; kills it at the deadline. Resolves when it is gone. */
  end(deadlineMs: number): Promise<void>
  kill(): void
}

/**
 * Starts a part in its cgroup and network namespace and waits until it says that it is ready.
 *
 * The IPC channel is a descriptor that every program of the chain `sh` → `nsenter` → `node` hands on by exec; losing it
 * tells the part that its parent is gone. Each part is a session of its own: Ctrl-C at a terminal reaches the supervisor
 * alone, which then ends the parts in order.
 *
 * Faults: Failure `failed` with the last lines the part wrote when it ends first or is not ready within `readyTimeoutMs`.
 */
export async function startPart(
  spec: PartSpec,
  env: NodeJS.ProcessEnv,
  log: BoundedLog,
  clock: Clock,
  readyTimeoutMs: number,
  stop: Promise<void>,
  onAgain: () => void,
): Promise<RunningPart> {
  if (!existsSync(spec.main)) throw new Failure('failed', `cannot start ${spec.name}: ${spec.main} does not exist`)
  const [file, ...args] = commandOf(spec, spec.isLaunched ? await findLauncher() : '')
  const child = spawn(file!, args, { cwd: '/', env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  const tail = followOutput(child, log)
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  const timeout = Promise.withResolvers<string>()
  const timer = clock.after(readyTimeoutMs, () => timeout.resolve(`not ready after ${readyTimeoutMs / 1000} s`))
  const told = stop.then(() => 'it was told to end')
  let identity = identifyProcess(child.pid ?? 0)
  const ready = readyMessage(child, (pid) => (identity = identifyProcess(pid)), onAgain)
  const why = await Promise.race([ready, ended, timeout.promise, told])
  timer.cancel()
  if (why !== '') {
    killGroup(child)
    const said = tail().join('\n  ')
    throw new Failure('failed', `cannot start ${spec.name}: ${why}${said === '' ? '' : `; it said\n  ${said}`}`)
  }
  return {
    get process() {
      return identity
    },
    ended,
    end: (deadlineMs) => endGently(child, ended, deadlineMs, clock),
    kill: () => killGroup(child),
  }
}

/** `sh` puts itself into the cgroup, `nsenter` into the namespace, and both become the part: one process, one pid. */
export function commandOf(spec: PartSpec, launcher: string): string[] {
  // One that does not come up again is ours to start, with its launcher.
  const launched = launcher === '' ? [] : [launcher, '--failures-max', '1']
  const node = [...launched, process.execPath, '--disable-warning=ExperimentalWarning', spec.main, ...spec.args]
  const entered =
    spec.netnsPath === '' ? node : [findTool('nsenter') || 'nsenter', `--net=${spec.netnsPath}`, '--', ...node]
  if (spec.cgroup === '') return entered
  return ['/bin/sh', '-c', 'echo 0 > "$0" && exec "$@"', join(spec.cgroup, 'cgroup.procs'), ...entered]
}

/** Each life of a part says so once; those after the first are told by `onAgain`. */
function readyMessage(child: ChildProcess, onPid: (pid: number) => void, onAgain: () => void): Promise<''> {
  let lives = 0
  return new Promise((resolve) => {
    child.on('message', (message) => {
      const { ready, pid } = message as { ready?: boolean; pid?: number }
      if (ready !== true) return
      if (pid !== undefined) onPid(pid)
      if (lives++ > 0) onAgain()
      resolve('')
    })
  })
}

/** '' where it cannot be compiled: then a killed agent refuses connections until it is back. */
async function findLauncher(): Promise<string> {
  return launcherProgram.compile().catch(() => '')
}

/** Everything it writes goes to the log; its last lines are kept for the message should it fail. */
function followOutput(child: ChildProcess, log: BoundedLog): () => string[] {
  let tail = ''
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (chunk: Buffer) => {
      log.write(chunk)
      tail = (tail + chunk.toString()).slice(-4096)
    })
  }
  return () => tail.split('\n').filter(Boolean).slice(-TAIL_LINES).map(readableLine)
}

/** A log line as JSON, shortened to what a person needs of it. */
function readableLine(line: string): string {
  try {
    const { level, message, time: _, component: __, ...fields } = JSON.parse(line) as Record<string, unknown>
    const details = Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`)
    return [`${String(level)}: ${String(message)}`, ...details].join(' ')
  } catch {
    return line
  }
}

async function endGently(child: ChildProcess, ended: Promise<string>, deadlineMs: number, clock: Clock): Promise<void> {
  child.kill('SIGTERM')
  const timer = clock.after(deadlineMs - clock.nowMs(), () => killGroup(child))
  await ended
  timer.cancel()
  // Workers that a part did not take with it.
  killGroup(child)
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Nothing of it is left.
  }
}
