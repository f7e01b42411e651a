import { runClosed, runOpen } from '../load/run-load.ts'
import { spreadOf, type Spread } from '../measure/statistics.ts'
import type { Peer } from '../peers/peer.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import type { Contender } from './contender.ts'
import { startContenders, type Session } from './session.ts'

export interface CompareSettings {
  readonly rounds: number
  readonly seconds: number
  readonly workers: number
  /** Of the open loop; 0 leaves it out. */
  readonly latencyRounds: number
}

/** Of one peer in one scenario. A figure of a round that failed is NaN in `perCpuSecond`, null in JSON. */
export interface PeerFigures {
  readonly peer: string
  /** Operations per CPU second of the proxy, round by round. */
  readonly perCpuSecond: readonly number[]
  readonly perSecond: Spread | null
  readonly latency: LatencyFigures | null
  readonly rssMiB: number
  /** Why there are no figures, or not all. */
  readonly failure: string
  /** What the peer does otherwise than asked. */
  readonly note: string
}

export interface LatencyFigures {
  readonly p50Ms: Spread
  readonly p99Ms: Spread
  readonly p999Ms: Spread
}

export interface ScenarioFigures {
  readonly scenario: string
  readonly unit: string
  /** Operations per second of the open loop, for all peers the same. */
  readonly openLoopRate: number
  readonly peers: readonly PeerFigures[]
}

/** An open loop has at most this, so that the generator itself is never the one that is late. */
const RATE_MAX = 50_000

class Tally {
  readonly perCpuSecond: number[] = []
  readonly perSecond: number[] = []
  readonly p50Ms: number[] = []
  readonly p99Ms: number[] = []
  readonly p999Ms: number[] = []
  rssMiB = 0
  failure = ''
}

/** Runs one scenario against all peers, taking turns: A B C A B C … A peer that fails is told of and goes on. */
export async function compare(
  session: Session,
  scenario: Scenario,
  peers: readonly Peer[],
  settings: CompareSettings,
): Promise<ScenarioFigures> {
  const { topology, entry } = scenario
  const { contenders, failures } = await startContenders(session, peers, { topology, entry, workers: settings.workers })
  const tallies = new Map(peers.map(({ name }) => [name, new Tally()]))
  for (const [name, failure] of failures) tell(session, scenario, tallies.get(name)!, name, failure)
  try {
    for (const contender of contenders) await warmUp(session, scenario, contender, tallies.get(contender.peer.name)!)
    for (let round = 0; round < settings.rounds; round++) {
      for (const contender of contenders) {
        await measureCpu(session, scenario, contender, tallies.get(contender.peer.name)!, settings.seconds)
      }
    }
    const rate = openLoopRate(scenario, [...tallies.values()])
    for (let round = 0; rate > 0 && round < settings.latencyRounds; round++) {
      for (const contender of contenders) {
        const tally = tallies.get(contender.peer.name)!
        if (!canKeepUp(tally, rate)) continue
        await measureLatency(session, scenario, contender, tally, settings.seconds, rate)
      }
    }
    const figures = peers.map((peer) => figuresOf(peer, scenario, tallies.get(peer.name)!))
    return { scenario: scenario.name, unit: scenario.unit, openLoopRate: rate, peers: figures }
  } finally {
    await Promise.all(contenders.map((contender) => contender.end()))
  }
}

/** A compiler that works in the background needs this much of the processor before what it makes is in use. */
const WARM_CPU_SECONDS = 2.5
/** Of a program that was compiled before: caches and pools alone. */
const WARM_CPU_SECONDS_NATIVE = 0.5
const WARM_TURNS_MAX = 8

/** Compilers, caches and pools are warm before anything counts; on a busy machine that takes longer. */
async function warmUp(session: Session, scenario: Scenario, contender: Contender, tally: Tally): Promise<void> {
  const each = contender.peer.name.startsWith('weft') ? WARM_CPU_SECONDS : WARM_CPU_SECONDS_NATIVE
  const until = contender.cpuSeconds() + each * contender.pids.length
  try {
    for (let turn = 0; turn < WARM_TURNS_MAX && contender.cpuSeconds() < until; turn++) {
      await runClosed(session.tools, scenario, contender.layout.entryPort, 1)
    }
  } catch (error) {
    tell(session, scenario, tally, contender.peer.name, messageOf(error))
  }
}

/** A turn in which the proxy got less of a core says little: clock ticks are coarse, and some turn may begin nothing at all. */
const LEAST_SHARE = 0.25
const TURNS_MAX = 4

async function measureCpu(
  session: Session,
  scenario: Scenario,
  contender: Contender,
  tally: Tally,
  seconds: number,
): Promise<void> {
  try {
    const before = contender.cpuSeconds()
    let [operations, errors, cpuSeconds] = [0, 0, 0]
    for (let turn = 0; turn < TURNS_MAX && cpuSeconds < LEAST_SHARE * seconds; turn++) {
      const outcome = await runClosed(session.tools, scenario, contender.layout.entryPort, seconds)
      if (contender.ending !== '') throw new Error(contender.ending)
      cpuSeconds = contender.cpuSeconds() - before
      operations += outcome.operations
      errors += outcome.errors
      tally.perSecond.push(outcome.perSecond)
    }
    if (errors > operations / 1000) throw new Error(`${errors} errors beside ${operations} ${scenario.unit}`)
    tally.perCpuSecond.push(operations / cpuSeconds)
    tally.rssMiB = contender.memory().rssMiB
  } catch (error) {
    tally.perCpuSecond.push(Number.NaN)
    tell(session, scenario, tally, contender.peer.name, contender.ending || messageOf(error))
  }
}

async function measureLatency(
  session: Session,
  scenario: Scenario,
  contender: Contender,
  tally: Tally,
  seconds: number,
  rate: number,
): Promise<void> {
  try {
    const outcome = await runOpen(session.tools, scenario, contender.layout.entryPort, seconds, rate)
    tally.p50Ms.push(outcome.p50Ms)
    tally.p99Ms.push(outcome.p99Ms)
    tally.p999Ms.push(outcome.p999Ms)
  } catch (error) {
    tell(session, scenario, tally, contender.peer.name, `open loop: ${messageOf(error)}`)
  }
}

/** Slower than this part of the fastest, and a peer has stalled: at half of its rate all others would sleep. */
const STALLED = 0.02

/** Half of the slowest peer's median. */
function openLoopRate(scenario: Scenario, tallies: readonly Tally[]): number {
  const medians = tallies
    .filter(({ perSecond }) => perSecond.length > 0)
    .map(({ perSecond }) => spreadOf(perSecond).median)
  if (scenario.open === null || medians.length === 0) return 0
  const moving = medians.filter((median) => median > STALLED * Math.max(...medians))
  return Math.min(RATE_MAX, Math.round(Math.min(...moving) / 2))
}

/** One that stalls would only fill its queue. */
const canKeepUp = ({ perSecond }: Tally, rate: number): boolean =>
  perSecond.length > 0 && spreadOf(perSecond).median > rate

function figuresOf({ name: peer, note }: Peer, scenario: Scenario, tally: Tally): PeerFigures {
  const { perCpuSecond, perSecond, p50Ms, p99Ms, p999Ms, rssMiB, failure } = tally
  return {
    peer,
    perCpuSecond,
    perSecond: perSecond.length === 0 ? null : spreadOf(perSecond),
    latency: p50Ms.length === 0 ? null : { p50Ms: spreadOf(p50Ms), p99Ms: spreadOf(p99Ms), p999Ms: spreadOf(p999Ms) },
    rssMiB,
    failure,
    note: note(scenario),
  }
}

function tell(session: Session, scenario: Scenario, tally: Tally, peer: string, failure: string): void {
  if (tally.failure === '') session.say(`${scenario.name}: ${peer}: ${failure}`)
  tally.failure ||= failure
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
