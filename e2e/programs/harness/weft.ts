import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { inNetwork } from './network.ts'
import { repositoryRoot, runDirectory } from './place.ts'

const MESH = 'programs'
const weft = join(repositoryRoot, 'apps/cli/bin/weft')

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
  readonly tookMs: number
}

export interface SpawnOptions {
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
}

/** A command of the CLI for the mesh of this suite, as words to spawn. */
export function weftCommand(command: string, ...rest: readonly string[]): string[] {
  return [weft, command, '--mesh', MESH, '--state-dir', join(runDirectory, 'state'), ...rest]
}

/** Faults: rejects when it ends with another code than 0. */
export async function runWeft(command: string, ...rest: readonly string[]): Promise<string> {
  const { code, out, err } = await runToEnd(weftCommand(command, ...rest))
  if (code !== 0)
    throw new Error(`weft ${[command, ...rest].join(' ')} ended with ${code}: ${err.trim() || out.trim()}`)
  return out
}

/** Runs a command to its end; past the timeout it is told to end, and what it said until then is in the result. */
export async function runToEnd(command: readonly string[], options: SpawnOptions = {}): Promise<Ended> {
  const startedMs = performance.now()
  const child = start(command, options)
  child.stdin!.on('error', () => {
    // A program that does not read its input to the end is free not to.
  })
  child.stdin!.end(options.input ?? '')
  let out = ''
  let err = ''
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => (out += chunk))
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => (err += chunk))
  const timer = setTimeout(() => child.kill('SIGTERM'), options.timeoutMs ?? 60_000)
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => {
        resolve({ code, signal, out, err, tookMs: performance.now() - startedMs })
      })
    })
  } finally {
    clearTimeout(timer)
  }
}

/** With an IPC channel, by which `weft run` ends when this process is gone, however that came about. */
export function start(command: readonly string[], { env }: SpawnOptions): ChildProcess {
  const usesChannel = command[0] === weft
  const [file, ...args] = inNetwork(command)
  return spawn(file!, args, {
    env: { ...process.env, ...env },
    cwd: runDirectory,
    stdio: usesChannel ? ['pipe', 'pipe', 'pipe', 'ipc'] : ['pipe', 'pipe', 'pipe'],
  })
}
