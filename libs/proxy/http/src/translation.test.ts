import { describe, expect, test } from 'vitest'
import { http1To2, http2To1, http2To2, settled } from './testing/http-path.ts'

const GET = { ':method': 'GET', ':scheme': 'http', ':authority': 'cart:8080', ':path': '/a?b=c' }
const POST = { ...GET, ':method': 'POST' }
const CONNECT_PROTOCOL = [0, 8, 0, 0, 0, 1]

describe('a request of HTTP/2 to an upstream of HTTP/1.1', () => {
  async function written(fields: Record<string, string> | string[][], isEnd = true): Promise<string> {
    const path = http2To1()
    path.client.headers(1, fields, isEnd)
    await settled()
    return path.upstream.text
  }

  test(':authority becomes Host, :path the target', async () => {
    expect(await written({ ...GET, accept: '*/*' })).toBe(
      'GET /a?b=c HTTP/1.1\r\nHost: cart:8080\r\naccept: */*\r\n\r\n',
    )
  })

  test('host without :authority becomes Host; both, when they agree, are one', async () => {
    const { ':authority': _, ...without } = GET
    expect(await written({ ...without, host: 'cart' })).toBe('GET /a?b=c HTTP/1.1\r\nHost: cart\r\n\r\n')
    expect(await written({ ...GET, host: 'cart:8080' })).toBe('GET /a?b=c HTTP/1.1\r\nHost: cart:8080\r\n\r\n')
  })

  test('crumbs of a cookie are one Cookie', async () => {
    const fields = [...Object.entries(GET), ['cookie', 'a=1'], ['x', 'y'], ['cookie', 'b=2'], ['cookie', 'c=3']]
    expect(await written(fields)).toContain('\r\ncookie: a=1; b=2; c=3\r\nx: y\r\n')
  })

  test('te: trailers goes on, named in Connection', async () => {
    expect(await written({ ...GET, te: 'trailers' })).toContain('te: trailers\r\nConnection: TE\r\n')
  })

  test('a body of unknown length is chunked, with trailers', async () => {
    const path = http2To1()
    path.client.headers(1, POST, false)
    path.client.data(1, 'hello')
    path.client.data(1, 'you')
    path.client.headers(1, { 'x-sum': '8' })
    await settled()

    expect(path.upstream.text).toContain('Transfer-Encoding: chunked\r\n')
    expect(path.upstream.text.split('\r\n\r\n').slice(1).join('\r\n\r\n')).toBe(
      '5\r\nhello\r\n3\r\nyou\r\n0\r\nx-sum: 8\r\n\r\n',
    )
  })

  test('a body of known length keeps it', async () => {
    const path = http2To1()
    path.client.headers(1, { ...POST, 'content-length': '5' }, false)
    path.client.data(1, 'hello', true)
    await settled()

    expect(path.upstream.text).toBe('POST /a?b=c HTTP/1.1\r\nHost: cart:8080\r\ncontent-length: 5\r\n\r\nhello')
  })

  test('a POST that ends with its head says so', async () => {
    expect(await written(POST)).toContain('Content-Length: 0\r\n')
  })

  test.each([
    ['more', '123456'],
    ['less', '1234'],
  ])('%s DATA than content-length never reaches the upstream as another request', async (_, text) => {
    const path = http2To1()
    path.client.headers(1, { ...POST, 'content-length': '5' }, false)
    path.client.data(1, text, true)
    await settled()

    expect(path.client.stream(1).resetCode).toBe(1)
    expect(path.upstream.text.endsWith('\r\n\r\n') || !path.upstream.text.includes('123456')).toBe(true)
    expect(path.upstream.seen.closedWith, 'the connection is of no more use').not.toBe(undefined)
  })

  test('trailers that belong in a head are not passed on', async () => {
    for (const name of ['content-length', 'transfer-encoding', 'host', 'connection', 'te', 'authorization']) {
      const path = http2To1()
      path.client.headers(1, POST, false)
      path.client.data(1, 'hello')
      path.client.literal(1, [[name, name === 'te' ? 'trailers' : '1']])
      await settled()

      const [, ...content] = path.upstream.text.toLowerCase().split('\r\n\r\n')
      expect(content.join(), name).not.toContain(name)
    }
  })

  test('Expect: 100-continue and 100 Continue', async () => {
    const path = http2To1()
    path.client.headers(1, { ...POST, 'content-length': '5', expect: '100-continue' }, false)
    await settled()
    expect(path.upstream.text).toContain('expect: 100-continue\r\n')
    path.upstream.send('HTTP/1.1 100 Continue\r\n\r\n')
    await settled()
    expect(path.client.stream(1).blocks).toEqual([{ ':status': '100' }])
    path.client.data(1, 'hello', true)
    await settled()
    path.upstream.send('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
    await settled()

    expect(path.upstream.text.endsWith('hello')).toBe(true)
    expect([path.client.stream(1).head[':status'], path.client.stream(1).text]).toEqual(['200', 'ok'])
  })

  test('103 Early Hints before the reply', async () => {
    const path = http2To1()
    path.client.headers(1, GET)
    await settled()
    path.upstream.send('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n')
    await settled()

    expect(path.client.stream(1).blocks).toEqual([{ ':status': '103', link: '</a>' }, { ':status': '204' }])
    expect(path.client.stream(1).isEnded).toBe(true)
  })

  test('CONNECT opens a tunnel', async () => {
    const path = http2To1()
    path.client.headers(1, { ':method': 'CONNECT', ':authority': 'db:5432' }, false)
    await settled()
    expect(path.upstream.text).toBe('CONNECT db:5432 HTTP/1.1\r\nHost: db:5432\r\n\r\n')
    path.upstream.send('HTTP/1.1 200 Connected\r\n\r\nhello')
    path.client.data(1, 'ping')
    await settled()
    expect(path.upstream.text.endsWith('ping')).toBe(true)
    path.client.data(1, '', true)
    await settled()
    expect([path.client.stream(1).text, path.upstream.seen.ended]).toEqual(['hello', true])
    path.upstream.send(' and bye')
    path.upstream.channel.end()
    await settled()

    expect([path.client.stream(1).text, path.client.stream(1).isEnded]).toEqual(['hello and bye', true])
  })

  test('extended CONNECT becomes Upgrade, and 101 becomes 200', async () => {
    const path = http2To1()
    const fields = { ...GET, ':method': 'CONNECT', ':protocol': 'websocket', 'sec-websocket-version': '13' }
    path.client.headers(1, fields, false)
    await settled()
    expect(path.upstream.text).toContain('GET /a?b=c HTTP/1.1\r\n')
    expect(path.upstream.text).toContain('Upgrade: websocket\r\nConnection: Upgrade\r\n')
    path.upstream.send('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    path.client.data(1, 'ping')
    await settled()
    path.upstream.send('pong')
    await settled()

    expect(path.client.stream(1).head[':status']).toBe('200')
    expect([path.upstream.text.endsWith('ping'), path.client.stream(1).text]).toEqual([true, 'pong'])
  })
})

function withoutDate(text: string): string {
  return text.replace(/Date: [^\r]*\r\n/, '')
}

describe('a reply of HTTP/1.1 to a client of HTTP/2', () => {
  async function reply(text: string, fields: Record<string, string> = GET): Promise<ReturnType<typeof http2To1>> {
    const path = http2To1()
    path.client.headers(1, fields)
    await settled()
    path.upstream.send(text)
    await settled()
    return path
  }

  test('loses what belongs to its connection, and upper case', async () => {
    const { client } = await reply(
      'HTTP/1.1 200 OK\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nX-Kept: 2\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 2\r\n\r\nok',
    )

    expect(client.stream(1).head).toEqual({
      ':status': '200',
      'x-kept': '2',
      'set-cookie': 'a|b',
      'content-length': '2',
    })
    expect([client.stream(1).text, client.stream(1).isEnded]).toEqual(['ok', true])
  })

  test('without a date is given that of its coming; one that has it keeps it', async () => {
    const without = await reply('HTTP/1.1 204 No Content\r\n\r\n')
    const dated = await reply('HTTP/1.1 204 No Content\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n')

    expect(without.client.stream(1).date).toBe(new Date(without.clock.wallMs()).toUTCString())
    expect(dated.client.stream(1).date).toBe('Sun, 06 Nov 1994 08:49:37 GMT')
  })

  test('to TRACE and OPTIONS that may go no further is ours', async () => {
    for (const [method, status] of [
      ['TRACE', '200'],
      ['OPTIONS', '200'],
    ] as const) {
      const path = http2To1()
      path.client.headers(1, { ...GET, ':method': method, 'max-forwards': '0', cookie: 'secret=1' })
      await settled()

      expect([path.client.stream(1).head[':status'], path.upstream.text]).toEqual([status, ''])
      expect(path.client.stream(1).text).not.toContain('secret')
    }
  })

  test('in chunks comes as DATA, with its trailers', async () => {
    const { client } = await reply(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n',
    )

    expect([client.stream(1).text, client.stream(1).trailers]).toEqual(['abcde', { 'x-sum': '5' }])
  })

  test('that ends with its connection ends the stream', async () => {
    const path = await reply('HTTP/1.1 200 OK\r\n\r\nabc')
    expect(path.client.stream(1).isEnded).toBe(false)
    path.upstream.channel.end()
    await settled()

    expect([path.client.stream(1).text, path.client.stream(1).isEnded]).toEqual(['abc', true])
  })

  test('to HEAD keeps its content-length without DATA', async () => {
    const { client } = await reply('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', { ...GET, ':method': 'HEAD' })

    expect(client.stream(1).head).toEqual({ ':status': '200', 'content-length': '5' })
    expect([client.stream(1).isEnded, client.stream(1).text]).toEqual([true, ''])
  })

  test.each([
    ['204', 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['304', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n'],
  ])('%s has no DATA', async (status, text) => {
    const { client } = await reply(text)

    expect([client.stream(1).head[':status'], client.stream(1).isEnded, client.stream(1).text]).toEqual([
      status,
      true,
      '',
    ])
  })

  test('that breaks off resets the stream', async () => {
    const path = await reply('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab')
    path.upstream.channel.destroy(new Error('killed'))
    await settled()

    expect([path.client.stream(1).text, path.client.stream(1).isEnded, path.client.stream(1).resetCode]).toEqual([
      'ab',
      false,
      2,
    ])
  })

  test.each([
    ['to no Upgrade', GET],
    ['to a POST', POST],
  ])('101 %s is a fault of the upstream', async (_, fields) => {
    const { client } = await reply(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
      fields,
    )

    expect(client.stream(1).head[':status']).toBe('502')
  })

  test('comes before the request is whole: the rest is dropped, the stream ends in order', async () => {
    const path = http2To1()
    path.client.headers(1, POST, false)
    path.client.data(1, 'abc')
    await settled()
    path.upstream.send('HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno')
    await settled()

    expect([path.client.stream(1).head[':status'], path.client.stream(1).text]).toEqual(['413', 'no'])
    expect([path.client.stream(1).isEnded, path.client.stream(1).resetCode]).toEqual([true, 0])
  })
})

/** Each would be another request, another field or another framing if it reached an HTTP/1 connection as it is. */
describe('what would smuggle is refused as malformed, and not an octet reaches the upstream:', () => {
  const fields = Object.entries(GET)
  const without = (name: string): [string, string][] => fields.filter(([found]) => found !== name)
  const instead = (name: string, value: string): [string, string][] => {
    const changed: [string, string][] = [...without(name), [name, value]]
    return changed.sort(pseudoFirst)
  }
  const pseudoFirst = (a: readonly string[], b: readonly string[]): number =>
    Number(!a[0]!.startsWith(':')) - Number(!b[0]!.startsWith(':'))

  test.each<[string, [string, string][]]>([
    ['CR LF in a value', [...fields, ['x', 'a\r\ncontent-length: 5']]],
    ['LF in a value', [...fields, ['x', 'a\nb']]],
    ['CR in a value', [...fields, ['x', 'a\rb']]],
    ['NUL in a value', [...fields, ['x', 'a\0b']]],
    ['a control character in a value', [...fields, ['x', 'a\x01b']]],
    ['DEL in a value', [...fields, ['x', 'a\x7fb']]],
    ['a space before a value', [...fields, ['x', ' a']]],
    ['a tab after a value', [...fields, ['x', 'a\t']]],
    ['CR LF in a name', [...fields, ['x\r\ny', 'a']]],
    ['a colon in a name', [...fields, ['x:y', 'a']]],
    ['a space in a name', [...fields, ['x y', 'a']]],
    ['upper case in a name', [...fields, ['X', 'a']]],
    ['an empty name', [...fields, ['', 'a']]],
    ['an octet above 127 in a name', [...fields, ['x\xe4', 'a']]],
    ['a space in :method', instead(':method', 'GET /x HTTP/1.1')],
    ['CR LF in :method', instead(':method', 'GET / HTTP/1.1\r\nHost: x\r\n\r\nGET')],
    ['an empty :method', instead(':method', '')],
    ['no :method', without(':method')],
    [':method twice', [...fields, [':method', 'POST']]],
    ['a space in :path', instead(':path', '/a HTTP/1.1')],
    ['CR LF in :path', instead(':path', '/a HTTP/1.1\r\nx: y')],
    ['an empty :path', instead(':path', '')],
    ['no :path', without(':path')],
    [':path twice', [...fields, [':path', '/b']]],
    ['a :path without a slash', instead(':path', 'a')],
    ['a :path that is a URI', instead(':path', 'http://evil/a')],
    ['a fragment in :path', instead(':path', '/a#b')],
    ['octets above 127 in :path', instead(':path', '/\xe4')],
    ['* with GET', instead(':path', '*')],
    ['a space in :authority', instead(':authority', 'a b')],
    ['CR LF in :authority', instead(':authority', 'a\r\nx: y')],
    ['user information in :authority', instead(':authority', 'user@cart')],
    ['a path in :authority', instead(':authority', 'cart/x')],
    ['a query in :authority', instead(':authority', 'cart?x')],
    ['an empty :authority, no host', instead(':authority', '')],
    [':authority twice', [...fields, [':authority', 'b']]],
    ['host twice', [...fields, ['host', 'cart:8080'], ['host', 'cart:8080']]],
    ['host other than :authority', [...fields, ['host', 'evil']]],
    ['no :scheme', without(':scheme')],
    [':scheme twice', [...fields, [':scheme', 'http']]],
    ['a :scheme with more in it', instead(':scheme', 'http://evil/?')],
    ['CR LF in :scheme', instead(':scheme', 'http\r\n')],
    [':status in a request', [...fields, [':status', '200']]],
    ['an unknown pseudo field', [...fields, [':x', 'y']]],
    ['a pseudo field after a regular one', [['x', 'y'], ...fields]],
    ['transfer-encoding', [...fields, ['transfer-encoding', 'chunked']]],
    ['transfer-encoding: identity', [...fields, ['transfer-encoding', 'identity']]],
    ['connection', [...fields, ['connection', 'close']]],
    ['keep-alive', [...fields, ['keep-alive', '5']]],
    ['proxy-connection', [...fields, ['proxy-connection', 'close']]],
    ['upgrade', [...fields, ['upgrade', 'h2c']]],
    ['te other than trailers', [...fields, ['te', 'chunked']]],
    ['te: trailers with more', [...fields, ['te', 'trailers, deflate;q=0.5']]],
    ['two content-lengths', [...fields, ['content-length', '0'], ['content-length', '0']]],
    ['two different content-lengths', [...fields, ['content-length', '0'], ['content-length', '5']]],
    ['content-length with a sign', [...fields, ['content-length', '+5']]],
    ['content-length as a list', [...fields, ['content-length', '5, 5']]],
    ['content-length empty', [...fields, ['content-length', '']]],
    ['content-length beyond any number', [...fields, ['content-length', '99999999999999999999']]],
    ['content-length without a body', [...fields, ['content-length', '5']]],
    ['CONNECT with :path', instead(':method', 'CONNECT')],
    [
      'CONNECT without :authority',
      [
        [':method', 'CONNECT'],
        ['host', 'cart:80'],
      ],
    ],
    [':protocol without CONNECT', [...fields, [':protocol', 'websocket']]],
    [':protocol with CR LF', instead(':method', 'CONNECT').concat([[':protocol', 'websocket\r\nx: y']])],
  ])('%s', async (_, list) => {
    const path = http2To1()

    path.client.literal(1, list)
    await settled()

    expect([path.client.stream(1).resetCode, path.exchanges.length, path.upstream.text]).toEqual([1, 0, ''])
    path.client.headers(3, GET)
    await settled()
    expect(path.upstream.text, 'the connection goes on').toMatch(/^GET \/a\?b=c HTTP\/1\.1\r\nHost: cart:8080\r\n\r\n$/)
  })

  test('a content-length of a tunnel means nothing, and goes no further', async () => {
    const path = http2To1()
    path.client.literal(
      1,
      [
        [':method', 'CONNECT'],
        [':authority', 'db:5432'],
        ['content-length', '5'],
      ],
      false,
    )
    await settled()

    expect(path.upstream.text).toBe('CONNECT db:5432 HTTP/1.1\r\nHost: db:5432\r\n\r\n')
  })

  test('of a WebSocket neither', async () => {
    const path = http2To1()
    path.client.literal(
      1,
      [
        [':method', 'CONNECT'],
        [':protocol', 'websocket'],
        [':scheme', 'http'],
        [':authority', 'cart'],
        [':path', '/'],
        ['content-length', '5'],
      ],
      false,
    )
    await settled()

    expect(path.upstream.text).toContain('Upgrade: websocket\r\n')
    expect(path.upstream.text).not.toContain('content-length')
  })
})

describe('a request of HTTP/1.1 to an upstream of HTTP/2', () => {
  test('Host becomes :authority, the target :path, names lower case; what belongs to the connection stays behind', async () => {
    const path = http1To2()
    path.client.send(
      'GET /a?b=c HTTP/1.1\r\nHost: cart:8080\r\nAccept: */*\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nCookie: a=1; b=2\r\n\r\n',
    )
    await settled()

    const [block] = path.upstream.stream(1).blocks
    expect(block).toEqual({
      ':method': 'GET',
      ':scheme': 'http',
      ':path': '/a?b=c',
      ':authority': 'cart:8080',
      accept: '*/*',
      cookie: 'a=1; b=2',
    })
    expect(path.upstream.stream(1).isEnded).toBe(true)
  })

  test('TE: trailers goes on', async () => {
    const path = http1To2()
    path.client.send('GET / HTTP/1.1\r\nHost: cart\r\nTE: trailers\r\nConnection: TE\r\n\r\n')
    await settled()

    expect(path.upstream.stream(1).blocks[0]!['te']).toBe('trailers')
  })

  test('the absolute form gives authority and path', async () => {
    const path = http1To2()
    path.client.send('GET http://shop:1/x HTTP/1.1\r\nHost: shop:1\r\n\r\n')
    await settled()

    expect(path.upstream.stream(1).blocks[0]).toMatchObject({ ':authority': 'shop:1', ':path': '/x' })
  })

  test('OPTIONS * keeps its asterisk', async () => {
    const path = http1To2()
    path.client.send('OPTIONS * HTTP/1.1\r\nHost: cart\r\n\r\n')
    await settled()

    expect(path.upstream.stream(1).blocks[0]).toMatchObject({ ':method': 'OPTIONS', ':path': '*' })
  })

  test('chunks become DATA, trailers trailers', async () => {
    const path = http1To2()
    path.client.send(
      'POST / HTTP/1.1\r\nHost: cart\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n',
    )
    await settled()

    const stream = path.upstream.stream(1)
    expect([stream.text, stream.isEnded, stream.blocks[1]]).toEqual(['abcde', true, { 'x-sum': '5' }])
    expect(stream.blocks[0]).not.toHaveProperty('transfer-encoding')
  })

  test('Content-Length goes on with its DATA', async () => {
    const path = http1To2()
    path.client.send('POST / HTTP/1.1\r\nHost: cart\r\nContent-Length: 5\r\n\r\nhello')
    await settled()

    const stream = path.upstream.stream(1)
    expect([stream.blocks[0]!['content-length'], stream.text, stream.isEnded]).toEqual(['5', 'hello', true])
  })

  test('Upgrade of a WebSocket becomes extended CONNECT where the upstream takes it', async () => {
    const path = http1To2(CONNECT_PROTOCOL)
    path.client.send(
      'GET /chat HTTP/1.1\r\nHost: cart\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    )
    await settled()
    expect(path.upstream.stream(1).blocks[0]).toMatchObject({
      ':method': 'CONNECT',
      ':protocol': 'websocket',
      ':path': '/chat',
      ':scheme': 'http',
      ':authority': 'cart',
    })
    expect(path.upstream.stream(1).isEnded).toBe(false)
    path.upstream.headers(1, { ':status': '200' }, false)
    await settled()
    path.client.send('ping')
    await settled()
    path.upstream.data(1, 'pong')
    await settled()

    expect(path.client.text).toMatch(/^HTTP\/1\.1 101 /)
    expect(path.client.text).toContain('Upgrade: websocket\r\n')
    expect([path.upstream.stream(1).text, path.client.text.endsWith('\r\n\r\npong')]).toEqual(['ping', true])
  })

  test('Upgrade is a fault where the upstream does not', async () => {
    const path = http1To2()
    path.client.send('GET /chat HTTP/1.1\r\nHost: cart\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
    await settled()

    expect(path.client.text).toMatch(/^HTTP\/1\.1 400 /)
    expect(path.client.text).toContain('protocol_mismatch')
  })
})

describe('a reply of HTTP/2 to a client of HTTP/1.1', () => {
  async function reply(
    request: string,
    answer: (upstream: ReturnType<typeof http1To2>['upstream']) => void,
  ): Promise<ReturnType<typeof http1To2>> {
    const path = http1To2()
    path.client.send(`${request}Host: cart\r\n\r\n`)
    await settled()
    answer(path.upstream)
    await settled()
    return path
  }

  test('of unknown length is chunked, with trailers', async () => {
    const { client } = await reply('GET / HTTP/1.1\r\n', (upstream) => {
      upstream.headers(1, { ':status': '200', 'x-a': 'b' }, false)
      upstream.data(1, 'abc')
      upstream.headers(1, { 'x-sum': '3' })
    })

    expect(withoutDate(client.text)).toBe(
      'HTTP/1.1 200 \r\nx-a: b\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nx-sum: 3\r\n\r\n',
    )
  })

  test('of unknown length ends with the connection for HTTP/1.0', async () => {
    const { client } = await reply('GET / HTTP/1.0\r\n', (upstream) => {
      upstream.headers(1, { ':status': '200' }, false)
      upstream.data(1, 'abc', true)
    })

    expect(withoutDate(client.text)).toBe('HTTP/1.1 200 \r\nConnection: close\r\n\r\nabc')
    expect(client.seen.ended).toBe(true)
  })

  test('to HEAD has its content-length and no content', async () => {
    const { client } = await reply('HEAD / HTTP/1.1\r\n', (upstream) =>
      upstream.headers(1, { ':status': '200', 'content-length': '5' }),
    )

    expect(withoutDate(client.text)).toBe('HTTP/1.1 200 \r\ncontent-length: 5\r\n\r\n')
  })

  test('1xx go before it, 103 with its fields', async () => {
    const { client } = await reply('GET / HTTP/1.1\r\n', (upstream) => {
      upstream.headers(1, { ':status': '103', link: '</a>' }, false)
      upstream.headers(1, { ':status': '204' })
    })

    expect(withoutDate(client.text)).toBe('HTTP/1.1 103 \r\nlink: </a>\r\n\r\nHTTP/1.1 204 \r\n\r\n')
  })

  test.each<[string, [string, string][]]>([
    [
      'CR LF in a value',
      [
        [':status', '200'],
        ['x', 'a\r\nset-cookie: b'],
      ],
    ],
    [
      'NUL in a value',
      [
        [':status', '200'],
        ['x', 'a\0'],
      ],
    ],
    [
      'upper case in a name',
      [
        [':status', '200'],
        ['X', 'a'],
      ],
    ],
    ['a status that is none', [[':status', '20']]],
    ['a status with more in it', [[':status', '200 OK']]],
    ['a status of 099', [[':status', '099']]],
    ['101', [[':status', '101']]],
    ['no status', [['x', 'a']]],
    [
      'the status twice',
      [
        [':status', '200'],
        [':status', '200'],
      ],
    ],
    [
      'a pseudo field of requests',
      [
        [':status', '200'],
        [':path', '/'],
      ],
    ],
    [
      'transfer-encoding',
      [
        [':status', '200'],
        ['transfer-encoding', 'chunked'],
      ],
    ],
    [
      'connection',
      [
        [':status', '200'],
        ['connection', 'close'],
      ],
    ],
    [
      'two content-lengths',
      [
        [':status', '200'],
        ['content-length', '0'],
        ['content-length', '0'],
      ],
    ],
    [
      'content-length without a body',
      [
        [':status', '200'],
        ['content-length', '5'],
      ],
    ],
  ])('with %s is a fault of the upstream', async (_, list) => {
    const { client, upstream } = await reply('GET / HTTP/1.1\r\n', (peer) => peer.literal(1, list))

    expect(upstream.stream(1).resetCode).toBe(1)
    expect(client.text).toMatch(/^HTTP\/1\.1 502 /)
    expect(client.text.split('HTTP/1.1 ').length, 'one reply').toBe(2)
  })

  test('that is reset in its body breaks the connection: the client must not take it for whole', async () => {
    const { client } = await reply('GET / HTTP/1.1\r\n', (upstream) => {
      upstream.headers(1, { ':status': '200' }, false)
      upstream.data(1, 'abc')
      upstream.reset(1, 8)
    })

    expect(client.seen.closedWith).toBeInstanceOf(Error)
    expect(client.text.endsWith('0\r\n\r\n')).toBe(false)
  })

  test('that is shorter or longer than its content-length breaks the connection', async () => {
    for (const text of ['abc', 'abcdef']) {
      const { client } = await reply('GET / HTTP/1.1\r\n', (upstream) => {
        upstream.headers(1, { ':status': '200', 'content-length': '5' }, false)
        upstream.data(1, text, true)
      })

      expect(client.seen.closedWith, text).toBeInstanceOf(Error)
      expect(client.text).not.toContain('abcdef')
    }
  })

  test('trailers that belong in a head do not come in after the body', async () => {
    const { client } = await reply('GET / HTTP/1.1\r\n', (upstream) => {
      upstream.headers(1, { ':status': '200' }, false)
      upstream.data(1, 'abc')
      upstream.literal(1, [['content-length', '5']])
    })

    expect(client.text).not.toContain('content-length')
  })
})

describe('HTTP/2 on both sides', () => {
  test('fields, bodies and trailers go through both ways', async () => {
    const path = http2To2()
    path.client.headers(1, { ...POST, te: 'trailers', cookie: 'a=1' }, false)
    path.client.data(1, 'hello')
    path.client.headers(1, { 'x-sum': '5' })
    await settled()
    const asked = path.upstream.stream(1)
    path.upstream.headers(1, { ':status': '200', 'x-a': 'b' }, false)
    path.upstream.data(1, 'you')
    path.upstream.headers(1, { 'grpc-status': '0' })
    await settled()

    expect(asked.blocks).toEqual([{ ...POST, te: 'trailers', cookie: 'a=1' }, { 'x-sum': '5' }])
    expect([asked.text, asked.isEnded]).toEqual(['hello', true])
    const { head, text, trailers, isEnded } = path.client.stream(1)
    expect([head, text, trailers, isEnded]).toEqual([
      { ':status': '200', 'x-a': 'b' },
      'you',
      { 'grpc-status': '0' },
      true,
    ])
  })

  test('each direction ends on its own', async () => {
    const path = http2To2()
    path.client.headers(1, POST, false)
    await settled()
    path.upstream.headers(1, { ':status': '200' }, false)
    path.upstream.data(1, 'early', true)
    await settled()
    expect([path.client.stream(1).text, path.client.stream(1).isEnded]).toEqual(['early', true])
  })

  test('a reset by the client goes on to the upstream as CANCEL', async () => {
    const path = http2To2()
    path.client.headers(1, POST, false)
    await settled()
    path.client.reset(1, 8)
    await settled()

    expect(path.upstream.stream(1).resetCode).toBe(8)
  })

  test('never-indexed fields go on never indexed', async () => {
    const path = http2To2()
    path.client.literal(1, [...(Object.entries(GET) as [string, string][]), ['x-key', 'secret']])
    await settled()

    const block = Buffer.from(path.upstream.frames.find((frame) => frame.type === 1)!.payload)
    const at = block.indexOf(Buffer.from([0x10]))
    expect(at).toBeGreaterThanOrEqual(0)
    expect(path.upstream.stream(1).blocks[0]!['x-key']).toBe('secret')
  })
})
