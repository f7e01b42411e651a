import type { BalancerType } from '@weft/traffic'
import type { BalancerClient, BalancerOptions } from '../options.ts'
import { bursty, cold, failing, type Server, server, slow } from './server.ts'
import { loadOf } from './simulate.ts'

/** A world in which strategies are compared. */
export interface Scenario {
  readonly name: string
  readonly servers: readonly Server[]
  ratePerSecond(): number
  readonly options: Partial<BalancerOptions>
  readonly client: Partial<BalancerClient>
}

export const allStrategies: readonly BalancerType[] = [
  'PeakEwma',
  'LeastRequest',
  'RoundRobin',
  'Random',
  'RingHash',
  'Maglev',
]

const here = { region: 'eu', zone: 'a' }
const there = { region: 'eu', zone: 'b' }

function servers(count: number, more: Partial<Server> = {}, prefix = 's'): Server[] {
  return Array.from({ length: count }, (_, i) => server(`${prefix}${i}`, more))
}

function scenario(name: string, all: readonly Server[], load: number, more: Partial<Scenario> = {}): Scenario {
  return { name, servers: all, ratePerSecond: loadOf(all, load), options: {}, client: {}, ...more }
}

/** Ten servers each, at 70 % of what they can do unless it is said otherwise. */
export const scenarios: readonly Scenario[] = [
  scenario('all alike', servers(10), 0.7),
  scenario('one 10× slower', [...servers(9), slow('slow', 10)], 0.7),
  scenario('one 10× slower, light load', [...servers(9), slow('slow', 10)], 0.2),
  scenario('one cold, joins at 20 s', [...servers(9), cold('cold', 20_000, 10_000, 20)], 0.6, {
    options: { slowStart: { windowMs: 10_000, aggression: 1, minWeight: 0.1 } },
  }),
  scenario('one fails half', [...servers(9), failing('failing', 0.5)], 0.6),
  scenario('one fails all, 20 s to 30 s', [...servers(9), failing('failing', 1, 20_000, 30_000)], 0.6),
  scenario('bursty pauses', [...servers(5), ...[0, 1, 2, 3, 4].map((i) => bursty(`b${i}`, 4_000 + 311 * i, 300))], 0.5),
  scenario(
    'weights 1 to 4',
    [0, 1, 2, 3, 4, 5, 6, 7].map((i) => server(`w${i}`, weighted(1 + (i % 4)))),
    0.7,
  ),
  scenario('far zone idle', [...servers(5, { locality: here }, 'near'), ...far()], 0.3, { client: { locality: here } }),
  scenario('near zone overloaded', [...servers(3, { locality: here }, 'near'), ...far()], 0.7, {
    client: { locality: here },
  }),
]

function weighted(weight: number): Partial<Server> {
  return { weight, concurrency: 2 * weight }
}

function far(): Server[] {
  return servers(5, { locality: there, rttMs: 6 }, 'far')
}
