import { spawn } from 'node:child_process'
import { Failure } from '@weft/faults'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Puts a program in the place of this process, with its pid, terminal and signals, as exec does: nothing of ours stays
 * behind. Where the system has no such call it runs beside us, and signals are handed on; resolves with its exit code.
 *
 * Faults: Failure `failed` when it cannot be started.
 */
export function becomeProgram(command: readonly string[], env: Environment): Promise<number> {
  const [file, ...args] = command
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined))
  const { execve } = process as { execve?: (file: string, args: readonly string[], env: object) => never }
  if (execve !== undefined && process.platform !== 'win32') execve.call(process, file!, command, given)
  return new Promise((resolve, reject) => {
    const child = spawn(file!, args, { stdio: 'inherit', env: given })
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
    child.on('error', (error) => reject(new Failure('failed', `cannot start ${file}`, error)))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}
