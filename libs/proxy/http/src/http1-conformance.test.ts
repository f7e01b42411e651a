import type { MemoryChannel } from '@weft/channel/testing'
import { describe, expect, test } from 'vitest'
import { Http1Chain, type OriginEnd, scriptedOrigin } from './testing/http1-chain.ts'

const ask = 'GET /a HTTP/1.1\r\nHost: a\r\n\r\n'
const ok = 'HTTP/1.1 200 OK\r\nDate: Mon, 01 Jan 2024 00:00:00 GMT\r\nContent-Length: 2\r\n\r\nok'
const silent = scriptedOrigin([])

/** An origin that does as the test says, connection by connection. */
function origin(): { end: OriginEnd; wires: MemoryChannel[] } {
  const wires: MemoryChannel[] = []
  return { end: (wire) => void wires.push(wire), wires }
}

function write(wire: MemoryChannel | undefined, text: string): void {
  wire!.write(Buffer.from(text, 'latin1'))
}

describe('fields', () => {
  test('keep order, case and octets end to end; those of one connection stay there (RFC 9110 7.6.1)', async () => {
    const chain = new Http1Chain(
      scriptedOrigin([
        'HTTP/1.1 200 Fine\r\nX-RePly: \xe9 a\r\nConnection: X-Hop, keep-alive\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nProxy-Connection: x\r\ncontent-LENGTH: 2\r\ndate: x\r\n\r\nok',
      ]),
    )

    chain.send(
      'GET /a%20b?C=d HTTP/1.1\r\nx-FIRST: 1\r\nHOST: a:80\r\nX-first: \xff\t2\r\nConnection: x-drop\r\nX-Drop: 1\r\nCookie: a=b\r\n\r\n',
    )
    await chain.settle()

    expect(chain.atOrigin).toBe(
      'GET /a%20b?C=d HTTP/1.1\r\nx-FIRST: 1\r\nHOST: a:80\r\nX-first: \xff\t2\r\nCookie: a=b\r\n\r\n',
    )
    expect(chain.seen.text).toBe('HTTP/1.1 200 Fine\r\nX-RePly: \xe9 a\r\ncontent-LENGTH: 2\r\ndate: x\r\n\r\nok')
  })

  test('a reply without Date is given the time it came at (RFC 9110 6.6.1)', async () => {
    const chain = new Http1Chain(scriptedOrigin(['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok']))

    chain.send(ask)
    await chain.settle()

    expect(chain.seen.text).toMatch(/\r\nDate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n/)
  })

  test.each([
    ['OPTIONS * HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n', '', /^HTTP\/1.1 200 /],
    [
      'TRACE /a HTTP/1.1\r\nHost: a\r\nCookie: secret\r\nMax-Forwards: 0\r\n\r\n',
      '',
      /^HTTP\/1.1 200 [^]*message\/http[^]*\r\n\r\nTRACE \/a HTTP\/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n$/,
    ],
    ['OPTIONS * HTTP/1.1\r\nHost: a\r\nMax-Forwards: 2\r\n\r\n', 'Max-Forwards: 1\r\n', /^HTTP\/1.1 200 /],
    ['GET / HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n', 'Max-Forwards: 0\r\n', /^HTTP\/1.1 200 /],
  ])('Max-Forwards counts for OPTIONS and TRACE alone: %j', async (octets, atOrigin, seen) => {
    const chain = new Http1Chain(scriptedOrigin([ok]))

    chain.send(octets)
    await chain.settle()

    expect(chain.atOrigin).toContain(atOrigin)
    if (atOrigin === '') expect(chain.origins).toEqual([])
    expect(chain.seen.text).toMatch(seen)
    expect(chain.seen.text).not.toContain('secret')
  })
})

describe('HTTP/1.0', () => {
  test('goes on only when the client asks for it, which it is told (RFC 9112 9.3)', async () => {
    const chain = new Http1Chain(scriptedOrigin([ok, ok]))

    chain.send('GET /a HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\nGET /b HTTP/1.0\r\nHost: a\r\n\r\n')
    await chain.settle()

    const [first, last] = chain.seen.text.split('ok').map((part) => /Connection: (.*)\r/.exec(part)?.[1])
    expect([first, last]).toEqual(['keep-alive', 'close'])
    expect(chain.seen.ended).toBe(true)
    expect(chain.atOrigin, 'the upstream is spoken to in HTTP/1.1').toMatch(/^GET \/a HTTP\/1.1\r\nHost: a\r\n\r\n/)
  })

  test('is given no chunks: the end of the connection is the end of the content', async () => {
    const chain = new Http1Chain(
      scriptedOrigin(['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\nX: y\r\n\r\n']),
    )

    chain.send('GET /a HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n')
    await chain.settle()

    expect(chain.seen.text).toMatch(/Connection: close\r\n\r\nabc$/)
    expect(chain.seen.text).not.toMatch(/transfer-encoding/i)
    expect(chain.seen.ended).toBe(true)
  })

  test('is told no 1xx', async () => {
    const chain = new Http1Chain(scriptedOrigin([`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${ok}`]))

    chain.send('GET /a HTTP/1.0\r\nHost: a\r\n\r\n')
    await chain.settle()

    expect(chain.seen.text).toMatch(/^HTTP\/1.1 200 /)
  })
})

describe('Expect: 100-continue (RFC 9110 10.1.1)', () => {
  const head = 'POST /up HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n'

  test('is passed on, and so is the 100 of the upstream, once', async () => {
    const upstream = origin()
    const chain = new Http1Chain(upstream.end)
    chain.send(head)
    await chain.settle()
    expect(chain.atOrigin).toContain('Expect: 100-continue\r\n')
    expect(chain.seen.text).toBe('')

    write(upstream.wires[0], 'HTTP/1.1 100 Continue\r\n\r\n')
    await chain.settle()
    expect(chain.seen.text).toBe('HTTP/1.1 100 Continue\r\n\r\n')
    chain.send('hello')
    await chain.settle()
    write(upstream.wires[0], ok)
    chain.clock.advance(5_000)
    await chain.settle()

    expect(chain.atOrigin).toMatch(/\r\n\r\nhello$/)
    expect(chain.seen.text).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 OK\r\n[^]*ok$/)
    chain.send(ask)
    await chain.settle()
    expect(chain.origins, 'both connections go on').toHaveLength(1)
  })

  test('an upstream that never says 100: the client is told after a second, and a later 100 is kept from it', async () => {
    const upstream = origin()
    const chain = new Http1Chain(upstream.end)
    chain.send(head)
    await chain.settle()

    chain.clock.advance(1_200)
    await chain.settle()
    expect(chain.seen.text).toBe('HTTP/1.1 100 Continue\r\n\r\n')
    chain.send('hello')
    write(upstream.wires[0], `HTTP/1.1 100 Continue\r\n\r\n${ok}`)
    await chain.settle()

    expect(chain.atOrigin).toMatch(/hello$/)
    expect(chain.seen.text).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /)
  })

  test('a final status instead ends both connections: what follows may be content or a request', async () => {
    const chain = new Http1Chain(scriptedOrigin(['HTTP/1.1 417 No\r\nContent-Length: 2\r\n\r\nno', ok]))
    chain.send(head)
    await chain.settle()

    expect(chain.seen.text).toMatch(/^HTTP\/1.1 417 No\r\n[^]*Connection: close\r\n\r\nno$/)
    expect(chain.seen.ended).toBe(true)
    chain.send('GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n')
    await chain.settle()
    expect(chain.atOrigin).not.toContain('smuggled')
    expect(chain.origins[0]!.closedWith).toBeDefined()
  })

  test('a client that does not wait loses nothing', async () => {
    const chain = new Http1Chain((wire, received) => {
      scriptedOrigin([])(wire, received)
      const record = received.bytes
      received.bytes = (bytes) => (record(bytes), received.text.endsWith('hello') && write(wire, ok))
    })

    chain.send(`${head}hello${ask}`)
    await chain.settle()

    expect(chain.atOrigin).toMatch(/\r\n\r\nhelloGET \/a /)
  })
})

describe('a reply before the request is whole', () => {
  const upload = 'POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\nbegin'

  test('reaches the client, and the upstream connection is not used again', async () => {
    const upstream = origin()
    const chain = new Http1Chain(upstream.end)
    chain.send(upload)
    await chain.settle()
    write(upstream.wires[0], 'HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno')
    await chain.settle()

    expect(chain.seen.text).toMatch(/^HTTP\/1.1 413 [^]*no$/)
    expect(chain.origins[0]!.closedWith).toBeDefined()
  })

  test('the rest of a small request is dropped and the client goes on', async () => {
    const upstream = origin()
    const chain = new Http1Chain(upstream.end)
    chain.send('POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nbegin')
    await chain.settle()
    write(upstream.wires[0], 'HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno')
    await chain.settle()
    chain.send(`-rest${ask}`)
    await chain.settle()
    write(upstream.wires[1], ok)
    await chain.settle()

    expect(chain.seen.text).toMatch(/^HTTP\/1.1 413 [^]*noHTTP\/1.1 200 [^]*ok$/)
    expect(chain.origins[1]!.text).toBe(ask)
  })

  test('the rest of a large one ends the connection in order, so that the reply is not lost to a reset', async () => {
    const upstream = origin()
    const chain = new Http1Chain(upstream.end, { dropBytesMax: 1000 })
    chain.send(upload)
    await chain.settle()
    write(upstream.wires[0], 'HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno')
    await chain.settle()
    for (let i = 0; i < 100; i++) chain.send('x'.repeat(1000))
    await chain.settle()

    expect(chain.seen.ended).toBe(true)
    expect(chain.seen.closedWith, 'half-closed, not reset').toBe(undefined)
    chain.clock.advance(6_000)
    await chain.settle()
    expect(chain.seen.closedWith, 'for as long as we linger').not.toBe(undefined)
  })

  test('content flows both ways at once when both sides like', async () => {
    const upstream = origin()
    const chain = new Http1Chain(upstream.end)
    chain.send('POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n')
    await chain.settle()
    write(upstream.wires[0], 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nA\r\n')
    await chain.settle()
    expect(chain.seen.text).toMatch(/1\r\nA\r\n$/)

    chain.send('1\r\nb\r\n0\r\n\r\n')
    await chain.settle()
    write(upstream.wires[0], '1\r\nB\r\n0\r\nX-End: 1\r\n\r\n')
    await chain.settle()

    expect(chain.atOrigin).toMatch(/1\r\na\r\n1\r\nb\r\n0\r\n\r\n$/)
    expect(chain.seen.text).toMatch(/1\r\nA\r\n1\r\nB\r\n0\r\nX-End: 1\r\n\r\n$/)
    expect(chain.seen.ended, 'and the connection goes on').toBe(false)
  })
})

describe('pipelining (RFC 9112 9.3.2)', () => {
  test('requests go on one at a time and are answered in order', async () => {
    const upstream = origin()
    const chain = new Http1Chain(upstream.end)
    chain.send(['/1', '/2', '/3'].map((path) => ask.replace('/a', path)).join(''))
    for (const path of ['/1', '/2', '/3']) {
      await chain.settle()
      expect(chain.atOrigin.match(/GET \/\d/g)?.at(-1)).toBe(`GET ${path}`)
      write(upstream.wires[0], `HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n${path}`)
    }
    await chain.settle()

    expect(chain.seen.text.match(/\r\n\r\n(\/\d)/g)).toEqual(['/1', '/2', '/3'].map((path) => `\r\n\r\n${path}`))
  })

  test('a client that sends on and on is read no further than a limit', async () => {
    const chain = new Http1Chain(silent)
    for (let i = 0; i < 10_000; i++) chain.send(ask)
    await chain.settle()

    expect(chain.client.bufferedBytes, 'waits at the client').toBeGreaterThan(100_000)
    expect(chain.atOrigin).toBe(ask)
  })

  test('a head that stays unfinished behind a reply is given no more time than any other', async () => {
    const chain = new Http1Chain(scriptedOrigin([ok]), { headTimeoutMs: 1_000, lingerMs: 500 })
    chain.send(`${ask}GET /slow HTT`)
    await chain.settle()

    chain.clock.advance(1_200)
    await chain.settle()

    expect(chain.seen.text).toMatch(/okHTTP\/1.1 408 /)
    expect(chain.seen.ended).toBe(true)
  })
})

describe('half-closed clients', () => {
  test('are answered all they asked, and then the connection ends', async () => {
    const upstream = origin()
    const chain = new Http1Chain(upstream.end)
    chain.send(ask + ask)
    chain.client.end()
    await chain.settle()
    write(upstream.wires[0], ok)
    await chain.settle()
    write(upstream.wires[0], ok)
    await chain.settle()

    expect(chain.seen.text.match(/HTTP\/1.1 200/g)).toHaveLength(2)
    expect(chain.seen.closedWith).toBe(null)
  })

  test('within a request break it off at the upstream', async () => {
    const chain = new Http1Chain(silent)
    chain.send('POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nbegin')
    await chain.settle()
    chain.client.end()
    await chain.settle()

    expect(chain.origins[0]!.closedWith).toBeInstanceOf(Error)
    expect(chain.seen.ended).toBe(true)
  })
})

describe('Upgrade (RFC 9110 7.8)', () => {
  const upgrade =
    'GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n'
  const granted =
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: y\r\n\r\n'

  test('granted: octets right behind either head go through, then both ways, and half-closes too', async () => {
    const upstream = origin()
    const chain = new Http1Chain(upstream.end)
    chain.send(`${upgrade}early`)
    await chain.settle()
    expect(chain.atOrigin, 'nothing of the other protocol before it is granted').toMatch(/\r\n\r\n$/)
    write(upstream.wires[0], `${granted}\x81first`)
    await chain.settle()

    expect(chain.seen.text).toBe(
      'HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: y\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\x81first',
    )
    expect(chain.atOrigin).toMatch(/\r\n\r\nearly$/)
    chain.send('\0GET / HTTP/1.1\r\n\r\n')
    chain.client.end()
    await chain.settle()
    expect(chain.atOrigin).toMatch(/early\0GET \/ HTTP\/1.1\r\n\r\n$/)
    expect(chain.origins[0]!.ended).toBe(true)
    write(upstream.wires[0], 'last')
    upstream.wires[0]!.end()
    await chain.settle()
    expect(chain.seen.text).toMatch(/firstlast$/)
    expect(chain.seen.closedWith).toBe(null)
  })

  test.each([
    ['200', ok],
    ['426', 'HTTP/1.1 426 Upgrade Required\r\nUpgrade: other\r\nConnection: Upgrade\r\nContent-Length: 2\r\n\r\nno'],
  ])('refused with %s: it is a reply like any other and the connection goes on', async (status, reply) => {
    const chain = new Http1Chain(scriptedOrigin([reply, ok]))
    chain.send(upgrade)
    await chain.settle()
    chain.send(ask)
    await chain.settle()

    expect(chain.seen.text).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*HTTP/1.1 200 [^]*ok$`))
    expect(chain.origins).toHaveLength(1)
  })

  test('to a protocol that was not offered is a malformed reply', async () => {
    const chain = new Http1Chain(scriptedOrigin([granted.replace('Upgrade: websocket', 'Upgrade: other')]))
    chain.send(upgrade)
    await chain.settle()

    expect(chain.seen.text).toMatch(/^HTTP\/1.1 502 /)
  })
})

describe('CONNECT (RFC 9110 9.3.6)', () => {
  const connect = 'CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n'

  test('granted: a tunnel, whatever the reply says of content', async () => {
    const upstream = origin()
    const chain = new Http1Chain(upstream.end)
    chain.send(connect)
    await chain.settle()
    expect(chain.atOrigin).toBe(connect)
    write(upstream.wires[0], 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nraw and more')
    await chain.settle()
    chain.send('\x16\x03')
    await chain.settle()

    expect(chain.seen.text).toMatch(/^HTTP\/1.1 200 OK\r\nDate: [^]*GMT\r\n\r\nraw and more$/)
    expect(chain.atOrigin.endsWith('\r\n\r\n\x16\x03')).toBe(true)
  })

  test('refused: what follows is not read as a request', async () => {
    const chain = new Http1Chain(scriptedOrigin(['HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno', ok]))
    chain.send(`${connect}GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n`)
    await chain.settle()

    expect(chain.seen.text).toMatch(/^HTTP\/1.1 403 [^]*Connection: close\r\n\r\nno$/)
    expect(chain.atOrigin).toBe(connect)
    expect(chain.seen.ended).toBe(true)
  })
})

describe('replies without content (RFC 9112 6.3)', () => {
  test.each([
    ['HEAD', 'HTTP/1.1 200 OK\r\nDate: x\r\nContent-Length: 500\r\n\r\n', 'Content-Length: 500\r\n'],
    [
      'GET',
      'HTTP/1.1 304 Not Modified\r\nDate: x\r\nContent-Length: 500\r\nETag: "a"\r\n\r\n',
      'Content-Length: 500\r\n',
    ],
    ['GET', 'HTTP/1.1 204 No Content\r\nDate: x\r\n\r\n', ''],
    ['GET', 'HTTP/1.1 205 Reset Content\r\nDate: x\r\nContent-Length: 0\r\n\r\n', 'Content-Length: 0\r\n'],
  ])('%s: %j', async (method, reply, length) => {
    const chain = new Http1Chain(scriptedOrigin([reply, ok]))
    chain.send(`${method} / HTTP/1.1\r\nHost: a\r\n\r\n`)
    await chain.settle()

    expect(chain.seen.text).toBe(reply)
    expect(/content-length:.*\r\n/i.exec(chain.seen.text)?.[0] ?? '').toBe(length)
    chain.send(ask)
    await chain.settle()
    expect(chain.seen.text.endsWith('ok')).toBe(true)
    expect(chain.origins, 'on the same connection').toHaveLength(1)
  })

  test('content that ends with the upstream connection reaches the client in chunks, its own goes on', async () => {
    const upstream = origin()
    const chain = new Http1Chain(upstream.end)
    chain.send(ask)
    await chain.settle()
    write(upstream.wires[0], 'HTTP/1.1 200 OK\r\n\r\nabc')
    upstream.wires[0]!.end()
    await chain.settle()

    expect(chain.seen.text).toMatch(/Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n$/)
    expect(chain.seen.ended).toBe(false)
  })

  test('content that breaks off is not passed off as whole', async () => {
    const upstream = origin()
    const chain = new Http1Chain(upstream.end)
    chain.send(ask)
    await chain.settle()
    write(upstream.wires[0], 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab')
    upstream.wires[0]!.end()
    await chain.settle()

    expect(chain.seen.closedWith).toBeInstanceOf(Error)
  })
})
