import { formatNumber, ratioOf, spreadOf } from '../measure/statistics.ts'
import type { PeerFigures } from '../runs/compare.ts'
import { scenarios } from '../scenarios/scenarios.ts'
import { markdownTable } from './markdown-table.ts'
import type { Results } from './results.ts'
import { withSpread } from './tables.ts'

/** bench/results/results.md: everything that results.json has, for people. */
export function resultsMarkdown(results: Results): string {
  const { machine, versions } = results
  const versionWords = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return `# Results

Made by \`npm run bench\`. Ratios are ours to theirs in operations per CPU second, round by round: above 1, we are cheaper. Median (least–greatest).

${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Linux ${machine.kernel}, ${machine.system}, Node ${machine.node}; ${versionWords.join(', ')}.

${results.scenarios.map(scenarioSection).join('\n')}
${[memorySection(results), workersSection(results), enduranceSection(results)].filter((text) => text !== '').join('\n')}`
}

function scenarioSection(entry: Results['scenarios'][number]): string {
  const title = scenarios.find(({ name }) => name === entry.scenario)?.title ?? ''
  const pair = entry.scenario.startsWith('pair-') ? ', pair with mTLS' : ''
  const rate =
    entry.openLoopRate > 0 ? `Latency at ${formatNumber(entry.openLoopRate)} ${entry.unit}/s, open loop. ` : ''
  const rows = entry.peers.map((peer) => scenarioRow(peer, entry.peers[0]!))
  const header = [
    '',
    `${entry.unit} / CPU s`,
    'ours to theirs',
    'µs CPU each',
    'p50 ms',
    'p99 ms',
    'p99.9 ms',
    'RSS MiB',
  ]
  const failures = entry.peers
    .filter(({ failure }) => failure !== '')
    .map(({ peer, failure }) => `${peer}: ${failure}. `)
  const notes = entry.peers.filter(({ note }) => note).map(({ peer, note }) => `${peer}: ${note}. `)
  return `## ${entry.scenario}: ${title}${pair}

${markdownTable(header, rows)}
${rate}${notes.join('')}${failures.join('')}${entry.rounds} rounds of ${entry.seconds} s, ${entry.date}, weft ${entry.revision}; load average before: ${formatNumber(entry.loadAverage)}.
`
}

function scenarioRow(figures: PeerFigures, ours: PeerFigures): string[] {
  const valid = figures.perCpuSecond.filter((value) => Number.isFinite(value))
  if (valid.length === 0) return [figures.peer, '–', '–', '–', '–', '–', '–', '–']
  const { median, low, high } = spreadOf(valid)
  const ratio = figures === ours ? null : ratioOf(ours.perCpuSecond, figures.perCpuSecond)
  const { latency } = figures
  const latencies = latency === null ? ['–', '–', '–'] : [latency.p50Ms, latency.p99Ms, latency.p999Ms].map(medianMs)
  return [
    figures.peer,
    `${formatNumber(median)} (${formatNumber(low)}–${formatNumber(high)})`,
    ratio === null ? '' : withSpread(ratio),
    formatNumber(1e6 / median),
    ...latencies,
    formatNumber(figures.rssMiB),
  ]
}

const medianMs = ({ median }: { readonly median: number }): string => median.toFixed(2)

function memorySection({ memory }: Results): string {
  if (memory === null) return ''
  const rows = memory.peers.map((one) => [
    one.peer,
    formatNumber(one.idle.rssMiB),
    formatNumber(one.idle.pssMiB),
    formatNumber(one.idleWorker.rssMiB),
    formatNumber(one.idleWorker.pssMiB),
    one.failure === '' ? formatNumber(one.kibPerConnection) : one.failure,
  ])
  const header = ['', 'idle RSS MiB', 'idle PSS MiB', 'worker RSS MiB', 'worker PSS MiB', 'KiB per idle connection']
  const connections = memory.peers[0]?.connections ?? 0
  return `## Memory

${markdownTable(header, rows)}
${formatNumber(connections)} keep-alive connections, each used once. ${memory.date}, weft ${memory.revision}.
`
}

function workersSection({ workers }: Results): string {
  if (workers === null) return ''
  const times = ['two workers, times the work of one, with a core each', 'two processes of one worker each']
  const header = ['peer', 'requests per CPU second with one', 'with two', ...times]
  const rows = workers.peers.map(({ peer, one, two, speedUp, apart }) => [
    peer,
    formatNumber(one.median),
    formatNumber(two.median),
    withSpread(speedUp),
    withSpread(apart),
  ])
  return `## Two workers

${markdownTable(header, rows)}
Taking turns; each worker has as many connections. Two processes share nothing: what they lose, the machine takes. ${workers.date}, weft ${workers.revision}.
`
}

function enduranceSection({ endurance }: Results): string {
  if (endurance === null) return ''
  const { requests, plateauMiB, endMiB, growth } = endurance
  return `## Endurance

${formatNumber(requests / 1e6)} million requests: RSS ${formatNumber(plateauMiB)} MiB at the plateau, ${formatNumber(endMiB)} MiB at the end
(${(growth * 100).toFixed(1)} %). ${endurance.date}, weft ${endurance.revision}.
`
}
