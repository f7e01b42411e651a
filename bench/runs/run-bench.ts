import { mkdirSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import type { Peer } from '../peers/peer.ts'
import { record } from '../report/record.ts'
import type { Results } from '../report/results.ts'
import { enduranceLine, memoryLines, scenarioLines, workersLine } from '../report/tables.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { quickScenarios, scenarios, scenariosNamed } from '../scenarios/scenarios.ts'
import type { Options } from '../setup/options.ts'
import { benchCache } from '../setup/place.ts'
import { describeMachine } from '../setup/versions.ts'
import { choosePeers, twoOfOurs } from './choose-peers.ts'
import { compare } from './compare.ts'
import { measureEndurance } from './endurance.ts'
import { measureMemory } from './memory.ts'
import { profile } from './profile.ts'
import { openSession, type Session } from './session.ts'
import { measureWorkers } from './workers.ts'

const IDLE_CONNECTIONS = 10_000
/** Beside those of scenarios/: what is asked of the machine rather than of a protocol. */
const SPECIAL = ['memory', 'workers']

type Draft = { -readonly [K in keyof Results]: Results[K] }

/** The work itself, with its results on the standard output. Gives the exit code. */
export async function runBench(options: Options, scratch: string): Promise<number> {
  const say = (line: string): void => void process.stderr.write(`bench: ${line}\n`)
  const peers = options.ab.length > 0 ? twoOfOurs(options, scratch) : choosePeers(options, scratch, say)
  const wanted = chosenNames(options)
  const ordinary = wanted.filter((name) => !SPECIAL.includes(name))
  const chosen = ordinary.length === 0 ? [] : scenariosNamed(ordinary)
  const session = await openSession(scratch, options.portBase, say)
  if (options.profile) return await profileAll(session, chosen, peers[0]!, options.seconds)

  const loadAverage = loadavg()[0]!
  if (loadAverage > cpus().length) {
    say(`the machine is busy (load average ${loadAverage.toFixed(1)}, ${cpus().length} cores): ranges will be wide`)
  }
  const results = emptyResults(peers)
  const stamp = {
    date: new Date().toISOString().slice(0, 10),
    revision: peers[0]?.version() ?? '',
    loadAverage,
    ...lengthOf(options),
  }
  const print = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`)
  for (const [i, scenario] of chosen.entries()) {
    say(`${scenario.name}, ${i + 1} of ${chosen.length}`)
    const figures = await compare(session, scenario, peers, options)
    results.scenarios = [...results.scenarios, { ...figures, ...stamp }]
    print(scenarioLines(figures))
  }
  const small = scenarios[0]!
  if (wanted.includes('memory')) {
    results.memory = { ...stamp, peers: await measureMemory(session, small, peers, IDLE_CONNECTIONS) }
    print(memoryLines(results.memory.peers))
  }
  if (wanted.includes('workers')) {
    const compared = peers.filter(({ name }) => name === 'weft' || name === 'envoy')
    const figures = await measureWorkers(session, small, compared, options.rounds, options.seconds)
    results.workers = { ...stamp, peers: figures }
    print(figures.map(workersLine))
  }
  if (options.enduranceMillions > 0) {
    results.endurance = { ...stamp, ...(await measureEndurance(session, small, peers[0]!, options.enduranceMillions)) }
    print([enduranceLine(results.endurance)])
  }
  if (options.ab.length === 0 && (options.record || isWhole(options))) record(results)
  return results.scenarios.some(({ peers: [ours] }) => ours!.failure !== '') ? 1 : 0
}

const lengthOf = ({ rounds, seconds }: Options): { rounds: number; seconds: number } => ({ rounds, seconds })

/** A run that leaves nothing out is kept without being asked. */
const isWhole = ({ scenarios: named, peers, isQuick, profile: isProfile, enduranceMillions }: Options): boolean =>
  named.length === 0 && peers.length === 0 && !isQuick && !isProfile && enduranceMillions === 0

function chosenNames(options: Options): readonly string[] {
  if (options.scenarios.length > 0) return options.scenarios
  if (options.isQuick) return quickScenarios
  if (options.enduranceMillions > 0) return []
  return options.ab.length > 0 || options.profile ? ['http1-small'] : ['*', ...SPECIAL]
}

async function profileAll(session: Session, chosen: readonly Scenario[], peer: Peer, seconds: number): Promise<number> {
  const directory = join(benchCache, 'profiles')
  mkdirSync(directory, { recursive: true })
  for (const scenario of chosen) process.stdout.write(await profile(session, scenario, peer, seconds, directory))
  return 0
}

function emptyResults(peers: readonly Peer[]): Draft {
  const versions = Object.fromEntries(peers.map((peer) => [peer.name, peer.version()]))
  return { machine: describeMachine(), versions, scenarios: [], memory: null, workers: null, endurance: null }
}
