import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runClosed } from '../load/run-load.ts'
import { cpuSecondsOf, familyOf, memoryOf, type Memory } from '../measure/processes.ts'
import type { Peer } from '../peers/peer.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import type { Contender } from './contender.ts'
import { startContenders, type Session } from './session.ts'

/** What collectors and allocators take to settle. */
const SETTLE_MS = 3000

export interface MemoryFigures {
  readonly peer: string
  /** All processes, before any load. */
  readonly idle: Memory
  /** The process that does the work, before any load. */
  readonly idleWorker: Memory
  readonly connections: number
  /** After a load, with the connections beyond it; growth by resident memory. */
  readonly kibPerConnection: number
  readonly failure: string
}

/** Memory of every peer: idle, and by how much idle keep-alive connections, each used once, make it grow. */
export async function measureMemory(
  session: Session,
  scenario: Scenario,
  peers: readonly Peer[],
  connections: number,
): Promise<MemoryFigures[]> {
  const wish = { topology: 'hop', entry: 'http1', workers: 1 } as const
  const { contenders, failures } = await startContenders(session, peers, wish)
  const none = { rssMiB: 0, pssMiB: 0 }
  const nothing = { idle: none, idleWorker: none, connections, kibPerConnection: 0 }
  const figures: MemoryFigures[] = [...failures].map(([peer, failure]) => ({ peer, ...nothing, failure }))
  try {
    await sleep(SETTLE_MS)
    for (const contender of contenders) figures.push(await measureOne(session, scenario, contender, connections))
    return figures
  } finally {
    await Promise.all(contenders.map((contender) => contender.end()))
  }
}

async function measureOne(
  session: Session,
  scenario: Scenario,
  contender: Contender,
  connections: number,
): Promise<MemoryFigures> {
  const idle = contender.memory()
  const idleOf = new Map(contender.pids.flatMap(familyOf).map((pid) => [pid, memoryOfOne(pid)]))
  let kibPerConnection = 0
  let failure = ''
  try {
    await runClosed(session.tools, scenario, contender.layout.entryPort, 2)
    await sleep(SETTLE_MS)
    const before = contender.memory()
    const holder = await hold(session, contender.layout.entryPort, connections)
    await sleep(SETTLE_MS)
    kibPerConnection = ((contender.memory().rssMiB - before.rssMiB) * 1024) / connections
    holder()
  } catch (error) {
    failure = contender.ending || (error instanceof Error ? error.message : String(error))
  }
  const worker = [...idleOf.keys()].toSorted((a, b) => cpuOfOne(b) - cpuOfOne(a))[0]
  const idleWorker = idleOf.get(worker ?? 0) ?? { rssMiB: 0, pssMiB: 0 }
  return { peer: contender.peer.name, idle, idleWorker, connections, kibPerConnection, failure }
}

/** Opens connections, one request on each, and keeps them until the function given back is called. */
function hold(session: Session, port: number, connections: number): Promise<() => void> {
  const child = spawn(join(session.tools.native, 'load'), ['idle', String(port), `connections=${connections}`])
  child.stdin.on('error', () => {})
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part
      if (text.includes('holding')) resolve(() => void child.stdin.end())
    })
    child.once('error', reject)
    child.once('close', () => reject(new Error(`holding ${connections} connections: ${text.trim()}`)))
  })
}

const childrenOf = (pid: number): number[] => familyOf(pid).filter((other) => other !== pid)

function memoryOfOne(pid: number): Memory {
  const children = memoryOf(childrenOf(pid))
  const all = memoryOf([pid])
  return { rssMiB: all.rssMiB - children.rssMiB, pssMiB: all.pssMiB - children.pssMiB }
}

const cpuOfOne = (pid: number): number =>
  cpuSecondsOf([pid]) - cpuSecondsOf(childrenOf(pid).filter((child) => child !== pid))
