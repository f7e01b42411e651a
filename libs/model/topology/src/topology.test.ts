import { describe, expect, test } from 'vitest'
import {
  selects,
  serviceDefaults,
  serviceKey,
  targetPortOf,
  workloadDefaults,
  type Service,
  type Workload,
} from './topology.ts'

function serviceOf(selector: Record<string, string>, namespace = 'shop'): Service {
  return { ...serviceDefaults, namespace, name: 'cart', address4: '', address6: '', ports: [], selector }
}

const workload: Workload = {
  ...workloadDefaults,
  uid: 'node1/shop/cart/1',
  namespace: 'shop',
  name: 'cart',
  serviceAccount: 'cart',
  labels: { app: 'cart', version: 'v1' },
  node: 'node1',
  address: '198.18.2.1',
  hbonePort: 15008,
  ports: [],
  networkMode: 'shared',
  cgroupPath: '',
  netnsPath: '',
  allowPlaintext: false,
  publishPort: 0,
  state: 'ready',
}

describe('selects()', () => {
  test('takes workloads of its namespace with all the labels', () => {
    expect(selects(serviceOf({ app: 'cart' }), workload)).toBe(true)
    expect(selects(serviceOf({ app: 'cart', version: 'v1' }), workload)).toBe(true)
    expect(selects(serviceOf({ app: 'cart', version: 'v2' }), workload)).toBe(false)
    expect(selects(serviceOf({ app: 'cart' }, 'bank'), workload)).toBe(false)
  })

  test('an empty selector takes nothing', () => {
    expect(selects(serviceOf({}), workload)).toBe(false)
  })

  test('a label that is not there is not the empty one, nor one that objects have by nature', () => {
    expect(selects(serviceOf({ tier: '' }), workload)).toBe(false)
    expect(selects(serviceOf({ constructor: 'x' }), workload)).toBe(false)
  })
})

test('serviceKey() is namespace/name', () => {
  expect(serviceKey('shop', 'cart')).toBe('shop/cart')
})

test('targetPortOf() finds a named port where each workload has it, and none where it has none', () => {
  const named = { port: 80, targetPort: 'web', name: '', protocol: 'detect' } as const
  const at = (port: number): Workload => ({ ...workload, ports: [{ port, protocol: 'detect', name: 'web' }] })

  expect([targetPortOf(named, at(8080)), targetPortOf(named, at(9090)), targetPortOf(named, workload)]).toEqual([
    8080, 9090, 0,
  ])
  expect(targetPortOf({ ...named, targetPort: 81 }, workload)).toBe(81)
})
