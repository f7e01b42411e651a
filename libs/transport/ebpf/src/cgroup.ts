import { Failure } from '@weft/faults'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const KILL_WAIT_MS = 5_000
const KILL_POLL_MS = 10

/**
 * Where the cgroup v2 hierarchy is mounted: `/sys/fs/cgroup` where it is the only one, `/sys/fs/cgroup/unified` beside
 * the old one. Null when there is none. Source: cgroups(7), proc_pid_mounts(5).
 */
export function cgroup2Mount(mounts = readFileSync('/proc/mounts', 'utf8')): string | null {
  for (const line of mounts.split('\n')) {
    const [, path, type] = line.split(' ')
    if (type === 'cgroup2' && path !== undefined) return path.replaceAll('\\040', ' ')
  }
  return null
}

/** Makes the cgroup and those above it that are missing. Existing ones are fine. */
export function createCgroup(path: string): void {
  mkdirSync(path, { recursive: true })
}

/** Moves a process, with all its threads, into the cgroup. Sockets that it made before stay with its old cgroup. */
export function joinCgroup(path: string, pid: number): void {
  writeFileSync(join(path, 'cgroup.procs'), String(pid))
}

/** Processes in the cgroup itself, and in those below it. */
export function processesIn(path: string): number[] {
  return cgroupsBelow(path).flatMap((dir) => readProcesses(dir))
}

/** Kills what is in the cgroup and below, waits until all are gone, removes the directories. Nothing there is fine. */
export async function removeCgroup(path: string): Promise<void> {
  if (!existsSync(path)) return
  kill(path)
  for (let waitedMs = 0; processesIn(path).length > 0; waitedMs += KILL_POLL_MS) {
    if (waitedMs >= KILL_WAIT_MS)
      throw new Failure(
        'cgroup_busy',
        `Cannot remove cgroup "${path}": processes ${processesIn(path).join(', ')} do not end`,
      )
    await sleep(KILL_POLL_MS)
  }
  for (const dir of cgroupsBelow(path).reverse()) await removeDir(dir)
}

/** cgroup.kill is atomic and reaches forks in flight; it came with 5.14. */
function kill(path: string): void {
  const switchFile = join(path, 'cgroup.kill')
  if (existsSync(switchFile)) writeFileSync(switchFile, '1')
  else for (const pid of processesIn(path)) signal(pid)
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** A cgroup stays busy for a moment after its last process was reaped. */
async function removeDir(dir: string): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += KILL_POLL_MS) {
    try {
      rmdirSync(dir)
      return
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT') return
      if (code !== 'EBUSY' || waitedMs >= KILL_WAIT_MS) throw error
    }
    await sleep(KILL_POLL_MS)
  }
}

/** The cgroup and all below it, each before those below it. */
export function cgroupsBelow(path: string): string[] {
  if (!existsSync(path)) return []
  const children = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return [path, ...children.flatMap((child) => cgroupsBelow(join(path, child.name)))]
}

function readProcesses(dir: string): number[] {
  try {
    const text = readFileSync(join(dir, 'cgroup.procs'), 'utf8')
    return text.split('\n').filter(Boolean).map(Number)
  } catch {
    return []
  }
}
