import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { splitAddress } from '@weft/config'
import { collectProcessMetrics, MetricsServer } from '@weft/host'
import type { Mesh } from './mesh.ts'
import { metricNames } from './metric-names.ts'

/** Answers as soon as it is started; ready is for `isReady` to say. */
export function metricsServer(mesh: Mesh, listen: string, isReady: () => boolean): MetricsServer {
  const registry = registryOf(mesh)
  return new MetricsServer({
    ...splitAddress(listen)!,
    contentType: registry.contentType,
    metrics: () => registry.metrics(),
    isReady,
  })
}

function registryOf(mesh: Mesh): Registry {
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
  gauge(metricNames.revision, 'Revision of the store.', [], (g) => g.set(mesh.store.revision))
  gauge(metricNames.subscribers, 'Open delta streams.', [], (g) => g.set(mesh.delta.subscriptions.size))
  gauge(metricNames.resources, 'Resources offered, by kind.', ['kind'], (g) => {
    for (const { kind } of mesh.model.encoded) g.inc({ kind })
    g.set({ kind: 'Workload' }, mesh.registry.workloads().length)
  })
  gauge(metricNames.nodes, 'Nodes, by whether their agent is connected.', ['state'], (g) => {
    for (const { connected } of mesh.progress.all()) g.inc({ state: connected ? 'connected' : 'away' })
  })
  gauge(metricNames.workloads, 'Workloads, by state.', ['state'], (g) => {
    for (const { state } of mesh.registry.workloads()) g.inc({ state })
  })
  return registry
}
