import type { ApiServer } from './api-server.ts'
import { containerGroups, cpuMsOf } from './container-use.ts'
import { meshParts } from './parts.ts'
import { type Chapter, type Figure, figure } from './report.ts'
import {
  addressOf,
  loadFrom,
  namespaceOf,
  type Place,
  places,
  podOf,
  ports,
  type Protocol,
  type Side,
  sides,
} from './scene.ts'
import { formatNumber, median } from './statistics.ts'
import { waysOf, waysSince } from './ways.ts'

/** What the load generator (bench/native/load.c) tells of a run. */
interface Run {
  readonly operations: number
  readonly perSecond: number
  readonly errors: number
  readonly unfinished: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly cpuMs: number
}

/** One round of one side. */
export interface Round extends Run {
  /** Of agents, client and server, for each operation. */
  readonly cpuUs: number
  readonly agentCpuUs: number
}

export type Rounds = Readonly<Record<Side, readonly Round[]>>

const SECONDS = 2
/** Until the code that a request runs through has been compiled. */
const WARM_SECONDS = 10
const PROBE_SECONDS = 1
const CONNECTIONS = 8
/** Of what the mesh can. */
const RATE_SHARE = 0.5
const words: Readonly<Record<Protocol, string>> = {
  http1: 'HTTP/1.1, kept alive',
  'grpc-unary': 'gRPC (HTTP/2)',
  tcp: 'TCP round trips',
}

/** Latency and CPU of small requests from pod to pod, in the mesh and outside in turn, at equal rates. */
export async function measureTraffic(api: ApiServer, rounds: number): Promise<Chapter> {
  const agents = (await meshParts(api)).filter(({ name }) => name === 'agent').flatMap(({ groups }) => groups)
  const figures: Figure[] = []
  let ways = await waysOf(api)
  for (const place of places)
    for (const protocol of Object.keys(ports) as Protocol[]) {
      const lanes = {
        mesh: await laneOf(api, 'mesh', place, protocol),
        plain: await laneOf(api, 'plain', place, protocol),
      }
      await run(lanes.mesh, `seconds=${WARM_SECONDS}`)
      const rate = Math.round((await probe(lanes.mesh)) * RATE_SHARE)
      await probe(lanes.plain)
      const done = { mesh: [] as Round[], plain: [] as Round[] }
      for (let round = 0; round < rounds; round++)
        for (const side of round % 2 === 0 ? sides : sides.toReversed())
          done[side].push(await runRound(lanes[side], agents, rate))
      const now = await waysOf(api)
      const title = `${words[protocol]}, ${place === 'near' ? 'same node' : 'across nodes'}`
      figures.push(...trafficFigures(title, rate, done, waysSince(ways, now)))
      ways = now
    }
  return {
    title: 'Requests from pod to pod',
    how:
      `${CONNECTIONS} connections, 128 octets, open loop (latency counts from when a request was due) at half of what the mesh does in a closed ` +
      `loop, the same rate outside; ${rounds} rounds of ${SECONDS} s in turn, medians over them. CPU is of both agents, the server’s containers and ` +
      'the client, by cpu.stat and getrusage.',
    figures,
  }
}

/** A line for each side; `way` is what the agents call how it went. */
export function trafficFigures(title: string, rate: number, rounds: Rounds, way: string): Figure[] {
  const middle = (side: Side, key: keyof Round): number => median(rounds[side].map((round) => round[key]))
  const line = (side: Side): string => {
    const agents = side === 'mesh' ? ` (agents ${formatNumber(middle(side, 'agentCpuUs'))})` : ''
    const errors = rounds[side].reduce((sum, round) => sum + round.errors + round.unfinished, 0)
    const failed = errors === 0 ? '' : `, ${errors} FAILED`
    const latency = `p50 ${formatNumber(middle(side, 'p50Ms'))} ms, p99 ${formatNumber(middle(side, 'p99Ms'))} ms`
    return `${latency}, ${formatNumber(middle(side, 'cpuUs'))} µs CPU${agents}${failed}`
  }
  return [
    figure(`${title}, ${rate}/s: mesh${way === '' ? '' : ` (${way})`}`, line('mesh')),
    figure('– without', line('plain')),
  ]
}

interface Lane {
  readonly side: Side
  readonly place: Place
  readonly words: readonly string[]
  readonly server: readonly string[]
}

async function laneOf(api: ApiServer, side: Side, place: Place, protocol: Protocol): Promise<Lane> {
  const host = await addressOf(api, side, 'server')
  const server = containerGroups(await podOf(api, namespaceOf(side), 'server'))
  return { side, place, server, words: [protocol, String(ports[protocol]), `host=${host}`, 'path=/'] }
}

/** What it does in a closed loop, per second. */
async function probe(lane: Lane): Promise<number> {
  return (await run(lane, `seconds=${PROBE_SECONDS}`)).perSecond
}

async function runRound(lane: Lane, agents: readonly string[], rate: number): Promise<Round> {
  const before = { agents: cpuMsOf(agents), server: cpuMsOf(lane.server) }
  const report = await run(lane, `seconds=${SECONDS}`, `rate=${rate}`, `skip=${SECONDS / 5}`)
  const agentMs = cpuMsOf(agents) - before.agents
  const serverMs = cpuMsOf(lane.server) - before.server
  const each = (cpuMs: number): number => (cpuMs * 1000) / report.operations
  // Outside the mesh, agents do what they do for others; it is none of this request's.
  const ownAgentMs = lane.side === 'mesh' ? agentMs : 0
  return { ...report, cpuUs: each(ownAgentMs + serverMs + report.cpuMs), agentCpuUs: each(ownAgentMs) }
}

async function run(lane: Lane, ...more: readonly string[]): Promise<Run> {
  const said = await loadFrom(lane.side, lane.place, ...lane.words, `connections=${CONNECTIONS}`, ...more)
  return parseRun(said)
}

/** Reads the one line of JSON that the load generator prints. Throws when it gave up, with its reason. */
export function parseRun(said: string): Run {
  const report = JSON.parse(said) as Run & { readonly failure?: string }
  if (report.failure !== undefined) throw new Error(`load generator: ${report.failure}`)
  return report
}
