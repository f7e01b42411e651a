import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { collectProcessMetrics } from '@weft/host'
import type { EnrolmentMetrics } from './enrolment-metrics.ts'
import { metricNames } from './metric-names.ts'
import type { RefusalMetrics } from './refusal-metrics.ts'
import type { Sample, TrafficMetrics } from './traffic-metrics.ts'

/** Read at each scrape. */
export interface AgentNumbers {
  readonly workersReady: () => number
  readonly restarts: () => number
  readonly workerRestarts: () => number
  readonly enrolled: () => { enrolled: number; waiting: number }
  readonly expiries: () => readonly { identity: string; notAfterMs: number }[]
  readonly revisions: () => { discovery: number; policy: number }
  readonly snapshotFailures: () => number
  readonly kernelEvents: () => Readonly<Record<string, number>>
  readonly dnsQueries: () => Readonly<Record<string, number>>
  readonly refusals: RefusalMetrics
  readonly enrolment: EnrolmentMetrics
}

const traffic: readonly { name: string; type: 'counter' | 'gauge' | 'histogram'; help: string }[] = [
  { name: metricNames.requests, type: 'counter', help: 'Requests and TCP connections handled, by result.' },
  {
    name: metricNames.requestDuration,
    type: 'histogram',
    help: 'Time from the head of a request to the head of its reply.',
  },
  { name: metricNames.addedDuration, type: 'histogram', help: 'Of that, the time that the mesh itself added.' },
  {
    name: metricNames.faults,
    type: 'counter',
    help: 'Refusals and failures that the mesh answered with, by fault code.',
  },
  { name: metricNames.retries, type: 'counter', help: 'Further attempts.' },
  { name: metricNames.connectionsOpened, type: 'counter', help: 'Connections of workloads opened.' },
  { name: metricNames.connectionsOpen, type: 'gauge', help: 'Connections of workloads open now.' },
  { name: metricNames.sentBytes, type: 'counter', help: 'Octets from caller to callee.' },
  { name: metricNames.receivedBytes, type: 'counter', help: 'Octets from callee to caller.' },
]

/** The Prometheus registry of an agent: process metrics, its own numbers, and traffic as the workers report it. */
export function makeRegistry(metrics: TrafficMetrics, numbers: AgentNumbers): Registry {
  const registry = new Registry()
  collectProcessMetrics(collectDefaultMetrics, registry)
  const gauge = (name: string, help: string, labelNames: string[], read: (gauge: Gauge) => void): void => {
    const made: Gauge = new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      collect: () => (made.reset(), read(made)),
    })
  }
  gauge(metricNames.workers, 'Data-plane workers that are ready.', [], (g) => g.set(numbers.workersReady()))
  gauge(metricNames.restarts, 'Times that the launcher started this agent again.', [], (g) => g.set(numbers.restarts()))
  gauge(metricNames.workerRestarts, 'Workers started again.', [], (g) => g.set(numbers.workerRestarts()))
  gauge(metricNames.workloads, 'Workloads of this node, by what the kernel says.', ['state'], (g) => {
    const { enrolled, waiting } = numbers.enrolled()
    g.set({ state: 'enrolled' }, enrolled)
    g.set({ state: 'waiting' }, waiting)
  })
  gauge(metricNames.identityExpiry, 'When the certificate of an identity ends.', ['identity'], (g) => {
    for (const { identity, notAfterMs } of numbers.expiries()) g.set({ identity }, notAfterMs / 1000)
  })
  gauge(metricNames.configRevision, 'Revision in force, by source.', ['source'], (g) => {
    const { discovery, policy } = numbers.revisions()
    g.set({ source: 'discovery' }, discovery)
    g.set({ source: 'policy' }, policy)
  })
  gauge(metricNames.snapshotFailures, 'Snapshots that could not be written.', [], (g) =>
    g.set(numbers.snapshotFailures()),
  )
  gauge(metricNames.kernelEvents, 'What the eBPF hooks counted, by event.', ['event'], (g) => {
    for (const [event, value] of Object.entries(numbers.kernelEvents())) g.set({ event }, value)
  })
  gauge(metricNames.dnsQueries, 'DNS queries of workloads, by outcome.', ['outcome'], (g) => {
    for (const [outcome, value] of Object.entries(numbers.dnsQueries())) g.set({ outcome }, value)
  })
  gauge(metricNames.seriesOverflow, 'Counts that fell into the series `other`.', [], (g) => g.set(metrics.overflows))
  numbers.refusals.register(registry)
  numbers.enrolment.register(registry)
  return registry
}

/** The whole page: the registry's metrics and the traffic of the workers, in the text format 0.0.4. */
export async function exposition(registry: Registry, metrics: TrafficMetrics): Promise<string> {
  const byName = new Map<string, Sample[]>()
  for (const sample of metrics.samples()) {
    const family = sample.name.replace(/_(bucket|sum|count)$/, '')
    const known = traffic.some(({ name }) => name === family) ? family : sample.name
    const samples = byName.get(known)
    if (samples === undefined) byName.set(known, [sample])
    else samples.push(sample)
  }
  const lines = [await registry.metrics()]
  for (const { name, type, help } of traffic) {
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`)
    for (const sample of byName.get(name) ?? []) lines.push(formatSample(sample))
  }
  return lines.join('\n') + '\n'
}

function formatSample({ name, labels, value }: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`)
  return `${name}{${pairs.join(',')}} ${value}`
}

function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
