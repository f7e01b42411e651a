import { describe, expect, it } from 'vitest'
import { collectProcessMetrics } from './process-metrics.ts'

describe('collectProcessMetrics', () => {
  it('leaves out what keeps an idle process busy', () => {
    const names = new Set<string>()
    let precisionMs = 0
    const registry = { removeSingleMetric: (name: string) => names.delete(name) }
    collectProcessMetrics((options) => {
      precisionMs = options.eventLoopMonitoringPrecision
      for (const word of ['', '_p50', '_max']) names.add(`nodejs_eventloop_lag${word}_seconds`)
      names.add('process_cpu_seconds_total')
    }, registry)
    expect([...names]).toEqual(['nodejs_eventloop_lag_seconds', 'process_cpu_seconds_total'])
    expect(precisionMs).toBeGreaterThan(86_400_000)
  })
})
