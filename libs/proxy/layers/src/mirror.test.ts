import { fault } from '@weft/faults'
import type { Outcome, Routed } from '@weft/stack'
import { collectBody, ScriptedBody } from '@weft/stack/testing'
import { FakeClock } from '@weft/time/testing'
import { expect, test } from 'vitest'
import { mirror } from './mirror.ts'
import { backendOf, destinationOf, exchangeTo, replyOf } from './testing/index.ts'

const cart = backendOf('default/cart', ['a'])
const shadow = backendOf('default/shadow', ['b'])

function exchangeWith(
  mirrors: readonly { service: string; port: number; ratio: number }[],
  body?: ScriptedBody,
): Routed {
  const destination = destinationOf(cart, [{ mirrors }], [shadow])
  const exchange = exchangeTo(destination, 'POST', '/a', ['x', '1'], body)
  exchange.destination = destination
  exchange.backend = cart
  exchange.rule = destination.route!.match(exchange.head)
  return exchange as Routed
}

const all = { service: 'default/shadow', port: 80, ratio: 1 }

test('mirror() sends a copy to the mirror and answers with what the backend says', async () => {
  const seen: Routed[] = []
  const handler = mirror(
    new FakeClock(false),
    () => 0.5,
  )(async (exchange): Promise<Outcome> => {
    seen.push(exchange)
    return exchange.backend === cart ? replyOf(201) : fault('connect_failed', 'dial', 'nobody')
  })
  const exchange = exchangeWith([all])

  const outcome = await handler(exchange)

  expect(outcome).toMatchObject({ ok: true, head: { status: 201 } })
  expect(seen.map(({ backend }) => backend.service)).toEqual(['default/shadow', 'default/cart'])
  expect(seen[0]!.head.headers).not.toBe(exchange.head.headers)
  expect([seen[0]!.head.path, seen[0]!.head.headers.flat]).toEqual(['/a', ['x', '1']])
})

test('mirror() keeps to the share, and copies nothing for a backend that is not there', async () => {
  let copies = 0
  const handler = mirror(
    new FakeClock(false),
    () => 0.5,
  )(async (exchange) => {
    if (exchange.backend === shadow) copies++
    return replyOf(200)
  })

  await handler(exchangeWith([{ ...all, ratio: 0.5 }]))
  expect(copies).toBe(0)
  await handler(
    exchangeWith([
      { ...all, ratio: 0.51 },
      { ...all, service: 'default/gone' },
    ]),
  )
  expect(copies).toBe(1)
})

test('mirror() gives both the whole body, whoever is slower', async () => {
  const body = new ScriptedBody()
  const bodies: Promise<unknown>[] = []
  const handler = mirror(
    new FakeClock(false),
    () => 0,
  )(async (exchange) => {
    bodies.push(collectBody(exchange.body).catch(String))
    return replyOf(200)
  })

  await handler(exchangeWith([all, all], body))
  body.give('abc')
  body.give('def')
  body.end(null)

  expect(await Promise.all(bodies)).toMatchObject(Array(3).fill({ octets: Buffer.from('abcdef') }))
})

test('mirror() breaks off a copy that falls behind, and the request goes on', async () => {
  const body = new ScriptedBody()
  const results: Promise<unknown>[] = []
  const handler = mirror(
    new FakeClock(false),
    () => 0,
  )(async (exchange) => {
    if (exchange.backend === cart) results.push(collectBody(exchange.body).then(({ octets }) => octets.length))
    else {
      const error = new Promise((resolve) => {
        exchange.body.start({ bytes: () => false, end: () => resolve('end'), abort: ({ message }) => resolve(message) })
      })
      results.push(error)
    }
    return replyOf(200)
  })

  await handler(exchangeWith([all], body))
  for (let i = 0; i < 6; i++) body.give('x'.repeat(64 * 1024))
  body.end(null)

  expect(await results[0]).toBe('the copy is too far behind')
  expect(await results[1]).toBe(6 * 64 * 1024)
})

test('mirror() gives up a copy that never ends', async () => {
  const clock = new FakeClock(false)
  let copy: Routed | null = null
  const handler = mirror(
    clock,
    () => 0,
  )((exchange) => {
    if (exchange.backend === cart) return Promise.resolve(replyOf(200))
    copy = exchange
    return new Promise(() => {})
  })

  await handler(exchangeWith([all]))
  clock.advance(31_000)

  expect(copy!.stoppedBy?.code).toBe('deadline_exceeded')
})
