import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FakeClock } from './testing/index.ts'
import { TimerWheel, WheelTimer } from './timer-wheel.ts'

function firedAt(clock: FakeClock): { timer: WheelTimer; times: number[] } {
  const times: number[] = []
  return { timer: new WheelTimer({ timedOut: () => times.push(clock.nowMs()) }), times }
}

test('TimerWheel fires each timer once, not before it is due and within one tick after', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 50 }), (delays) => {
      const clock = new FakeClock()
      const wheel = new TimerWheel(clock, 20)
      clock.advance(7)
      const all = delays.map((delayMs) => ({ dueAtMs: clock.nowMs() + delayMs, ...firedAt(clock) }))
      for (const { timer, dueAtMs } of all) wheel.set(timer, dueAtMs)

      for (let i = 0; i < 4_000; i++) clock.advance(10)

      for (const { dueAtMs, times } of all) {
        expect(times).toHaveLength(1)
        expect(times[0]).toBeGreaterThanOrEqual(dueAtMs)
        expect(times[0]).toBeLessThanOrEqual(dueAtMs + 40)
      }
      expect(wheel.size).toBe(0)
    }),
    { numRuns: 30 },
  )
})

test('TimerWheel.set() moves a timer later and earlier', () => {
  const clock = new FakeClock()
  const wheel = new TimerWheel(clock, 20)
  const later = firedAt(clock)
  const earlier = firedAt(clock)
  wheel.set(later.timer, 100)
  wheel.set(earlier.timer, 5_000)

  wheel.set(later.timer, 1_000)
  wheel.set(earlier.timer, 200)
  clock.advance(10_000)

  expect(later.times).toEqual([1_000])
  expect(earlier.times).toEqual([200])
})

test('TimerWheel.cancel() keeps a timer from firing, also from within another one', () => {
  const clock = new FakeClock()
  const wheel = new TimerWheel(clock, 20)
  const victim = firedAt(clock)
  const killer = new WheelTimer({ timedOut: () => wheel.cancel(victim.timer) })
  wheel.set(victim.timer, 100)
  wheel.set(killer, 100)

  clock.advance(1_000)

  expect(victim.times).toEqual([])
})
