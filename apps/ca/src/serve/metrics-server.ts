import { splitAddress } from '@weft/config'
import { MetricsServer } from '@weft/host'
import type { Registry } from 'prom-client'

export function metricsServer(listen: string, registry: Registry, isReady: () => boolean): MetricsServer {
  const { contentType } = registry
  return new MetricsServer({ ...splitAddress(listen)!, contentType, metrics: () => registry.metrics(), isReady })
}
