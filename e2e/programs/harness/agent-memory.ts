import { readFileSync, writeFileSync } from 'node:fs'
import { layout } from './layout.ts'
import { runWeft } from './weft.ts'

const MIB = 1 << 10

/**
 * The most memory that any process of the agents has held since `forgetPeaks`, in MiB, and the number of processes.
 * Source: proc(5), VmHWM, and 5 written to clear_refs.
 */
export async function peakMib(): Promise<{ largest: number; processes: number }> {
  const peaks = (await agentProcesses()).map((pid) => {
    return Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / MIB)
  })
  return { largest: Math.max(0, ...peaks), processes: peaks.length }
}

export async function forgetPeaks(): Promise<void> {
  for (const pid of await agentProcesses()) writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

/** Supervisors and their workers; none without a mesh. */
async function agentProcesses(): Promise<number[]> {
  if (layout.nodes === 0) return []
  const { parts } = JSON.parse(await runWeft('status', '-o', 'json')) as {
    parts: { name: string; process: { pid: number } }[]
  }
  const supervisors = parts.filter(({ name }) => name.startsWith('agent-')).map(({ process: { pid } }) => pid)
  const children = (pid: number) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  return supervisors.flatMap((pid) => [pid, ...children(pid).filter(Boolean).map(Number)])
}
