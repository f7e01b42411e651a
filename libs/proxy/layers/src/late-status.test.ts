import { fault } from '@weft/faults'
import { emptyBody, HeaderList } from '@weft/message'
import type { Outcome, Placed } from '@weft/stack'
import { FakeClock, seededRandom } from '@weft/time/testing'
import { expect, test } from 'vitest'
import { balance } from './balance.ts'
import { backendOf, replyOf, routedTo } from './testing/index.ts'

/** How a call ends after its head has come. */
type End = (exchange: Placed) => void
const withStatus =
  (status: number): End =>
  (exchange) =>
    exchange.end(new HeaderList(['grpc-status', String(status)]), false)

/** Sends calls to the one endpoint; each ends in its trailers. Gives what outlier detection thinks of it then. */
async function callsThat(...ends: End[]): Promise<{ phase: string; failures: number; requests: number }> {
  const clock = new FakeClock()
  const backend = backendOf('cart', ['a'])
  const next = async (): Promise<Outcome> => {
    const reply = replyOf(200, ['content-type', 'application/grpc'])
    reply.head.version = 20
    reply.head.bodyKind = 'stream'
    reply.body = emptyBody
    return reply
  }
  const handler = balance(clock, seededRandom(3))(next)
  for (const end of ends) {
    const exchange = routedTo(backend)
    await handler(exchange)
    end(exchange as Placed)
  }
  const [state] = backend.balancer.states()
  const { outlier, inFlight } = state!
  expect(inFlight).toBe(0)
  return { phase: outlier.phase, failures: outlier.failures, requests: outlier.requests }
}

test('gRPC calls that fail in their trailers, one after another, eject the endpoint', async () => {
  const ends = Array.from({ length: 5 }, () => withStatus(14))

  expect(await callsThat(...ends)).toEqual({ phase: 'ejected', failures: 5, requests: 5 })
})

test('a status that blames the caller, and a success, count as successes', async () => {
  const ends = [14, 14, 5, 14, 14, 0, 14, 14, 3].map(withStatus)

  expect(await callsThat(...ends)).toEqual({ phase: 'healthy', failures: 6, requests: 9 })
})

test('a call that breaks off counts against the endpoint, one that its caller gives up does not', async () => {
  const broken: End = (exchange) => exchange.end(null, true)
  const cancelled: End = (exchange) => exchange.end(null, false)
  const gone: End = (exchange) => {
    exchange.stop(fault('downstream_closed', 'http', 'gone'))
    exchange.end(null, true)
  }

  expect(await callsThat(broken, cancelled, gone)).toEqual({ phase: 'healthy', failures: 1, requests: 1 })
})
