import { HISTOGRAM_BUCKETS, upperBoundMs } from '@weft/telemetry'
import type { TrafficCountData } from '../worker/messages.ts'
import { metricNames } from './metric-names.ts'

/** Bucket bounds in seconds: those that OpenTelemetry advises for HTTP durations, and finer ones below. */
const BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const BUCKET_OF = Array.from({ length: HISTOGRAM_BUCKETS }, (_, i) => {
  const at = BOUNDS.findIndex((bound) => upperBoundMs(i) / 1000 <= bound * 1.0001)
  return at < 0 ? BOUNDS.length : at
})

interface Labels {
  [name: string]: string
}

class Series {
  readonly labels: Labels
  successes = 0
  failures = 0
  retries = 0
  sent = 0
  received = 0
  opened = 0
  /** By worker, then by what is counted apart there. */
  readonly open = new Map<number, Map<string, number>>()
  readonly faults = new Map<string, number>()
  readonly duration = new Float64Array(BOUNDS.length + 1)
  durationSum = 0.0
  readonly added = new Float64Array(BOUNDS.length + 1)
  addedSum = 0.0

  constructor(labels: Labels) {
    this.labels = labels
  }
}

export interface Sample {
  readonly name: string
  readonly labels: Labels
  readonly value: number
}

/**
 * Adds up what the workers report, with a bound: past `seriesMax` combinations of labels the rest falls into one series
 * whose labels are all `other`, and is counted. Totals stay exact.
 */
export class TrafficMetrics {
  readonly #seriesMax: number
  readonly #series = new Map<string, Series>()
  overflows = 0

  constructor(seriesMax: number) {
    this.#seriesMax = seriesMax
  }

  add(counts: readonly TrafficCountData[], worker: number): void {
    for (const count of counts) {
      const series = this.#seriesOf(count)
      series.successes += count.successes
      series.failures += count.failures
      series.retries += count.retries
      series.sent += count.bytesSent
      series.received += count.bytesReceived
      series.opened += count.connectionsOpened
      const open = series.open.get(worker) ?? new Map<string, number>()
      const apart = `${count.workload}|${count.destination}|${count.addressed}`
      if (count.connectionsOpen === 0) open.delete(apart)
      else series.open.set(worker, open.set(apart, count.connectionsOpen))
      for (const [code, n] of Object.entries(count.faults)) series.faults.set(code, (series.faults.get(code) ?? 0) + n)
      addBuckets(series.duration, count.latencyBuckets)
      addBuckets(series.added, count.addedBuckets)
      series.durationSum += count.latencySumMs / 1000
      series.addedSum += count.addedSumMs / 1000
    }
  }

  /** A worker is gone: what it had open is not open any more. */
  forget(worker: number): void {
    for (const series of this.#series.values()) series.open.delete(worker)
  }

  *samples(): Generator<Sample> {
    for (const series of this.#series.values()) {
      const { labels } = series
      yield { name: metricNames.requests, labels: { ...labels, result: 'success' }, value: series.successes }
      yield { name: metricNames.requests, labels: { ...labels, result: 'failure' }, value: series.failures }
      yield { name: metricNames.retries, labels, value: series.retries }
      yield { name: metricNames.sentBytes, labels, value: series.sent }
      yield { name: metricNames.receivedBytes, labels, value: series.received }
      yield { name: metricNames.connectionsOpened, labels, value: series.opened }
      yield { name: metricNames.connectionsOpen, labels, value: openIn(series) }
      for (const [fault, value] of series.faults)
        yield { name: metricNames.faults, labels: { ...labels, fault }, value }
      yield* histogram(metricNames.requestDuration, labels, series.duration, series.durationSum)
      yield* histogram(metricNames.addedDuration, labels, series.added, series.addedSum)
    }
  }

  #seriesOf(count: TrafficCountData): Series {
    const { direction, protocol, security, service, source } = count
    const key = `${direction}|${protocol}|${security}|${service}|${source}`
    let series = this.#series.get(key)
    if (series !== undefined) return series
    if (this.#series.size < this.#seriesMax) {
      series = new Series({ direction, protocol, security, service, source })
      this.#series.set(key, series)
      return series
    }
    this.overflows++
    series = this.#series.get('other')
    if (series === undefined) {
      series = new Series({
        direction: 'other',
        protocol: 'other',
        security: 'other',
        service: 'other',
        source: 'other',
      })
      this.#series.set('other', series)
    }
    return series
  }
}

function openIn({ open }: Series): number {
  let sum = 0
  for (const ofWorker of open.values()) for (const count of ofWorker.values()) sum += count
  return sum
}

function addBuckets(into: Float64Array, buckets: Readonly<Record<number, number>>): void {
  for (const index in buckets) into[BUCKET_OF[Number(index)] ?? BOUNDS.length]! += buckets[index]!
}

function* histogram(name: string, labels: Labels, counts: Float64Array, sum: number): Generator<Sample> {
  let cumulative = 0
  for (let i = 0; i <= BOUNDS.length; i++) {
    cumulative += counts[i]!
    yield {
      name: `${name}_bucket`,
      labels: { ...labels, le: i < BOUNDS.length ? String(BOUNDS[i]) : '+Inf' },
      value: cumulative,
    }
  }
  yield { name: `${name}_sum`, labels, value: sum }
  yield { name: `${name}_count`, labels, value: cumulative }
}
