import { defaultTrafficPolicy } from '@weft/traffic'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OutlierDetector, type Outcome } from './outlier-detector.ts'
import { OutlierState } from './outlier-state.ts'

const policy = { ...defaultTrafficPolicy.outlier, consecutiveFailures: 3, ejectBaseMs: 1_000, ejectMaxMs: 8_000 }

function detectorOf(total: number): OutlierDetector {
  const detector = new OutlierDetector(policy, () => 0)
  detector.setEndpoints(
    Array.from({ length: total }, () => new OutlierState()),
    1,
  )
  return detector
}

function eject(detector: OutlierDetector, state: OutlierState, nowMs: number): void {
  while (detector.finished(state, 'failure', nowMs, 1) !== 'ejected');
}

describe('OutlierDetector', () => {
  test('ejects at the third failure in a row, not before', () => {
    const detector = detectorOf(4)
    const state = new OutlierState()

    const decisions = [1, 2, 3].map((nowMs) => detector.finished(state, 'failure', nowMs, 1))

    expect(decisions).toEqual(['none', 'none', 'ejected'])
    expect(detector.isUsable(state, 4)).toBe(false)
    expect(detector.outCount).toBe(1)
  })

  test('starts counting anew after a success', () => {
    const detector = detectorOf(4)
    const state = new OutlierState()

    const outcomes: Outcome[] = ['failure', 'connect', 'success', 'failure', 'gateway']
    for (const outcome of outcomes) detector.finished(state, outcome, 0, 1)

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

    expect(detector.finished(state, 'success', 1_010, 1)).toBe('restored')
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
      expect(detector.finished(state, 'failure', nowMs, 1)).toBe('ejected')
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

    expect(detector.finished(state, 'success', 10, 1)).toBe('none')
    expect(detector.finished(state, 'failure', 10, 1)).toBe('none')
    expect(state.outUntilMs).toBe(1_000)
  })

  test('forgets old ejections after a long healthy time, not after a short one', () => {
    const detector = detectorOf(4)
    const state = new OutlierState()
    eject(detector, state, 0)
    detector.started(state, 1_000)
    detector.finished(state, 'success', 1_000, 1)

    eject(detector, state, 2_000)
    expect(state.outUntilMs - 2_000, 'soon again: twice as long').toBe(2_000)
    detector.started(state, 4_000)
    detector.finished(state, 'success', 4_000, 1)
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

    expect(detector.finished(state, 'success', 1, 1)).toBe('restored')
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
          else detector.finished(states[at]!, kind === 'ok' ? 'success' : 'failure', nowMs, 1)
          expect(detector.outCount).toBe(states.filter((state) => state.phase !== 'healthy').length)
          for (const state of states) {
            expect(state.outUntilMs - nowMs).toBeLessThanOrEqual(policy.ejectMaxMs)
            if (state.phase === 'healthy') expect(detector.isUsable(state, nowMs)).toBe(true)
          }
        }
      }),
    )
  })

  test('counts failures of a kind apart: a reply is no gateway failure, a bad reply no connect failure', () => {
    const only = { ...policy, consecutiveFailures: 0, consecutiveGatewayFailures: 2, consecutiveConnectFailures: 3 }
    const causeAfter = (...outcomes: Outcome[]): string => {
      const detector = new OutlierDetector(only, () => 0)
      const state = new OutlierState()
      detector.setEndpoints([state, new OutlierState(), new OutlierState()], 1)
      for (const outcome of outcomes) detector.finished(state, outcome, 0, 1)
      return state.cause
    }

    expect(causeAfter('failure', 'failure', 'failure', 'failure')).toBe('')
    expect(causeAfter('gateway', 'failure', 'gateway')).toBe('')
    expect(causeAfter('gateway', 'gateway')).toBe('consecutive_gateway_failures')
    expect(causeAfter('gateway', 'connect'), 'no connection is a gateway failure too').toBe(
      'consecutive_gateway_failures',
    )
    const connectOnly = { ...only, consecutiveGatewayFailures: 0 }
    const detector = new OutlierDetector(connectOnly, () => 0)
    const state = new OutlierState()
    detector.setEndpoints([state, new OutlierState(), new OutlierState()], 1)
    for (const outcome of ['connect', 'connect', 'gateway', 'connect', 'connect', 'connect'] as const)
      detector.finished(state, outcome, 0, 1)
    expect(state.cause).toBe('consecutive_connect_failures')
  })

  test('ejects nobody where the number is 0', () => {
    const detector = new OutlierDetector({ ...policy, consecutiveFailures: 0 }, () => 0)
    const state = new OutlierState()
    detector.setEndpoints([state, new OutlierState()], 1)

    for (let i = 0; i < 1_000; i++) detector.finished(state, 'connect', i, 1)

    expect(state.phase).toBe('healthy')
  })

  test('ejects no more than the share that may be out, but always one', () => {
    const outOf = (total: number, ejectRatioMax: number): number => {
      const detector = new OutlierDetector({ ...policy, ejectRatioMax }, () => 0)
      const states = Array.from({ length: total }, () => new OutlierState())
      detector.setEndpoints(states, 1)
      for (const state of states) for (let i = 0; i < 10; i++) detector.finished(state, 'failure', 0, 1)
      return detector.outCount
    }

    expect(outOf(10, 0.3)).toBe(3)
    expect(outOf(10, 0)).toBe(1)
    expect(outOf(2, 0.1)).toBe(1)
    expect(outOf(10, 1)).toBe(10)
  })

  test('asks for as many proofs as the policy wants before it restores', () => {
    const detector = new OutlierDetector({ ...policy, probes: 3 }, () => 0)
    const state = new OutlierState()
    detector.setEndpoints([state, new OutlierState(), new OutlierState()], 1)
    eject(detector, state, 0)

    const decisions = [1_000, 1_010, 1_020].map((nowMs) => {
      expect(detector.isUsable(state, nowMs)).toBe(true)
      detector.started(state, nowMs)
      expect(detector.isUsable(state, nowMs), 'one at a time').toBe(false)
      return detector.finished(state, 'success', nowMs, 1)
    })

    expect(decisions).toEqual(['none', 'none', 'restored'])
  })
})

describe('OutlierDetector comparing endpoints', () => {
  const compared = { ...policy, consecutiveFailures: 0, successRateRequestsMin: 20, latencyFactor: 5 }

  /** Feeds each endpoint 50 requests within an interval, and then one more after it, when endpoints are compared. */
  function run(failPercent: readonly number[], latencyMs: readonly number[], requests = 50): string[] {
    const detector = new OutlierDetector(compared, () => 0)
    const states = failPercent.map(() => new OutlierState())
    detector.setEndpoints(states, 1)
    for (let i = 0; i < requests; i++) {
      states.forEach((state, at) => {
        const isBad = (i * 37) % 100 < failPercent[at]!
        detector.finished(state, isBad ? 'failure' : 'success', i, latencyMs[at]!)
      })
    }
    detector.finished(states[0]!, 'success', 10_001, latencyMs[0]!)
    return states.map((state) => state.cause)
  }
  const even = [10, 10, 10, 10, 10, 10]

  test('ejects an endpoint whose success rate is far below the others', () => {
    expect(run([0, 0, 0, 40, 0, 0], even)).toEqual(['', '', '', 'success_rate', '', ''])
  })

  test('ejects nobody when all fail alike, when the difference is small, when requests or endpoints are few', () => {
    expect(run([40, 40, 40, 40, 40, 40], even).join('')).toBe('')
    expect(run([0, 0, 0, 3, 0, 0], even).join('')).toBe('')
    expect(run([0, 0, 0, 40, 0, 0], even, 15).join('')).toBe('')
    expect(run([0, 0, 0, 40], even).join('')).toBe('')
  })

  test('ejects an endpoint that is much slower than the median', () => {
    expect(run([0, 0, 0, 0, 0, 0], [10, 11, 9, 10, 12, 80])).toEqual(['', '', '', '', '', 'latency'])
    expect(run([0, 0, 0, 0, 0, 0], [10, 11, 9, 10, 12, 40]).join('')).toBe('')
    expect(run([0, 0, 0, 0, 0, 0], [0.01, 0.01, 0.01, 0.01, 0.01, 0.5]).join(''), 'half a millisecond').toBe('')
  })
})

describe('OutlierDetector.pushedBack()', () => {
  test('leaves an endpoint out for as long as it asks, up to the limit, then lets a probe through', () => {
    const detector = detectorOf(4)
    const state = new OutlierState()

    expect(detector.pushedBack(state, 2_000, 100)).toBe('ejected')
    expect(state).toMatchObject({ phase: 'ejected', cause: 'retry_after', outUntilMs: 2_100 })
    detector.pushedBack(state, 1e9, 100)
    expect(state.outUntilMs).toBe(100 + policy.retryAfterMaxMs)
    const nowMs = state.outUntilMs
    detector.started(state, nowMs)
    expect(detector.finished(state, 'success', nowMs + 1, 1)).toBe('restored')
  })

  test('does nothing for no time, for a negative one, or where it is off', () => {
    const off = new OutlierDetector({ ...policy, retryAfterMaxMs: 0 }, () => 0)
    const state = new OutlierState()

    expect(off.pushedBack(state, 1_000, 0)).toBe('none')
    expect(detectorOf(4).pushedBack(state, 0, 0)).toBe('none')
    expect(detectorOf(4).pushedBack(state, -1, 0)).toBe('none')
    expect(detectorOf(4).pushedBack(state, Number.NaN, 0)).toBe('none')
  })
})
