import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PeerFigures, ScenarioFigures } from '../runs/compare.ts'
import type { EnduranceFigures } from '../runs/endurance.ts'
import type { MemoryFigures } from '../runs/memory.ts'
import type { WorkersFigures } from '../runs/workers.ts'
import { scenarios } from '../scenarios/scenarios.ts'
import type { Machine } from '../setup/versions.ts'

/** When and of what an entry was measured. */
export interface Stamp {
  readonly date: string
  readonly revision: string
  readonly rounds: number
  readonly seconds: number
  /** Processes that wanted a core when the run began, ours not among them. */
  readonly loadAverage: number
}

/** All that is kept in results.json: the newest figures of each scenario. */
export interface Results {
  readonly machine: Machine
  readonly versions: Readonly<Record<string, string>>
  readonly scenarios: readonly (ScenarioFigures & Stamp)[]
  readonly memory: (Stamp & { readonly peers: readonly MemoryFigures[] }) | null
  readonly workers: (Stamp & { readonly peers: readonly WorkersFigures[] }) | null
  readonly endurance: (Stamp & EnduranceFigures) | null
}

export const RESULTS_FILE = 'results.json'

/** Null when nothing was recorded yet. */
export function readResults(directory: string): Results | null {
  const path = join(directory, RESULTS_FILE)
  if (!existsSync(path)) return null
  const results = JSON.parse(readFileSync(path, 'utf8')) as Results
  return { ...results, scenarios: results.scenarios.map((entry) => ({ ...entry, peers: entry.peers.map(withNaN) })) }
}

/** JSON has no NaN: a round that failed is null there. */
const withNaN = (figures: PeerFigures): PeerFigures => ({
  ...figures,
  perCpuSecond: (figures.perCpuSecond as readonly (number | null)[]).map((value) => value ?? Number.NaN),
})

/** New entries take the place of older ones of the same name; the order is that of the scenarios. */
export function mergeResults(before: Results | null, now: Results): Results {
  const all = [
    ...(before?.scenarios ?? []).filter(({ scenario }) => !now.scenarios.some((s) => s.scenario === scenario)),
  ]
  const place = ({ scenario }: ScenarioFigures): number => scenarios.findIndex(({ name }) => name === scenario)
  return {
    machine: now.machine,
    versions: { ...before?.versions, ...now.versions },
    scenarios: [...all, ...now.scenarios].toSorted((a, b) => place(a) - place(b)),
    memory: now.memory ?? before?.memory ?? null,
    workers: now.workers ?? before?.workers ?? null,
    endurance: now.endurance ?? before?.endurance ?? null,
  }
}

export function writeResults(directory: string, results: Results): void {
  mkdirSync(directory, { recursive: true })
  const rounded = (_key: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(5)) : value
  writeFileSync(join(directory, RESULTS_FILE), `${JSON.stringify(results, rounded, 1)}\n`)
}
