import { ratioOf } from '../measure/statistics.ts'
import type { PeerFigures, ScenarioFigures } from '../runs/compare.ts'
import { scenarios } from '../scenarios/scenarios.ts'
import { markdownTable } from './markdown-table.ts'
import type { Results } from './results.ts'

const BEGIN = '<!-- Made by `npm run bench -- --write-readme` from bench/results: do not edit. -->'
const END = '<!-- End of what is made. -->'
const OTHERS = ['envoy', 'nginx', 'haproxy'] as const

/** The README with its table made anew. Throws when it has no place for one. */
export function withTable(readme: string, results: Results): string {
  const from = readme.indexOf(BEGIN)
  const to = readme.indexOf(END)
  if (from < 0 || to < from) throw new Error(`README.md: expected a line ${BEGIN} and after it a line ${END}`)
  return `${readme.slice(0, from)}${BEGIN}\n\n${readmeTable(results)}\n${readme.slice(to)}`
}

/** A row for each scenario: ratios in requests per CPU second for one hop and for a pair, and p99 beside Envoy's. */
export function readmeTable(results: Results): string {
  const kinds = scenarios.filter(({ topology }) => topology === 'hop')
  const rows = kinds.flatMap(({ name, title }) => {
    const hop = results.scenarios.find(({ scenario }) => scenario === name)
    const pair = results.scenarios.find(({ scenario }) => scenario === `pair-${name}`)
    if (hop === undefined && pair === undefined) return []
    return [
      [
        title,
        ...OTHERS.map((peer) => ratioText(hop, peer)),
        p99Text(hop),
        ...OTHERS.map((peer) => ratioText(pair, peer)),
      ],
    ]
  })
  const header = ['', 'Envoy', 'nginx', 'haproxy', 'p99 ms, Envoy’s', 'pair: Envoy', 'nginx', 'haproxy']
  return markdownTable(header, rows)
}

function ratioText(entry: ScenarioFigures | undefined, peer: string): string {
  const ours = figuresOf(entry, 'weft')
  const theirs = figuresOf(entry, peer)
  if (ours === undefined || theirs === undefined) return '–'
  const ratio = ratioOf(ours.perCpuSecond, theirs.perCpuSecond)
  return ratio === null ? '–' : ratio.median.toFixed(2)
}

function p99Text(entry: ScenarioFigures | undefined): string {
  const ours = figuresOf(entry, 'weft')?.latency
  const theirs = figuresOf(entry, 'envoy')?.latency
  if (ours == null || theirs == null) return '–'
  return `${ours.p99Ms.median.toFixed(1)}, ${theirs.p99Ms.median.toFixed(1)}`
}

const figuresOf = (entry: ScenarioFigures | undefined, name: string): PeerFigures | undefined =>
  entry?.peers.find(({ peer }) => peer === name)
