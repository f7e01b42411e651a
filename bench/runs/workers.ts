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
   * spare beside the load cannot show it directly.
   */
  readonly speedUp: Spread
}

/** One worker and two, taking turns. */
export async function measureWorkers(
  session: Session,
  scenario: Scenario,
  peer: Peer,
  rounds: number,
  seconds: number,
): Promise<WorkersFigures> {
  const { topology, entry } = scenario
  const started = await Promise.all(
    [1, 2].map((workers, i) => startContenders(session, [peer], { topology, entry, workers, firstPlace: i })),
  )
  const contenders = started.flatMap((one) => one.contenders)
  try {
    const failures = started.flatMap((one) => [...one.failures.values()])
    if (failures.length > 0) throw new Error(failures.join())
    for (const { layout } of contenders) await runClosed(session.tools, scenario, layout.entryPort, 2)
    const perCpuSecond: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      for (const [i, contender] of contenders.entries()) {
        const before = contender.cpuSeconds()
        const { operations } = await runClosed(session.tools, scenario, contender.layout.entryPort, seconds)
        perCpuSecond[i === 0 ? 0 : 1].push(operations / (contender.cpuSeconds() - before))
      }
    }
    const { median, low, high } = ratioOf(perCpuSecond[1], perCpuSecond[0])!
    const speedUp = { median: 2 * median, low: 2 * low, high: 2 * high }
    return { peer: peer.name, one: spreadOf(perCpuSecond[0]), two: spreadOf(perCpuSecond[1]), speedUp }
  } finally {
    await Promise.all(contenders.map((contender) => contender.end()))
  }
}
