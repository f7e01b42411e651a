import { Http2Counters } from '@weft/http2'
import { Http1Counters } from '@weft/http-proxy'
import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { RefusalReport } from '../worker/refusal-report.ts'
import { RefusalMetrics } from './refusal-metrics.ts'

async function lines(metrics: RefusalMetrics): Promise<string[]> {
  const registry = new Registry()
  metrics.register(registry)
  return (await registry.metrics()).split('\n').filter((line) => line.startsWith('weft_http_refusals_total{'))
}

test('what workers count reaches the page once, worker after worker, and series are known from the start', async () => {
  const metrics = new RefusalMetrics()
  const before = await lines(metrics)
  const [http1, http2, tunnels] = [new Http1Counters(), new Http2Counters(), new Http2Counters()]
  const more = new Http1Counters()
  const report = new RefusalReport([
    { side: 'client', http1: [http1, more], http2: [http2] },
    { side: 'tunnel', http1: [], http2: [tunnels] },
  ])

  http2.earlyResetFloods = 3
  http1.count('too_many_fields')
  more.count('too_many_fields')
  tunnels.pingFloods = 1
  metrics.add(report.drain())
  metrics.add(report.drain())
  http2.earlyResetFloods = 4
  metrics.add(report.drain())
  metrics.add([{ protocol: 'http2', side: 'client', reason: 'invented', count: 7 }])

  const after = await lines(metrics)
  expect(after).toHaveLength(before.length)
  expect(before.every((line) => line.endsWith(' 0'))).toBe(true)
  expect(after.filter((line) => !line.endsWith(' 0')).sort()).toEqual([
    'weft_http_refusals_total{protocol="http1",side="client",reason="too_many_fields"} 2',
    'weft_http_refusals_total{protocol="http2",side="client",reason="early_reset_floods"} 4',
    'weft_http_refusals_total{protocol="http2",side="tunnel",reason="ping_floods"} 1',
  ])
})
