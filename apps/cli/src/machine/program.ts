import { spawn } from 'node:child_process'
import { findTool } from './tools.ts'
import { Failure } from '@weft/faults'

export interface ProgramOptions {
  readonly input?: string
  readonly timeoutMs?: number
}

/**
 * Runs one of the machine's tools to its end and returns what it printed.
 *
 * Faults: Failure `machine` with the command and the tool's own words when it ends with an error or cannot be started.
 */
export function runProgram(command: readonly string[], options: ProgramOptions = {}): Promise<string> {
  const [file, ...args] = command
  return new Promise((resolve, reject) => {
    const child = spawn(findTool(file!) || file!, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: options.timeoutMs ?? 30_000,
    })
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk))
    child.stdin.on('error', () => {})
    child.stdin.end(options.input ?? '')
    child.on('error', (error) => reject(new Failure('machine', `cannot start ${file}`, error)))
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(out)
      const how = signal ?? `exit code ${code}`
      reject(
        new Failure(
          'machine',
          `${command.join(' ')} failed (${how}): ${err.trim() || out.trim() || 'it said nothing'}`,
        ),
      )
    })
  })
}

/** Runs a tool whose failure does not matter, since what it would do may be done already. */
export async function tryProgram(command: readonly string[], options: ProgramOptions = {}): Promise<boolean> {
  return runProgram(command, options).then(
    () => true,
    () => false,
  )
}
