import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Network namespace in which the suite runs, beside whatever mesh the machine has; '' without root, where there is no mesh. */
const NETWORK = process.getuid?.() === 0 ? 'weft-e2e-programs' : ''
const path = `/run/netns/${NETWORK}`

/** Safe when it is there, left by a run that was killed. */
export function makeNetwork(): void {
  if (NETWORK === '') return
  if (!existsSync(path)) ip('netns', 'add', NETWORK)
  ip('-n', NETWORK, 'link', 'set', 'lo', 'up')
}

export function removeNetwork(): void {
  if (NETWORK !== '' && existsSync(path)) ip('netns', 'del', NETWORK)
}

/** `nsenter` becomes the command. `ip netns exec` would mount `/sys` anew and hide the cgroups. */
export function inNetwork(command: readonly string[]): string[] {
  return NETWORK === '' ? [...command] : ['nsenter', `--net=${path}`, '--', ...command]
}

function ip(...words: string[]): void {
  execFileSync('ip', words, { stdio: 'pipe' })
}
