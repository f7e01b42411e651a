import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Failure } from '@weft/faults'
import { weft } from '@weft/proto'
import { silentLogger } from '@weft/telemetry'
import { FakeClock, seededRandom } from '@weft/time/testing'
import { type Service, serviceDefaults } from '@weft/topology'
import { type Delta, DeltaClient, type DeltaClientOptions } from './delta-client.ts'
import { DeltaServer } from './delta-server.ts'
import { encodeResource } from './encoded-resource.ts'
import { resourceKey } from './kinds.ts'
import { memoryLink } from './testing/memory-stream.ts'

const service = (name: string, port = 80): Service => ({
  ...serviceDefaults,
  namespace: 'default',
  name,
  address4: '',
  address6: '',
  ports: [{ port, targetPort: port, name: '', protocol: 'detect' }],
  selector: {},
})
const encoded = (name: string, port?: number) => encodeResource('Service', service(name, port))
const key = (name: string) => `Service/default/${name}`
const settle = async () => {
  for (let i = 0; i < 60; i++) await Promise.resolve()
}

function start(server: DeltaServer, options: Partial<DeltaClientOptions> = {}) {
  const clock = new FakeClock(false)
  const link = memoryLink(server)
  const deltas: Delta[] = []
  const table = new Map<string, number>()
  const client = new DeltaClient(
    {
      node: 'node1',
      kinds: ['Service'],
      version: '0.1.0',
      apply: async (delta) => {
        deltas.push(delta)
        for (const name of delta.removals) table.delete(name)
        for (const { kind, name, value } of delta.upserts)
          table.set(resourceKey(kind, name), (value as Service).ports[0]!.port)
      },
      ...options,
    },
    link.connect,
    clock,
    seededRandom(1),
    silentLogger,
  )
  void client.start()
  return { client, clock, link, deltas, table }
}

describe('DeltaServer and DeltaClient', () => {
  test('bring a new subscriber to everything, then to each change', async () => {
    const server = new DeltaServer({ kinds: ['Service'] })
    server.update(7, [encoded('a'), encoded('b')], [])
    const { client, deltas, table } = start(server)
    await settle()
    server.update(8, [encoded('b', 81)], [key('a')])
    await settle()

    expect(deltas.map((delta) => [delta.revision, delta.upserts.map((upsert) => upsert.name), delta.removals])).toEqual(
      [
        [7, ['default/a', 'default/b'], []],
        [8, ['default/b'], [key('a')]],
      ],
    )
    expect(table).toEqual(new Map([[key('b'), 81]]))
    expect(client.revision).toBe(8)
  })

  test('tell of a new revision even when nothing that was asked for changed', async () => {
    const server = new DeltaServer({ kinds: ['Service', 'Route'] })
    const { client, deltas } = start(server)
    await settle()
    server.update(
      3,
      [encodeResource('Route', { service: 'default/a', port: 0, rules: [], clientNamespace: '', relay: null })],
      [],
    )
    await settle()

    expect(client.revision).toBe(3)
    expect(deltas.at(-1)).toEqual({ revision: 3, upserts: [], removals: [] })
  })

  test('say nothing when neither the revision nor anything asked for changed', async () => {
    const server = new DeltaServer({ kinds: ['Service', 'Route'] })
    server.update(3, [encoded('a')], [])
    const { deltas } = start(server)
    await settle()
    server.update(
      3,
      [encodeResource('Route', { service: 'default/a', port: 0, rules: [], clientNamespace: '', relay: null })],
      [],
    )
    server.update(3, [encoded('a')], [])
    await settle()

    expect(deltas).toHaveLength(1)
  })

  test('send only what differs when a subscriber resumes', async () => {
    const server = new DeltaServer({ kinds: ['Service'] })
    server.update(9, [encoded('a'), encoded('b', 81), encoded('d')], [])
    const held = new Map(['a', 'b', 'c'].map((name) => [key(name), encoded(name).hash]))
    const { deltas, client } = start(server, { held })
    await settle()

    expect(deltas[0]!.upserts.map((upsert) => upsert.name)).toEqual(['default/b', 'default/d'])
    expect(deltas[0]!.removals).toEqual([key('c')])
    expect([...client.held.keys()].toSorted()).toEqual([key('a'), key('b'), key('d')])
  })

  test('take nothing from a subscriber while the server knows nothing yet', async () => {
    const server = new DeltaServer({ kinds: ['Service'] })
    const held = new Map([[key('a'), encoded('a').hash]])
    const { client, deltas } = start(server, { held })
    await settle()
    const before = [...client.held.keys()]
    server.update(1, [], [])
    await settle()

    expect(before).toEqual([key('a')])
    expect(deltas).toEqual([{ revision: 1, upserts: [], removals: [key('a')] }])
  })

  test('still find what is gone when there is too much held to list', async () => {
    const server = new DeltaServer({ kinds: ['Service'] })
    server.update(9, [encoded('a'), encoded('b')], [])
    const held = new Map(['a', 'gone'].map((name) => [key(name), encoded(name).hash]))
    const { deltas, client } = start(server, { held, helloBytesMax: 10 })
    await settle()
    server.update(10, [encoded('c')], [])
    await settle()

    expect(deltas[0]!.removals).toEqual([key('gone')])
    expect(deltas[1]!.removals).toEqual([])
    expect([...client.held.keys()].toSorted()).toEqual([key('a'), key('b'), key('c')])
  })

  test('merge what happens while a slow subscriber applies', async () => {
    const server = new DeltaServer({ kinds: ['Service'] })
    const gate = Promise.withResolvers<void>()
    const seen: number[] = []
    const apply = async (delta: Delta) => {
      seen.push(delta.revision)
      if (delta.revision === 1) await gate.promise
    }
    server.update(1, [encoded('a')], [])
    start(server, { apply })
    await settle()
    for (let revision = 2; revision <= 50; revision++) {
      server.update(revision, [encoded('a', revision)], [])
      await settle()
    }
    gate.resolve()
    await settle()

    expect(seen, 'one change for all that came meanwhile').toEqual([1, 50])
  })

  test('give every subscriber at the same point the same octets', async () => {
    const server = new DeltaServer({ kinds: ['Service'] })
    const frames: Uint8Array[][] = [[], []]
    const subscriptions = frames.map((sent) =>
      server.subscribe({ send: (frame) => sent.push(frame), refuse: () => {} }),
    )
    server.update(1, [encoded('a')], [])
    for (const subscription of subscriptions) subscription.receive({ hello: { node: 'n', kinds: ['Service'] } })
    for (const subscription of subscriptions) {
      subscription.receive({ ack: { nonce: weft.discovery.v1.DeltaResponse.decode(frames[0]!.at(-1)!).nonce } })
    }
    server.update(2, [encoded('b')], [])
    await settle()

    expect(frames[0]).toHaveLength(2)
    expect(frames[1]![1]).toBe(frames[0]![1])
  })
})

describe('a refused change', () => {
  test('leaves everything as it was, is told to the server and comes again with the next one', async () => {
    const server = new DeltaServer({ kinds: ['Service'] })
    server.update(1, [encoded('a')], [])
    const accepted: Delta[] = []
    const apply = async (delta: Delta) => {
      if (delta.revision === 2) throw new Failure('bad', 'found b, expected c')
      accepted.push(delta)
    }
    const { client, link } = start(server, { apply })
    await settle()
    server.update(2, [encoded('b')], [])
    await settle()
    const { error, revision, refusedRevision } = link.subscription!
    server.update(3, [encoded('c')], [])
    await settle()

    expect([error, revision, refusedRevision]).toEqual(['found b, expected c', 1, 2])
    expect(accepted.at(-1)!.upserts.map((upsert) => upsert.name)).toEqual(['default/b', 'default/c'])
    expect([client.revision, client.lastError, link.subscription!.error]).toEqual([3, '', ''])
    expect(link.subscription!.refusedRevision).toBe(0)
  })

  test('is refused as a whole when one resource does not decode', async () => {
    const server = new DeltaServer({ kinds: ['Service'] })
    const bad = encodeResource('Service', { ...service('bad'), address4: 'nowhere' })
    server.update(1, [encoded('a'), bad], [])
    const { table, client } = start(server)
    await settle()

    expect(table.size).toBe(0)
    expect(client.lastError).toMatch(/^Service default\/bad: address4: found "nowhere", expected an IPv4 address/)
  })
})

describe('a lost stream', () => {
  test('is opened again after a growing wait, and what is known of the node told again', async () => {
    const reports: unknown[] = []
    const server = new DeltaServer(
      { kinds: ['Service'] },
      { status: (_, report) => reports.push(report.policyRevision) },
    )
    const { client, clock, link } = start(server)
    await settle()
    client.reportStatus({ policyRevision: 5 })
    await settle()
    link.cut()
    expect(link.subscription).toBeNull()
    clock.advance(100)
    await settle()

    expect(link.subscription).not.toBeNull()
    expect(reports).toEqual([5, 5])
  })

  test('waits no longer than backoffMaxMs however often it fails', async () => {
    const clock = new FakeClock(false)
    const openedAtMs: number[] = []
    const connect = (events: { closed: (failure: null) => void }) => {
      openedAtMs.push(clock.nowMs())
      queueMicrotask(() => events.closed(null))
      return { send: () => {}, close: () => {} }
    }
    const client = new DeltaClient(
      { node: 'n', kinds: ['Service'], version: '', apply: async () => {}, backoffMinMs: 100, backoffMaxMs: 1000 },
      connect,
      clock,
      () => 0,
      silentLogger,
    )
    void client.start()
    for (let i = 0; i < 80; i++) {
      await settle()
      clock.advance(100)
    }
    client.stop()

    expect(openedAtMs.slice(0, 7)).toEqual([0, 100, 300, 700, 1500, 2500, 3500])
  })
})

describe('the server ends a stream that', () => {
  const open = (events = {}) => {
    const refused: Failure[] = []
    const server = new DeltaServer({ kinds: ['Service'], heldMax: 1 }, events)
    const subscription = server.subscribe({ send: () => {}, refuse: (failure) => refused.push(failure) })
    return { server, subscription, refused }
  }
  test.each([
    [{ ack: { nonce: 1 } }, 'DeltaRequest: found ack, expected hello'],
    [{}, 'DeltaRequest: found no field, expected hello'],
    [{ hello: { kinds: ['Service'] } }, 'hello.node: found "", expected a name'],
    [{ hello: { node: 'n' } }, 'hello.kinds: found [], expected some of Service'],
    [
      { hello: { node: 'n', kinds: ['Service', 'Workload'] } },
      'hello.kinds[1]: found "Workload", expected one of Service',
    ],
    [{ hello: { node: 'n', kinds: ['Service'], held: { a: 'b', c: 'd' } } }, 'hello.held: found 2, expected at most 1'],
  ])('begins with %j', (message, expected) => {
    const { server, subscription, refused } = open()
    subscription.receive(message)

    expect(refused.map((failure) => failure.message)).toEqual([expect.stringContaining(expected)])
    expect(server.subscriptions.size).toBe(0)
  })

  test('acknowledges what was not sent', () => {
    const { server, subscription, refused } = open()
    server.update(1, [], [])
    subscription.receive({ hello: { node: 'n', kinds: ['Service'] } })
    subscription.receive({ ack: { nonce: 99 } })

    expect(refused[0]!.message).toMatch(/ack.nonce: found 99, expected 1/)
  })

  test('is refused by the hello event', () => {
    const { server, subscription, refused } = open({
      hello: () => {
        throw new Failure('denied', 'found node2, expected node1')
      },
    })
    subscription.receive({ hello: { node: 'n', kinds: ['Service'] } })

    expect(refused[0]!.message).toBe('found node2, expected node1')
    expect(server.subscriptions.size).toBe(0)
  })

  test('is further behind than removals are remembered', async () => {
    const refused: Failure[] = []
    const server = new DeltaServer({ kinds: ['Service'], removalsMax: 4 })
    const slow = server.subscribe({ send: () => {}, refuse: (failure) => refused.push(failure) })
    server.update(
      1,
      Array.from({ length: 9 }, (_, i) => encoded(`s${i}`)),
      [],
    )
    slow.receive({ hello: { node: 'n', kinds: ['Service'] } })
    const { table } = start(server)
    await settle()
    for (let i = 0; i < 8; i++) {
      server.update(2 + i, [], [key(`s${i}`)])
      await settle()
    }

    expect(refused.map((failure) => failure.code)).toEqual(['overloaded'])
    expect([...table.keys()], 'the one that keeps up is told of every removal').toEqual([key('s8')])
    expect(server.table.removalCount).toBeLessThanOrEqual(4)
  })
})

test('chunks stay below the limit, are applied together, and one large resource goes alone', async () => {
  const server = new DeltaServer({ kinds: ['Service'], chunkBytesMax: 1000 })
  const sizes: number[] = []
  server
    .subscribe({ send: (frame) => sizes.push(frame.length), refuse: () => {} })
    .receive({ hello: { node: 'n', kinds: ['Service'] } })
  const large = {
    ...service('large'),
    selector: Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`k${i}`, 'x'.repeat(40)])),
  }
  server.update(1, [...Array.from({ length: 40 }, (_, i) => encoded(`s${i}`)), encodeResource('Service', large)], [])
  const { deltas } = start(server)
  await settle()

  expect(deltas).toHaveLength(1)
  expect(deltas[0]!.upserts).toHaveLength(41)
  expect(sizes.length).toBeGreaterThan(3)
  expect(
    sizes.filter((size) => size > 1000),
    'only what is larger by itself',
  ).toHaveLength(1)
})

test('whatever changes and breaks, the subscriber ends with what the server has', async () => {
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        type: fc.constant('put' as const),
        name: fc.nat(7),
        port: fc.integer({ min: 1, max: 3 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('remove' as const), name: fc.nat(7) }) },
    { weight: 1, arbitrary: fc.constant({ type: 'cut' as const }) },
    { weight: 1, arbitrary: fc.constant({ type: 'refuse' as const }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('turns' as const), count: fc.nat(12) }) },
    { weight: 1, arbitrary: fc.constant({ type: 'time' as const }) },
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      fc.integer({ min: 1, max: 400 }),
      fc.nat(3),
      async (steps, chunk, few) => {
        const server = new DeltaServer({ kinds: ['Service'], chunkBytesMax: chunk, removalsMax: 2 + few })
        const table = new Map<string, number>()
        let refuseNext = false
        const { clock, link, client } = start(server, {
          helloBytesMax: few === 0 ? 0 : 3_000_000,
          apply: async (delta) => {
            await Promise.resolve()
            if (refuseNext) {
              refuseNext = false
              throw new Error('not this time')
            }
            for (const name of delta.removals) table.delete(name)
            for (const { kind, name, value } of delta.upserts)
              table.set(resourceKey(kind, name), (value as Service).ports[0]!.port)
          },
        })
        const truth = new Map<string, number>()
        let revision = 1
        for (const action of steps) {
          if (action.type === 'put') {
            truth.set(key(`s${action.name}`), action.port)
            server.update(++revision, [encoded(`s${action.name}`, action.port)], [])
          } else if (action.type === 'remove') {
            truth.delete(key(`s${action.name}`))
            server.update(++revision, [], [key(`s${action.name}`)])
          } else if (action.type === 'cut') link.cut()
          else if (action.type === 'refuse') refuseNext = true
          else if (action.type === 'time') clock.advance(200)
          else for (let i = 0; i < action.count; i++) await Promise.resolve()
        }
        refuseNext = false
        server.update(++revision, [], [])
        for (let i = 0; i < 4; i++) {
          await settle()
          clock.advance(20_000)
        }
        await settle()

        expect(table).toEqual(truth)
        expect(client.revision).toBe(revision)
        expect(new Set(client.held.keys())).toEqual(new Set(truth.keys()))
        client.stop()
      },
    ),
    { numRuns: 150 },
  )
})
