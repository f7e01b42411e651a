import { setTimeout as sleep } from 'node:timers/promises'
import { runClosed } from '../load/run-load.ts'
import { spreadOf } from '../measure/statistics.ts'
import type { Peer } from '../peers/peer.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { startContenders, type Session } from './session.ts'

const TURN_SECONDS = 10
/** After this part of all requests, memory is expected to have reached its plateau. */
const PLATEAU_AT = 0.4

export interface EnduranceFigures {
  readonly peer: string
  readonly requests: number
  /** Resident memory after each turn. */
  readonly rssMiB: readonly number[]
  readonly plateauMiB: number
  readonly endMiB: number
  /** End over plateau, less one: 0.02 is 2 % more. */
  readonly growth: number
}

/** Millions of requests one after the other, with a look at memory after every turn. */
export async function measureEndurance(
  session: Session,
  scenario: Scenario,
  peer: Peer,
  millions: number,
): Promise<EnduranceFigures> {
  const { contenders, failures } = await startContenders(session, [peer], { ...scenario, workers: 1 })
  const contender = contenders[0]
  if (contender === undefined) throw new Error([...failures.values()].join())
  try {
    const samples: { requests: number; rssMiB: number }[] = []
    let requests = 0
    while (requests < millions * 1e6) {
      const outcome = await runClosed(session.tools, scenario, contender.layout.entryPort, TURN_SECONDS)
      if (outcome.operations === 0) throw new Error('no request was answered in a whole turn')
      requests += outcome.operations
      await sleep(500)
      samples.push({ requests, rssMiB: contender.memory().rssMiB })
      session.say(`${(requests / 1e6).toFixed(2)} million requests: ${samples.at(-1)!.rssMiB.toFixed(1)} MiB`)
    }
    return { peer: peer.name, ...growthOf(samples, requests) }
  } finally {
    await contender.end()
  }
}

/** The plateau is the median from 40 % to 70 % of the requests; the end, the median of the last tenth. */
export function growthOf(
  samples: readonly { readonly requests: number; readonly rssMiB: number }[],
  requests: number,
): Omit<EnduranceFigures, 'peer'> {
  const within = (from: number, to: number): number[] =>
    samples.filter((sample) => sample.requests >= from * requests && sample.requests <= to * requests).map(rssOf)
  const early = within(PLATEAU_AT, 0.7)
  const plateauMiB = spreadOf(early.length > 0 ? early : samples.map(rssOf)).median
  const late = within(0.9, 1)
  const endMiB = spreadOf(late.length > 0 ? late : samples.slice(-1).map(rssOf)).median
  return { requests, rssMiB: samples.map(rssOf), plateauMiB, endMiB, growth: endMiB / plateauMiB - 1 }
}

const rssOf = ({ rssMiB }: { readonly rssMiB: number }): number => rssMiB
