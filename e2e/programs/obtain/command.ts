import { spawnSync } from 'node:child_process'

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
  })
  if (status === 0) return ''
  if (error !== undefined) return error.message
  return `${stderr}\n${stdout}`.trim().split('\n').slice(-3).join(' ') || `it ended with ${status}`
}
