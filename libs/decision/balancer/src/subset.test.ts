import { seededRandom } from '@weft/time/testing'
import { describe, expect, test } from 'vitest'
import { Balancer } from './balancer.ts'
import type { Endpoint } from './endpoint.ts'

function endpointsOf(count: number, from = 0): Endpoint<null>[] {
  return Array.from({ length: count }, (_, i) => ({ key: `10.0.0.${from + i}:80`, weight: 1, target: null }))
}

function keysOf(type: 'deterministic' | 'random', size: number, endpoints: Endpoint<null>[], client: number): string[] {
  const subset = { type, size }
  const balancer = new Balancer<null>({ subset }, seededRandom(1), { number: client, name: `node${client}` })
  balancer.update(endpoints)
  return balancer.tiers().flatMap(({ tier }) => tier.endpoints.map(({ key }) => key))
}

function clientsByEndpoint(type: 'deterministic' | 'random', clients: number): number[] {
  const counts = new Map<string, number>()
  for (let client = 0; client < clients; client++)
    for (const key of keysOf(type, 10, endpointsOf(100), client)) counts.set(key, (counts.get(key) ?? 0) + 1)
  return endpointsOf(100).map(({ key }) => counts.get(key) ?? 0)
}

describe('subsets', () => {
  test('have the size that was asked for, without doubles, and everything where there is no more', () => {
    for (const type of ['deterministic', 'random'] as const) {
      for (let client = 0; client < 30; client++) {
        const keys = keysOf(type, 10, endpointsOf(37), client)
        expect(new Set(keys).size).toBe(10)
        expect(keys).toHaveLength(10)
      }
      expect(keysOf(type, 10, endpointsOf(7), 3)).toHaveLength(7)
    }
  })

  test('deterministic: every endpoint has the same number of clients after full rounds', () => {
    expect(new Set(clientsByEndpoint('deterministic', 30))).toEqual(new Set([3]))
    for (const count of clientsByEndpoint('deterministic', 35)) expect([3, 4]).toContain(count)
  })

  test('random: every client has its own, and the endpoints share the clients roughly', () => {
    const counts = clientsByEndpoint('random', 200)

    expect(Math.min(...counts)).toBeGreaterThan(5)
    expect(Math.max(...counts)).toBeLessThan(45)
    expect(keysOf('random', 10, endpointsOf(100), 1)).not.toEqual(keysOf('random', 10, endpointsOf(100), 2))
  })

  test('random: an endpoint that comes or goes changes at most one', () => {
    for (let client = 0; client < 20; client++) {
      const before = new Set(keysOf('random', 10, endpointsOf(100), client))
      const without = keysOf('random', 10, endpointsOf(99, 1), client)
      const withMore = keysOf('random', 10, endpointsOf(101), client)
      expect(without.filter((key) => !before.has(key)).length).toBeLessThanOrEqual(1)
      expect(withMore.filter((key) => !before.has(key)).length).toBeLessThanOrEqual(1)
    }
  })

  test('do not depend on the order in which endpoints were learned', () => {
    for (const type of ['deterministic', 'random'] as const) {
      const there = keysOf(type, 10, endpointsOf(50), 4).toSorted()
      expect(keysOf(type, 10, endpointsOf(50).toReversed(), 4).toSorted()).toEqual(there)
    }
  })
})
