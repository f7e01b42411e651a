import { type Service, serviceDefaults, type Workload, workloadDefaults } from '@weft/topology'
import { defaultTrafficPolicy, ruleDefaults } from '@weft/traffic'
import { expect, test } from 'vitest'
import type { ResourceUpsert } from '../worker/messages.ts'
import { SnapshotStore } from './snapshot-store.ts'

const cart: Service = {
  ...serviceDefaults,
  namespace: 'default',
  name: 'cart',
  address4: '198.19.0.1',
  address6: 'fd77:6566:7400::1',
  ports: [{ port: 80, targetPort: 8080, name: 'http', protocol: 'detect' }],
  selector: { app: 'cart' },
}

function workload(name: string, more: Partial<Workload> = {}): ResourceUpsert {
  const value: Workload = {
    ...workloadDefaults,
    uid: `node1/default/${name}/1`,
    namespace: 'default',
    name,
    serviceAccount: 'cart',
    labels: { app: 'cart' },
    node: 'node1',
    address: `198.18.2.${name.length}`,
    hbonePort: 15008,
    ports: [],
    networkMode: 'shared',
    cgroupPath: '',
    netnsPath: '',
    allowPlaintext: false,
    publishPort: 0,
    state: 'ready',
    ...more,
  }
  return { kind: 'Workload', name: value.uid, value }
}

function storeWith(...upserts: ResourceUpsert[]): SnapshotStore {
  const store = new SnapshotStore('cluster.local', () => 0.5)
  apply(store, upserts)
  return store
}

function apply(store: SnapshotStore, upserts: ResourceUpsert[], removals: string[] = []): void {
  const revision = store.current.revision + 1
  store.apply({ type: 'resources', revision, policyRevision: revision, upserts, removals })
}

const service: ResourceUpsert = { kind: 'Service', name: 'default/cart', value: cart }

test('Snapshot finds a service by either of its addresses, and a workload by its own', () => {
  const { current } = storeWith(service, workload('a'))

  expect(current.addressed('198.19.0.1', 80)).toMatchObject({ service: 'default/cart', port: 80 })
  expect(current.addressed('fd77:6566:7400::1', 80)).toBe(current.addressed('198.19.0.1', 80))
  expect(current.addressed('198.19.0.1', 81), 'no such port').toBe(null)
  expect(current.addressed('198.18.2.1', 9999)).toMatchObject({ service: '', port: 9999 })
  expect(current.addressed('198.18.2.9', 80)).toBe(null)
})

test('SnapshotStore keeps backend, endpoints and what is known of them while they stay', () => {
  const store = storeWith(service, workload('a'), workload('bb'))
  const before = store.current.addressed('198.19.0.1', 80)!.backend
  const [endpoint] = before.balancer.states()
  const target = endpoint!.target
  before.balancer.started(endpoint!, 0)

  apply(store, [workload('ccc')])
  const after = store.current.addressed('198.19.0.1', 80)!.backend

  expect(after).toBe(before)
  expect(after.balancer.size).toBe(3)
  expect([endpoint!.target, endpoint!.inFlight]).toEqual([target, 1])
  expect([...after.balancer.states()]).toContain(endpoint)
})

test('SnapshotStore gives draining and starting workloads no new work', () => {
  const store = storeWith(
    service,
    workload('a'),
    workload('bb', { state: 'draining' }),
    workload('ccc', { state: 'starting' }),
  )

  expect(store.current.addressed('198.19.0.1', 80)!.backend.balancer.size).toBe(1)
  expect(store.current.addressed('198.18.2.2', 80)!.backend.balancer.size, 'addressed itself').toBe(1)
})

test('SnapshotStore makes a new backend when its policy changed', () => {
  const store = storeWith(service, workload('a'))
  const before = store.current.addressed('198.19.0.1', 80)!.backend
  const value = {
    ...defaultTrafficPolicy,
    name: 'TrafficPolicy/default/p',
    service: 'default/cart',
    connectTimeoutMs: 1,
  }

  apply(store, [{ kind: 'TrafficPolicy', name: 'default/p', value }])

  const after = store.current.addressed('198.19.0.1', 80)!.backend
  expect(after).not.toBe(before)
  expect(after.policy.connectTimeoutMs).toBe(1)
})

test('SnapshotStore refuses a change with a bad resource as a whole', () => {
  const store = storeWith(service)
  const path = { type: 'regex', value: '(' } as const
  const rule = { name: 'r', matches: [{ path, method: '', headers: [], query: [] }] }
  const rules = [{ ...ruleDefaults, ...rule }]
  const value = { service: 'default/cart', port: 80, clientNamespace: '', rules, relay: null }

  expect(() => apply(store, [workload('a'), { kind: 'Route', name: 'default/cart:80', value }])).toThrow()

  expect(store.current.workload('node1/default/a/1')).toBe(null)
  expect(store.current.revision).toBe(1)
})

test('SnapshotStore forgets what is removed', () => {
  const store = storeWith(service, workload('a'))
  store.current.addressed('198.19.0.1', 80)

  apply(store, [], ['Service/default/cart'])

  expect(store.current.addressed('198.19.0.1', 80)).toBe(null)
  expect(store.describeBackends()).toEqual([])
})

test('Snapshot reads a port as its own declaration says, else as that of the service', () => {
  const declared = { ...cart, ports: [{ ...cart.ports[0]!, protocol: 'grpc' as const }] }
  const { current } = storeWith({ kind: 'Service', name: 'default/cart', value: declared }, workload('a'))
  const found = current.workload('node1/default/a/1')!

  expect([current.protocolOf(found, 8080), current.protocolOf(found, 1)]).toEqual(['grpc', 'detect'])
  expect([current.serviceOf(found, 8080), current.serviceOf(found, 1)]).toEqual(['default/cart', ''])
})

test('SnapshotStore brings the backends up to a change that it concerns, and lets the others be', () => {
  const shop: Service = { ...cart, name: 'shop', address4: '198.19.0.2', address6: '', selector: { app: 'shop' } }
  const store = storeWith(service, workload('a'), { kind: 'Service', name: 'default/shop', value: shop })
  const [inCart, inShop] = ['198.19.0.1', '198.19.0.2'].map((at) => store.current.addressed(at, 80)!.backend)

  apply(store, [workload('bb', { labels: { app: 'shop' } })])
  expect([inCart!.balancer.size, inShop!.balancer.size]).toEqual([1, 1])
  apply(store, [workload('bb', { labels: { app: 'cart' } })])
  expect([inCart!.balancer.size, inShop!.balancer.size], 'moved from one to the other').toEqual([2, 0])
  apply(store, [], ['Workload/node1/default/a/1'])
  expect(inCart!.balancer.size).toBe(1)
})

test('Snapshot that is no longer in force makes no backend of what was', () => {
  const store = storeWith(service, workload('a'))
  const old = store.current

  apply(store, [workload('bb')])

  expect(old.addressed('198.19.0.1', 80)!.backend.balancer.size, 'as it is now').toBe(2)
  apply(store, [], ['Service/default/cart'])
  expect(
    old.backendOf({ service: 'default/cart', port: 80, weight: 1, requestHeaders: null, replyHeaders: null }),
    'made before',
  ).not.toBe(null)
})
