import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { splitAddress } from '@weft/config'
import type { DeltaServer } from '@weft/discovery'
import { collectProcessMetrics, MetricsServer } from '@weft/host'
import { metricNames } from './metric-names.ts'
import type { PolicySet } from './policy-set.ts'

export function metricsServer(
  listen: string,
  policies: PolicySet,
  delta: DeltaServer,
  isReady: () => boolean,
): MetricsServer {
  const registry = new Registry()
  collectProcessMetrics(collectDefaultMetrics, registry)
  const gauge = (name: string, help: string, read: () => number): void => {
    const made: Gauge = new Gauge({ name, help, registers: [registry], collect: () => made.set(read()) })
  }
  gauge(metricNames.revision, 'Store revision that the policies in force come from.', () => policies.revision)
  gauge(metricNames.policies, 'Policies in force.', () => policies.policies().length)
  gauge(metricNames.subscribers, 'Agents that watch.', () => delta.subscriptions.size)
  return new MetricsServer({
    ...splitAddress(listen)!,
    contentType: registry.contentType,
    metrics: () => registry.metrics(),
    isReady,
  })
}
