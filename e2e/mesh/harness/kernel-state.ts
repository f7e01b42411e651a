import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Process ids of the children of a process. */
export function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
}

/** Process id of the parent of a process. */
export function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1])
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function entriesOf(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

function cgroup2Mount(): string {
  return /^\S+ (\S+) cgroup2 /m.exec(readFileSync('/proc/self/mounts', 'utf8'))?.[1] ?? '/sys/fs/cgroup'
}

/** What is on the machine that carries a mesh's name: cgroups, pins, network namespaces, processes. */
export function tracesOf(mesh: string): string[] {
  const named = (directory: string): string[] =>
    entriesOf(directory)
      .filter((name) => name === `weft-${mesh}` || name.startsWith(`weft-${mesh}-`))
      .map((name) => join(directory, name))
  const processes = entriesOf('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => commandLineOf(pid).includes(mesh))
    .map((pid) => `process ${pid}: ${commandLineOf(pid)}`)
  return [...named(cgroup2Mount()), ...named('/sys/fs/bpf'), ...named('/run/netns'), ...processes]
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}
