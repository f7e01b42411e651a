import { seededRandom } from '@weft/time/testing'
import { defaultTrafficPolicy } from '@weft/traffic'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Balancer } from './balancer.ts'
import { PickContext, type EndpointState } from './endpoint.ts'
import { decayedEwmaMs, writePeakEwmaCost } from './latency.ts'

const DECAY_MS = 10_000

function peakEwmaCost(endpoint: EndpointState<string>, inFlight: number, nowMs: number, ewmaDecayMs: number): number {
  const context = new PickContext<string>()
  context.reset(nowMs)
  const costs = new Float64Array(1)
  writePeakEwmaCost(endpoint, inFlight, context, { ewmaDecayMs, ewmaDefaultRttMs: 30 }, costs, 0)
  return costs[0]!
}

function pair(): { balancer: Balancer<string>; a: EndpointState<string>; b: EndpointState<string> } {
  const balancer = new Balancer<string>(defaultTrafficPolicy, seededRandom(7))
  balancer.update([
    { key: 'a', weight: 1, target: 'a' },
    { key: 'b', weight: 1, target: 'b' },
  ])
  const [a, b] = [...balancer.states()]
  return { balancer, a: a!, b: b! }
}

function seen(
  balancer: Balancer<string>,
  endpoint: EndpointState<string>,
  nowMs: number,
  latencyMs: number,
  ok = true,
): void {
  balancer.started(endpoint, nowMs - latencyMs)
  balancer.finished(endpoint, nowMs, latencyMs, ok)
}

describe('peak EWMA', () => {
  test('begins at the default round trip and takes the first observation as it is', () => {
    const { balancer, a } = pair()

    expect(decayedEwmaMs(a, 0, DECAY_MS)).toBe(30)
    seen(balancer, a, 100, 4)
    expect(decayedEwmaMs(a, 100, DECAY_MS)).toBeCloseTo(4)
  })

  test('an endpoint that is new gets one request at once, and not a second before it has answered', () => {
    const { balancer, a, b } = pair()
    seen(balancer, a, 0, 0.5)

    expect(peakEwmaCost(b, b.inFlight, 1, DECAY_MS)).toBeLessThan(peakEwmaCost(a, a.inFlight, 1, DECAY_MS))
    balancer.started(b, 1)
    expect(peakEwmaCost(b, b.inFlight, 1, DECAY_MS)).toBeGreaterThan(10 * peakEwmaCost(a, a.inFlight, 1, DECAY_MS))
  })

  test('jumps up at once and decays down slowly', () => {
    const { balancer, a } = pair()
    seen(balancer, a, 100, 4)
    seen(balancer, a, 200, 500)
    expect(decayedEwmaMs(a, 200, DECAY_MS)).toBe(500)

    seen(balancer, a, 1_200, 4)
    expect(decayedEwmaMs(a, 1_200, DECAY_MS)).toBeGreaterThan(400)
    expect(decayedEwmaMs(a, 1_200 + DECAY_MS, DECAY_MS)).toBeLessThan(200)
  })

  test('counts requests in flight', () => {
    const { balancer, a } = pair()
    seen(balancer, a, 100, 10)
    balancer.started(a, 100)
    balancer.started(a, 100)

    expect(peakEwmaCost(a, a.inFlight, 100, DECAY_MS)).toBeCloseTo(30, 1)
  })

  test('an endpoint that hangs grows dearer before anything has finished', () => {
    const { balancer, a, b } = pair()
    seen(balancer, a, 0, 10)
    seen(balancer, b, 0, 10)
    balancer.started(a, 0)

    expect(peakEwmaCost(a, a.inFlight, 400, DECAY_MS)).toBeGreaterThan(20 * peakEwmaCost(b, b.inFlight, 400, DECAY_MS))
    const context = new PickContext<string>()
    context.reset(400, 0)
    for (let i = 0; i < 50; i++) expect(balancer.pick(context)).toBe(b)
  })

  test('a stream whose reply has begun counts as in flight, not as slow', () => {
    const { balancer, a } = pair()
    balancer.started(a, 0)
    balancer.replied(a, 5, 5, true)

    expect(peakEwmaCost(a, a.inFlight, 60_000, DECAY_MS)).toBeLessThan(1)
    expect(a).toMatchObject({ inFlight: 1, waiting: 0 })
    balancer.released(a)
    expect(a.inFlight).toBe(0)
  })

  test('failing fast does not look fast', () => {
    const { balancer, a, b } = pair()
    seen(balancer, a, 100, 10)
    seen(balancer, b, 100, 10)
    seen(balancer, a, 101, 0.1, false)

    expect(peakEwmaCost(a, a.inFlight, 101, DECAY_MS)).toBeGreaterThan(peakEwmaCost(b, b.inFlight, 101, DECAY_MS))
  })

  test('an abandoned request leaves no trace but time', () => {
    const { balancer, a } = pair()
    seen(balancer, a, 0, 10)
    balancer.started(a, 5)
    balancer.abandoned(a, 5)

    expect(a).toMatchObject({ inFlight: 0, waiting: 0, waitingSinceMsSum: 0, ewmaMs: 10 })
  })

  test('stays finite and never below zero, and returns to rest when all is over', () => {
    const step = fc.record({
      elapsedMs: fc.nat(5_000),
      latencyMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
      ok: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const { balancer, a } = pair()
        let nowMs = 0
        for (const { elapsedMs, latencyMs, ok } of steps) {
          balancer.started(a, nowMs)
          nowMs += elapsedMs
          const cost = peakEwmaCost(a, a.inFlight, nowMs, DECAY_MS)
          expect(Number.isFinite(cost) && cost > 0).toBe(true)
          balancer.finished(a, nowMs, latencyMs, ok)
          expect(a.ewmaMs).toBeGreaterThanOrEqual(0)
        }
        expect(a).toMatchObject({ inFlight: 0, waiting: 0, waitingSinceMsSum: 0 })
      }),
    )
  })
})
