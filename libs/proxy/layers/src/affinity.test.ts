import type { Outcome, Placed, Routed } from '@weft/stack'
import { FakeClock, seededRandom } from '@weft/time/testing'
import type { HashKey, TrafficPolicy } from '@weft/traffic'
import { describe, expect, test } from 'vitest'
import { cookieValue, queryValue } from './affinity.ts'
import { balance } from './balance.ts'
import { backendOf, destinationOf, exchangeTo, replyOf } from './testing/index.ts'

const endpoints = ['a', 'b', 'c', 'd', 'e', 'f']

function sticky(...hashKeys: HashKey[]): Partial<TrafficPolicy> {
  return { balancer: 'Maglev', hashKeys }
}

/** Sends one request; says where it went and which cookie the reply sets. */
async function send(
  backend: ReturnType<typeof backendOf>,
  headers: string[],
  path = '/',
): Promise<{ endpoint: string; cookie: string | null }> {
  const exchange = exchangeTo(destinationOf(backend), 'GET', path, headers) as Routed & { backend: unknown }
  exchange.backend = backend
  const next = async (): Promise<Outcome> => replyOf(200)
  const outcome = await balance(new FakeClock(), seededRandom(5))(next)(exchange)
  return { endpoint: exchange.endpoint!.key, cookie: outcome.ok ? outcome.head.headers.get('set-cookie') : null }
}

describe('balance() with hash keys', () => {
  test('ties requests to an endpoint by header, cookie and query parameter', async () => {
    const cookie = { type: 'cookie', name: 'aff', path: '/', ttlMs: 0 } as const
    const keys: [HashKey, (user: number) => [string[], string]][] = [
      [{ type: 'header', name: 'x-user' }, (user) => [['X-User', `u${user}`], '/']],
      [cookie, (user) => [['Cookie', `x=1; aff=u${user}; y=2`], '/']],
      [{ type: 'query', name: 'user' }, (user) => [[], `/cart?x=1&user=u${user}&y=${Math.sqrt(user)}`]],
    ]
    for (const [key, request] of keys) {
      const backend = backendOf('cart', endpoints, sticky(key))
      const met = new Set<string>()
      for (let user = 0; user < 40; user++) {
        const { endpoint, cookie } = await send(backend, ...request(user))
        expect((await send(backend, ...request(user))).endpoint).toBe(endpoint)
        expect(cookie, 'a client that has one is given none').toBeNull()
        met.add(endpoint)
      }
      expect(met.size, key.type).toBeGreaterThan(3)
    }
  })

  test('takes the first key that the request has, and the caller at last', async () => {
    const backend = backendOf('cart', endpoints, sticky({ type: 'header', name: 'a' }, { type: 'header', name: 'b' }))
    const byA = await send(backend, ['a', '1', 'b', '2'])

    expect((await send(backend, ['a', '1'])).endpoint).toBe(byA.endpoint)
    expect((await send(backend, ['b', '3'])).endpoint).toBe((await send(backend, ['c', '9', 'b', '3'])).endpoint)
    expect((await send(backend, [])).endpoint).toBe((await send(backend, ['c', '1'])).endpoint)
  })

  test('gives a client without the cookie one that leads it back', async () => {
    const backend = backendOf('cart', endpoints, sticky({ type: 'cookie', name: 'aff', path: '/shop', ttlMs: 90_500 }))

    const first = await send(backend, ['cookie', 'other=1'])
    const value = /^aff=([0-9a-f]{16}); Max-Age=91; Path=\/shop; HttpOnly$/.exec(first.cookie!)![1]!
    const second = await send(backend, ['cookie', `aff=${value}`])

    expect(second).toEqual({ endpoint: first.endpoint, cookie: null })
  })
})

test('balance() refuses beyond the requests that the policy allows, with a reason, once every endpoint is full', async () => {
  const backend = backendOf('cart', ['a', 'b'], { requestsMax: 2, name: 'TrafficPolicy/default/p' })
  const held: ((outcome: Outcome) => void)[] = []
  const handler = balance(
    new FakeClock(),
    seededRandom(1),
  )((_: Placed) => new Promise((resolve) => void held.push(resolve)))
  const send = (): Promise<Outcome> => {
    const exchange = exchangeTo(destinationOf(backend)) as Routed & { backend: unknown; destination: unknown }
    exchange.backend = backend
    exchange.destination = destinationOf(backend)
    return handler(exchange)
  }

  for (let i = 0; i < 4; i++) void send()
  expect([...backend.balancer.states()].map(({ inFlight }) => inFlight)).toEqual([2, 2])
  expect(await send()).toMatchObject({
    code: 'overloaded',
    reason: { layer: 'balance', rule: 'TrafficPolicy/default/p', message: expect.stringContaining('2 requests') },
  })
  expect(held).toHaveLength(4)
})

test('cookieValue() finds a cookie among others, in any field, by its whole name', async () => {
  const { HeaderList } = await import('@weft/message')
  const of = (...fields: string[]): InstanceType<typeof HeaderList> =>
    new HeaderList(fields.flatMap((field) => ['cookie', field]))

  expect(cookieValue(of('a=1; b=2'), 'b')).toBe('2')
  expect(cookieValue(of('a=1', 'b="2"'), 'b')).toBe('2')
  expect(cookieValue(of('ab=1;b=;c=3'), 'b')).toBe('')
  expect(cookieValue(of('ab=1; bc=2'), 'b')).toBeNull()
  expect(cookieValue(of(), 'b')).toBeNull()
})

test('queryValue() finds a parameter by its whole name', () => {
  expect(queryValue('/p?a=1&b=2#b=3', 'b')).toBe('2')
  expect(queryValue('/p?b', 'b')).toBe('')
  expect(queryValue('/p?b&a=1', 'b')).toBe('')
  expect(queryValue('/p?ab=1&bc=2', 'b')).toBeNull()
  expect(queryValue('/p', 'b')).toBeNull()
  expect(queryValue('/p?', 'b')).toBeNull()
})
