import { ErrorCode, Http2Counters } from '@weft/http2'
import { describe, expect, test } from 'vitest'
import { Http1Counters, type HttpServerOptions } from './index.ts'
import { HttpPath, RawHttp1, settled } from './testing/http-path.ts'
import { RawHttp2 } from './testing/raw-http2.ts'

const BODY_TIMEOUT_MS = 4_000
const options: Partial<HttpServerOptions> = {
  bodyTimeoutMs: BODY_TIMEOUT_MS,
  bodyBytesMin: 100,
  readerTimeoutMs: BODY_TIMEOUT_MS,
  readerBytesMin: 1_000,
  http2Limits: {
    bodyTimeoutMs: BODY_TIMEOUT_MS,
    bodyBytesMin: 100,
    stallTimeoutMs: BODY_TIMEOUT_MS,
    stallBytesMin: 1_000,
  },
}

/** A client of either version in the words of these tests. */
interface SlowClient {
  readonly path: HttpPath<RawHttp1 | RawHttp2, RawHttp1>
  begin(type?: string): void
  give(octets: string): void
  /** Status of the reply, 0 before; `reset` when it was broken off. */
  readonly seen: { readonly status: number; readonly text: string; readonly isReset: boolean }
  readonly timeouts: number
}

function http1Client(): SlowClient {
  const http1Counters = new Http1Counters()
  const client = new RawHttp1()
  const path = new HttpPath(client, new RawHttp1(), options, { http1Counters })
  return {
    path,
    begin: (type = 'text/plain') =>
      client.send(`POST /up HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: 1000000\r\n\r\n`),
    give: (octets) => client.send(octets),
    get seen() {
      const { text, closedWith } = client.seen
      return { status: Number(/^HTTP\/1.1 (\d+)/.exec(text)?.[1] ?? 0), text, isReset: closedWith instanceof Error }
    },
    get timeouts() {
      return http1Counters.refused.body_timeout
    },
  }
}

function http2Client(): SlowClient {
  const http2Counters = new Http2Counters()
  const client = new RawHttp2('client')
  const path = new HttpPath(client, new RawHttp1(), options, { http2Counters })
  return {
    path,
    begin: (type = 'text/plain') => {
      const head = { ':method': 'POST', ':scheme': 'http', ':authority': 'x', ':path': '/up' }
      client.headers(1, { ...head, 'content-type': type, te: 'trailers' }, false)
    },
    give: (octets) => client.data(1, octets),
    get seen() {
      const { head, resetCode } = client.stream(1)
      return {
        status: Number(head[':status'] ?? 0),
        text: JSON.stringify(head),
        isReset: resetCode === ErrorCode.cancel,
      }
    },
    get timeouts() {
      return http2Counters.bodyTimeouts
    },
  }
}

/** Time passes in steps; `each` acts at each of them. */
async function pass(path: HttpPath<RawHttp1 | RawHttp2, RawHttp1>, ms: number, each: () => void = () => {}) {
  for (let i = 0; i < ms; i += 500) {
    path.clock.advance(500)
    each()
    await settled()
  }
}

describe.each([
  ['HTTP/1.1', http1Client],
  ['HTTP/2', http2Client],
] as const)('an upload by %s', (version, made) => {
  test.each([
    ['stalls', 0],
    ['drips', 1],
  ])('that %s is answered with 408 and the reason, and broken off at the upstream', async (_, bytesEach) => {
    const client = made()
    client.begin()
    client.give('x'.repeat(200))
    await settled()
    expect(client.path.upstream.text).toContain('POST /up')

    await pass(client.path, 2.5 * BODY_TIMEOUT_MS, () => client.give('y'.repeat(bytesEach)))

    expect(client.seen.status).toBe(408)
    expect(client.seen.text).toContain('request_timeout')
    expect(client.seen.text).toContain('less than 100 octets in 4000 ms')
    expect(client.path.upstream.seen.closedWith).toBeInstanceOf(Error)
    expect(client.timeouts).toBe(1)
  })

  test('that is slow and steady goes on', async () => {
    const client = made()
    client.begin()
    await pass(client.path, 5 * BODY_TIMEOUT_MS, () => client.give('y'.repeat(30)))

    expect(client.seen).toMatchObject({ status: 0, isReset: false })
    expect(client.timeouts).toBe(0)
  })

  test('that waits for the upstream goes on', async () => {
    const client = made()
    client.path.upstream.channel.pause()
    client.begin()
    client.give('x'.repeat(60_000))
    await settled()
    if (version === 'HTTP/1.1') client.give('x'.repeat(200_000))
    else client.give('x'.repeat(20_000))
    await pass(client.path, 5 * BODY_TIMEOUT_MS)

    expect(client.seen).toMatchObject({ status: 0, isReset: false })
    expect(client.timeouts).toBe(0)
  })

  test('that thinks while the reply flows goes on; one that is silent both ways is reset', async () => {
    const client = made()
    client.begin()
    client.give('x'.repeat(200))
    await settled()
    client.path.upstream.send('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
    await pass(client.path, 3 * BODY_TIMEOUT_MS, () => client.path.upstream.send('1\r\nz\r\n'))
    expect(client.seen).toMatchObject({ status: 200, isReset: false })

    await pass(client.path, 2.5 * BODY_TIMEOUT_MS)
    expect(client.seen.isReset).toBe(true)
    expect(client.path.exchanges[0]!.stoppedBy).toMatchObject({ code: 'request_timeout' })
    expect(client.path.upstream.seen.closedWith).toBeInstanceOf(Error)
    expect(client.timeouts).toBe(1)
  })

  test('of a gRPC call may be silent', async () => {
    const client = made()
    client.begin('application/grpc')
    client.give('\0\0\0\0\x01a')
    await pass(client.path, 5 * BODY_TIMEOUT_MS)

    expect(client.seen).toMatchObject({ status: 0, isReset: false })
  })
})

describe('a client that does not take its reply', () => {
  const chunk = 'r'.repeat(16_384)

  test('by HTTP/1.1 is reset, and the upstream with it', async () => {
    const http1Counters = new Http1Counters()
    const client = new RawHttp1()
    const path = new HttpPath(client, new RawHttp1(), options, { http1Counters })
    client.send('GET /big HTTP/1.1\r\nHost: x\r\n\r\n')
    await settled()
    client.channel.pause()
    path.upstream.send(`HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n${chunk}`)
    for (let i = 0; i < 12; i++) path.upstream.send(chunk)
    await settled()

    await pass(path, 2.5 * BODY_TIMEOUT_MS)

    expect(http1Counters.refused.reader_timeout).toBe(1)
    expect(client.seen.closedWith).toBeInstanceOf(Error)
    expect(path.upstream.seen.closedWith).toBeInstanceOf(Error)
  })

  test('fast, but at all, goes on', async () => {
    const http1Counters = new Http1Counters()
    const client = new RawHttp1()
    const path = new HttpPath(client, new RawHttp1(), options, { http1Counters })
    client.send('GET /big HTTP/1.1\r\nHost: x\r\n\r\n')
    await settled()
    path.upstream.send('HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n')
    await pass(path, 5 * BODY_TIMEOUT_MS, () => {
      client.channel.pause()
      for (let i = 0; i < 3; i++) path.upstream.send(chunk)
      client.channel.resume()
    })

    expect(http1Counters.refused.reader_timeout).toBe(0)
    expect(client.seen.closedWith).toBeUndefined()
  })

  test('by HTTP/2, in single octets, has its stream reset', async () => {
    const client = new RawHttp2('client', [0, 4, 0, 0, 0, 1])
    const path = new HttpPath(client, new RawHttp1(), options)
    client.headers(1, { ':method': 'GET', ':scheme': 'http', ':authority': 'x', ':path': '/big' })
    await settled()
    path.upstream.send(`HTTP/1.1 200 OK\r\nContent-Length: ${chunk.length}\r\n\r\n${chunk}`)
    await pass(path, 2.5 * BODY_TIMEOUT_MS, () => client.window(1, 1))

    expect(client.stream(1).resetCode).toBe(ErrorCode.cancel)
  })
})

test('a reply that comes before a body that then stalls ends the connection in time', async () => {
  const client = http1Client()
  client.begin()
  client.give('x'.repeat(200))
  await settled()
  client.path.upstream.send('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
  await settled()
  expect(client.seen.status).toBe(200)

  await pass(client.path, 5 * BODY_TIMEOUT_MS)

  expect(client.seen.text.endsWith('ok')).toBe(true)
  expect((client.path.client as RawHttp1).seen.ended).toBe(true)
})

describe('a head that comes octet by octet', () => {
  test('by HTTP/1.1 has the time of one head', async () => {
    const http1Counters = new Http1Counters()
    const client = new RawHttp1()
    const path = new HttpPath(client, new RawHttp1(), { ...options, headTimeoutMs: 4_000 }, { http1Counters })
    const head = `GET / HTTP/1.1\r\nHost: x\r\nx: ${'y'.repeat(200)}`
    let at = 0
    await pass(path, 10_000, () => client.send(head[at++] ?? ''))

    expect(client.text).toMatch(/^HTTP\/1\.1 408 /)
    expect(path.exchanges).toEqual([])
    expect(http1Counters.refused.head_timeout).toBe(1)
  })

  test('by HTTP/2 ends the connection', async () => {
    const http2Counters = new Http2Counters()
    const client = new RawHttp2('client')
    const limits = { ...options.http2Limits, headerBlockTimeoutMs: 4_000, continuationFramesMax: 1_000 }
    const path = new HttpPath(client, new RawHttp1(), { ...options, http2Limits: limits }, { http2Counters })
    await settled()
    client.write(Uint8Array.of(0, 0, 1, 1, 1, 0, 0, 0, 1, 0x82))
    await pass(path, 6_000, () => client.write(Uint8Array.of(0, 0, 1, 9, 0, 0, 0, 0, 1, 0x84)))

    expect(client.goawayCode).toBe(ErrorCode.enhanceYourCalm)
    expect(http2Counters.headerBlockTimeouts).toBe(1)
  })
})
