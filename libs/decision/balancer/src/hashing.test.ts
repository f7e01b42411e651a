import { seededRandom } from '@weft/time/testing'
import { defaultTrafficPolicy, type BalancerType } from '@weft/traffic'
import { describe, expect, test } from 'vitest'
import { Balancer } from './balancer.ts'
import { PickContext, type Endpoint } from './endpoint.ts'
import { hashText, mix32 } from './hash.ts'

function endpointsOf(from: number, to: number): Endpoint<null>[] {
  return Array.from({ length: to - from }, (_, i) => ({ key: `10.0.0.${from + i}:80`, weight: 1, target: null }))
}

function ownersOf(balancer: BalancerType, endpoints: readonly Endpoint<null>[], keys: number): string[] {
  const made = new Balancer<null>({ ...defaultTrafficPolicy, balancer }, seededRandom(1))
  made.update(endpoints)
  const context = new PickContext<null>()
  return Array.from({ length: keys }, (_, i) => {
    context.reset(0, hashText(`user-${i}`))
    return made.pick(context)!.key
  })
}

describe.each(['RingHash', 'Maglev'] as const)('%s', (type) => {
  test('sends the same key to the same endpoint, in whatever order endpoints were learned', () => {
    const endpoints = endpointsOf(0, 20)

    expect(ownersOf(type, endpoints, 500)).toEqual(ownersOf(type, endpoints.toReversed(), 500))
  })

  test('moves few keys besides those of an endpoint that goes', () => {
    const before = ownersOf(type, endpointsOf(0, 20), 4_000)
    const after = ownersOf(type, endpointsOf(1, 20), 4_000)

    const moved = before.filter((owner, i) => owner !== '10.0.0.0:80' && owner !== after[i]).length
    expect(moved / 4_000).toBeLessThan(type === 'RingHash' ? 0.000_1 : 0.05)
  })

  test('shares keys evenly', () => {
    const counts = Map.groupBy(ownersOf(type, endpointsOf(0, 10), 10_000), (owner) => owner)

    for (const [owner, keys] of counts) expect(Math.abs(keys.length - 1_000), owner).toBeLessThan(350)
  })
})

test('hashText() is the same on every machine', () => {
  expect([hashText(''), hashText('weft'), hashText('weft', 1), hashText('été')]).toEqual([
    mix32(0x811c9dc5),
    947_043_544,
    2_001_590_708,
    -761_429_363,
  ])
})

test('mix32() maps no two of 100,000 values to one', () => {
  expect(new Set(Array.from({ length: 100_000 }, (_, i) => mix32(i))).size).toBe(100_000)
})
