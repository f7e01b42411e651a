import { weft } from '@weft/proto'
import { plainStyle } from '@weft/terminal'
import { expect, test } from 'vitest'
import { plainMessage } from '../mesh/plain-message.ts'
import { shortIdentity, shortWorkload, statTable, statViews } from './stat-table.ts'

const { StatResponse } = weft.management.v1
const row = {
  service: 'default/cart',
  source: 'spiffe://cluster.local/ns/default/sa/web',
  destination: 'spiffe://cluster.local/ns/default/sa/cart',
  security: 'mtls',
  successes: 99_999,
  failures: 1,
  requestsPerSecond: 40,
  p50Ms: 1.234,
  p99Ms: 17.6,
}

test('statTable() never rounds a failure away', () => {
  const [, line] = statTable('service', [new weft.management.v1.StatRow(row)], plainStyle)

  expect(line).toContain('99.99%')
  expect(line).toContain('1.23ms')
  expect(line).toContain('18ms')
})

test.each(statViews)('statTable() by %s shows who is who', (view) => {
  const [titles, line] = statTable(view, [new weft.management.v1.StatRow(row)], plainStyle)

  expect(titles).toContain(view.toUpperCase() === 'EDGE' ? 'SOURCE' : view.toUpperCase())
  expect(line).toContain('default/cart')
})

test('shortIdentity() leaves alone what is not the identity of a workload', () => {
  expect(shortIdentity('spiffe://cluster.local/weft/ca')).toBe('spiffe://cluster.local/weft/ca')
  expect(shortIdentity('')).toBe('-')
})

test('shortWorkload() calls a pod by its name, and a program by its uid', () => {
  expect(shortWorkload('n1/shop/cart-7d9f-x/00000000-0000-0000-0000-000000000001')).toBe('shop/cart-7d9f-x')
  expect(shortWorkload('node1/default/cart-00ff')).toBe('node1/default/cart-00ff')
  expect(shortWorkload('')).toBe('-')
})

test('plainMessage() shows fields that were not sent as their defaults', () => {
  const received = StatResponse.decode(StatResponse.encode({ rows: [{ service: 'a' }] }).finish())

  expect(plainMessage(received)).toMatchObject({
    windowMs: 0,
    rows: [{ service: 'a', failures: 0, faults: {}, security: '' }],
  })
})
