import { formatNumber, ratioOf, spreadOf, type Spread } from '../measure/statistics.ts'
import type { PeerFigures, ScenarioFigures } from '../runs/compare.ts'
import type { EnduranceFigures } from '../runs/endurance.ts'
import type { MemoryFigures } from '../runs/memory.ts'
import type { WorkersFigures } from '../runs/workers.ts'

/** Our figures beside those of each peer, as lines for a terminal. The ratio is ours to theirs: above 1, we are cheaper. */
export function scenarioLines({ scenario, unit, openLoopRate, peers }: ScenarioFigures): string[] {
  const ours = peers[0]
  const head = `${scenario} (${unit} per CPU second${openLoopRate > 0 ? `; latency at ${formatNumber(openLoopRate)}/s` : ''})`
  return [head, ...peers.map((figures) => `  ${line(figures, ours)}`)]
}

function line(figures: PeerFigures, ours: PeerFigures | undefined): string {
  const valid = figures.perCpuSecond.filter((value) => Number.isFinite(value))
  const name = figures.peer.padEnd(10)
  if (valid.length === 0) return `${name} – ${figures.failure}`
  const { median, low, high } = spreadOf(valid)
  const ratio = ours === undefined || ours === figures ? null : ratioOf(ours.perCpuSecond, figures.perCpuSecond)
  return [
    name,
    `${formatNumber(median).padStart(9)} (${formatNumber(low)}–${formatNumber(high)})`.padEnd(32),
    (ratio === null ? '' : `${ours!.peer} is ${withSpread(ratio)}×`).padEnd(28),
    `${formatNumber(1e6 / median)} µs`.padEnd(10),
    latencyOf(figures),
    `rss ${formatNumber(figures.rssMiB)} MiB`,
    figures.failure === '' ? '' : `(${figures.failure})`,
  ].join(' ')
}

const latencyOf = ({ latency }: PeerFigures): string =>
  latency === null
    ? ''
    : `p50/p99/p99.9 ${[latency.p50Ms, latency.p99Ms, latency.p999Ms].map(({ median }) => median.toFixed(2)).join('/')} ms `

/** 1.31 (1.25–1.40) */
export function withSpread({ median, low, high }: Spread): string {
  return `${median.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`
}

export function memoryLines(peers: readonly MemoryFigures[]): string[] {
  return [
    'memory (MiB idle, all processes; the working process; KiB per idle keep-alive connection)',
    ...peers.map(
      ({ peer, idle, idleWorker, kibPerConnection, failure }) =>
        `  ${peer.padEnd(10)} rss ${formatNumber(idle.rssMiB)} pss ${formatNumber(idle.pssMiB)}, worker rss ${formatNumber(idleWorker.rssMiB)} pss ${formatNumber(idleWorker.pssMiB)}, ` +
        (failure === '' ? `${formatNumber(kibPerConnection)} KiB each` : failure),
    ),
  ]
}

export function workersLine({ peer, one, two, speedUp, apart }: WorkersFigures): string {
  const [alone, both] = [formatNumber(one.median), formatNumber(two.median)]
  return `workers: ${peer}: ${alone} requests per CPU second with one, ${both} with two: ${withSpread(speedUp)}× with a core each; two processes: ${withSpread(apart)}×`
}

export function enduranceLine({ requests, plateauMiB, endMiB, growth }: EnduranceFigures): string {
  const [plateau, end] = [formatNumber(plateauMiB), formatNumber(endMiB)]
  return `endurance: ${formatNumber(requests / 1e6)} million requests, ${plateau} MiB at the plateau, ${end} at the end (${(growth * 100).toFixed(1)} %)`
}
