import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '@weft/faults'

/** Where cgroup v2 is mounted: /sys/fs/cgroup, or below it on the hybrid hierarchy; '' when it is not. */
export function findCgroupMount(mounts: string): string {
  for (const line of mounts.split('\n')) {
    const [, path, type] = line.split(' ')
    if (type === 'cgroup2') return path!
  }
  return ''
}

export async function cgroupMount(): Promise<string> {
  return findCgroupMount(await readFile('/proc/self/mounts', 'utf8').catch(() => ''))
}

export async function makeCgroup(path: string): Promise<void> {
  await mkdir(path, { recursive: true })
}

/** Process ids in a cgroup, those of cgroups below it not counted; empty when it does not exist. */
export async function processesIn(path: string): Promise<number[]> {
  const text = await readFile(join(path, 'cgroup.procs'), 'utf8').catch(() => '')
  return text.split('\n').filter(Boolean).map(Number)
}

/**
 * Kills everything in a cgroup and below it, all at once so that nothing can fork its way out, and removes the cgroups.
 * Does nothing when there is none.
 *
 * Faults: Failure `machine` when processes are left after `timeoutMs`.
 */
export async function removeCgroupTree(path: string, timeoutMs = 5_000): Promise<void> {
  if (!existsSync(path)) return
  await writeFile(join(path, 'cgroup.kill'), '1').catch(() => {})
  const steps = Math.ceil(timeoutMs / 20)
  for (let step = 0; ; step++) {
    try {
      await removeEmptyTree(path)
      return
    } catch (error) {
      // A killed process stays in its cgroup until its parent has reaped it.
      if (step === steps) throw new Failure('machine', `cannot remove cgroup ${path}: expected it to be empty`, error)
      await sleep(20)
    }
  }
}

async function removeEmptyTree(path: string): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) if (entry.isDirectory()) await removeEmptyTree(join(path, entry.name))
  await rmdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}
