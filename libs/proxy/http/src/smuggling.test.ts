import { http1Faults } from '@weft/http1'
import { refusedChunks, refusedRequests } from '@weft/http1/testing'
import { describe, expect, test } from 'vitest'
import { Http1Chain, nodeOrigin, type ReadByNode, scriptedOrigin } from './testing/http1-chain.ts'

const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n'

/** Sends octets through server and client to Node's server, and tells what each end saw. */
async function through(octets: string, insecureHTTPParser = false): Promise<{ chain: Http1Chain; read: ReadByNode }> {
  const read: ReadByNode = { requests: [], refusals: [] }
  const chain = new Http1Chain(nodeOrigin(read, insecureHTTPParser))
  chain.send(octets)
  await chain.settle()
  return { chain, read }
}

describe('nothing of a head that is refused reaches an origin, nor what stands behind it', () => {
  test.each(refusedRequests)('%s', async (_, octets, code) => {
    const { chain, read } = await through(octets + smuggled)

    expect(chain.origins).toEqual([])
    expect(read.requests).toEqual([])
    expect(chain.seen.text).toMatch(new RegExp(`^HTTP/1.1 ${http1Faults[code]} `))
    expect(chain.seen.text).toContain('Connection: close\r\n')
    expect(chain.seen.ended, 'the connection ends').toBe(true)
  })
})

describe('content that is refused ends at the origin as a request that broke off', () => {
  test.each(refusedChunks)('%s', async (_, octets) => {
    const { chain, read } = await through(octets + smuggled, true)

    expect(read.requests, 'no request became whole').toEqual([])
    expect(chain.atOrigin).not.toContain('smuggled')
    expect(chain.seen.text).toMatch(/^HTTP\/1.1 400 /)
    expect(chain.seen.ended, 'the connection ends').toBe(true)
  })
})

describe('what may be meant in one way only arrives in that way', () => {
  test.each([
    ['content that looks like a request', `POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 35\r\n\r\n${smuggled}`, 1],
    [
      'a chunk that looks like a request',
      `POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n23\r\n${smuggled}\r\n0\r\n\r\n`,
      1,
    ],
    [
      'an extension that looks like a chunk',
      `POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2;a="0"\r\nab\r\n0\r\n\r\n`,
      1,
    ],
    [
      'trailers that look like framing',
      `POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Transfer-Encoding: chunked\r\n\r\n`,
      1,
    ],
    [
      'a chunk size with zeros first',
      `POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0002\r\nab\r\n000\r\n\r\n`,
      1,
    ],
    [
      'a coding in capitals',
      `POST /a HTTP/1.1\r\nHost: a\r\ntransfer-encoding: CHUNKED \t\r\n\r\n2\r\nab\r\n0\r\n\r\n`,
      1,
    ],
    ['GET with content', `GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: 35\r\n\r\n${smuggled}`, 1],
    ['HEAD with content', `HEAD /a HTTP/1.1\r\nHost: a\r\nContent-Length: 35\r\n\r\n${smuggled}`, 1],
    ['OPTIONS with content', `OPTIONS * HTTP/1.1\r\nHost: a\r\nContent-Length: 35\r\n\r\n${smuggled}`, 1],
    [
      'a field that Connection names',
      `POST /a HTTP/1.1\r\nHost: a\r\nConnection: X-Length\r\nX-Length: 5\r\nContent-Length: 35\r\n\r\n${smuggled}`,
      1,
    ],
    [
      'HTTP/1.0 with a length',
      `POST /a HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 35\r\n\r\n${smuggled}`,
      1,
    ],
    ['two requests', `GET /a HTTP/1.1\r\nHost: a\r\n\r\n${smuggled}`, 2],
    ['HTTP/1.0 without keep-alive', `GET /a HTTP/1.0\r\n\r\n${smuggled}`, 1],
    ['a request behind Connection: close', `GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n${smuggled}`, 1],
    [
      'a request behind an upgrade with content',
      `POST /a HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: x\r\nContent-Length: 35\r\n\r\n${smuggled}`,
      1,
    ],
    [
      'h2c by upgrade',
      `POST /a HTTP/1.1\r\nHost: a\r\nConnection: upgrade, http2-settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nContent-Length: 35\r\n\r\n${smuggled}`,
      1,
    ],
  ] as const)('%s', async (_, octets, count) => {
    for (const isLenient of [false, true]) {
      const { chain, read } = await through(octets, isLenient)

      expect(read.refusals).toEqual([])
      expect(read.requests).toHaveLength(count)
      expect(chain.atOrigin).not.toMatch(/^(transfer-encoding: (?!chunked\r)|http2-settings|upgrade: h2c|x-length)/im)
      const lengths = chain.atOrigin.match(/^content-length:/gim) ?? []
      const chunked = chain.atOrigin.match(/^transfer-encoding:/gim) ?? []
      expect(lengths.length + chunked.length, 'each request is framed once').toBeLessThanOrEqual(count)
    }
  })

  test('absolute form: the origin sees one host, in Host', async () => {
    const { chain } = await through('GET http://a:80/x HTTP/1.1\r\nHost: A\r\n\r\n')

    expect(chain.atOrigin).toMatch(/^GET \/x HTTP\/1.1\r\nHost: a:80\r\n/)
  })

  test('HTTP/1.0 without Host: the origin sees the place that was dialled', async () => {
    const { chain } = await through('GET /x HTTP/1.0\r\n\r\n')

    expect(chain.atOrigin).toBe('GET /x HTTP/1.1\r\nHost: origin:8080\r\n\r\n')
  })
})

const ask = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'
const poisoned = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison'
const second = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond'

describe('a reply is never followed, on its connection, by what an origin sent besides', () => {
  test.each([
    ['a second reply', `HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst${poisoned}`],
    [
      'a second reply behind chunks',
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n0\r\n\r\n${poisoned}`,
    ],
    ['content on 204', `HTTP/1.1 204 No Content\r\nContent-Length: ${poisoned.length}\r\n\r\n${poisoned}`],
    ['chunks on 204', 'HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['content on 304', `HTTP/1.1 304 Not Modified\r\nContent-Length: ${poisoned.length}\r\n\r\n${poisoned}`],
    ['one octet too many', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst\n'],
    ['an empty line too many', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst\r\n'],
    ['Connection: close', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nfirst'],
    ['HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nfirst'],
  ])('%s', async (_, reply) => {
    const chain = new Http1Chain(scriptedOrigin([reply, second]))

    chain.send(ask)
    await chain.settle()
    chain.send(ask)
    await chain.settle()

    expect(chain.seen.text).toMatch(/second$/)
    expect(chain.seen.text).not.toContain('poison')
    expect(chain.origins, 'the second request had a connection of its own').toHaveLength(2)
  })

  test('content in the reply to HEAD', async () => {
    const chain = new Http1Chain(scriptedOrigin([`HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n${poisoned}`, second]))

    chain.send('HEAD / HTTP/1.1\r\nHost: a\r\n\r\n')
    await chain.settle()
    chain.send(ask)
    await chain.settle()

    expect(chain.seen.text).toMatch(/second$/)
    expect(chain.seen.text).not.toContain('poison')
    expect(chain.origins).toHaveLength(2)
  })
})

describe('a reply that may be meant in two ways is never forwarded', () => {
  test.each([
    ['CL and TE', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['two CLs that differ', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nfirst'],
    ['a list of CLs', 'HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nfirst'],
    ['CL with a sign', 'HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nfirst'],
    ['a coding that is not chunked', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\nfirst'],
    ['a coding before chunked', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['TE in HTTP/1.0', 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['white space before the colon', 'HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\nfirst'],
    ['a folded field', 'HTTP/1.1 200 OK\r\nX: a\r\n Content-Length: 5\r\n\r\n'],
    ['bare LF', 'HTTP/1.1 200 OK\nContent-Length: 5\n\nfirst'],
    ['bare CR', 'HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 5\r\n\r\nfirst'],
    ['NUL', 'HTTP/1.1 200 OK\r\nX: a\0\r\nContent-Length: 5\r\n\r\nfirst'],
    ['a status of four digits', 'HTTP/1.1 2000 OK\r\nContent-Length: 5\r\n\r\nfirst'],
    ['a version of its own', 'HTTP/3.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst'],
    ['101 that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
    ['1xx with content', 'HTTP/1.1 103 Early Hints\r\nContent-Length: 5\r\n\r\nfirst'],
    ['a flood of 1xx', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(10_000)],
    ['a head over the limit', `HTTP/1.1 200 OK\r\n${`X: ${'y'.repeat(1000)}\r\n`.repeat(100)}\r\n`],
    ['fields over the limit', `HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(1000)}\r\n`],
  ])('%s', async (_, reply) => {
    const chain = new Http1Chain(scriptedOrigin([reply, second]))

    chain.send(ask)
    await chain.settle()

    expect(chain.seen.text).toMatch(/HTTP\/1.1 502 [^]*upstream_malformed/)
    expect(chain.seen.text).not.toContain('first')
    expect(chain.origins[0]!.closedWith, 'the connection is over').toBeDefined()

    chain.send(ask)
    await chain.settle()

    expect(chain.seen.text, 'the client goes on').toMatch(/second$/)
  })

  test.each([
    ['a bad chunk', '2\r\nab\r\nzz\r\n'],
    ['a chunk that goes on', '2\r\nabc\r\n0\r\n\r\n'],
    ['a trailer with a length', '2\r\nab\r\n0\r\nContent-Length: 4\r\n\r\n'],
    ['bare LF', '2\nab\n0\n\n'],
  ])('chunked content with %s breaks off, and does not end', async (_, content) => {
    const chain = new Http1Chain(scriptedOrigin([`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${content}`]))

    chain.send(ask)
    await chain.settle()

    expect(chain.seen.text).not.toContain('\r\n0\r\n')
    expect(chain.seen.closedWith, 'the client sees a broken connection').not.toBe(null)
    expect(chain.seen.closedWith).not.toBe(undefined)
  })
})
