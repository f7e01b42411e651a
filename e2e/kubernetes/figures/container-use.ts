import { existsSync, readFileSync, readlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { SeenPod } from './api-server.ts'

const CGROUPS = '/sys/fs/cgroup/unified'
const CLASSES = ['burstable', 'besteffort', '']

/** What a process has of the machine's memory now, and of its time until now. */
export interface ProcessUse {
  readonly pid: number
  /** `supervisor`, `worker`, or what the program is called. */
  readonly name: string
  readonly rssMiB: number
  /** Resident, with shared pages divided among those who share them. */
  readonly pssMiB: number
  readonly cpuMs: number
}

/** Folder of a container's control group: processes that start and end in it are counted as well. */
export function containerGroups(pod: SeenPod): string[] {
  const cluster = process.env['CLUSTER_NAME'] ?? 'weft'
  const pods = join(CGROUPS, cluster, pod.spec.nodeName ?? '', 'kubepods')
  const groups = CLASSES.map((name) => join(pods, name, `pod${pod.metadata.uid}`))
  const found = groups.find((path) => existsSync(path))
  if (found === undefined) throw new Error(`pod ${pod.metadata.name}: found no control group of it below ${pods}`)
  return (pod.status.containerStatuses ?? []).flatMap(({ containerID }) => {
    const path = join(found, containerID?.replace(/^.*:\/\//, '') ?? '-')
    return existsSync(path) ? [path] : []
  })
}

/** Time of all that ran in these groups until now, of ended processes too. */
export function cpuMsOf(groups: readonly string[]): number {
  return groups.reduce((sum, group) => sum + parseCpuMs(readFileSync(join(group, 'cpu.stat'), 'utf8')), 0)
}

/** What runs in these groups now. */
export function processesOf(groups: readonly string[]): ProcessUse[] {
  const pids = groups.flatMap((group) => readFileSync(join(group, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean))
  return pids.flatMap((pid) => {
    try {
      return [processUse(Number(pid))]
    } catch {
      // It ended meanwhile.
      return []
    }
  })
}

/** `usage_usec` of cpu.stat, in ms. */
export function parseCpuMs(text: string): number {
  const found = /^usage_usec (\d+)/m.exec(text)?.[1]
  if (found === undefined) throw new Error(`cpu.stat: found ${JSON.stringify(text.slice(0, 100))}, expected usage_usec`)
  return Number(found) / 1000
}

/** Rss and Pss of smaps_rollup, in MiB. */
export function parseMemory(text: string): { rssMiB: number; pssMiB: number } {
  const read = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 1024
  return { rssMiB: read('Rss'), pssMiB: read('Pss') }
}

/** User and system time of a line of /proc/PID/stat, in ms. Its name may hold anything: fields count from the last `)`. */
export function parseStatMs(line: string): number {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** By the program and its words: what Node runs is told by the module. */
export function nameOf(executable: string, words: readonly string[]): string {
  if (basename(executable) !== 'node') return basename(executable)
  const module = words.find((word) => /\/main\.[jt]s$/.test(word)) ?? ''
  if (module.includes('/worker/')) return 'worker'
  const app = /\/apps\/([^/]+)\//.exec(module)?.[1] ?? 'node'
  return app === 'agent' ? 'supervisor' : app
}

function processUse(pid: number): ProcessUse {
  const read = (file: string): string => readFileSync(`/proc/${pid}/${file}`, 'utf8')
  const name = nameOf(readlinkSync(`/proc/${pid}/exe`), read('cmdline').split('\0'))
  return { pid, name, ...parseMemory(read('smaps_rollup')), cpuMs: parseStatMs(read('stat')) }
}
