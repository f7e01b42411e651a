import { expect, test } from 'vitest'
import type { ResourceUpsert } from '../worker/messages.ts'
import { ProxyResources } from './proxy-resources.ts'

const service = (name: string, address: string): ResourceUpsert => ({
  kind: 'ExternalService',
  name,
  value: {
    namespace: 'default',
    name,
    ports: [],
    endpoints: [{ address, port: 0, portName: '', weight: 1, priority: 0, region: '', zone: '' }],
    tunnel: null,
  },
})

test('ProxyResources tells what differs, and nothing that stays the same', () => {
  const held = new ProxyResources()
  const first = held.changeTo([service('a', '1'), service('b', '1')])!
  held.accept(first)

  const change = held.changeTo([service('b', '1'), service('c', '1')])!
  expect(change.upserts.map(({ name }) => name)).toEqual(['c'])
  expect(change.removals).toEqual(['ExternalService/a'])
  expect(change.revision).toBe(2)
  expect(
    held.all().map(({ name }) => name),
    'not before it is accepted',
  ).toEqual(['a', 'b'])

  held.accept(change)
  expect(held.all().map(({ name }) => name)).toEqual(['b', 'c'])
  expect(held.changeTo([service('b', '1'), service('c', '1')])).toBeNull()
})
