import { describe, expect, test } from 'vitest'
import { selects, serviceKey, type Service, type Workload } from './topology.ts'

function serviceOf(selector: Record<string, string>, namespace = 'shop'): Service {
  return { namespace, name: 'cart', address4: '', address6: '', ports: [], selector }
}

const workload: Workload = {
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
