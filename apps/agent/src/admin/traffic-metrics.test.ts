import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketOf } from '@weft/telemetry'
import type { TrafficCountData } from '../worker/messages.ts'
import { metricNames } from './metric-names.ts'
import { TrafficMetrics } from './traffic-metrics.ts'

const count = (change: Partial<TrafficCountData>): TrafficCountData => ({
  service: 'default/cart',
  addressed: '',
  workload: '',
  source: 'spiffe://td/ns/default/sa/web',
  destination: '',
  protocol: 'http',
  direction: 'outbound',
  security: 'mtls',
  successes: 0,
  failures: 0,
  faults: {},
  retries: 0,
  bytesSent: 0,
  bytesReceived: 0,
  connectionsOpened: 0,
  connectionsOpen: 0,
  latencyBuckets: {},
  latencySumMs: 0,
  addedBuckets: {},
  addedSumMs: 0,
  ...change,
})

const sumOf = (metrics: TrafficMetrics, name: string): number =>
  [...metrics.samples()].filter((sample) => sample.name === name).reduce((sum, sample) => sum + sample.value, 0)

test('past its limit TrafficMetrics puts the rest into `other`, and totals stay exact', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 1000 })), { maxLength: 200 }),
      (reports) => {
        const metrics = new TrafficMetrics(5)
        for (const [service, successes] of reports)
          metrics.add([count({ service: `default/s${service}`, successes })], 0)
        const series = [...metrics.samples()].filter(
          ({ name, labels }) => name === metricNames.requests && labels['result'] === 'success',
        )
        expect(series.length).toBeLessThanOrEqual(6)
        expect(sumOf(metrics, metricNames.requests)).toBe(reports.reduce((sum, [, successes]) => sum + successes, 0))
      },
    ),
  )
})

test('connections open are those of each worker now, and go with the worker', () => {
  const metrics = new TrafficMetrics(100)
  metrics.add([count({ connectionsOpen: 3 })], 0)
  metrics.add([count({ connectionsOpen: 4 })], 1)
  metrics.add([count({ connectionsOpen: 5 })], 0)
  expect(sumOf(metrics, metricNames.connectionsOpen)).toBe(9)
  metrics.forget(1)
  expect(sumOf(metrics, metricNames.connectionsOpen)).toBe(5)
})

test('connections open to several workloads of one service add up', () => {
  const metrics = new TrafficMetrics(100)
  metrics.add([count({ workload: 'a', connectionsOpen: 3 }), count({ workload: 'b', connectionsOpen: 2 })], 0)
  expect(sumOf(metrics, metricNames.connectionsOpen)).toBe(5)
  metrics.add([count({ workload: 'a', connectionsOpen: 0 })], 0)
  expect(sumOf(metrics, metricNames.connectionsOpen)).toBe(2)
})

test('a latency lands in the bucket that a histogram of Prometheus would put it in', () => {
  const metrics = new TrafficMetrics(100)
  metrics.add([count({ latencyBuckets: { [bucketOf(3)]: 2, [bucketOf(30_000)]: 1 }, latencySumMs: 30_006 })], 0)
  const buckets = new Map(
    [...metrics.samples()]
      .filter(({ name }) => name === `${metricNames.requestDuration}_bucket`)
      .map(({ labels, value }) => [labels['le'], value]),
  )
  expect([buckets.get('0.0025'), buckets.get('0.005'), buckets.get('10'), buckets.get('+Inf')]).toEqual([0, 2, 2, 3])
  expect(sumOf(metrics, `${metricNames.requestDuration}_sum`)).toBeCloseTo(30.006)
})
