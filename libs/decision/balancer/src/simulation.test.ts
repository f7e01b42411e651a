import { seededRandom } from '@weft/time/testing'
import { defaultTrafficPolicy, type BalancerType } from '@weft/traffic'
import { describe, expect, test } from 'vitest'
import { Balancer } from './balancer.ts'
import { PickContext, type EndpointState } from './endpoint.ts'

/** How one simulated server behaves at a time: its latency, and whether it answers well. */
interface Behaviour {
  readonly latencyMs: number
  readonly ok: boolean
}
type Server = (nowMs: number) => Behaviour

interface Result {
  /** Requests by server, and the latency of each request with its start. */
  readonly picks: Map<string, number>
  readonly samples: {
    readonly atMs: number
    readonly server: string
    readonly latencyMs: number
    readonly ok: boolean
  }[]
}

const REQUESTS_PER_MS = 1
const good: Server = () => ({ latencyMs: 10, ok: true })

/**
 * Open-loop traffic (1,000 requests a second, arrivals and latencies jittered by the seed) against simulated servers, in
 * virtual time. Source of the idea: Finagle's balancersim.
 */
function simulate(type: BalancerType, servers: Record<string, Server>, durationMs: number, seed = 42): Result {
  const random = seededRandom(seed)
  const balancer = new Balancer<string>({ ...defaultTrafficPolicy, balancer: type }, random)
  balancer.update(Object.keys(servers).map((key) => ({ key, weight: 1, target: key })))
  const context = new PickContext<string>()
  const inFlight: { endAtMs: number; latencyMs: number; ok: boolean; endpoint: EndpointState<string> }[] = []
  const result: Result = { picks: new Map(), samples: [] }

  let nowMs = 0
  while (nowMs < durationMs) {
    nowMs += (2 * random()) / REQUESTS_PER_MS
    inFlight.sort((a, b) => b.endAtMs - a.endAtMs)
    while (inFlight.length > 0 && inFlight.at(-1)!.endAtMs <= nowMs) {
      const { endpoint, endAtMs, latencyMs, ok } = inFlight.pop()!
      balancer.finished(endpoint, endAtMs, latencyMs, ok)
    }
    context.reset(nowMs, Math.floor(random() * 2 ** 32))
    const endpoint = balancer.pick(context)!
    balancer.started(endpoint, nowMs)
    const { latencyMs: usualMs, ok } = servers[endpoint.key]!(nowMs)
    const latencyMs = usualMs * (0.5 + random())
    inFlight.push({ endAtMs: nowMs + latencyMs, latencyMs, ok, endpoint })
    result.picks.set(endpoint.key, (result.picks.get(endpoint.key) ?? 0) + 1)
    result.samples.push({ atMs: nowMs, server: endpoint.key, latencyMs, ok })
  }
  return result
}

function shareOf(result: Result, server: string, fromMs = 0, toMs = Number.POSITIVE_INFINITY): number {
  const within = result.samples.filter((sample) => sample.atMs >= fromMs && sample.atMs < toMs)
  return within.filter((sample) => sample.server === server).length / within.length
}

function quantileMs(result: Result, q: number): number {
  const sorted = result.samples.map((sample) => sample.latencyMs).sort((a, b) => a - b)
  return sorted[Math.floor(q * (sorted.length - 1))]!
}

const slowAfter2s: Server = (nowMs) => (nowMs < 2_000 ? good(nowMs) : { latencyMs: 200, ok: true })

describe('simulation', () => {
  test('peak EWMA takes traffic from a server that is 20 times slower', () => {
    const servers = { a: good, b: good, c: good, slow: () => ({ latencyMs: 200, ok: true }) }

    const peak = simulate('PeakEwma', servers, 20_000)
    const random = simulate('Random', servers, 20_000)

    expect(shareOf(peak, 'slow')).toBeLessThan(0.02)
    expect(shareOf(random, 'slow')).toBeGreaterThan(0.2)
    expect(quantileMs(peak, 0.95)).toBeLessThan(20)
    expect(quantileMs(random, 0.95)).toBeGreaterThan(100)
  })

  test('peak EWMA notices within a quarter of a second that a server has become slow', () => {
    const result = simulate('PeakEwma', { a: good, b: good, c: good, late: slowAfter2s }, 6_000)

    expect(shareOf(result, 'late', 0, 2_000)).toBeGreaterThan(0.15)
    expect(shareOf(result, 'late', 2_250, 6_000)).toBeLessThan(0.02)
  })

  test('peak EWMA takes traffic from a server that stops answering altogether', () => {
    const hangs: Server = (nowMs) => (nowMs < 1_000 ? good(nowMs) : { latencyMs: 1e9, ok: true })

    const result = simulate('PeakEwma', { a: good, b: good, hangs }, 4_000)

    expect(shareOf(result, 'hangs', 1_000, 4_000)).toBeLessThan(0.01)
  })

  test('peak EWMA lets a server that was slow come back', () => {
    const recovers: Server = (nowMs) => ({ latencyMs: nowMs < 3_000 ? 200 : 10, ok: true })

    const result = simulate('PeakEwma', { a: good, b: good, recovers }, 60_000)

    expect(shareOf(result, 'recovers', 50_000)).toBeGreaterThan(0.2)
  })

  test('peak EWMA shares evenly among equals', () => {
    const result = simulate('PeakEwma', { a: good, b: good, c: good, d: good }, 10_000)

    for (const server of ['a', 'b', 'c', 'd']) expect(shareOf(result, server), server).toBeGreaterThan(0.15)
  })

  test('least request also takes traffic from the slow one, round robin does not', () => {
    const servers = { a: good, b: good, c: good, slow: () => ({ latencyMs: 200, ok: true }) }

    expect(shareOf(simulate('LeastRequest', servers, 10_000), 'slow')).toBeLessThan(0.1)
    expect(shareOf(simulate('RoundRobin', servers, 10_000), 'slow')).toBeCloseTo(0.25, 2)
  })

  test.each(['PeakEwma', 'LeastRequest', 'RoundRobin', 'Random', 'RingHash', 'Maglev'] as const)(
    '%s leaves a server out that fails fast, and takes it back when it is well',
    (type) => {
      const fails: Server = (nowMs) => (nowMs < 10_000 ? { latencyMs: 0.5, ok: false } : good(nowMs))

      const result = simulate(type, { a: good, b: good, c: good, fails }, 30_000)

      expect(shareOf(result, 'fails', 0, 10_000), 'a few failures and probes').toBeLessThan(0.02)
      expect(shareOf(result, 'fails', 20_000), 'back for good').toBeGreaterThan(0.1)
      const failures = result.samples.filter((sample) => !sample.ok).length
      expect(failures, 'five in a row, then one for each probe').toBeLessThan(12)
    },
  )
})
