import { runClosed } from '../load/run-load.ts'
import { ratioOf, spreadOf, type Spread } from '../measure/statistics.ts'
import type { Peer } from '../peers/peer.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { startContenders, type Session } from './session.ts'

export interface WorkersFigures {
  readonly peer: string
  /** Operations per CPU second with one and with two workers. */
  readonly one: Spread
  readonly two: Spread
  /**
   * Twice the quotient: what two workers do that have a core each, compared with one. A machine that has no two cores to
   * spare beside the load cannot show it directly; there two workers also share caches with the load, which one does not.
   */
  readonly speedUp: Spread
  /** The same of two processes of one worker each, loaded at the same time: they share nothing but the machine. */
  readonly apart: Spread
}

/** Of each peer: one worker, two workers, and one that runs at the same time as the first. */
const places = [1, 2, 1] as const

/**
 * One worker, two, and two processes of one each, of every peer, all taking turns, in the other order every second round.
 * Each worker has as many connections, so that its turns are as full.
 */
export async function measureWorkers(
  session: Session,
  scenario: Scenario,
  peers: readonly Peer[],
  rounds: number,
  seconds: number,
): Promise<readonly WorkersFigures[]> {
  const { topology, entry } = scenario
  const wishes = peers.flatMap((peer) => places.map((workers) => ({ peer, workers })))
  const started = await Promise.all(
    wishes.map(({ peer, workers }, i) => startContenders(session, [peer], { topology, entry, workers, firstPlace: i })),
  )
  const contenders = started.flatMap((one) => one.contenders)
  /** Operations per CPU second of those at `indexes`, loaded together. */
  const run = async (indexes: readonly number[], forSeconds: number): Promise<number> => {
    const spent = (): number => indexes.reduce((sum, i) => sum + contenders[i]!.cpuSeconds(), 0)
    const before = spent()
    const outcomes = await Promise.all(
      indexes.map((i) => {
        const connections = scenario.closed.connections * wishes[i]!.workers
        const load = { ...scenario, closed: { ...scenario.closed, connections } }
        return runClosed(session.tools, load, contenders[i]!.layout.entryPort, forSeconds)
      }),
    )
    return outcomes.reduce((sum, { operations }) => sum + operations, 0) / (spent() - before)
  }
  try {
    const failures = started.flatMap((one) => [...one.failures.values()])
    if (failures.length > 0) throw new Error(failures.join())
    for (const i of contenders.keys()) await run([i], 2)
    const turns = peers.flatMap((_, i) => [[3 * i], [3 * i + 1], [3 * i, 3 * i + 2]])
    const perCpuSecond = turns.map((): number[] => [])
    for (let round = 0; round < rounds; round++) {
      const order = [...turns.keys()]
      for (const turn of round % 2 === 0 ? order : order.reverse())
        perCpuSecond[turn]!.push(await run(turns[turn]!, seconds))
    }
    return peers.map(({ name }, i) => {
      const [one, two, apart] = [perCpuSecond[3 * i]!, perCpuSecond[3 * i + 1]!, perCpuSecond[3 * i + 2]!]
      return { peer: name, one: spreadOf(one), two: spreadOf(two), speedUp: twice(two, one), apart: twice(apart, one) }
    })
  } finally {
    await Promise.all(contenders.map((contender) => contender.end()))
  }
}

function twice(two: readonly number[], one: readonly number[]): Spread {
  const { median, low, high } = ratioOf(two, one)!
  return { median: 2 * median, low: 2 * low, high: 2 * high }
}
