import { formatNumber, ratioOf, spreadOf, type Spread } from '../measure/statistics.ts'
import type { PeerFigures, ScenarioFigures } from '../runs/compare.ts'

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
