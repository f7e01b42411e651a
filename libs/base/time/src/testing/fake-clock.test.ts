import { describe, expect, test } from 'vitest'
import { FakeClock, seededRandom } from './fake-clock.ts'

describe('FakeClock', () => {
  test('runs what is due in order of time, then of asking, at its own time', () => {
    const clock = new FakeClock()
    const seen: string[] = []
    clock.after(20, () => seen.push(`b at ${clock.nowMs()}`))
    clock.after(10, () => seen.push(`a at ${clock.nowMs()}`))
    clock.after(20, () => seen.push(`c at ${clock.nowMs()}`))
    clock.after(31, () => seen.push('later'))

    clock.advance(30)

    expect(seen).toEqual(['a at 10', 'b at 20', 'c at 20'])
    expect(clock.nowMs()).toBe(30)
  })

  test('runs what a task asks for within the same stretch', () => {
    const clock = new FakeClock()
    let count = 0
    const again = (): void => {
      count++
      clock.after(10, again)
    }
    clock.after(10, again)

    clock.advance(35)

    expect(count).toBe(3)
  })

  test('runs nothing that was cancelled', () => {
    const clock = new FakeClock()
    const timer = clock.after(10, () => expect.unreachable())
    timer.cancel()
    timer.cancel()

    clock.advance(20)
  })

  test('sleeps by moving time, or waits to be moved', async () => {
    const moving = new FakeClock()
    await moving.sleepUntil(50)
    expect(moving.nowMs()).toBe(50)

    const waiting = new FakeClock(false)
    let isAwake = false
    const sleeping = waiting.sleepUntil(50).then(() => (isAwake = true))
    waiting.advance(49)
    await Promise.resolve()
    expect(isAwake).toBe(false)
    waiting.advance(1)
    await sleeping
  })
})

test('seededRandom() repeats itself, and stays within [0, 1)', () => {
  const take = (seed: number): number[] => Array.from({ length: 1_000 }, seededRandom(seed))

  expect(take(1)).toEqual(take(1))
  expect(take(1)).not.toEqual(take(2))
  expect(Math.min(...take(3))).toBeGreaterThanOrEqual(0)
  expect(Math.max(...take(3))).toBeLessThan(1)
  expect(take(3).reduce((sum, value) => sum + value, 0) / 1_000).toBeCloseTo(0.5, 1)
})
