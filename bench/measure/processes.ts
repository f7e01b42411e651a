import { readdirSync, readFileSync } from 'node:fs'

/** Ticks of /proc/PID/stat per second: fixed for user space on Linux. */
const TICKS_PER_SECOND = 100

interface ProcessStat {
  readonly pid: number
  readonly parent: number
  readonly cpuTicks: number
}

/** Reads a line of /proc/PID/stat. The name may hold spaces and parentheses: fields are counted from the last one. */
export function parseStat(line: string): ProcessStat {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  return {
    pid: Number.parseInt(line, 10),
    parent: Number(fields[1]),
    cpuTicks: Number(fields[11]) + Number(fields[12]),
  }
}

/** A process and all that descend from it, by what /proc says now. */
export function familyOf(root: number): number[] {
  return statsOf(root).map(({ pid }) => pid)
}

/** User and system time of a process and its descendants until now, in seconds. */
export function cpuSecondsOf(roots: readonly number[]): number {
  const stats = roots.flatMap((root) => statsOf(root))
  return stats.reduce((sum, { cpuTicks }) => sum + cpuTicks, 0) / TICKS_PER_SECOND
}

export interface Memory {
  readonly rssMiB: number
  /** Resident, with shared pages divided among those who share them. */
  readonly pssMiB: number
}

/** Of a process and its descendants. */
export function memoryOf(roots: readonly number[]): Memory {
  let rssKiB = 0
  let pssKiB = 0
  for (const pid of roots.flatMap((root) => familyOf(root))) {
    const text = readOrEmpty(`/proc/${pid}/smaps_rollup`)
    rssKiB += Number(/^Rss:\s+(\d+)/m.exec(text)?.[1] ?? 0)
    pssKiB += Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0)
  }
  return { rssMiB: rssKiB / 1024, pssMiB: pssKiB / 1024 }
}

function statsOf(root: number): ProcessStat[] {
  const all = readdirSync('/proc').flatMap((name) => {
    const line = /^\d+$/.test(name) ? readOrEmpty(`/proc/${name}/stat`) : ''
    return line === '' ? [] : [parseStat(line)]
  })
  const family = all.filter(({ pid }) => pid === root)
  for (let i = 0; i < family.length; i++) family.push(...all.filter(({ parent }) => parent === family[i]!.pid))
  return family
}

/** A process may end between the list and the reading. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
