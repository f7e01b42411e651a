// What TCP between two workloads of one node costs: without a mesh, without the agent, and by the agent, in turns.
// Not here: how it is done (docs/capture.md), and what HTTP costs (bench/main.ts).
// Start here; neighbours.ts has the two ends. For root on a machine that captures by eBPF.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { formatNumber, ratioOf, spreadOf } from '../measure/statistics.ts'
import { buildNative } from '../setup/native.ts'
import { CapturedMesh } from '../soak/captured-mesh.ts'
import { PlainNetwork, Trips } from './neighbours.ts'

const CLIENT = '198.18.250.1'
const SERVER = '198.18.250.2'
const PORT = 7000
const kinds = ['trips of 128 octets', 'trips of 16 KiB', 'new connections'] as const

interface Way {
  readonly name: string
  readonly client: Trips
  readonly address: string
  /** Whose CPU counts. */
  readonly pids: () => number[]
}

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, count: { type: 'string', default: '20000' } },
})
const [rounds, count] = [Number(values.rounds), Number(values.count)]
const directory = mkdtempSync(join(tmpdir(), 'weft-direct-'))
const mesh = new CapturedMesh(directory, 1)
const plain: PlainNetwork[] = []
const programs: Trips[] = []
try {
  await mesh.up()
  const ways = await prepare()
  const results = new Map<string, Map<string, number[]>>(kinds.map((kind) => [kind, new Map()]))
  for (let round = 0; round <= rounds; round++) {
    for (const kind of kinds) {
      for (const way of ways) {
        const cost = await measure(way, kind)
        const series = results.get(kind)!
        // The first one warms up.
        if (round > 0) series.set(way.name, [...(series.get(way.name) ?? []), cost])
      }
    }
  }
  for (const [kind, series] of results) tell(kind, series)
} finally {
  for (const program of programs) program.end()
  for (const network of plain) network.remove()
  await mesh.end()
  rmSync(directory, { recursive: true, force: true })
}

async function prepare(): Promise<Way[]> {
  const trips = join(buildNative(), 'trips')
  const started = async (of: Promise<Trips>): Promise<Trips> => {
    const program = await of
    programs.push(program)
    return program
  }
  const [here, there] = [CLIENT, SERVER].map((address, i) => {
    const network = new PlainNetwork(mesh.netns, `weft-plain${i}-${process.pid}`, address)
    plain.push(network)
    return network
  }) as [PlainNetwork, PlainNetwork]
  const server = await started(Trips.of(there.run(trips, 'serve', String(PORT))))
  const client = await started(Trips.of(here.run(trips, 'ask')))
  const workload = (service: string, more: readonly string[], words: readonly string[]): Promise<Trips> =>
    started(Trips.of(mesh.run(['--own-network', '--service', service, ...more], [trips, ...words])))
  const serving = ['serve', String(PORT)]
  const direct = await workload('direct', ['--port', String(PORT), '--protocol', 'tcp'], serving)
  // Nothing is declared: the agent reads it, and relays it as it does what is declared.
  const relayed = await workload('relayed', ['--port', String(PORT)], serving)
  const caller = await workload('client', [], ['ask'])
  const addresses = await mesh.addresses(['direct', 'relayed', 'client'])
  const agents = (): number[] => mesh.agents().flatMap(({ pid, workers }) => [pid, ...workers])
  return [
    { name: 'no mesh', client, address: SERVER, pids: () => [client.pid, server.pid] },
    {
      name: 'direct',
      client: caller,
      address: addresses.get('direct')!,
      pids: () => [caller.pid, direct.pid, ...agents()],
    },
    {
      name: 'by the agent',
      client: caller,
      address: addresses.get('relayed')!,
      pids: () => [caller.pid, relayed.pid, ...agents()],
    },
  ]
}

/** Microseconds of CPU for each trip or connection, of both programs and the agents. */
async function measure({ name, client, address, pids }: Way, kind: (typeof kinds)[number]): Promise<number> {
  const many = kind === 'new connections' || name === 'by the agent' ? Math.ceil(count / 5) : count
  const line =
    kind === 'new connections'
      ? `opens ${many} ${address} ${PORT}`
      : `trips ${many} ${kind === 'trips of 16 KiB' ? 16_384 : 128} ${address} ${PORT}`
  const before = cpuNanoseconds(pids())
  await client.do(line)
  return (cpuNanoseconds(pids()) - before) / many / 1_000
}

function cpuNanoseconds(pids: readonly number[]): number {
  let sum = 0
  for (const pid of pids)
    for (const task of readdirSync(`/proc/${pid}/task`))
      sum += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0])
  return sum
}

function tell(kind: string, series: ReadonlyMap<string, readonly number[]>): void {
  const base = series.get('no mesh')!
  process.stdout.write(`\n${kind}, CPU of both programs and the agents, µs each, ${rounds} rounds in turns\n`)
  for (const [name, costs] of series) {
    const { median, low, high } = spreadOf(costs)
    const ratio = ratioOf(costs, base)!
    const figures = `${formatNumber(median)} (${formatNumber(low)}–${formatNumber(high)})`
    const times = `${ratio.median.toFixed(3)} (${ratio.low.toFixed(3)}–${ratio.high.toFixed(3)}) of no mesh`
    process.stdout.write(`  ${name.padEnd(14)} ${figures.padEnd(24)} ${times}\n`)
  }
}
