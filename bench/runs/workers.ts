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
   * spare beside the load cannot show it directly; there two workers also share caches with the load, which one does not,
   * so that what a peer reaches in the same run says how much of the loss is the machine's.
   */
  readonly speedUp: Spread
}

/** One worker and two of every peer, all taking turns. Each worker has as many connections, so that its turns are as full. */
export async function measureWorkers(
  session: Session,
  scenario: Scenario,
  peers: readonly Peer[],
  rounds: number,
  seconds: number,
): Promise<readonly WorkersFigures[]> {
  const { topology, entry } = scenario
  const sizes = [1, 2] as const
  const load = sizes.map((workers) => ({
    ...scenario,
    closed: { ...scenario.closed, connections: scenario.closed.connections * workers },
  }))
  const places = peers.flatMap((peer) => sizes.map((workers) => ({ peer, workers })))
  const started = await Promise.all(
    places.map(({ peer, workers }, i) => startContenders(session, [peer], { topology, entry, workers, firstPlace: i })),
  )
  const contenders = started.flatMap((one) => one.contenders)
  try {
    const failures = started.flatMap((one) => [...one.failures.values()])
    if (failures.length > 0) throw new Error(failures.join())
    for (const [i, { layout }] of contenders.entries())
      await runClosed(session.tools, load[i % 2]!, layout.entryPort, 2)
    const perCpuSecond = contenders.map((): number[] => [])
    for (let round = 0; round < rounds; round++) {
      for (const [i, contender] of contenders.entries()) {
        const before = contender.cpuSeconds()
        const { operations } = await runClosed(session.tools, load[i % 2]!, contender.layout.entryPort, seconds)
        perCpuSecond[i]!.push(operations / (contender.cpuSeconds() - before))
      }
    }
    return peers.map(({ name }, i) => {
      const [one, two] = [perCpuSecond[2 * i]!, perCpuSecond[2 * i + 1]!]
      const { median, low, high } = ratioOf(two, one)!
      const speedUp = { median: 2 * median, low: 2 * low, high: 2 * high }
      return { peer: name, one: spreadOf(one), two: spreadOf(two), speedUp }
    })
  } finally {
    await Promise.all(contenders.map((contender) => contender.end()))
  }
}
