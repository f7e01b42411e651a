import { readFileSync } from 'node:fs'

/** A process that cannot be mistaken for a later one of the same number. */
export interface ProcessIdentity {
  readonly pid: number
  /** Clock ticks after boot at which it started; '' where the system does not tell. */
  readonly startedAt: string
}

export function identifyProcess(pid: number): ProcessIdentity {
  return { pid, startedAt: startOf(pid) }
}

export function isAlive(identity: ProcessIdentity): boolean {
  try {
    process.kill(identity.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return startOf(identity.pid) === identity.startedAt && !isZombie(identity.pid)
}

/** Signals exactly that process; false when it is gone. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false
  try {
    process.kill(identity.pid, signal)
    return true
  } catch {
    return false
  }
}

/** Field 22 of /proc/PID/stat; the name in field 2 may hold blanks and parentheses, so fields are counted after the last one. */
function startOf(pid: number): string {
  return statFields(pid)[19] ?? ''
}

function isZombie(pid: number): boolean {
  return statFields(pid)[0] === 'Z'
}

function statFields(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}
