import { Authorizer, Source } from '@weft/authz'
import { EndpointState } from '@weft/balancer'
import { fault } from '@weft/faults'
import { HeaderList } from '@weft/message'
import type { Exchange, Outcome, Placed, Routed, Upstream } from '@weft/stack'
import { collectBody, fakeOrigin, ScriptedBody } from '@weft/stack/testing'
import { TimerWheel } from '@weft/time'
import { FakeClock, seededRandom } from '@weft/time/testing'
import { expect, test } from 'vitest'
import {
  authz,
  balance,
  deadline,
  type Guarded,
  metrics,
  readReport,
  route,
  TrafficTable,
  writeReport,
} from './index.ts'
import { backendOf, destinationOf, exchangeTo, replyOf, routedTo, upstreamOf } from './testing/index.ts'

const ok = async (): Promise<Outcome> => replyOf(200)

test('route() takes the backend by weight and changes headers as the rule says', async () => {
  const stable = backendOf('default/v1', ['a'])
  const canary = backendOf('default/v2', ['b'])
  const rule = {
    backends: [
      { service: 'default/v1', port: 80, weight: 9 },
      { service: 'default/v2', port: 80, weight: 1 },
    ],
    requestHeaders: { set: [['x-set', '1']], add: [['x-add', '2']], remove: ['cookie'] },
    replyHeaders: { set: [['x-reply', '3']], add: [], remove: ['server'] },
  } as const
  const destination = destinationOf(stable, [rule], [canary])
  const handler = route(seededRandom(1))(async () => replyOf(200, ['server', 'app']))
  let toCanary = 0
  let last: Exchange | null = null
  for (let i = 0; i < 1000; i++) {
    last = exchangeTo(destination, 'GET', '/', ['cookie', 'secret'])
    const outcome = await handler(last)
    if (last.backend === canary) toCanary++
    expect(outcome.ok && outcome.head.headers.flat).toEqual(['x-reply', '3'])
  }

  expect(toCanary).toBeGreaterThan(60)
  expect(toCanary).toBeLessThan(140)
  expect(last!.head.headers.flat).toEqual(['x-set', '1', 'x-add', '2'])
})

test('route() faults no_route without a rule that matches, backend_invalid without a backend', async () => {
  const backend = backendOf('default/cart', ['a'])
  const path = { type: 'prefix', value: '/shop' } as const
  const matches = [{ path, method: '', headers: [], query: [] }]
  const destination = destinationOf(backend, [{ matches, backends: [{ service: '', port: 0, weight: 1 }] }])
  const handler = route(() => 0)(ok)

  expect(await handler(exchangeTo(destination, 'GET', '/else'))).toMatchObject({ code: 'no_route' })
  expect(await handler(exchangeTo(destination, 'GET', '/shop/a'))).toMatchObject({
    code: 'backend_invalid',
    reason: { rule: 'HTTPRoute/default/test#0', version: '7' },
  })
})

test('deadline() of a gRPC caller holds to the last message, that of a rule to the head', async () => {
  const clock = new FakeClock(false)
  const wheel = new TimerWheel(clock, 20)
  const bodies: ScriptedBody[] = []
  const handler = deadline(
    clock,
    wheel,
  )(async () => {
    const reply = replyOf(200)
    reply.head.bodyKind = 'stream'
    reply.body = new ScriptedBody()
    bodies.push(reply.body as ScriptedBody)
    return reply
  })
  const backend = backendOf('cart', ['a'], { requestTimeoutMs: 50 })
  const [plain, late, timely] = [routedTo(backend), routedTo(backend), routedTo(backend)]
  for (const exchange of [late, timely]) exchange.head.headers.append('grpc-timeout', '100m')
  const outcomes = await Promise.all([plain, late, timely].map((exchange) => handler(exchange)))
  const ends = outcomes.map((outcome) => (outcome.ok ? collectBody(outcome.body).catch(String) : null))

  bodies[2]!.end(null)
  clock.advance(90)
  expect([plain.stoppedBy, late.stoppedBy]).toEqual([null, null])
  clock.advance(40)
  bodies[0]!.end(null)

  expect([plain, late, timely].map((exchange) => exchange.stoppedBy?.code)).toEqual([
    undefined,
    'deadline_exceeded',
    undefined,
  ])
  expect(await ends[1]).toMatch(/^Error: timeout: /)
  expect([bodies.map((body) => body.isCancelled), wheel.size]).toEqual([[false, true, false], 0])
})

test('deadline() calls the exchange off at the earliest of its deadlines', async () => {
  const clock = new FakeClock(false)
  const handler = deadline(
    clock,
    new TimerWheel(clock, 20),
  )((exchange) => {
    return new Promise((resolve) => (exchange.running = { stop: resolve }))
  })
  const backend = backendOf('cart', ['a'], { requestTimeoutMs: 5_000 })
  const plain = routedTo(backend)
  const grpc = routedTo(backend)
  grpc.head.headers.append('grpc-timeout', '100m')

  const outcomes = Promise.all([handler(plain), handler(grpc)])
  clock.advance(200)
  expect([plain.stoppedBy, grpc.stoppedBy?.code]).toEqual([null, 'deadline_exceeded'])
  clock.advance(5_000)

  expect(await outcomes).toMatchObject([{ code: 'deadline_exceeded' }, { code: 'deadline_exceeded' }])
})

test('balance() moves traffic away from a slow endpoint', async () => {
  const clock = new FakeClock()
  const backend = backendOf('cart', ['fast', 'slow'])
  const served = { fast: 0, slow: 0 }
  const handler = balance(
    clock,
    () => 0.5,
  )(async (exchange: Placed) => {
    const name = exchange.endpoint.key as 'fast' | 'slow'
    served[name]++
    clock.advance(name === 'slow' ? 200 : 10)
    return replyOf(200)
  })

  for (let i = 0; i < 200; i++) {
    const exchange = routedTo(backend)
    await handler(exchange)
    exchange.end(null, false)
  }

  expect(served.slow).toBeLessThan(20)
})

test('balance() does not hold a slow first connection against an endpoint', async () => {
  const clock = new FakeClock()
  const backend = backendOf('cart', ['cold', 'slow'])
  const served = { cold: 0, slow: 0 }
  const handler = balance(
    clock,
    () => 0.5,
  )(async (exchange: Placed) => {
    const name = exchange.endpoint.key as 'cold' | 'slow'
    if (served[name]++ === 0 && name === 'cold') clock.advance(1_000)
    exchange.leasedAtMs = clock.nowMs()
    clock.advance(name === 'slow' ? 100 : 5)
    return replyOf(200)
  })

  for (let i = 0; i < 50; i++) {
    const exchange = routedTo(backend)
    await handler(exchange)
    exchange.end(null, false)
  }

  expect(served.slow).toBeLessThan(10)
})

test('balance() keeps the age of waiting requests true, however long their connections took', async () => {
  const clock = new FakeClock()
  const backend = backendOf('cart', ['a'])
  const [endpoint] = backend.balancer.states()
  const answers: (() => void)[] = []
  const handler = balance(
    clock,
    () => 0.5,
  )((exchange: Placed) => {
    clock.advance(500)
    exchange.leasedAtMs = clock.nowMs()
    return new Promise((resolve) => answers.push(() => resolve(replyOf(200))))
  })
  const first = handler(routedTo(backend))
  const second = handler(routedTo(backend))
  clock.advance(10)
  answers[0]!()
  await first

  expect(endpoint!.waitingSinceMsSum, 'only the second, which started at 500').toBe(500)
  answers[1]!()
  await second
})

test('balance() ejects an endpoint that fails again and again, and faults no_endpoint when there is none', async () => {
  const clock = new FakeClock()
  const backend = backendOf('cart', ['dead', 'alive', 'well'])
  let toDead = 0
  const handler = balance(
    clock,
    () => 0.5,
  )(async (exchange: Placed) => {
    if (exchange.endpoint.key !== 'dead') return replyOf(200)
    toDead++
    return fault('connect_failed', 'dial', 'nobody')
  })
  for (let i = 0; i < 300; i++) {
    const exchange = routedTo(backend)
    await handler(exchange)
    exchange.end(null, false)
    clock.advance(1)
  }
  const none = await handler(routedTo(backendOf('empty', [])))

  expect(toDead).toBeLessThanOrEqual(5)
  expect(none).toMatchObject({ code: 'no_endpoint' })
})

test('balance() counts an exchange as in flight until its last octet', async () => {
  const backend = backendOf('cart', ['a'])
  const [endpoint] = backend.balancer.states()
  const exchange = routedTo(backend)
  await balance(new FakeClock(), () => 0.5)(async () => replyOf(200, [], new ScriptedBody()))(exchange)

  expect(endpoint!.inFlight).toBe(1)
  exchange.end(null, false)
  exchange.end(null, false)

  expect(endpoint!.inFlight).toBe(0)
})

test('authz() asks the policies for every request and faults with the rule', async () => {
  const rules = [{ from: [], to: [{ ports: [], methods: ['DELETE'], paths: [], headers: [] }] }]
  const policy = {
    name: 'AuthorizationPolicy/default/no-delete',
    namespace: 'default',
    action: 'DENY' as const,
    selector: {},
    services: [],
    rules,
  }
  const governed = { namespace: 'default', labels: {}, services: [], allowPlaintext: false }
  const authorizer = new Authorizer([policy], governed)
  const origin = {
    ...fakeOrigin(),
    source: new Source('spiffe://cluster.local/ns/default/sa/web'),
    port: 80,
    authorizer: () => authorizer,
    revision: () => '9',
  }
  const asked = (method: string): Guarded =>
    Object.assign(exchangeTo(destinationOf(backendOf('a', [])), method), { origin })
  const handler = authz()(ok)

  expect((await handler(asked('GET'))).ok).toBe(true)
  expect(await handler(asked('DELETE'))).toMatchObject({
    code: 'denied',
    reason: { rule: 'AuthorizationPolicy/default/no-delete#0', version: '9', layer: 'authz' },
  })
})

test('authz() refuses everything when the workload is not known', async () => {
  const origin = { ...fakeOrigin(), source: new Source(null), port: 80, authorizer: () => null, revision: () => '9' }
  const exchange = Object.assign(exchangeTo(destinationOf(backendOf('a', []))), { origin })

  expect(await authz()(ok)(exchange)).toMatchObject({ code: 'denied' })
})

/** The exchange when an endpoint was chosen: that of an agent, or of whoever is reached directly. */
function placedAt(change: Partial<Upstream> = {}): Routed {
  const exchange = routedTo(backendOf('a', []))
  const target: Upstream = { ...upstreamOf('a'), ...change }
  exchange.endpoint = new EndpointState<Upstream>({ key: 'a', weight: 1, target }, 0)
  return exchange
}

test('readReport() turns a reply with a reason into the fault, and hides what agents tell each other', async () => {
  const reason = JSON.stringify({ code: 'connect_failed', layer: 'dial', rule: '', version: '3', message: 'nobody' })
  const body = new ScriptedBody()
  const refused = await readReport()(async () => replyOf(502, ['weft-reason', reason], body))(placedAt())
  const exchange = placedAt()
  const served = await readReport()(async () => replyOf(200, ['weft-application-ms', '1.5', 'a', 'b']))(exchange)

  expect(refused).toMatchObject({ ok: false, code: 'connect_failed', reason: { message: 'nobody' } })
  expect(body.isCancelled).toBe(true)
  expect([exchange.applicationMs, served.ok && served.head.headers.flat]).toEqual([1.5, ['a', 'b']])
})

test('readReport() believes nothing of the kind from whoever is reached without a tunnel', async () => {
  const reason = JSON.stringify({ code: 'connect_failed', layer: 'dial', rule: '', version: '3', message: 'forged' })
  const headers = ['weft-reason', reason, 'weft-application-ms', '1.5', 'a', 'b']
  const external = { httpVersion: 11, isAgreed: false, tls: null, tunnel: null } as const
  for (const target of [{ hbonePort: 0 }, { hbonePort: 0, external }]) {
    const exchange = placedAt(target)
    const served = await readReport()(async () => replyOf(200, [...headers]))(exchange)

    expect([exchange.applicationMs, served.ok && served.head.headers.flat]).toEqual([NaN, ['a', 'b']])
  }
})

test('writeReport() does not let the application speak for the agent', async () => {
  const clock = new FakeClock()
  const exchange = routedTo(backendOf('a', []))
  Object.assign(exchange.origin, { caller: { ...exchange.origin.caller, security: 'mtls' } })

  const outcome = await writeReport(clock)(async () => {
    clock.advance(4)
    return replyOf(200, ['weft-reason', 'forged', 'weft-application-ms', '0'])
  })(exchange)

  expect(outcome.ok && outcome.head.headers.flat).toEqual(['weft-application-ms', '4.000'])
})

test('metrics() counts successes, failures by fault, gRPC status in trailers, broken bodies, octets and time added', async () => {
  const clock = new FakeClock()
  const table = new TrafficTable('outbound')
  const handler = (outcome: (exchange: Exchange) => Outcome): ((exchange: Exchange) => Promise<Outcome>) =>
    metrics<Exchange>(table, clock)(async (exchange) => outcome(exchange))
  const destination = destinationOf(backendOf('default/cart', ['a']))
  const to = (headers: string[] = []): Exchange => {
    const exchange = exchangeTo(destination, 'POST', '/', headers)
    exchange.destination = destination
    exchange.backend = destination.backend
    return exchange
  }
  const whole = new ScriptedBody()
  const broken = new ScriptedBody()
  const grpc = new ScriptedBody()

  const served = await handler((exchange) => {
    exchange.applicationMs = 0
    return replyOf(200, [], whole)
  })(to())
  whole.give('hello')
  whole.end()
  if (served.ok) await collectBody(served.body)
  const cut = await handler(() => replyOf(200, [], broken))(to())
  broken.abort({ kind: 'reset', message: 'gone' })
  if (cut.ok) await collectBody(cut.body).catch(() => {})
  await handler(() => fault('denied', 'authz', 'no'))(to())
  const called = await handler(() => replyOf(200, [], grpc))(to(['content-type', 'application/grpc']))
  grpc.end(new HeaderList(['grpc-status', '13']))
  if (called.ok) await collectBody(called.body)

  const seen: unknown[] = []
  table.drain(({ protocol, service, successes, failures, faults, bytesReceived, added, latency }) =>
    seen.push({
      protocol,
      service,
      successes,
      failures,
      faults: [...faults],
      bytesReceived,
      added: added.total,
      latency: latency.total,
    }),
  )
  expect(seen).toEqual([
    {
      protocol: 'http',
      service: 'default/cart',
      successes: 1,
      failures: 2,
      faults: [['denied', 1]],
      bytesReceived: 5,
      added: 1,
      latency: 3,
    },
    {
      protocol: 'grpc',
      service: 'default/cart',
      successes: 0,
      failures: 1,
      faults: [],
      bytesReceived: 0,
      added: 0,
      latency: 1,
    },
  ])
})

test('a stack of them composes in one order only', async () => {
  const clock = new FakeClock()
  const next: (exchange: Routed) => Promise<Outcome> = ok

  // @ts-expect-error -- balance asks for a Routed, which nobody above it has made
  const wrong: (exchange: Exchange) => Promise<Outcome> = balance(clock, () => 0.5)(next)

  expect(wrong).toBeTypeOf('function')
})
