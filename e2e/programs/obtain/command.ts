import { spawnSync } from 'node:child_process'

/** A network that swallows packets must not hold up a run for good. */
const TIMEOUT_MS = 10 * 60_000

/** Runs a command to its end; '' when it ended well, else its last words. */
export function complaintOf(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  cwd?: string,
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    ...(cwd === undefined ? {} : { cwd }),
    maxBuffer: 64 << 20,
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
  })
  if (status === 0) return ''
  if (error !== undefined) return error.message
  return `${stderr}\n${stdout}`.trim().split('\n').slice(-3).join(' ') || `it ended with ${status}`
}
