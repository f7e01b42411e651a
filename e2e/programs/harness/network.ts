import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { missingCapability } from '@weft/tools/testing'

/** Network namespace in which the suite runs, beside whatever mesh the machine has. */
const NETWORK = 'weft-e2e-programs'
const path = `/run/netns/${NETWORK}`

/** Safe when it is there, left by a run that was killed. Where there can be none, there is no mesh either, and nothing is made. */
export function makeNetwork(): void {
  if (missingCapability(['root', 'bpf', 'netns']) !== null) return
  if (!existsSync(path)) ip('netns', 'add', NETWORK)
  ip('-n', NETWORK, 'link', 'set', 'lo', 'up')
}

export function removeNetwork(): void {
  if (existsSync(path)) ip('netns', 'del', NETWORK)
}

/** `nsenter` becomes the command. `ip netns exec` would mount `/sys` anew and hide the cgroups. */
export function inNetwork(command: readonly string[]): string[] {
  return existsSync(path) ? ['nsenter', `--net=${path}`, '--', ...command] : [...command]
}

function ip(...words: string[]): void {
  execFileSync('ip', words, { stdio: 'pipe' })
}
