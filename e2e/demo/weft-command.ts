import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

export const repositoryRoot = join(import.meta.dirname, '../..')
const weft = join(repositoryRoot, 'apps/cli/bin/weft')
export const MESH = 'demo'

export class WeftError extends Error {
  readonly exitCode: number

  constructor(args: readonly string[], exitCode: number, said: string) {
    super(`weft ${args.join(' ')} ended with ${exitCode}: ${said.trim() || 'it said nothing'}`)
    this.exitCode = exitCode
  }
}

/** Runs one command of the CLI to its end and returns what it printed. */
export function runWeft(args: readonly string[]): Promise<string> {
  const child = spawn(weft, [...args, '--mesh', MESH], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve(out) : reject(new WeftError(args, code ?? 1, err))))
  })
}

export async function weftJson<T>(args: readonly string[]): Promise<T> {
  return JSON.parse(await runWeft([...args, '-o', 'json'])) as T
}

/**
 * Starts a command that stays. The IPC channel ends it when this process is gone, however that came about; a session of
 * its own keeps Ctrl-C at the terminal for us, who end everything in order.
 */
export function startWeft(args: readonly string[]): ChildProcess {
  const [command, ...rest] = args
  const all = [command!, '--mesh', MESH, ...rest]
  return spawn(weft, all, { detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
}

/** Calls `take` with every line that a stream of text holds. */
export function eachLine(stream: NodeJS.ReadableStream, take: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()!
    for (const line of lines) if (line !== '') take(line)
  })
}
