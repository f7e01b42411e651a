import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** What one process holds at one moment. */
export interface Sample {
  readonly pid: number
  readonly rssBytes: number
  readonly descriptors: number
}

/** Null when it is gone. */
export function sampleOf(pid: number): Sample | null {
  try {
    const [, residentPages] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')
    const descriptors = readdirSync(`/proc/${pid}/fd`).length
    return { pid, rssBytes: Number(residentPages) * 4096, descriptors }
  } catch {
    return null
  }
}

const ESTABLISHED = '01'
const CLOSE_WAIT = '08'

/** Connections that these processes still hold, on one of the local ports or to one of the remote ones. */
export function connectionsOf(pids: readonly number[], ports: readonly number[]): number {
  const own = new Set(pids.flatMap(socketsOf))
  const wanted = new Set(ports.map((port) => port.toString(16).toUpperCase().padStart(4, '0')))
  let count = 0
  for (const line of readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/)
    const [, local = '', remote = '', state = ''] = fields
    if (state !== ESTABLISHED && state !== CLOSE_WAIT) continue
    if (!own.has(fields[9] ?? '')) continue
    if (wanted.has(local.split(':')[1] ?? '') || wanted.has(remote.split(':')[1] ?? '')) count++
  }
  return count
}

function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? []
      } catch {
        return []
      }
    })
  } catch {
    return []
  }
}
