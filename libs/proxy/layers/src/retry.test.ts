import { fault } from '@weft/faults'
import type { Outcome, Routed } from '@weft/stack'
import { ScriptedBody } from '@weft/stack/testing'
import { FakeClock } from '@weft/time/testing'
import { expect, test } from 'vitest'
import { formatGrpcTimeout } from './grpc-timeout.ts'
import { retry } from './retry.ts'
import { backendOf, destinationOf, exchangeTo, replyOf, routedTo } from './testing/index.ts'

const refused = fault('connect_failed', 'dial', 'nobody there')
const reset = fault('upstream_reset', 'http', 'gone')

/** Answers with the outcomes in turn, the last one for ever, and keeps the attempts. */
function answering(...outcomes: Outcome[]): { next: (exchange: Routed) => Promise<Outcome>; attempts: number[] } {
  const attempts: number[] = []
  const next = async (exchange: Routed): Promise<Outcome> => {
    attempts.push(exchange.attempt)
    return outcomes[Math.min(attempts.length, outcomes.length) - 1]!
  }
  return { next, attempts }
}

test('retry() tries another endpoint at once when the first could not be reached, whatever the method', async () => {
  const clock = new FakeClock()
  const { next, attempts } = answering(refused, replyOf(200))

  const outcome = await retry(clock, () => 0.5)(next)(routedTo(backendOf('cart', ['a', 'b']), 'POST'))

  expect(outcome.ok).toBe(true)
  expect(attempts).toEqual([1, 2])
  expect(clock.nowMs()).toBe(0)
})

test('retry() hands up the last fault when the attempts are used up, having backed off', async () => {
  const clock = new FakeClock()
  const { next, attempts } = answering(reset)

  const outcome = await retry(clock, () => 1)(next)(routedTo(backendOf('cart', ['a'])))

  expect(outcome).toBe(reset)
  expect(attempts).toEqual([1, 2, 3])
  expect(clock.nowMs(), '25 and 50 ms').toBe(75)
})

test('retry() tells a gRPC callee of the time that is left, at each attempt', async () => {
  const clock = new FakeClock()
  const exchange = routedTo(backendOf('cart', ['a', 'b']), 'POST')
  exchange.head.headers.append('grpc-timeout', '2S')
  exchange.deadlineMs = 2_000
  const told: (string | null)[] = []
  const outcomes = [refused, replyOf(200)]
  const next = async (): Promise<Outcome> => {
    told.push(exchange.head.headers.get('grpc-timeout'))
    clock.advance(300)
    return outcomes[told.length - 1]!
  }
  clock.advance(100)

  await retry(clock, () => 0.5)(next)(exchange)

  expect(told).toEqual(['1900m', '1600m'])
})

test.each([
  [0.2, '1m'],
  [1_500.7, '1500m'],
  [99_999_999, '99999999m'],
  [100_000_000, '100000S'],
])('formatGrpcTimeout(%d) is %s', (timeoutMs, expected) => {
  expect(formatGrpcTimeout(timeoutMs)).toBe(expected)
})

test('retry() hands up the last fault when the budget runs dry', async () => {
  const clock = new FakeClock()
  const backend = backendOf('cart', ['a'], { retryBudgetPerSecond: 0.1, retryBudgetRatio: 0 })
  const { next, attempts } = answering(refused)

  await retry(clock, () => 0)(next)(routedTo(backend))

  expect(attempts, 'one try, then the single retry the budget could pay for').toEqual([1, 2])
})

test('retry() does not repeat a POST that the upstream may have seen, nor a denial', async () => {
  const clock = new FakeClock()
  const perhapsSeen = answering(reset)
  const denied = answering(fault('denied', 'authz', 'no'))

  await retry(clock, () => 0)(perhapsSeen.next)(routedTo(backendOf('cart', ['a']), 'POST'))
  await retry(clock, () => 0)(denied.next)(routedTo(backendOf('cart', ['a'])))

  expect([perhapsSeen.attempts, denied.attempts]).toEqual([[1], [1]])
})

test('retry() sends a small body again, and gives up when more has flowed than is retained', async () => {
  const clock = new FakeClock()
  const { body: small, seen: seenOfSmall, attempts: ofSmall } = await putTwice(clock, 10)
  const { body: large, attempts: ofLarge } = await putTwice(clock, 100_000)

  expect([ofSmall, seenOfSmall, small.isCancelled]).toEqual([[1, 2], [10, 10], false])
  expect([ofLarge, large.isCancelled]).toEqual([[1], true])
})

/** A PUT whose first attempt is reset after its body, and whose second is answered. */
async function putTwice(
  clock: FakeClock,
  sizeBytes: number,
): Promise<{ body: ScriptedBody; seen: number[]; attempts: number[] }> {
  const body = new ScriptedBody()
  const { next, attempts } = answering(reset, replyOf(200))
  const seen: number[] = []
  body.give(new Uint8Array(sizeBytes))
  await retry(
    clock,
    () => 0,
  )((it) => {
    it.isBodyTaken = true
    const at = seen.push(0) - 1
    it.body.start({ bytes: (bytes) => ((seen[at]! += bytes.length), true), end: () => {}, abort: () => {} })
    if (it.attempt === 1) it.body.cancel()
    return next(it)
  })(routedTo(backendOf('cart', ['a']), 'PUT', body))
  return { body, seen, attempts }
}

test('retry() throws a reply with a listed status away and asks again, for idempotent methods only', async () => {
  const clock = new FakeClock()
  const body = new ScriptedBody()
  const get = answering(replyOf(503, [], body), replyOf(200))
  const post = answering(replyOf(503), replyOf(200))

  const outcome = await retry(clock, () => 0)(get.next)(routedTo(backendOf('cart', ['a'])))
  await retry(clock, () => 0)(post.next)(routedTo(backendOf('cart', ['a']), 'POST'))

  expect(outcome).toMatchObject({ head: { status: 200 } })
  expect(body.isCancelled).toBe(true)
  expect([get.attempts, post.attempts]).toEqual([[1, 2], [1]])
})

test('retry() stops when the deadline leaves no room for the backoff, and when the caller has gone', async () => {
  const clock = new FakeClock()
  const late = routedTo(backendOf('cart', ['a']))
  late.deadlineMs = 10
  const gone = routedTo(backendOf('cart', ['a']))
  const answers = answering(reset)
  const stopped = fault('downstream_closed', 'http', 'gone')

  const outcome = await retry(clock, () => 1)(answers.next)(late)
  await retry(
    clock,
    () => 1,
  )((exchange) => {
    exchange.stop(stopped)
    return answers.next(exchange)
  })(gone)

  expect(outcome).toBe(reset)
  expect(answers.attempts).toEqual([1, 1])
})

test('retry() remembers where it tried', async () => {
  const clock = new FakeClock()
  const backend = backendOf('cart', ['a', 'b'])
  const [first] = backend.balancer.states()
  const exchange = routedTo(backend)

  await retry(
    clock,
    () => 0,
  )(async (it) => {
    it.endpoint = first!
    return it.attempt === 1 ? refused : replyOf(200)
  })(exchange)

  expect(exchange.tried).toEqual([first])
})

test('retry() ends an attempt that takes longer than the rule allows, and makes another', async () => {
  const clock = new FakeClock(false)
  const backend = backendOf('cart', ['a'])
  const rule = { attemptTimeoutMs: 100, backends: [{ service: 'cart', port: 80, weight: 1 }] }
  const destination = destinationOf(backend, [rule])
  const exchange = exchangeTo(destination)
  exchange.destination = destination
  exchange.backend = backend
  exchange.rule = destination.route!.match(exchange.head)
  const stopped: string[] = []

  const outcome = retry(
    clock,
    () => 0,
  )((it) => {
    if (it.attempt === 2) return Promise.resolve(replyOf(200))
    return new Promise((resolve) => {
      it.running = { stop: (why) => (stopped.push(why.code), resolve(why)) }
    })
  })(exchange as Routed)
  clock.advance(100)

  expect((await outcome).ok).toBe(true)
  expect(stopped).toEqual(['deadline_exceeded'])
})
