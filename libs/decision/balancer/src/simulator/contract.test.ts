import { seededRandom } from '@weft/time/testing'
import type { BalancerType } from '@weft/traffic'
import { describe, expect, test } from 'vitest'
import { allStrategies, scenarios, server, simulate, type SimulationResult } from '../index.ts'

const SEED = 20_261_122
const DURATION_MS = 40_000
const WARM_UP_MS = 5_000

const results = new Map<string, SimulationResult>()

function run(name: string, balancer: BalancerType): SimulationResult {
  const key = `${name} ${balancer}`
  const known = results.get(key)
  if (known !== undefined) return known
  const { servers, ratePerSecond, options, client } = scenarios.find((one) => one.name === name)!
  const result = simulate({
    servers,
    ratePerSecond,
    durationMs: DURATION_MS,
    warmUpMs: WARM_UP_MS,
    balancer: { ...options, balancer },
    client,
    random: seededRandom(SEED),
  })
  results.set(key, result)
  return result
}

/** Shares of one second each, after the beginning. */
function sharesOverTime(result: SimulationResult, key: string): number[] {
  return Array.from({ length: 25 }, (_, i) => result.share(key, 10_000 + 1_000 * i, 11_000 + 1_000 * i))
}

describe.each(allStrategies)('%s in simulation', (type) => {
  const looksAtLoad = type === 'PeakEwma' || type === 'LeastRequest'

  test('places every request, and the same seed gives the same result', () => {
    const first = run('all alike', type)
    results.clear()
    const second = run('all alike', type)

    expect(first.unplaced).toBe(0)
    expect(second.samples.length).toBe(first.samples.length)
    expect(second.latencyMs(0.99)).toBe(first.latencyMs(0.99))
  })

  test('shares evenly among servers that are alike, and lets none of them queue', () => {
    const result = run('all alike', type)

    for (let i = 0; i < 10; i++) {
      expect(result.share(`s${i}`), `s${i}`).toBeGreaterThan(0.06)
      expect(result.share(`s${i}`), `s${i}`).toBeLessThan(0.14)
    }
    expect(result.latencyMs(0.99)).toBeLessThan(60)
  })

  test('keeps to the weights under load', () => {
    const result = run('weights 1 to 4', type)

    for (let i = 0; i < 8; i++) {
      const wanted = (1 + (i % 4)) / 20
      expect(Math.abs(result.share(`w${i}`) - wanted) / wanted, `w${i}`).toBeLessThan(0.25)
    }
  })

  test('takes traffic from a server that fails, and gives it back', () => {
    const half = run('one fails half', type)
    const passing = run('one fails all, 20 s to 30 s', type)

    expect(half.failureRatio()).toBeLessThan(0.005)
    expect(passing.failureRatio()).toBeLessThan(0.003)
    expect(passing.share('failing', 21_000, 30_000)).toBeLessThan(0.005)
    expect(passing.share('failing', 37_000, 40_000), 'at its full share at last').toBeGreaterThan(0.06)
  })

  test('stays in its zone while the zone can do it', () => {
    expect(run('far zone idle', type).share('near')).toBe(1)
  })

  test('spills over from a zone that is overloaded, as much as it must, without swinging', () => {
    const result = run('near zone overloaded', type)
    const shares = sharesOverTime(result, 'near')
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
    const deviation = Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length)

    expect(mean, 'three servers of eight can do 0.54 of a load of 0.7').toBeGreaterThan(0.45)
    expect(mean).toBeLessThan(0.57)
    expect(deviation).toBeLessThan(0.03)
    expect(result.latencyMs(0.99)).toBeLessThan(150)
  })

  if (!looksAtLoad) return

  test('keeps a slow server, a cold one and pauses from being felt', () => {
    expect(run('one 10× slower', type).latencyMs(0.95)).toBeLessThan(60)
    expect(run('one cold, joins at 20 s', type).latencyMs(0.99)).toBeLessThan(60)
    expect(run('bursty pauses', type).latencyMs(0.99)).toBeLessThan(60)
  })
})

test('peak EWMA has a third of the p99 of round robin, or less, where one of ten is ten times slower', () => {
  for (const name of ['one 10× slower', 'one 10× slower, light load']) {
    const peak = run(name, 'PeakEwma').latencyMs(0.99)
    expect(peak, name).toBeLessThan(run(name, 'RoundRobin').latencyMs(0.99) / 3)
    expect(peak, name).toBeLessThan(run(name, 'LeastRequest').latencyMs(0.99) / 2)
  }
})

test('priorities fail over in time and return', () => {
  const down = (nowMs: number): boolean => nowMs >= 10_000 && nowMs < 20_000
  const first = [0, 1, 2].map((i) => server(`first${i}`, { fails: (nowMs) => down(nowMs) }))
  const second = [0, 1, 2].map((i) => server(`second${i}`, { priority: 1 }))
  const result = simulate({
    servers: [...first, ...second],
    ratePerSecond: () => 400,
    durationMs: DURATION_MS,
    warmUpMs: 1_000,
    balancer: { balancer: 'LeastRequest' },
    random: seededRandom(SEED),
  })

  expect(result.share('first', 1_000, 10_000)).toBe(1)
  expect(result.share('second', 11_000, 20_000)).toBeGreaterThan(0.98)
  expect(result.share('first', 38_000), 'each came back by a probe of its own').toBe(1)
  expect(result.failureRatio()).toBeLessThan(0.01)
})
