import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '@weft/time/testing'
import { AddressRange } from './address-range.ts'
import { parseNodeSpec } from './node-spec.ts'
import { WorkloadRegistry, type Registration } from './workload-registry.ts'

const node1 = parseNodeSpec('node1=198.18.0.1,shared=198.18.2.0/24,own=198.18.3.0/29')!
const cart: Registration = {
  uid: '',
  namespace: 'default',
  service: 'cart',
  serviceAccount: 'cart',
  node: 'node1',
  ports: [8080],
  protocol: 'detect',
  labels: { version: 'v1' },
  networkMode: 'shared',
  allowPlaintext: false,
  publishPort: 0,
}
const registry = () => new WorkloadRegistry([node1], seededRandom(1))

test('register() gives each workload a uid and an address of its own, not the one that was just freed', () => {
  const workloads = registry()
  const first = workloads.register(cart)
  workloads.remove(first.uid)
  const second = workloads.register(cart)

  expect(first.address).toBe('198.18.2.1')
  expect(second.address).toBe('198.18.2.2')
  expect(second.uid).not.toBe(first.uid)
  expect(second.labels).toEqual({ app: 'cart', version: 'v1' })
})

test('register() says which nodes there are, and when a range is full', () => {
  const workloads = registry()
  expect(() => workloads.register({ ...cart, node: 'nodel' })).toThrow(
    'found "nodel" (did you mean node1?), expected one of node1',
  )
  for (let i = 0; i < 6; i++) workloads.register({ ...cart, networkMode: 'own' })
  expect(() => workloads.register({ ...cart, networkMode: 'own' })).toThrow('no address is free in 198.18.3.0/29')
})

test('a workload is ready only while its own node says that it is captured', () => {
  const workloads = registry()
  const { uid } = workloads.register(cart)
  workloads.attach(uid, '/weft/cart', '')
  workloads.enrol(uid, 'node2', { enrolled: true, reason: '', environment: {} })
  expect(workloads.get(uid)!.state).toBe('starting')
  workloads.enrol(uid, 'node1', { enrolled: true, reason: '', environment: {} })
  expect(workloads.get(uid)!.state).toBe('ready')
  workloads.enrol(uid, 'node1', { enrolled: false, reason: 'hook gone', environment: {} })
  expect(workloads.get(uid)!.state).toBe('starting')
  workloads.drain(uid)
  workloads.enrol(uid, 'node1', { enrolled: true, reason: '', environment: {} })
  expect(workloads.get(uid)!.state).toBe('draining')
})

test('a workload from before a restart stays as it was until it registers again by its uid', () => {
  const before = registry()
  const { uid } = before.register(cart)
  before.enrol(uid, 'node1', { enrolled: true, reason: '', environment: {} })
  const after = registry()
  after.restore(before.workloads())

  expect(after.get(uid)!.state).toBe('ready')
  expect(after.register(cart).address).not.toBe(after.get(uid)!.address)
  expect(() => after.register({ ...cart, uid: 'node1/default/other' })).toThrow('none is known')
  expect(after.register({ ...cart, uid }).address).toBe(before.get(uid)!.address)
  expect(() => after.register({ ...cart, uid })).toThrow('it is registered already')
  after.removeOrphan(uid)
  expect(after.get(uid), 'no orphan any more').not.toBeNull()
})

test('mayHold() knows the identities of a node, and ingress only where something is published', () => {
  const workloads = registry()
  workloads.register(cart)
  expect(workloads.mayHold('node1', 'default', 'cart')).toBe(true)
  expect(workloads.mayHold('node2', 'default', 'cart')).toBe(false)
  expect(workloads.mayHold('node1', 'default', 'ingress')).toBe(false)
  workloads.register({ ...cart, publishPort: 8088 })
  expect(workloads.mayHold('node1', 'default', 'ingress')).toBe(true)
})

test('AddressRange counts addresses of both families and refuses host bits', () => {
  expect(AddressRange.parse('198.19.0.0/16')!.at(256)).toBe('198.19.1.0')
  expect(AddressRange.parse('fd77:6566:7400::/64')!.at(17)).toBe('fd77:6566:7400::11')
  for (const wrong of ['198.19.0.1/16', '198.19.0.0/33', '1.2.3/8', '01.2.3.4/32', 'fd77::1::/64', 'x/8', '']) {
    expect(AddressRange.parse(wrong), wrong).toBeNull()
  }
})

test('AddressRange.at() reads back as itself', () => {
  const parts = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 })
  fc.assert(
    fc.property(parts, (groups) => {
      const text = groups.map((group) => group.toString(16)).join(':')
      const shown = AddressRange.parse(`${text}/128`)!.at(0)
      expect(AddressRange.parse(`${shown}/128`)!.at(0)).toBe(shown)
      expect(new URL(`http://[${text}]/`).hostname).toBe(`[${shown}]`)
    }),
  )
})

test('parseNodeSpec() refuses what is not a node', () => {
  for (const wrong of [
    'node1',
    'node1=198.18.0.1',
    'Node=198.18.0.1,shared=198.18.2.0/24',
    'n=1.2.3.4,shared=1.2.3.0/24,shared=1.2.3.0/24',
    'n=1.2.3.4,shared=x',
    'n=1.2.3.4,more=1.2.3.0/24',
  ]) {
    expect(parseNodeSpec(wrong), wrong).toBeNull()
  }
})
