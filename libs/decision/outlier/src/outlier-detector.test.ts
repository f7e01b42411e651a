import { defaultTrafficPolicy } from '@weft/traffic'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OutlierDetector, OutlierState } from './outlier-detector.ts'

const policy = { ...defaultTrafficPolicy.outlier, consecutiveFailures: 3, ejectBaseMs: 1_000, ejectMaxMs: 8_000 }

function detectorOf(total: number): OutlierDetector {
  const detector = new OutlierDetector(policy, () => 0)
  detector.setTotal(total)
  return detector
}

function eject(detector: OutlierDetector, state: OutlierState, nowMs: number): void {
  while (detector.finished(state, false, nowMs) !== 'ejected');
}

describe('OutlierDetector', () => {
  test('ejects at the third failure in a row, not before', () => {
    const detector = detectorOf(4)
    const state = new OutlierState()

    const decisions = [1, 2, 3].map((nowMs) => detector.finished(state, false, nowMs))

    expect(decisions).toEqual(['none', 'none', 'ejected'])
    expect(detector.isUsable(state, 4)).toBe(false)
    expect(detector.outCount).toBe(1)
  })

  test('starts counting anew after a success', () => {
    const detector = detectorOf(4)
    const state = new OutlierState()

    for (const ok of [false, false, true, false, false]) detector.finished(state, ok, 0)

    expect(state.phase).toBe('healthy')
  })

  test('lets one request through when the time is over, and only one', () => {
    const detector = detectorOf(4)
    const state = new OutlierState()
    eject(detector, state, 0)

    expect(detector.isUsable(state, 999)).toBe(false)
    expect(detector.isUsable(state, 1_000)).toBe(true)
    detector.started(state, 1_000)
    expect(detector.isUsable(state, 1_001), 'the probe is on its way').toBe(false)
  })

  test('restores when the probe succeeds', () => {
    const detector = detectorOf(4)
    const state = new OutlierState()
    eject(detector, state, 0)
    detector.started(state, 1_000)

    expect(detector.finished(state, true, 1_010)).toBe('restored')
    expect(detector.isUsable(state, 1_010)).toBe(true)
    expect(detector.outCount).toBe(0)
  })

  test('doubles the time with each failed probe, up to the maximum', () => {
    const detector = detectorOf(4)
    const state = new OutlierState()
    eject(detector, state, 0)
    const waits: number[] = []

    for (let probe = 0; probe < 5; probe++) {
      const nowMs = state.outUntilMs
      detector.started(state, nowMs)
      expect(detector.finished(state, false, nowMs)).toBe('ejected')
      waits.push(state.outUntilMs - nowMs)
    }

    expect(waits).toEqual([2_000, 4_000, 8_000, 8_000, 8_000])
  })

  test('tries again when the outcome of a probe never comes', () => {
    const detector = detectorOf(4)
    const state = new OutlierState()
    eject(detector, state, 0)
    detector.started(state, 1_000)

    expect(detector.isUsable(state, 2_000)).toBe(true)
  })

  test('learns nothing from what was sent before the ejection', () => {
    const detector = detectorOf(4)
    const state = new OutlierState()
    eject(detector, state, 0)

    expect(detector.finished(state, true, 10)).toBe('none')
    expect(detector.finished(state, false, 10)).toBe('none')
    expect(state.outUntilMs).toBe(1_000)
  })

  test('forgets old ejections after a long healthy time, not after a short one', () => {
    const detector = detectorOf(4)
    const state = new OutlierState()
    eject(detector, state, 0)
    detector.started(state, 1_000)
    detector.finished(state, true, 1_000)

    eject(detector, state, 2_000)
    expect(state.outUntilMs - 2_000, 'soon again: twice as long').toBe(2_000)
    detector.started(state, 4_000)
    detector.finished(state, true, 4_000)
    eject(detector, state, 20_000)
    expect(state.outUntilMs - 20_000, 'long after: as at first').toBe(1_000)
  })

  test('ignores ejection when more than half are out', () => {
    const detector = detectorOf(4)
    const states = Array.from({ length: 4 }, () => new OutlierState())

    eject(detector, states[0]!, 0)
    eject(detector, states[1]!, 0)
    expect(states.map((state) => detector.isUsable(state, 1))).toEqual([false, false, true, true])

    eject(detector, states[2]!, 0)
    expect(detector.isPanicking).toBe(true)
    expect(states.map((state) => detector.isUsable(state, 1))).toEqual([true, true, true, true])
  })

  test('restores by success in a panic, when new requests go to the ejected too', () => {
    const detector = detectorOf(1)
    const state = new OutlierState()
    eject(detector, state, 0)

    expect(detector.finished(state, true, 1)).toBe('restored')
  })

  test('forget() gives back the place of an endpoint that is gone', () => {
    const detector = detectorOf(4)
    const state = new OutlierState()
    eject(detector, state, 0)

    detector.forget(state)
    detector.forget(state)

    expect(detector.outCount).toBe(0)
  })

  test('counts exactly those that are not healthy, whatever happens', () => {
    const event = fc.record({
      at: fc.nat(3),
      kind: fc.constantFrom('ok', 'failed', 'started'),
      elapsedMs: fc.nat(3_000),
    })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 200 }), (events) => {
        const detector = detectorOf(4)
        const states = Array.from({ length: 4 }, () => new OutlierState())
        let nowMs = 0
        for (const { at, kind, elapsedMs } of events) {
          nowMs += elapsedMs
          if (kind === 'started') detector.started(states[at]!, nowMs)
          else detector.finished(states[at]!, kind === 'ok', nowMs)
          expect(detector.outCount).toBe(states.filter((state) => state.phase !== 'healthy').length)
          for (const state of states) {
            expect(state.outUntilMs - nowMs).toBeLessThanOrEqual(policy.ejectMaxMs)
            if (state.phase === 'healthy') expect(detector.isUsable(state, nowMs)).toBe(true)
          }
        }
      }),
    )
  })
})
