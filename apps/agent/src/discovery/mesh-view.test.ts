import { expect, test } from 'vitest'
import { ResourceSet, type ModelResource } from '@weft/discovery'
import { type Service, serviceDefaults, type Workload, workloadDefaults } from '@weft/topology'
import { MeshView } from './mesh-view.ts'

function serviceOf(name: string, address4: string, change: Partial<Service> = {}): ModelResource {
  const value: Service = {
    ...serviceDefaults,
    namespace: 'shop',
    name,
    address4,
    address6: '',
    ports: [{ port: 80, targetPort: 8080, name: '', protocol: 'detect' }],
    selector: { app: name },
    isMeshed: false,
    ...change,
  }
  return { kind: 'Service', name: `shop/${name}`, value }
}

function podOf(name: string, app: string, address: string, change: Partial<Workload> = {}): ModelResource {
  const value: Workload = {
    ...workloadDefaults,
    uid: name,
    namespace: 'shop',
    name,
    serviceAccount: 'a',
    labels: { app },
    node: 'node1',
    address,
    hbonePort: 15008,
    ports: [],
    networkMode: 'own',
    cgroupPath: '',
    netnsPath: '',
    allowPlaintext: false,
    publishPort: 0,
    state: 'ready',
    ...change,
  }
  return { kind: 'Workload', name, value }
}

function viewOf(...resources: ModelResource[]) {
  const set = new ResourceSet()
  const view = new MeshView(set)
  const apply = (upserts: ModelResource[], removals: string[] = []): string[] => {
    set.apply({ upserts, removals })
    view.refresh()
    return view.destinations().map(({ address }) => address)
  }
  return { apply, first: apply(resources) }
}

const outside = { hbonePort: 0 }

test('destinations() are services with somebody in the mesh, and pods in it; all else goes its own way', () => {
  const { first } = viewOf(
    serviceOf('cart', '10.96.0.1'),
    serviceOf('web', '10.96.0.2'),
    serviceOf('none', '10.96.0.3'),
    podOf('cart-1', 'cart', '10.0.0.1'),
    podOf('cart-2', 'cart', '10.0.0.2', outside),
    podOf('web-1', 'web', '10.0.0.3', outside),
  )

  expect(first).toEqual(['10.96.0.1', '10.0.0.1'])
})

test('destinations() are one list while nothing of them changes', () => {
  const set = new ResourceSet()
  const view = new MeshView(set)
  const told = (...upserts: ModelResource[]) => {
    set.apply({ upserts, removals: [] })
    view.refresh()
    return view.destinations()
  }
  const before = told(serviceOf('cart', '10.96.0.1'), podOf('cart-1', 'cart', '10.0.0.1'))

  expect(told(podOf('cart-1', 'cart', '10.0.0.1', { state: 'draining' }))).toBe(before)
  expect(told(podOf('cart-2', 'cart', '10.0.0.2'))).not.toBe(before)
})

test('destinations() follow pods that enter and leave the mesh', () => {
  const { apply, first } = viewOf(serviceOf('web', '10.96.0.2'), podOf('web-1', 'web', '10.0.0.3', outside))

  expect(first).toEqual([])
  expect(apply([podOf('web-1', 'web', '10.0.0.3')])).toEqual(['10.96.0.2', '10.0.0.3'])
  expect(apply([podOf('web-1', 'web', '10.0.0.3', { state: 'starting' })]), 'still to be in it').toHaveLength(2)
  expect(apply([podOf('web-1', 'web', '10.0.0.3', outside)])).toEqual([])
  expect(apply([podOf('web-1', 'web', '10.0.0.3')])).toHaveLength(2)
  expect(apply([], ['Workload/web-1'])).toEqual([])
})

test('destinations() hold a service without endpoints where its namespace is of the mesh', () => {
  const { apply, first } = viewOf(serviceOf('cart', '10.96.0.1', { isMeshed: true }))

  expect(first, 'scaled to zero').toEqual(['10.96.0.1'])
  expect(apply([podOf('cart-1', 'cart', '10.0.0.1', outside)]), 'all of it opted out').toEqual([])
})

test('destinations() hold a service that was written down for a pod of the mesh, and one with a route', () => {
  const written = {
    address: '10.0.0.1',
    port: 80,
    portName: '',
    state: 'ready',
    node: '',
    region: '',
    zone: '',
  } as const
  const { apply, first } = viewOf(
    serviceOf('db', '10.96.0.5', { selector: {}, endpoints: [written] }),
    serviceOf('old', '10.96.0.6'),
    podOf('db-1', 'x', '10.0.0.1'),
  )

  expect(first).toEqual(['10.96.0.5', '10.0.0.1'])
  const route = { service: 'shop/old', port: 80, rules: [], clientNamespace: '', relay: null }
  expect(apply([{ kind: 'Route', name: 'shop/old:80', value: route } as unknown as ModelResource])).toContain(
    '10.96.0.6',
  )
})

test('destinations() never hold the address of a node', () => {
  const { first } = viewOf(podOf('agent', 'agent', '198.18.0.1', { hbonePort: 0, networkMode: 'shared' }))

  expect(first).toEqual([])
})

test('destinations() count anew when a selector changes', () => {
  const { apply, first } = viewOf(serviceOf('cart', '10.96.0.1'), podOf('cart-1', 'cart', '10.0.0.1'))

  expect(first).toEqual(['10.96.0.1', '10.0.0.1'])
  expect(apply([serviceOf('cart', '10.96.0.1', { selector: { app: 'other' } })])).toEqual(['10.0.0.1'])
})

test('destinations() hold addresses that a service shares at its ports alone', () => {
  const set = new ResourceSet()
  const view = new MeshView(set)
  const cart = serviceOf('cart', '10.96.0.1', { isMeshed: true, sharedAddresses: ['203.0.113.9'] })
  set.apply({ upserts: [cart], removals: [] })
  view.refresh()

  expect(view.destinations()).toEqual([
    { address: '10.96.0.1', port: 0 },
    { address: '203.0.113.9', port: 80 },
  ])
})
