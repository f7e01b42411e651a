import { runProgram, tryProgram } from './program.ts'

/**
 * Runs lines of `ip` in one process, inside the network namespace of that name, or in our own when it is ''.
 * Stops at the first line that fails.
 */
export async function ipBatch(netns: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  await runProgram(['ip', ...inNetns(netns), '-batch', '-'], { input: lines.join('\n') + '\n' })
}

/** The same lines, each tried: for taking away what may be gone already. */
export async function ipTry(netns: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  await tryProgram(['ip', ...inNetns(netns), '-force', '-batch', '-'], { input: lines.join('\n') + '\n' })
}

/** Switches forwarding on for single interfaces, never for the machine. */
export async function enableForwarding(netns: string, interfaces: readonly string[]): Promise<void> {
  const script = interfaces.map((name) => `echo 1 > /proc/sys/net/ipv4/conf/${name}/forwarding`).join(' && ')
  const enter = netns === '' ? [] : ['nsenter', `--net=${netnsPath(netns)}`, '--']
  await runProgram([...enter, 'sh', '-c', script])
}

export async function listNetns(): Promise<string[]> {
  const parsed: unknown = JSON.parse((await runProgram(['ip', '-json', 'netns', 'list'])) || '[]')
  return (parsed as { name: string }[]).map((entry) => entry.name)
}

export async function listLinks(): Promise<string[]> {
  const parsed: unknown = JSON.parse((await runProgram(['ip', '-json', 'link', 'show'])) || '[]')
  return (parsed as { ifname: string }[]).map((entry) => entry.ifname)
}

export interface LocalRoute {
  readonly dst: string
  readonly metric?: number
}

export async function listLocalRoutes(): Promise<LocalRoute[]> {
  const text = await runProgram(['ip', '-json', 'route', 'show', 'table', 'local', 'type', 'local', 'dev', 'lo'])
  return JSON.parse(text || '[]') as LocalRoute[]
}

export function netnsPath(name: string): string {
  return name === '' ? '' : `/run/netns/${name}`
}

function inNetns(netns: string): string[] {
  return netns === '' ? [] : ['-netns', netns]
}
