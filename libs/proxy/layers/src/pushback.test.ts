import type { Outcome, Placed, Routed } from '@weft/stack'
import { FakeClock, seededRandom } from '@weft/time/testing'
import { expect, test } from 'vitest'
import { balance } from './balance.ts'
import { retry } from './retry.ts'
import { backendOf, replyOf, routedTo } from './testing/index.ts'

function grpcEnding(status: number, pushback: string | null): Outcome {
  const headers = ['content-type', 'application/grpc', 'grpc-status', String(status)]
  const reply = replyOf(200, pushback === null ? headers : [...headers, 'grpc-retry-pushback-ms', pushback])
  reply.head.version = 20
  return reply
}

/** Sends one request through retry over balance; endpoint `a` answers with these in turn, all others with 200. */
async function send(
  endpoints: string[],
  answers: Outcome[],
  method = 'GET',
): Promise<{ outcome: Outcome; met: string[]; tookMs: number; states: Map<string, string> }> {
  const clock = new FakeClock()
  clock.advance(1_000)
  const backend = backendOf('cart', endpoints)
  const met: string[] = []
  const next = async (exchange: Placed): Promise<Outcome> => {
    met.push(exchange.endpoint.key)
    if (exchange.endpoint.key !== 'a') return replyOf(200)
    return answers.shift() ?? replyOf(200)
  }
  const exchange = routedTo(backend, method)
  // The seed makes `a` the first choice.
  const handler = retry(clock, () => 1)(balance(clock, seededRandom(3))(next) as (exchange: Routed) => Promise<Outcome>)
  let outcome: Outcome = await handler(exchange)
  if (met[0] !== 'a') {
    met.length = 0
    for (const state of backend.balancer.states()) if (state.key !== 'a') backend.balancer.started(state, clock.nowMs())
    outcome = await handler(routedTo(backend, method))
  }
  const states = new Map([...backend.balancer.states()].map(({ key, outlier }) => [key, outlier.phase]))
  return { outcome, met, tookMs: clock.nowMs() - 1_000, states }
}

test('a 503 with Retry-After leaves the endpoint out, and the request goes to another without that wait', async () => {
  const { outcome, met, tookMs, states } = await send(['a', 'b', 'c'], [replyOf(503, ['retry-after', '20'])])

  expect(outcome.ok && outcome.head.status).toBe(200)
  expect(met[0]).toBe('a')
  expect(met[1]).not.toBe('a')
  expect(tookMs).toBeLessThan(100)
  expect(states.get('a')).toBe('ejected')
})

test('a 429 with Retry-After leaves the endpoint out and is handed on: the caller is told', async () => {
  const { outcome, met, states } = await send(['a', 'b', 'c'], [replyOf(429, ['retry-after', '20'])])

  expect(outcome.ok && outcome.head.status).toBe(429)
  expect(outcome.ok && outcome.head.headers.get('retry-after')).toBe('20')
  expect(met).toEqual(['a'])
  expect(states.get('a')).toBe('ejected')
})

test('a retry waits as long as Retry-After says when there is nobody else to ask', async () => {
  const { outcome, tookMs } = await send(['a'], [replyOf(503, ['retry-after', '2'])])

  expect(outcome.ok && outcome.head.status).toBe(200)
  expect(tookMs).toBe(2_000)
})

test('a Retry-After that is too long for a proxy to wait is the caller’s to follow', async () => {
  const { outcome, met, tookMs } = await send(['a'], [replyOf(503, ['retry-after', '600'])])

  expect(outcome.ok && outcome.head.status).toBe(503)
  expect([met, tookMs]).toEqual([['a'], 0])
})

test('gRPC pushback is waited out to the millisecond, whatever the call does', async () => {
  const { outcome, tookMs } = await send(['a', 'b'], [grpcEnding(14, '137')], 'POST')

  expect(outcome.ok && outcome.head.headers.get('grpc-status')).toBeNull()
  expect(tookMs).toBe(137)
})

test('gRPC pushback below zero, or that is no number, forbids another attempt', async () => {
  for (const pushback of ['-1', 'soon']) {
    const { outcome, met } = await send(['a', 'b'], [grpcEnding(14, pushback)], 'POST')

    expect(outcome.ok && outcome.head.headers.get('grpc-status')).toBe('14')
    expect(met).toEqual(['a'])
  }
})

test('a gRPC call that failed without pushback, or otherwise than by being refused, is not repeated', async () => {
  for (const ending of [grpcEnding(14, null), grpcEnding(3, '10'), grpcEnding(0, '10')]) {
    expect((await send(['a', 'b'], [ending], 'POST')).met).toEqual(['a'])
  }
})

test('gRPC statuses that blame the server count against the endpoint', async () => {
  const backend = backendOf('cart', ['a', 'b', 'c'], { balancer: 'RoundRobin' })
  const clock = new FakeClock()
  const handler = balance(
    clock,
    seededRandom(3),
  )(async (exchange: Placed) => (exchange.endpoint.key === 'a' ? grpcEnding(14, null) : grpcEnding(0, null)))
  for (let i = 0; i < 60; i++) {
    clock.advance(10)
    const exchange = routedTo(backend, 'POST')
    await handler(exchange)
    exchange.end(null, false)
  }

  expect(backend.balancer.ejectedCount).toBe(1)
})
