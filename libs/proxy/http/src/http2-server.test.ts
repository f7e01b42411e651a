import { type FaultCode, fault, faults } from '@weft/faults'
import { emptyBody, HeaderList, ReplyHead } from '@weft/message'
import { type Exchange, type Outcome, Reply } from '@weft/stack'
import { fakeOrigin, ScriptedBody } from '@weft/stack/testing'
import { TimerWheel } from '@weft/time'
import { FakeClock } from '@weft/time/testing'
import { describe, expect, test } from 'vitest'
import { defaultHttpServerOptions, Http2Server, type HttpServerOptions } from './index.ts'
import { settled } from './testing/http-path.ts'
import { RawHttp2 } from './testing/raw-http2.ts'

const GET = { ':method': 'GET', ':scheme': 'http', ':authority': 'cart', ':path': '/' }
const CALL = { ...GET, ':method': 'POST', 'content-type': 'application/grpc', te: 'trailers' }

interface Served {
  readonly client: RawHttp2
  readonly server: Http2Server
  readonly clock: FakeClock
  isClosed: boolean
}

function serve(handler: (exchange: Exchange) => Promise<Outcome>, options: Partial<HttpServerOptions> = {}): Served {
  const clock = new FakeClock()
  const client = new RawHttp2('client')
  const wheel = new TimerWheel(clock, 100)
  const service = { handler, clock, wheel, options: { ...defaultHttpServerOptions, ...options } }
  const server = new Http2Server(client.far, fakeOrigin(), service, () => (served.isClosed = true))
  const served: Served = { client, server, clock, isClosed: false }
  return served
}

function streaming(): { body: ScriptedBody; handler: () => Promise<Outcome> } {
  const body = new ScriptedBody()
  const head = new ReplyHead(200, new HeaderList(['content-type', 'application/grpc']), 20)
  head.bodyKind = 'stream'
  return { body, handler: async () => new Reply(head, body) }
}

const empty = async (): Promise<Outcome> => new Reply(new ReplyHead(204, new HeaderList(), 20), emptyBody)

describe('a fault before the head of the reply', () => {
  test.each(Object.values(faults).map((row) => [row.code as FaultCode, row.grpcStatus]))(
    '%s is told to a gRPC client in one head, with status %d',
    async (code, status) => {
      const { client } = serve(async () => fault(code, 'test', 'Found 1 %: expected more'))
      client.headers(1, CALL)
      await settled()

      const { blocks, isEnded, text } = client.stream(1)
      expect([blocks.length, isEnded, text]).toEqual([1, true, ''])
      expect(blocks[0]).toMatchObject({
        ':status': '200',
        'content-type': 'application/grpc',
        'grpc-status': String(status),
        'grpc-message': 'Found 1 %25: expected more',
      })
      expect(JSON.parse(blocks[0]!['weft-reason']!)).toMatchObject({ code })
    },
  )

  test.each(['application/grpc-web', 'application/grpc-web+proto', 'application/grpc-web-text', 'application/json'])(
    'is plain HTTP for %s',
    async (type) => {
      const { client } = serve(async () => fault('no_endpoint', 'test', 'nobody'))
      client.headers(1, { ...CALL, 'content-type': type })
      await settled()

      const { head, text } = client.stream(1)
      expect([head[':status'], head['grpc-status'], JSON.parse(text).code]).toEqual(['503', undefined, 'no_endpoint'])
    },
  )

  test('leaves the rest of the request unread, and says so', async () => {
    const { client } = serve(async () => fault('denied', 'authz', 'no'))
    client.headers(1, { ...GET, ':method': 'POST' }, false)
    client.data(1, 'abc')
    await settled()

    expect([client.stream(1).head[':status'], client.stream(1).resetCode]).toEqual(['403', 0])
  })
})

describe('a reply that breaks off', () => {
  test('ends for a gRPC client in trailers, after all that came before', async () => {
    const { body, handler } = streaming()
    const { client } = serve(handler)
    client.headers(1, CALL)
    await settled()
    body.give(Buffer.from('message'))
    body.abort({ kind: 'closed', message: 'killed' })
    await settled()

    const { text, trailers, isEnded, resetCode } = client.stream(1)
    expect([text, isEnded, resetCode]).toEqual(['message', true, null])
    expect(trailers).toMatchObject({ 'grpc-status': '14', 'grpc-message': 'The reply broke off: killed' })
    expect(JSON.parse(trailers!['weft-reason']!)).toMatchObject({ code: 'upstream_reset' })
  })

  test('because it was called off says why', async () => {
    const { body, handler } = streaming()
    let stopped: Exchange | null = null
    const { client } = serve((exchange) => {
      stopped = exchange
      return handler()
    })
    client.headers(1, CALL)
    await settled()
    stopped!.stop(fault('deadline_exceeded', 'deadline', 'too late'))
    body.abort({ kind: 'reset', message: 'stopped' })
    await settled()

    expect(client.stream(1).trailers).toMatchObject({ 'grpc-status': '4', 'grpc-message': 'too late' })
  })

  test('malformed is INTERNAL', async () => {
    const { body, handler } = streaming()
    const { client } = serve(handler)
    client.headers(1, CALL)
    await settled()
    body.abort({ kind: 'malformed', message: 'no chunk' })
    await settled()

    expect(client.stream(1).trailers).toMatchObject({ 'grpc-status': '13' })
  })

  test('waits with its trailers for the window', async () => {
    const { body, handler } = streaming()
    const { client } = serve(handler)
    client.headers(1, CALL)
    await settled()
    body.give(new Uint8Array(70_000))
    body.abort({ kind: 'closed', message: 'killed' })
    await settled()
    expect([client.stream(1).bytesCount, client.stream(1).isEnded]).toEqual([65_535, false])
    client.window(0, 10_000)
    client.window(1, 10_000)
    await settled()

    expect([client.stream(1).bytesCount, client.stream(1).isEnded]).toEqual([70_000, true])
    expect(client.stream(1).trailers).toMatchObject({ 'grpc-status': '14' })
  })

  test('resets the stream of anybody else', async () => {
    const { body, handler } = streaming()
    const { client } = serve(handler)
    client.headers(1, GET)
    await settled()
    body.give(Buffer.from('part'))
    body.abort({ kind: 'closed', message: 'killed' })
    await settled()

    expect([client.stream(1).isEnded, client.stream(1).resetCode]).toEqual([false, 2])
  })
})

describe('an idle connection', () => {
  test('is drained after its time, and not before', async () => {
    const served = serve(empty, { idleTimeoutMs: 40_000, http2KeepAliveMs: 0 })
    await settled()
    served.clock.advance(39_000)
    await settled()
    expect(served.client.goawayCode).toBe(null)
    served.clock.advance(15_000)
    await settled()

    expect([served.client.goawayCode, served.client.isClosed, served.isClosed]).toEqual([0, true, true])
  })

  test('is none while requests come, or one is open', async () => {
    const { body, handler } = streaming()
    let isFirst = true
    const served = serve(() => (isFirst ? ((isFirst = false), handler()) : empty()), {
      idleTimeoutMs: 40_000,
      http2KeepAliveMs: 0,
    })
    served.client.headers(1, GET)
    await settled()
    for (let i = 0; i < 20; i++) {
      served.clock.advance(10_000)
      await settled()
    }
    body.end(null)
    for (let i = 1; i < 20; i++) {
      served.client.headers(2 * i + 1, GET)
      served.clock.advance(10_000)
      await settled()
    }

    expect([served.client.goawayCode, served.isClosed]).toEqual([null, false])
  })

  test('is asked by PING whether its client is there', async () => {
    const { client, clock } = serve(empty, { http2KeepAliveMs: 1000 })
    await settled()
    for (let i = 0; i < 3; i++) {
      clock.advance(1000)
      await settled()
    }

    const pings = client.frames.filter((frame) => frame.type === 6 && (frame.flags & 1) === 0)
    expect(pings.length).toBeGreaterThan(0)
    expect(client.isClosed).toBe(false)
  })
})
