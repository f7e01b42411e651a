import { memoryPair, Recorder, type MemoryChannel } from '@weft/channel/testing'
import { fault } from '@weft/faults'
import { emptyBody, HeaderList, ReplyHead } from '@weft/message'
import { type Exchange, type Outcome, Reply } from '@weft/stack'
import { collectBody, fakeOrigin, ScriptedBody } from '@weft/stack/testing'
import { TimerWheel } from '@weft/time'
import { FakeClock } from '@weft/time/testing'
import { describe, expect, test } from 'vitest'
import { bytesBody, defaultHttpServerOptions, Http1Server, type HttpServerOptions } from './index.ts'
import { DRAIN_IDLE_MS } from './http1-server.ts'
import { settled } from './testing/http-path.ts'

interface Served {
  readonly client: MemoryChannel
  readonly seen: Recorder
  readonly server: Http1Server
  readonly clock: FakeClock
  isClosed: boolean
  send(text: string): void
}

function serve(handler: (exchange: Exchange) => Promise<Outcome>, options: Partial<HttpServerOptions> = {}): Served {
  const clock = new FakeClock()
  const [client, near] = memoryPair()
  const seen = new Recorder()
  client.handler = seen
  const wheel = new TimerWheel(clock, 100)
  const service = { handler, clock, wheel, options: { ...defaultHttpServerOptions, ...options } }
  const server = new Http1Server(near, fakeOrigin(), service, () => (served.isClosed = true))
  const send = (text: string): void => void client.write(Buffer.from(text, 'latin1'))
  const served: Served = { client, seen, server, clock, isClosed: false, send }
  return served
}

function replyOf(status: number, text: string): Reply {
  const head = new ReplyHead(status, new HeaderList(), 11)
  if (text === '') return new Reply(head, emptyBody)
  head.bodyKind = 'length'
  head.bodyLength = text.length
  return new Reply(head, bytesBody(Buffer.from(text)))
}

const echo = async (exchange: Exchange): Promise<Outcome> => {
  exchange.isBodyTaken = true
  const { octets } = await collectBody(exchange.body)
  return replyOf(200, `${exchange.head.method} ${exchange.head.path} ${octets.toString()}`)
}

test('Http1Server answers requests one after another on one connection, pipelined ones in order', async () => {
  const { seen, send } = serve(echo)

  send(
    'GET /a HTTP/1.1\r\nHost: x\r\n\r\nPOST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET /c HTTP/1.1\r\nHost: x\r\n\r\n',
  )
  await seen.until(() => seen.text.includes('GET /c '))

  const bodies = seen.text.split('\r\n\r\n').map((part) => part.split('HTTP/1.1')[0])
  expect(bodies.slice(1)).toEqual(['GET /a ', 'POST /b abc', 'GET /c '])
})

test('Http1Server passes chunked bodies and trailers both ways', async () => {
  const { seen, send } = serve(async (exchange) => {
    exchange.isBodyTaken = true
    const { octets, trailers } = await collectBody(exchange.body)
    const head = new ReplyHead(200, new HeaderList(), 11)
    head.bodyKind = 'stream'
    const body = new ScriptedBody()
    body.give(octets)
    body.end(trailers)
    return new Reply(head, body)
  })

  send('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nx-sum: 5\r\n\r\n')
  await seen.until(() => seen.text.includes('x-sum'))

  expect(seen.text).toContain('Transfer-Encoding: chunked\r\n')
  expect(seen.text.endsWith('5\r\nabcde\r\n0\r\nx-sum: 5\r\n\r\n')).toBe(true)
})

test('Http1Server turns a fault into its status with the reason, and the connection goes on', async () => {
  const { seen, send } = serve(async () =>
    fault('denied', 'authz', 'GET /: expected an ALLOW', 'AuthorizationPolicy/a/b#0', '7'),
  )

  send('POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello')
  await seen.until(() => seen.text.includes('}'))
  const first = seen.text
  send('GET /y HTTP/1.1\r\nHost: x\r\n\r\n')
  await seen.until(() => seen.text.length > first.length && seen.text.endsWith('}\n'))

  expect(first).toMatch(/^HTTP\/1\.1 403 /)
  const [head, body] = first.split('\r\n\r\n')
  expect(JSON.parse(body!)).toEqual({
    code: 'denied',
    layer: 'authz',
    rule: 'AuthorizationPolicy/a/b#0',
    version: '7',
    message: 'GET /: expected an ALLOW',
  })
  expect(head).toContain('weft-reason: {"code":"denied"')
})

test('Http1Server answers gRPC calls that fault with trailers alone', async () => {
  const { seen, send } = serve(async () => fault('no_endpoint', 'balance', 'nobody'))

  send('POST /a.B/C HTTP/1.1\r\nHost: x\r\nContent-Type: application/grpc\r\nContent-Length: 0\r\n\r\n')
  await seen.until(() => seen.text.includes('\r\n\r\n'))

  expect(seen.text).toMatch(/^HTTP\/1\.1 200 /)
  expect(seen.text).toContain('grpc-status: 14\r\n')
})

test('Http1Server answers what is no HTTP with the status of what is wrong and closes', async () => {
  const served = serve(echo)

  served.send('GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n')
  await served.seen.until(() => served.seen.ended)

  expect(served.seen.text).toMatch(/^HTTP\/1\.1 400 /)
  expect(served.seen.text).toContain('Connection: close\r\n')
})

test('Http1Server holds a body back until it is asked for, and stops reading while its taker is slow', async () => {
  let taken: Exchange | null = null
  const { client, send } = serve((exchange) => {
    taken = exchange
    return new Promise(() => {})
  })
  send('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n')
  let sent = 0
  for (let i = 0; i < 100 && client.write(new Uint8Array(16_384)); i++) {
    sent += 16_384
    await Promise.resolve()
    await Promise.resolve()
  }

  expect(sent, 'stopped by back-pressure').toBeLessThan(100 * 16_384)

  let count = 0
  taken!.body.start({ bytes: (bytes) => ((count += bytes.length), true), end: () => {}, abort: () => {} })
  for (let i = 0; i < 50; i++) await Promise.resolve()
  expect(count).toBeGreaterThanOrEqual(sent)
})

test('Http1Server pauses the reply while the client does not read, and goes on when it does', async () => {
  const body = new ScriptedBody()
  const { client, seen, send } = serve(async () => {
    const head = new ReplyHead(200, new HeaderList(), 11)
    head.bodyKind = 'stream'
    return new Reply(head, body)
  })
  send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await seen.until(() => seen.text.includes('\r\n\r\n'))
  client.pause()

  while (!body.isPaused) body.give(new Uint8Array(8192))
  client.resume()
  for (let i = 0; i < 50; i++) await Promise.resolve()

  expect(body.isPaused).toBe(false)
})

test('Http1Server stops the exchange when the client goes away', async () => {
  let taken: Exchange | null = null
  const served = serve((exchange) => {
    taken = exchange
    return new Promise(() => {})
  })
  served.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  for (let i = 0; i < 10; i++) await Promise.resolve()

  served.client.destroy(new Error('gone'))
  for (let i = 0; i < 10; i++) await Promise.resolve()

  expect(taken!.stoppedBy?.code).toBe('downstream_closed')
  expect(served.isClosed).toBe(true)
})

test('Http1Server cancels the body of a reply that comes when the client is gone', async () => {
  const body = new ScriptedBody()
  const answer = Promise.withResolvers<Outcome>()
  const served = serve(() => answer.promise)
  served.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  for (let i = 0; i < 10; i++) await Promise.resolve()
  served.client.destroy(new Error('gone'))
  for (let i = 0; i < 10; i++) await Promise.resolve()
  const head = new ReplyHead(200, new HeaderList(), 11)
  head.bodyKind = 'stream'

  answer.resolve(new Reply(head, body))
  for (let i = 0; i < 10; i++) await Promise.resolve()

  expect(body.isCancelled).toBe(true)
})

test('Http1Server resets the connection when a reply breaks off, so that nobody takes it for whole', async () => {
  const body = new ScriptedBody()
  const { seen, send } = serve(async () => {
    const head = new ReplyHead(200, new HeaderList(), 11)
    head.bodyKind = 'stream'
    return new Reply(head, body)
  })
  send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  body.give('half')
  await seen.until(() => seen.text.includes('half'))

  body.abort({ kind: 'reset', message: 'upstream died' })
  await seen.until(() => seen.closedWith !== undefined)

  expect(seen.closedWith).not.toBe(null)
  expect(seen.text).not.toContain('\r\n0\r\n')
})

test('Http1Server opens a tunnel for a granted upgrade and half-closes it both ways', async () => {
  const { client, seen, send } = serve(async (exchange) => {
    expect(exchange.head.upgrade).toBe('websocket')
    const head = new ReplyHead(101, new HeaderList(), 11)
    head.bodyKind = 'tunnel'
    head.upgrade = 'websocket'
    const body = new ScriptedBody()
    exchange.body.start({
      bytes: (bytes) => (body.give(`<${Buffer.from(bytes).toString()}>`), true),
      end: () => body.end(),
      abort: () => {},
    })
    return new Reply(head, body)
  })

  send('GET /chat HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nfirst')
  await seen.until(() => seen.text.includes('<first>'))
  send('second')
  await seen.until(() => seen.text.includes('<second>'))
  client.end()
  await seen.until(() => seen.closedWith !== undefined)

  expect(seen.text).toMatch(/^HTTP\/1\.1 101 /)
  expect(seen.ended).toBe(true)
  expect(seen.closedWith).toBe(null)
})

test('Http1Server passes 1xx on, and a reply that comes before the body is whole', async () => {
  const { seen, send } = serve(async (exchange) => {
    exchange.interimSink!.interim(new ReplyHead(103, new HeaderList(['link', '</a.css>']), 11))
    return replyOf(413, 'too much')
  })

  send('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\nabc')
  await seen.until(() => seen.ended)

  expect(seen.text).toMatch(/^HTTP\/1\.1 103 [^]*HTTP\/1\.1 413 [^]*Connection: close[^]*too much$/)
})

test('Http1Server.drain() closes an idle connection soon, and a busy one after its reply', async () => {
  const idle = serve(echo)
  idle.server.drain()
  idle.clock.advance(DRAIN_IDLE_MS + 200)
  await idle.seen.until(() => idle.seen.ended)
  expect(idle.seen.text).toBe('')

  const answer = Promise.withResolvers<Outcome>()
  const busy = serve(() => answer.promise)
  busy.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  for (let i = 0; i < 10; i++) await Promise.resolve()
  busy.server.drain()
  answer.resolve(replyOf(200, 'done'))
  await busy.seen.until(() => busy.seen.ended)

  expect(busy.seen.text).toContain('Connection: close\r\n')
  expect(busy.seen.text.endsWith('done')).toBe(true)
})

test('Http1Server answers one more request on a connection that drains, and closes it then', async () => {
  const { server, seen, send } = serve(echo)

  server.drain()
  send('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello')
  await seen.until(() => seen.ended)

  expect(seen.text).toMatch(/^HTTP\/1\.1 200 [^]*Connection: close\r\n[^]*hello$/)
})

test('Http1Server closes an idle connection after the idle timeout, and one whose head takes too long with 408', async () => {
  const idle = serve(echo, { idleTimeoutMs: 1_000 })
  idle.clock.advance(1_200)
  await idle.seen.until(() => idle.seen.ended)
  expect(idle.seen.text).toBe('')

  const slow = serve(echo, { headTimeoutMs: 500 })
  slow.send('GET / HT')
  for (let i = 0; i < 10; i++) await Promise.resolve()
  slow.clock.advance(700)
  await slow.seen.until(() => slow.seen.ended)
  expect(slow.seen.text).toMatch(/^HTTP\/1\.1 408 /)
})

describe('a client that takes the last reply slowly', () => {
  const options = { lingerMs: 1_000, readerTimeoutMs: 4_000, readerBytesMin: 1_000 }
  const ask = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
  const long = 'x'.repeat(60_000)
  const longReply = async (): Promise<Outcome> => Promise.resolve(replyOf(200, long))

  test.each([false, true])('is left the time to take all of it (half-closed meanwhile: %j)', async (isHalfClosed) => {
    const { client, seen, send, clock } = serve(longReply, options)
    client.pause()
    send(ask)
    await settled()
    if (isHalfClosed) client.end()
    for (let i = 0; i < 3; i++) {
      clock.advance(1_000)
      await settled()
    }
    client.resume()
    await settled()

    expect(seen.text.endsWith(long)).toBe(true)
    expect(seen.ended).toBe(true)
    client.end()
    await settled()
    expect(seen.closedWith).toBe(null)
  })

  test('and never does is reset', async () => {
    const served = serve(longReply, options)
    served.client.pause()
    served.send(ask)
    for (let i = 0; i < 7; i++) {
      await settled()
      served.clock.advance(1_000)
    }
    await settled()

    expect(served.isClosed).toBe(true)
    expect(served.seen.closedWith).toBeInstanceOf(Error)
  })
})
