import { seededRandom } from '@weft/time/testing'
import { expect, describe, test } from 'vitest'
import { Balancer } from './balancer.ts'
import { type Endpoint, type EndpointState, PickContext } from './endpoint.ts'
import { mix32 } from './hash.ts'
import { type BalancerOptions, defaultBalancerOptions } from './options.ts'

const SEED = 20_261_122
const here = { region: 'eu', zone: 'a' }
const near = { region: 'eu', zone: 'b' }
const far = { region: 'us', zone: 'a' }

function endpoint(key: string, more: Partial<Endpoint<null>> = {}): Endpoint<null> {
  return { key, weight: 1, target: null, ...more }
}

function many(prefix: string, count: number, more: Partial<Endpoint<null>> = {}): Endpoint<null>[] {
  return Array.from({ length: count }, (_, i) => endpoint(`${prefix}${i}`, more))
}

function balancerOf(endpoints: Endpoint<null>[], options: Partial<BalancerOptions> = {}): Balancer<null> {
  const balancer = new Balancer<null>(options, seededRandom(SEED), { locality: here })
  balancer.update(endpoints, 0)
  return balancer
}

function shares(balancer: Balancer<null>, requests = 4_000, nowMs = 1): Record<string, number> {
  const context = new PickContext<null>()
  const counts: Record<string, number> = {}
  for (let i = 0; i < requests; i++) {
    context.reset(nowMs, mix32(i))
    const group = balancer.pick(context)!.key.replace(/[0-9]+$/, '')
    counts[group] = (counts[group] ?? 0) + 1 / requests
  }
  return counts
}

function eject(balancer: Balancer<null>, keys: readonly string[]): void {
  for (const state of balancer.states()) {
    if (!keys.includes(state.key)) continue
    for (let i = 0; i < 5; i++) {
      balancer.started(state, 0)
      balancer.finished(state, 0, 1, false)
    }
  }
}

describe('priorities', () => {
  const endpoints = [
    ...many('first', 10),
    ...many('second', 10, { priority: 1 }),
    ...many('third', 10, { priority: 7 }),
  ]
  const keys = (prefix: string, count: number): string[] => many(prefix, count).map(({ key }) => key)

  test.each(['PeakEwma', 'RoundRobin', 'Maglev'] as const)('%s sends all to the first while it is well', (balancer) => {
    const made = balancerOf(endpoints, { balancer })

    expect(shares(made)).toEqual({ first: expect.closeTo(1, 5) as number })
    eject(made, keys('first', 2))
    expect(shares(made), 'eight of ten, times 1.4, is still everything').toEqual({
      first: expect.closeTo(1, 5) as number,
    })
  })

  test.each(['LeastRequest', 'Random', 'RingHash'] as const)('%s fails over in part, then to the next', (balancer) => {
    const made = balancerOf(endpoints, { balancer })

    eject(made, keys('first', 5))
    const half = shares(made)
    expect(half['first']).toBeCloseTo(0.7, 1)
    expect(half['second']).toBeCloseTo(0.3, 1)
    expect(half['third']).toBeUndefined()
    eject(made, keys('first', 10))
    expect(shares(made)).toEqual({ second: expect.closeTo(1, 5) as number })
    eject(made, keys('second', 10))
    expect(shares(made)).toEqual({ third: expect.closeTo(1, 5) as number })
    expect(made.isPanicking).toBe(false)
  })

  test('panics when all priorities together can not take the traffic', () => {
    const made = balancerOf(endpoints, { balancer: 'Random' })
    for (const prefix of ['first', 'second', 'third']) eject(made, keys(prefix, 8))

    expect(made.isPanicking).toBe(true)
    const spread = shares(made)
    for (const prefix of ['first', 'second', 'third']) expect(spread[prefix]).toBeCloseTo(1 / 3, 1)
  })

  test('takes more from the first with a higher overprovisioning factor', () => {
    const made = balancerOf(endpoints, { balancer: 'Random', overprovisioning: 2 })
    eject(made, keys('first', 5))

    expect(shares(made)).toEqual({ first: expect.closeTo(1, 5) as number })
  })

  test('returns as soon as the first is well again', () => {
    const made = balancerOf(endpoints, { balancer: 'Random' })
    eject(made, keys('first', 10))
    const states = [...made.states()].filter(({ key }) => key.startsWith('first'))

    for (const state of states) {
      made.started(state, 5_000)
      made.finished(state, 5_001, 1, true)
    }

    expect(made.ejectedCount).toBe(0)
    expect(shares(made, 1_000, 6_000)).toEqual({ first: expect.closeTo(1, 5) as number })
  })
})

describe('zones', () => {
  const endpoints = [
    ...many('here', 4, { locality: here }),
    ...many('near', 4, { locality: near }),
    ...many('far', 4, { locality: far }),
  ]

  test.each(['PeakEwma', 'LeastRequest', 'RoundRobin', 'Random', 'RingHash', 'Maglev'] as const)(
    '%s stays in its zone, then in its region, by health',
    (balancer) => {
      const made = balancerOf(endpoints, { balancer })

      expect(Object.keys(shares(made))).toEqual(['here'])
      eject(made, ['here0', 'here1'])
      const partly = shares(made)
      expect(partly['here']).toBeCloseTo(0.7, 1)
      expect(partly['near']).toBeCloseTo(0.3, 1)
      eject(made, ['here2', 'here3'])
      expect(Object.keys(shares(made))).toEqual(['near'])
    },
  )

  test('are not looked at when off, when nobody knows the zone of the client, or of the endpoints', () => {
    const off = balancerOf(endpoints, { balancer: 'Random', zone: { mode: 'off', spillOverRatio: 2 } })
    const nowhere = new Balancer<null>({ balancer: 'Random' }, seededRandom(SEED))
    nowhere.update(endpoints)
    const unknown = balancerOf([...many('p', 3), ...many('q', 3)], { balancer: 'Random' })

    for (const made of [off, nowhere]) expect(shares(made)['far']).toBeCloseTo(1 / 3, 1)
    expect(shares(unknown)['q']).toBeCloseTo(0.5, 1)
  })

  test('a retry leaves the zone rather than return to where it failed', () => {
    const made = balancerOf([endpoint('here0', { locality: here }), endpoint('far0', { locality: far })])
    const context = new PickContext<null>()
    context.reset(1)
    const first = made.pick(context)!
    context.tried.push(first)

    expect(first.key).toBe('here0')
    expect(made.pick(context)!.key).toBe('far0')
  })

  test('come after priorities', () => {
    const made = balancerOf([endpoint('here', { locality: here, priority: 1 }), endpoint('far', { locality: far })])

    expect(Object.keys(shares(made))).toEqual(['far'])
  })
})

describe('slow start', () => {
  const slowStart = { windowMs: 10_000, aggression: 1, minWeight: 0.1 }
  const strategies = ['PeakEwma', 'LeastRequest', 'RoundRobin', 'Random'] as const

  /** Shares of the endpoint that came at 100 s, at that age. Requests take no time. */
  function shareAt(type: (typeof strategies)[number], ageMs: number, options: Partial<BalancerOptions> = {}): number {
    const made = balancerOf(many('old', 9), { balancer: type, slowStart, ...options })
    const context = new PickContext<null>()
    const all = [...many('old', 9), endpoint('new')]
    made.update(all, 100_000)
    for (const state of made.states()) {
      made.started(state, 100_000)
      made.finished(state, 100_000, 5, true)
    }
    let count = 0
    for (let i = 0; i < 20_000; i++) {
      context.reset(100_000 + ageMs, mix32(i))
      if (made.pick(context)!.key === 'new') count++
    }
    return count / 20_000
  }

  test.each(strategies)('%s gives a new endpoint a share that grows with its age', (type) => {
    const fair = 0.1

    expect(shareAt(type, 0)).toBeLessThan(0.3 * fair)
    expect(shareAt(type, 5_000)).toBeGreaterThan(0.3 * fair)
    expect(shareAt(type, 5_000)).toBeLessThan(0.8 * fair)
    expect(shareAt(type, 10_000)).toBeGreaterThan(0.85 * fair)
  })

  test('follows the aggression, and begins at the lowest share', () => {
    const aggressive = { slowStart: { ...slowStart, aggression: 4 } }
    expect(shareAt('Random', 1_000, aggressive)).toBeGreaterThan(2 * shareAt('Random', 1_000))
    expect(shareAt('Random', 0, { slowStart: { ...slowStart, minWeight: 0.5 } })).toBeGreaterThan(0.04)
  })

  test('leaves the first endpoints alone, and those of an update that stay', () => {
    const made = balancerOf(many('old', 3), { slowStart })
    made.update([...many('old', 3), endpoint('new')], 100)

    const warming = [...made.states()].filter((state) => state.warmUntilMs > 100).map(({ key }) => key)
    expect(warming).toEqual(['new'])
  })

  test('also follows an ejection', () => {
    const made = balancerOf(many('old', 3), { slowStart })
    eject(made, ['old1'])
    const state = [...made.states()][1]!
    made.started(state, 5_000)

    expect(made.finished(state, 5_001, 1, true)).toBe('restored')
    expect(state.warmUntilMs).toBe(15_001)
  })

  test('picks somebody when all are new', () => {
    for (const balancer of strategies) {
      const made = balancerOf(many('old', 1), { balancer, slowStart })
      made.update(many('new', 5), 100)
      const context = new PickContext<null>()
      context.reset(100)
      expect(made.pick(context)).not.toBeNull()
    }
  })
})

describe('Balancer.adopt()', () => {
  test('keeps what is known of endpoints when a policy changes, and what is under way', () => {
    const before = balancerOf(many('e', 4))
    const states = [...before.states()] as EndpointState<null>[]
    eject(before, ['e0'])
    before.started(states[1]!, 10)

    const after = new Balancer<null>({ balancer: 'RoundRobin' }, seededRandom(SEED), { locality: here })
    after.adopt(before)
    after.update(many('e', 4), 20)

    expect([...after.states()]).toEqual(states)
    expect(after.ejectedCount).toBe(1)
    expect(states[1]).toMatchObject({ inFlight: 1, waiting: 1 })
    before.finished(states[1]!, 30, 20, true)
    expect(states[1]).toMatchObject({ inFlight: 0, waiting: 0, ewmaMs: 20 })
    for (let i = 0; i < 5; i++) {
      before.started(states[2]!, 30)
      before.finished(states[2]!, 31, 1, false)
    }
    expect(after.ejectedCount, 'late news counts where the endpoint is now').toBe(2)
    expect(before.pick(new PickContext())).toBeNull()
  })
})

test('the defaults are those of a traffic policy', () => {
  expect(defaultBalancerOptions).toMatchObject({
    balancer: 'PeakEwma',
    ewmaDecayMs: 10_000,
    ewmaDefaultRttMs: 30,
    choices: 2,
  })
})
