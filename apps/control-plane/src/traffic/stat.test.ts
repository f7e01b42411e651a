import { expect, test } from 'vitest'
import { weft } from '@weft/proto'
import { bucketOf } from '@weft/telemetry'
import { readStatQuery, stat } from './stat.ts'
import { TrafficWindow } from './traffic-window.ts'

const count = (fields: Partial<weft.discovery.v1.TrafficCount.$Properties>): weft.discovery.v1.TrafficCount =>
  new weft.discovery.v1.TrafficCount({
    service: 'default/cart',
    workload: 'node1/default/cart/1',
    source: 'spiffe://td/ns/default/sa/web',
    destination: 'spiffe://td/ns/default/sa/cart',
    protocol: 'http',
    direction: 'outbound',
    security: 'mtls',
    ...fields,
  })

const instances = new Map([
  ['default/cart', { ready: 1, all: 2, identity: 'spiffe://td/ns/default/sa/cart' }],
  ['shop/idle', { ready: 1, all: 1, identity: 'spiffe://td/ns/shop/sa/idle' }],
])

test('stat() adds up nodes and instances of one service, and lists services that nobody called', () => {
  const window = new TrafficWindow()
  window.record('node1', [count({ successes: 8, failures: 2, latencyBuckets: { [bucketOf(4)]: 10 } })], 1000)
  window.record(
    'node2',
    [count({ successes: 10, workload: 'node2/default/cart/2', latencyBuckets: { [bucketOf(4)]: 10 } })],
    1500,
  )

  const rows = stat(window, instances, { by: 'service', windowMs: 10_000, namespace: '' }, 2000)

  expect(
    rows.map(({ service, successes, failures, instancesReady, instances: all }) => ({
      service,
      successes,
      failures,
      instancesReady,
      all,
    })),
  ).toEqual([
    { service: 'default/cart', successes: 18, failures: 2, instancesReady: 1, all: 2 },
    { service: 'shop/idle', successes: undefined, failures: undefined, instancesReady: 1, all: 1 },
  ])
  expect(rows[0]!.requestsPerSecond).toBe(2)
  expect(rows[0]!.p50Ms).toBeGreaterThan(3.7)
  expect(rows[0]!.p50Ms).toBeLessThan(4.5)
})

test('stat() shows a service whose route leads elsewhere, and what of it is in other rows', () => {
  const window = new TrafficWindow()
  const canary = { service: 'default/cart-v2', addressed: 'default/cart', workload: 'node1/default/cart-v2/1' }
  window.record('node1', [count({ successes: 9 }), count({ ...canary, successes: 1, failures: 1 })], 1000)
  const by = (view: 'service' | 'workload' | 'edge') =>
    stat(window, new Map(), { by: view, windowMs: 10_000, namespace: '' }, 2000)

  const rows = by('service')
  expect(rows.map(({ service, successes, failures, routedOn }) => [service, successes, failures, routedOn])).toEqual([
    ['default/cart', 10, 1, 2],
    ['default/cart-v2', 1, 1, 0],
  ])
  const total = rows.reduce((sum, row) => sum + Number(row.successes) + Number(row.failures) - Number(row.routedOn), 0)
  expect(total, 'every request once').toBe(11)
  for (const view of ['workload', 'edge'] as const)
    expect(by(view).reduce((sum, row) => sum + Number(row.successes) + Number(row.failures), 0)).toBe(11)
})

test('stat() counts a request once: what arrived over mTLS was counted where it was sent', () => {
  const window = new TrafficWindow()
  window.record(
    'node1',
    [
      count({ successes: 5 }),
      count({ successes: 5, direction: 'inbound' }),
      count({ failures: 1, direction: 'inbound', security: 'plaintext', source: '' }),
    ],
    1000,
  )

  const rows = stat(window, instances, { by: 'edge', windowMs: 10_000, namespace: '' }, 1000)

  expect(rows.map(({ source, successes, failures }) => [source, successes, failures])).toEqual([
    ['', 0, 1],
    ['spiffe://td/ns/default/sa/web', 5, 0],
  ])
})

test('stat() counts what went within one node once, and a service that was called in two ways says both', () => {
  const window = new TrafficWindow()
  const direct = { protocol: 'tcp', security: 'direct' }
  window.record(
    'node1',
    [
      count({ ...direct, successes: 3 }),
      count({ ...direct, successes: 3, direction: 'inbound' }),
      count({ protocol: 'tcp', successes: 2 }),
    ],
    1000,
  )

  const of = (by: 'service' | 'edge') =>
    stat(window, new Map(), { by, windowMs: 10_000, namespace: '' }, 1000).map((row) => [row.security, row.successes])

  expect(of('service')).toEqual([['direct+mtls', 5]])
  expect(of('edge').toSorted()).toEqual([
    ['direct', 3],
    ['mtls', 2],
  ])
})

test.each(['service', 'edge'] as const)('stat() by %s names a gRPC service so, in one row', (by) => {
  const window = new TrafficWindow()
  const connection = count({ protocol: 'http', workload: '', destination: '', connectionsOpen: 1 })
  window.record('node1', [connection, count({ protocol: 'grpc', successes: 3 })], 1000)

  const rows = stat(window, new Map(), { by, windowMs: 10_000, namespace: '' }, 1000)

  expect(rows.map(({ protocol, successes, connectionsOpen }) => [protocol, successes, connectionsOpen])).toEqual([
    ['grpc', 3, 1],
  ])
})

test('stat() by service gives what is not HTTP a row of its own', () => {
  const window = new TrafficWindow()
  window.record('node1', [count({ successes: 3 }), count({ protocol: 'tcp', successes: 1 })], 1000)

  const rows = stat(window, new Map(), { by: 'service', windowMs: 10_000, namespace: '' }, 1000)

  expect(rows.map(({ protocol, successes }) => [protocol, successes])).toEqual([
    ['http', 3],
    ['tcp', 1],
  ])
})

test('TrafficWindow forgets what is older than the window, and the oldest when there is too much', () => {
  const window = new TrafficWindow(60_000, 3)
  window.record('node1', [count({ successes: 1 }), count({ successes: 1 })], 1000)
  window.record('node1', [count({ successes: 1 }), count({ successes: 1 })], 2000)

  const rows = stat(window, new Map(), { by: 'service', windowMs: 60_000, namespace: '' }, 2000)

  expect(rows[0]!.successes).toBe(2)
})

test('readStatQuery() refuses words and windows it does not know', () => {
  const request = (fields: object): weft.management.v1.StatRequest => new weft.management.v1.StatRequest(fields)
  expect(readStatQuery(request({}))).toEqual({ by: 'service', windowMs: 10_000, namespace: '' })
  expect(() => readStatQuery(request({ by: 'pod' }))).toThrow('found "pod", expected service, workload or edge')
  expect(() => readStatQuery(request({ windowMs: 99_999 }))).toThrow('expected at most 60000')
})
