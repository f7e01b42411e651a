import { seededRandom } from '@weft/time/testing'
import { defaultTrafficPolicy, type BalancerType } from '@weft/traffic'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Balancer } from './balancer.ts'
import { PickContext, type Endpoint, type EndpointState } from './endpoint.ts'
import { mix32 } from './hash.ts'

/** What every strategy promises, behind the Balancer that all of them stand behind. */
const strategies: readonly BalancerType[] = ['PeakEwma', 'LeastRequest', 'RoundRobin', 'Random', 'RingHash', 'Maglev']

const SEED = 20_261_122

function endpointsOf(count: number, weightOf: (i: number) => number = () => 1): Endpoint<number>[] {
  return Array.from({ length: count }, (_, i) => ({ key: `workload-${i}`, weight: weightOf(i), target: i }))
}

function balancerOf(balancer: BalancerType, endpoints: readonly Endpoint<number>[]): Balancer<number> {
  const made = new Balancer<number>({ ...defaultTrafficPolicy, balancer }, seededRandom(SEED))
  made.update(endpoints)
  return made
}

/** One finished request that took no time. */
function request(balancer: Balancer<number>, context: PickContext<number>, i: number): EndpointState<number> {
  context.reset(i, mix32(i))
  const endpoint = balancer.pick(context)!
  balancer.started(endpoint, i)
  balancer.finished(endpoint, i, 0, true)
  return endpoint
}

function countPicks(balancer: Balancer<number>, requests: number): Map<string, number> {
  const context = new PickContext<number>()
  const counts = new Map<string, number>()
  for (let i = 0; i < requests; i++) {
    const { key } = request(balancer, context, i)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

function eject(balancer: Balancer<number>, endpoint: EndpointState<number>, nowMs: number): void {
  for (let i = 0; i < defaultTrafficPolicy.outlier.consecutiveFailures; i++) {
    balancer.started(endpoint, nowMs)
    balancer.finished(endpoint, nowMs, 1, false)
  }
}

describe.each(strategies)('%s', (type) => {
  test('picks nothing when there is nothing', () => {
    expect(balancerOf(type, []).pick(new PickContext())).toBeNull()
  })

  test('picks the only endpoint', () => {
    expect(balancerOf(type, endpointsOf(1)).pick(new PickContext())?.target).toBe(0)
  })

  test('uses every endpoint, and none more than twice its share', () => {
    const counts = countPicks(balancerOf(type, endpointsOf(10)), 10_000)

    expect(counts.size).toBe(10)
    for (const [key, count] of counts) expect(count, key).toBeLessThan(2_000)
  })

  test('keeps to the weights', () => {
    const counts = countPicks(
      balancerOf(
        type,
        endpointsOf(3, (i) => [1, 3, 6][i]!),
      ),
      20_000,
    )

    const shares = [0, 1, 2].map((i) => (counts.get(`workload-${i}`) ?? 0) / 20_000)
    const tolerance = 0.05
    expect(Math.abs(shares[0]! - 0.1)).toBeLessThan(tolerance)
    expect(Math.abs(shares[1]! - 0.3)).toBeLessThan(tolerance)
    expect(Math.abs(shares[2]! - 0.6)).toBeLessThan(tolerance)
    expect(shares[0]).toBeLessThan(shares[1]!)
    expect(shares[1]).toBeLessThan(shares[2]!)
  })

  test('gives nothing to a weight of 0', () => {
    const counts = countPicks(
      balancerOf(
        type,
        endpointsOf(4, (i) => (i === 2 ? 0 : 1)),
      ),
      2_000,
    )

    expect(counts.has('workload-2')).toBe(false)
    expect(counts.size).toBe(3)
  })

  test('avoids what was tried before, and returns to it only when there is no other', () => {
    const balancer = balancerOf(type, endpointsOf(3))
    const context = new PickContext<number>()
    const seen = new Set<string>()

    for (let attempt = 0; attempt < 3; attempt++) {
      const endpoint = balancer.pick(context)!
      seen.add(endpoint.key)
      context.tried.push(endpoint)
    }

    expect(seen.size).toBe(3)
    expect(balancer.pick(context), 'all were tried').not.toBeNull()
  })

  test('leaves out the ejected, and takes them back when a probe succeeds', () => {
    const balancer = balancerOf(type, endpointsOf(4))
    const context = new PickContext<number>()
    const ejected = balancer.pick(context)!
    eject(balancer, ejected, 0)

    for (let i = 0; i < 200; i++) {
      context.reset(1, mix32(i))
      expect(balancer.pick(context)).not.toBe(ejected)
    }
    const afterMs = 1_200
    let probe: EndpointState<number> | null = null
    for (let i = 0; i < 1_000 && probe !== ejected; i++) {
      context.reset(afterMs, mix32(i))
      probe = balancer.pick(context)
    }
    expect(probe).toBe(ejected)
    balancer.started(ejected, afterMs)
    expect(balancer.finished(ejected, afterMs + 5, 5, true)).toBe('restored')
    expect(balancer.ejectedCount).toBe(0)
  })

  test('ignores ejection when most are out', () => {
    const balancer = balancerOf(type, endpointsOf(3))
    for (const state of balancer.states()) eject(balancer, state, 0)

    expect(balancer.isPanicking).toBe(true)
    expect(balancer.pick(new PickContext())).not.toBeNull()
  })

  test('keeps the state of endpoints that stay, and their newest target', () => {
    const balancer = balancerOf(type, endpointsOf(3))
    const before = [...balancer.states()]
    balancer.started(before[1]!, 0)

    balancer.update([{ key: 'workload-1', weight: 2, target: 111 }])

    const after = [...balancer.states()]
    expect(after).toEqual([before[1]])
    expect(after[0]).toBe(before[1])
    expect(after[0]).toMatchObject({ target: 111, weight: 2, inFlight: 1 })
    expect(before[0]!.isListed).toBe(false)
    expect(() => balancer.finished(before[0]!, 1, 1, false), 'late news of one that is gone').not.toThrow()
    expect(balancer.pick(new PickContext())).toBe(before[1])
  })

  test('only ever picks what may be picked, whatever is ejected, tried and weighted', () => {
    const scene = fc.record({
      weights: fc.array(fc.nat(5), { minLength: 1, maxLength: 12 }),
      ejected: fc.array(fc.nat(11), { maxLength: 6 }),
      tried: fc.array(fc.nat(11), { maxLength: 4 }),
      hash: fc.nat(),
    })
    fc.assert(
      fc.property(scene, ({ weights, ejected, tried, hash }) => {
        const balancer = balancerOf(
          type,
          endpointsOf(weights.length, (i) => weights[i]!),
        )
        const states = [...balancer.states()]
        for (const i of new Set(ejected)) if (i < states.length) eject(balancer, states[i]!, 0)
        const context = new PickContext<number>()
        context.reset(1, hash)
        for (const i of tried) if (i < states.length) context.tried.push(states[i]!)

        const picked = balancer.pick(context)

        const usable = states.filter(
          (state) => state.weight > 0 && (balancer.isPanicking || state.outlier.phase === 'healthy'),
        )
        const fresh = usable.filter((state) => !context.tried.includes(state))
        if (usable.length === 0) expect(picked).toBeNull()
        else expect(fresh.length > 0 ? fresh : usable).toContain(picked)
      }),
      { numRuns: 200 },
    )
  })
})
