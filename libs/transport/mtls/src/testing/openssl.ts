import { spawnSync } from 'node:child_process'

/** Runs the openssl program, the outside judge of what we issue. Gives both outputs as one text. */
export function openssl(args: readonly string[], input: string | Uint8Array = ''): { ok: boolean; text: string } {
  const { status, stdout, stderr, error } = spawnSync('openssl', args, { input, encoding: 'utf8', timeout: 20_000 })
  if (error !== undefined) throw error
  return { ok: status === 0, text: stdout + stderr }
}
