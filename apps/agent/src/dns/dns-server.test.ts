import { createSocket } from 'node:dgram'
import { open } from 'node:fs/promises'
import { recordType, replyCode, type DnsMessage } from '@weft/dns'
import { systemClock } from '@weft/host'
import { silentLogger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import { FakeClock, seededRandom } from '@weft/time/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { MeshNames } from './answer.ts'
import { DnsServer, type DnsServerOptions } from './dns-server.ts'
import { exchangeUdp, messageOf, octetsOf, queryFor, TcpClient } from './testing/client.ts'
import { answerAddress, FakeResolver } from './testing/fake-resolver.ts'

const services: Record<string, { address4: string; address6: string }> = {
  'default/cart': { address4: '198.19.0.1', address6: 'fd77:6566:7400::1' },
  'default/catalog': { address4: '198.19.0.2', address6: '' },
  'shop/cart': { address4: '198.19.0.3', address6: '' },
}
const names: MeshNames = {
  lookup: (name, namespace) => services[`${namespace}/${name}`] ?? null,
  nameOf: (address) => {
    const found = Object.entries(services).find(([, at]) => at.address4 === address || at.address6 === address)
    const [namespace, name] = found?.[0].split('/') ?? []
    return namespace === undefined || name === undefined ? null : { name, namespace }
  },
}

const addressesOf = (reply: DnsMessage): string[] =>
  reply.answers.map((answer) => (answer.data.kind === 'address' ? answer.data.address : '?'))

describe('the DNS server of an agent', () => {
  let resolver: FakeResolver
  let server: DnsServer | null = null

  beforeEach(async () => {
    resolver = await FakeResolver.start()
  })

  afterEach(async () => {
    server?.stop()
    await resolver[Symbol.asyncDispose]()
  })

  async function listen(options: Partial<DnsServerOptions> = {}, clock: Clock = systemClock, namespaces = ['default']) {
    server = new DnsServer(
      { names, upstreams: [{ host: '127.0.0.1', port: resolver.port }], ...options },
      clock,
      silentLogger,
    )
    await server.start()
    const udp = await server.listenUdp({ host: '127.0.0.1', port: 0 }, () => namespaces)
    const tcp = await server.listenTcp({ host: '127.0.0.1', port: 0 }, () => namespaces)
    const ask = async (name: string, type: number, change: Partial<DnsMessage> = {}) =>
      messageOf(await exchangeUdp(udp.port, octetsOf(queryFor(name, type, change))))
    return { server, udp, tcp, ask }
  }

  test.each(['cart', 'CART.default', 'cart.default.svc', 'cart.default.svc.cluster.local'])(
    'answers %s with the address of the service',
    async (name) => {
      const { ask, server } = await listen()

      const reply = await ask(name, recordType.A)

      expect(reply).toMatchObject({ isReply: true, isAuthoritative: true, code: 0, recursionAvailable: true })
      expect(reply.answers).toEqual([
        { name, type: 1, class: 1, ttlSeconds: 5, data: { kind: 'address', address: '198.19.0.1' } },
      ])
      expect(addressesOf(await ask(name, recordType.AAAA))).toEqual(['fd77:6566:7400::1'])
      expect(resolver.queries).toEqual([])
      expect(server.counters).toEqual({ mesh: 2, forwarded: 0, failed: 0, refused: 0, dropped: 0 })
    },
  )

  test('takes a bare name for one in the namespaces of the caller, in order', async () => {
    const inShop = await listen({}, systemClock, ['shop'])
    expect(addressesOf(await inShop.ask('cart', recordType.A))).toEqual(['198.19.0.3'])
    inShop.server.stop()

    const inBoth = await listen({}, systemClock, ['default', 'shop'])
    expect(addressesOf(await inBoth.ask('cart', recordType.A))).toEqual(['198.19.0.1'])
  })

  test.each([
    ['catalog', recordType.AAAA],
    ['catalog.default', 15],
    ['cart', 65],
  ])('says that %s has no record of type %i, not that it does not exist', async (name, type) => {
    const { ask } = await listen()

    const reply = await ask(name, type)

    expect(reply).toMatchObject({
      code: replyCode.noError,
      answers: [],
      authorities: [{ name, type: recordType.SOA, ttlSeconds: 5 }],
    })
    expect(resolver.queries).toEqual([])
  })

  test('names the service at an address', async () => {
    const { ask } = await listen()
    const reverse6 = `1.${'0.'.repeat(19)}0.0.4.7.6.6.5.6.7.7.d.f.ip6.arpa`

    const replies = [await ask('1.0.19.198.in-addr.arpa', recordType.PTR), await ask(reverse6, recordType.PTR)]

    for (const reply of replies)
      expect(reply.answers[0]?.data).toEqual({ kind: 'name', name: 'cart.default.svc.cluster.local' })
    expect(resolver.queries).toEqual([])
  })

  test.each([
    'example.com',
    'cart.corp.example.com',
    'cart.default.svc.other.zone',
    'nobody',
    'nobody.default',
    'a.cart.default.svc.cluster.local',
  ])('forwards %s as it is, under an id of its own', async (name) => {
    const { ask, server } = await listen({ randomId: () => 0x7abc })
    const edns = { udpBytesMax: 1400, version: 0, dnssecOk: true, options: Buffer.from('000a0002abcd', 'hex') }
    const query = { edns, checkingDisabled: true }

    const reply = await ask(name, recordType.A, query)

    expect(addressesOf(reply)).toEqual(['192.0.2.1'])
    expect(resolver.queries).toHaveLength(1)
    expect(resolver.queries[0]).toMatchObject({ ...query, id: 0x7abc, questions: [{ name, type: 1, class: 1 }] })
    expect(reply.id).not.toBe(0x7abc)
    expect(server.counters).toMatchObject({ mesh: 0, forwarded: 1 })
  })

  test('asks from a fresh port with a fresh id each time', async () => {
    const { ask } = await listen()

    for (let i = 0; i < 8; i++) await ask('example.com', recordType.A)

    expect(new Set(resolver.fromPorts).size).toBeGreaterThan(4)
    expect(new Set(resolver.queries.map((query) => query.id)).size).toBeGreaterThan(4)
  })

  test.each<[string, (reply: DnsMessage) => DnsMessage]>([
    ['another id', (reply) => ({ ...reply, id: reply.id ^ 1 })],
    ['another name', (reply) => ({ ...reply, questions: [{ name: 'example.net', type: 1, class: 1 }] })],
    ['another type', (reply) => ({ ...reply, questions: [{ name: 'example.com', type: 28, class: 1 }] })],
    ['no question', (reply) => ({ ...reply, questions: [] })],
  ])('takes no reply with %s for the answer, and asks again', async (_, change) => {
    const clock = new FakeClock(false)
    const { ask } = await listen({}, clock)
    resolver.reply = (query) => (resolver.queries.length === 1 ? change(answerAddress(query)) : answerAddress(query))
    resolver.onQuery = () => setTimeout(() => resolver.queries.length === 1 && clock.advance(2_000), 20)

    const reply = await ask('example.com', recordType.A)

    expect(resolver.queries).toHaveLength(2)
    expect(addressesOf(reply)).toEqual(['192.0.2.1'])
    expect(reply.questions).toEqual([{ name: 'example.com', type: 1, class: 1 }])
  })

  test('goes on to the next resolver when one is not there, refuses, or is silent', async () => {
    const clock = new FakeClock(false)
    await using refusing = await FakeResolver.start()
    await using silent = await FakeResolver.start()
    refusing.reply = (query) => ({ ...query, isReply: true, code: replyCode.refused })
    silent.reply = () => null
    silent.onQuery = () => setImmediate(() => clock.advance(2_000))
    const gone = await FakeResolver.start()
    await gone[Symbol.asyncDispose]()
    const upstreams = [gone, refusing, silent, resolver].map(({ port }) => ({ host: '127.0.0.1', port }))
    const { ask } = await listen({ upstreams }, clock)

    const reply = await ask('example.com', recordType.A)
    const again = await ask('example.org', recordType.A)

    expect(addressesOf(reply)).toEqual(['192.0.2.1'])
    expect(addressesOf(again)).toEqual(['192.0.2.1'])
    expect([refusing.queries.length, silent.queries.length], 'the one that answered is asked first afterwards').toEqual(
      [1, 1],
    )
  })

  test('passes a refusal on when no resolver does better, and SERVFAIL when none answers', async () => {
    resolver.reply = (query) => ({ ...query, isReply: true, code: replyCode.refused })
    const first = await listen()
    expect((await first.ask('example.com', recordType.A)).code).toBe(replyCode.refused)
    first.server.stop()

    const second = await listen({ upstreams: [] })
    expect(await second.ask('example.com', recordType.A)).toMatchObject({
      code: replyCode.servFail,
      questions: [{ name: 'example.com' }],
    })
    expect(second.server.counters.failed).toBe(1)
    expect(addressesOf(await second.ask('cart', recordType.A)), 'the mesh is answered all the same').toEqual([
      '198.19.0.1',
    ])
  })

  test('answers SERVFAIL at once beyond the questions that may wait', async () => {
    let release: () => void = () => {}
    const first = new Promise<void>((resolve) => {
      release = resolve
    })
    resolver.reply = () => null
    resolver.onQuery = () => release()
    const { ask, server, udp } = await listen({ listenerInFlightMax: 1 }, new FakeClock(false))
    void ask('one.example.com', recordType.A).catch(() => {})
    await first

    const reply = await ask('two.example.com', recordType.A)

    expect(reply.code).toBe(replyCode.servFail)
    expect(udp.inFlight).toBe(1)
    expect(server.counters.failed).toBe(1)
  })

  test('listens on IPv6 beside IPv4 at the same port', async () => {
    const { server, udp, tcp } = await listen()

    await server.listenUdp({ host: '::1', port: udp.port }, () => ['shop'])
    await server.listenTcp({ host: '::1', port: tcp.port }, () => ['shop'])

    const reply = messageOf(await exchangeUdp(udp.port, octetsOf(queryFor('cart', recordType.A)), '::1'))
    expect(addressesOf(reply)).toEqual(['198.19.0.3'])
  })

  test('never asks itself', async () => {
    const { server, udp } = await listen()
    const looping = new DnsServer(
      { names, upstreams: [{ host: '127.0.0.1', port: udp.port }] },
      systemClock,
      silentLogger,
    )
    udp.close()

    await expect(looping.listenUdp({ host: '127.0.0.1', port: udp.port }, () => [])).rejects.toMatchObject({
      code: 'dns_loop',
    })
    server.stop()
  })

  test('drops its own question when the resolvers lead back to it', async () => {
    const clock = new FakeClock(false)
    const probe = await listen()
    const { port } = probe.udp
    probe.server.stop()
    server = new DnsServer({ names, upstreams: [{ host: '127.0.0.1', port }] }, clock, {
      ...silentLogger,
      error: () => setImmediate(() => clock.advance(5_000)),
    })
    await server.listenUdp({ host: '0.0.0.0', port }, () => [])

    const reply = messageOf(await exchangeUdp(port, octetsOf(queryFor('example.com', recordType.A))))

    expect(reply.code).toBe(replyCode.servFail)
    expect(server.counters.dropped).toBeGreaterThan(0)
  })

  test.each([
    ['a message cut short', (octets: Buffer) => octets.subarray(0, octets.length - 3), replyCode.formErr],
    ['octets after the question', (octets: Buffer) => Buffer.concat([octets, Buffer.from([0])]), replyCode.formErr],
    [
      'a name that points to itself',
      () => Buffer.from('123401000001000000000000c00c00010001', 'hex'),
      replyCode.formErr,
    ],
    ['no question', () => octetsOf({ ...queryFor('a', 1), questions: [] }), replyCode.formErr],
    [
      'two questions',
      () => octetsOf({ ...queryFor('a', 1), questions: [1, 28].map((type) => ({ name: 'cart', type, class: 1 })) }),
      replyCode.formErr,
    ],
    ['an update', () => octetsOf(queryFor('a', 1, { opcode: 5 })), replyCode.notImp],
    [
      'a later version of EDNS',
      () =>
        octetsOf(
          queryFor('cart', 1, { edns: { udpBytesMax: 1232, version: 1, dnssecOk: false, options: new Uint8Array() } }),
        ),
      replyCode.badVers,
    ],
  ])('refuses %s', async (_, change, code) => {
    const { udp, server } = await listen()
    const query = change(octetsOf(queryFor('cart', 1)))

    const reply = messageOf(await exchangeUdp(udp.port, query))

    expect(reply).toMatchObject({ isReply: true, code, id: query.readUInt16BE(0) })
    expect(server.counters.refused).toBe(1)
  })

  test('goes on answering under a flood of malformed packets (seed 20261122)', async () => {
    const { udp, server, ask } = await listen({ upstreams: [] })
    const random = seededRandom(20261122)
    const flood = createSocket('udp4')
    const original = octetsOf(queryFor('cart', 1))
    const taken = (): number => Object.values(server.counters).reduce((sum, count) => sum + count, 0)
    for (let i = 1; i <= 2_000; i++) {
      const packet = Buffer.from(original)
      for (let n = 0; n < 4; n++) packet[Math.floor(random() * packet.length)] = Math.floor(random() * 256)
      flood.send(i % 7 === 0 ? packet.subarray(0, Math.floor(random() * 12)) : packet, udp.port, '127.0.0.1')
      while (i % 50 === 0 && taken() < i) await new Promise((resolve) => setImmediate(resolve))
    }

    const reply = await ask('cart', recordType.A)

    flood.close()
    expect(addressesOf(reply)).toEqual(['198.19.0.1'])
    expect(server.counters.refused).toBeGreaterThan(100)
    expect(server.counters.dropped).toBeGreaterThan(100)
  })

  test('passes a truncated reply on, and cuts one that the client cannot take', async () => {
    const { ask } = await listen()
    const many = (query: DnsMessage): DnsMessage => {
      const reply = answerAddress(query)
      return { ...reply, answers: Array.from({ length: 60 }, () => reply.answers[0]!) }
    }
    resolver.reply = many
    expect(await ask('big.example.com', recordType.A)).toMatchObject({ isTruncated: true, answers: [] })
    const edns = { udpBytesMax: 4096, version: 0, dnssecOk: false, options: new Uint8Array() }
    expect((await ask('big.example.com', recordType.A, { edns })).answers).toHaveLength(60)

    resolver.reply = (query) => ({ ...query, isReply: true, isTruncated: true })
    expect(await ask('big.example.com', recordType.A)).toMatchObject({ isTruncated: true })
  })

  describe('over TCP', () => {
    test('answers and forwards, several questions in one connection, and large replies whole', async () => {
      const { tcp } = await listen()
      const reply60 = (query: DnsMessage): DnsMessage => {
        const reply = answerAddress(query)
        return { ...reply, answers: Array.from({ length: 60 }, () => reply.answers[0]!) }
      }
      resolver.reply = (query, overTcp) => (overTcp ? reply60(query) : null)
      const client = new TcpClient(tcp.port)
      const queries = [queryFor('cart', 1), queryFor('big.example.com', 1), queryFor('catalog', 1)]

      for (const query of queries) client.send(octetsOf(query))
      const replies = [await client.reply(), await client.reply(), await client.reply()].map(messageOf)

      const byId = new Map(replies.map((reply) => [reply.id, reply]))
      expect(queries.map((query) => byId.get(query.id)?.answers.length)).toEqual([1, 60, 1])
      client.socket.end()
      await client.closed
    })

    test('reads a question that comes octet by octet', async () => {
      const { tcp } = await listen()
      const client = new TcpClient(tcp.port)
      const octets = octetsOf(queryFor('cart', 1))
      for (const octet of [0, octets.length, ...octets]) {
        client.socket.write(Buffer.from([octet]))
        await new Promise((resolve) => setImmediate(resolve))
      }

      expect(addressesOf(messageOf(await client.reply()))).toEqual(['198.19.0.1'])
      client.socket.destroy()
    })

    test('answers what was asked before the client half-closed', async () => {
      const { tcp } = await listen()
      const client = new TcpClient(tcp.port)

      client.send(octetsOf(queryFor('example.com', 1)))
      client.socket.end()

      expect(addressesOf(messageOf(await client.reply()))).toEqual(['192.0.2.1'])
      await client.closed
    })

    test('closes connections that are idle, that send no query, and beyond the limit', async () => {
      const clock = new FakeClock(false)
      const { tcp } = await listen({ connectionsMax: 1, idleTimeoutMs: 1_000 }, clock)
      const idle = new TcpClient(tcp.port)
      idle.send(octetsOf(queryFor('cart', 1)))
      await idle.reply()

      const beyond = new TcpClient(tcp.port)
      await beyond.closed
      clock.advance(1_000)
      await idle.closed

      const stranger = new TcpClient(tcp.port)
      stranger.send(Buffer.from('no message'))
      await stranger.closed
    })
  })

  test('drain() answers what is in flight and takes no more', async () => {
    const { server, udp, ask } = await listen()
    let release: () => void = () => {}
    const asked = new Promise<void>((resolve) => {
      release = resolve
    })
    resolver.onQuery = () => release()
    const pending = ask('example.com', recordType.A)
    await asked

    await server.drain(systemClock.nowMs() + 2_000)

    expect(addressesOf(await pending)).toEqual(['192.0.2.1'])
    await expect(
      server.listenUdp({ host: '127.0.0.1', port: udp.port }, () => []),
      'the port is free again',
    ).resolves.toBeDefined()
  })

  test('start() wants resolvers by address', async () => {
    const wrong = new DnsServer({ names, upstreams: [{ host: 'dns.example', port: 53 }] }, systemClock, silentLogger)

    await expect(wrong.start()).rejects.toMatchObject({
      code: 'dns_upstream',
      message: 'Cannot ask resolver "dns.example:53": expected an IP address and a port',
    })
  })

  test('says why a socket cannot be had', async () => {
    const { server, udp } = await listen()

    await expect(server.listenUdp({ host: '127.0.0.1', port: udp.port }, () => [])).rejects.toMatchObject({
      code: 'dns_listen',
    })
    await using file = await open('/dev/null')
    for (const fd of [0, -1, file.fd]) {
      await expect(server.listenUdp({ fd }, () => [])).rejects.toMatchObject({ code: 'dns_listen' })
      await expect(server.listenTcp({ fd }, () => [])).rejects.toMatchObject({ code: 'dns_listen' })
    }
  })
})
