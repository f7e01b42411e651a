import type { ReplyHead, RequestHead } from '@weft/message'
import { describe, expect, test } from 'vitest'
import { defaultHttp1Limits, type Http1Limits } from './limits.ts'
import { replyReader, requestReader, type Http1Reader } from './reader.ts'
import { goodRequests, Recorder, refusedChunks, refusedRequests } from './testing/index.ts'

function requests(limits: Http1Limits = defaultHttp1Limits) {
  const recorder = new Recorder<RequestHead>()
  const reader = requestReader(recorder, 'http', limits)
  recorder.reader = reader
  return { recorder, reader }
}

function replies(methods: string[], upgrade = '') {
  const recorder = new Recorder<ReplyHead>()
  const reader = replyReader(recorder)
  recorder.reader = reader
  recorder.stopsAtEnd = methods.length < 2
  recorder.methods = methods.slice(1)
  reader.next(methods[0], upgrade)
  return { recorder, reader }
}

function feed(reader: Http1Reader<RequestHead> | Http1Reader<ReplyHead>, text: string): void {
  reader.feed(Buffer.from(text, 'latin1'))
}

describe('a reader of requests', () => {
  test.each(refusedRequests)('refuses %s', (_, octets, code) => {
    const { recorder, reader } = requests()

    feed(reader, octets)

    expect(recorder.code, recorder.message).toBe(code)
    expect(recorder.message).toMatch(/^Found .*: expected /)
    expect(recorder.messages, 'nothing of the message was told').toEqual([])
  })

  test.each(refusedChunks)('refuses chunked content with %s', (_, octets, code) => {
    const { recorder, reader } = requests()

    feed(reader, octets)

    expect(recorder.code, recorder.message).toBe(code)
    expect(recorder.messages[0]?.trailers, 'its end was not told').toBe('none')
  })

  test.each(goodRequests)('reads %s and what is pipelined after it', (_, octets) => {
    const { recorder, reader } = requests()

    feed(reader, `${octets}GET /next HTTP/1.1\r\nHost: a\r\n\r\n`)

    expect(recorder.code, recorder.message).toBe(null)
    expect(recorder.messages).toHaveLength(2)
    expect(recorder.messages[1]?.head?.path).toBe('/next')
  })

  test('keeps the case and order of names, and takes out what belongs to the connection', () => {
    const { recorder, reader } = requests()

    feed(
      reader,
      'GET / HTTP/1.1\r\nhOST: a\r\nX-CASE: 1\r\nConnection: X-Hop, close\r\nX-Hop: 2\r\nKeep-Alive: 3\r\nTE: gzip, Trailers\r\nx-case: 4\r\n\r\n',
    )

    expect(recorder.messages[0]?.head?.headers.flat).toEqual([
      'hOST',
      'a',
      'X-CASE',
      '1',
      'x-case',
      '4',
      'TE',
      'trailers',
    ])
    expect(recorder.messages[0]?.persistent).toBe(false)
  })

  test.each([
    ['GET / HTTP/1.1\r\nHost: a\r\n\r\n', true],
    ['GET / HTTP/1.1\r\nHost: a\r\nConnection: CLOSE\r\n\r\n', false],
    ['GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, close\r\n\r\n', false],
    ['GET / HTTP/1.1\r\nHost: a\r\nConnection: x\r\nConnection: close\r\n\r\n', false],
    ['GET / HTTP/1.0\r\n\r\n', false],
    ['GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n', true],
    ['GET / HTTP/1.0\r\nProxy-Connection: Keep-Alive\r\n\r\n', false],
    ['CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n', false],
  ])('tells whether the connection goes on after %j', (octets, persistent) => {
    const { recorder, reader } = requests()

    feed(reader, octets)

    expect(recorder.messages[0]?.persistent).toBe(persistent)
  })

  test.each([
    ['GET http://A:80/p?q HTTP/1.1\r\nHost: a\r\n\r\n', 'http', 'A:80', '/p?q'],
    ['GET HTTPS://a HTTP/1.1\r\nHost: a:443\r\n\r\n', 'https', 'a', '/'],
    ['GET http://a?q HTTP/1.1\r\nHost: a\r\n\r\n', 'http', 'a', '/?q'],
    ['OPTIONS http://a HTTP/1.1\r\nHost: a\r\n\r\n', 'http', 'a', '*'],
    ['OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n', 'http', 'a', '*'],
    ['CONNECT [::1]:443 HTTP/1.1\r\nHost: [::1]\r\n\r\n', 'http', '[::1]:443', ''],
    ['GET / HTTP/1.0\r\n\r\n', 'http', '', '/'],
  ])('reads the target of %j', (octets, scheme, authority, path) => {
    const { recorder, reader } = requests()

    feed(reader, octets)

    expect(recorder.messages[0]?.head).toMatchObject({ scheme, authority, path })
  })

  test.each([
    ['timeout=5', 5],
    ['timeout=5, max=1000', 5],
    ['max=7,  Timeout=15', 15],
    ['timeout=0', 0],
    ['max=3', -1],
    ['timeout=', -1],
    ['timeout=-1', -1],
    ['timeout=99999999', -1],
    ['xtimeout=4', -1],
  ])('tells how long a server keeps the connection by Keep-Alive: %s', (value, seconds) => {
    const { reader } = replies(['GET'])
    feed(reader, `HTTP/1.1 204 No Content\r\nKeep-Alive: ${value}\r\n\r\n`)

    expect(reader.keepAliveSeconds).toBe(seconds)
  })

  test('offers an upgrade only when Connection names it, in HTTP/1.1, and never h2c', () => {
    const upgrades = [
      'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: WebSocket\r\nConnection: upgrade\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n',
      'GET / HTTP/1.0\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nConnection: Upgrade, HTTP2-Settings\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: H2C, foo/2\r\nConnection: Upgrade\r\n\r\n',
    ].map((octets) => {
      const { recorder, reader } = requests()
      feed(reader, octets)
      expect(recorder.messages[0]?.head?.headers.has('upgrade')).toBe(false)
      return recorder.messages[0]?.head?.upgrade
    })

    expect(upgrades, 'as it was written').toEqual(['WebSocket', '', '', '', 'foo/2'])
  })

  test('tells of Expect only when content is to come and the client can wait', () => {
    const heads = [
      'HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 1',
      'HTTP/1.1\r\nHost: a\r\nExpect: 100-continue',
      'HTTP/1.0\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1',
    ].map((rest) => {
      const { recorder, reader } = requests()
      feed(reader, `POST / ${rest}\r\n\r\n`)
      return recorder.messages[0]?.head
    })

    expect(heads.map((head) => head?.expectsContinue)).toEqual([true, false, false])
    expect(heads.map((head) => head?.headers.has('expect'))).toEqual([true, true, false])
  })

  test('stops after each message until told to go on', () => {
    const { recorder, reader } = requests()
    recorder.stopsAtEnd = true

    feed(reader, 'GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n')

    expect(recorder.messages.map((message) => message.head?.path)).toEqual(['/1'])
    expect(reader.unreadBytes).toBe(28)
    reader.next()
    expect(recorder.messages.map((message) => message.head?.path)).toEqual(['/1', '/2'])
    expect(reader.unreadBytes).toBe(0)
  })

  test('delivers no body while it is paused, and all of it afterwards', () => {
    const { recorder, reader } = requests()
    const head = recorder.head.bind(recorder)
    recorder.head = (value) => {
      head(value)
      reader.pause()
    }

    feed(reader, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n01234')
    feed(reader, '56789')

    expect(recorder.messages[0]?.body).toBe('')
    expect(reader.unreadBytes).toBe(10)
    reader.resume()
    expect(recorder.messages[0]).toMatchObject({ body: '0123456789', trailers: null })
  })

  test('hands over views of what it was fed, without copying', () => {
    const seen: Uint8Array[] = []
    const { recorder, reader } = requests()
    recorder.bytes = (bytes) => void seen.push(bytes)
    const octets = Buffer.from('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello')

    reader.feed(octets)

    expect(seen).toHaveLength(1)
    expect(seen[0]?.buffer).toBe(octets.buffer)
  })

  test('passes octets as they are once a CONNECT was granted, and tells the end of the tunnel', () => {
    const { recorder, reader } = requests()
    recorder.stopsAtEnd = true

    feed(reader, 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n\x16\x03early')
    expect(recorder.messages[0]).toMatchObject({ body: '', trailers: 'none' })
    reader.tunnel()
    feed(reader, 'late')
    reader.finish()

    expect(recorder.messages[0]).toMatchObject({ body: '\x16\x03earlylate', trailers: null })
  })

  test('hands out what it has not read, for a relay that takes the connection over', () => {
    const { recorder, reader } = requests()
    recorder.stopsAtEnd = true
    feed(reader, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nab')
    feed(reader, 'cd')

    const unread = reader.takeUnread()

    expect(Buffer.concat(unread).toString()).toBe('abcd')
    expect(reader.unreadBytes).toBe(0)
  })

  test.each([
    ['GET / HT', 'truncated'],
    ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe', 'truncated'],
    ['POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n', 'truncated'],
    ['GET / HTTP/1.1\r\nHost: a\r\n\r\n', null],
    ['', null],
  ])('judges the end of the connection after %j', (octets, code) => {
    const { recorder, reader } = requests()

    feed(reader, octets)
    reader.finish()

    expect(recorder.code).toBe(code)
  })

  test('fails once and then takes no more', () => {
    const { recorder, reader } = requests()
    let failures = 0
    recorder.failed = () => void failures++

    feed(reader, 'BAD\r\n\r\n')
    feed(reader, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    reader.finish()
    reader.next()

    expect(failures).toBe(1)
    expect(recorder.messages).toEqual([])
  })
})

describe('limits of a reader', () => {
  const head = 'GET / HTTP/1.1\r\nHost: a\r\n'

  test.each<[keyof Http1Limits, number, string, string, string]>([
    ['headBytesMax', 27, `${head}\r\n`, 'GET / HTTP/1.1\r\nHost: ab\r\n\r\n', 'head_too_large'],
    [
      'startLineBytesMax',
      20,
      'GET /012345 HTTP/1.1\r\nHost: a\r\n\r\n',
      'GET /0123456 HTTP/1.1\r\nHost: a\r\n\r\n',
      'start_line_too_long',
    ],
    ['fieldLineBytesMax', 10, `${head}X: 3456789\r\n\r\n`, `${head}X: 34567890\r\n\r\n`, 'field_line_too_long'],
    ['fieldsMax', 3, `${head}A:\r\nB:\r\n\r\n`, `${head}A:\r\nB:\r\nC:\r\n\r\n`, 'too_many_fields'],
    [
      'connectionOptionsMax',
      2,
      `${head}Connection: a, b\r\n\r\n`,
      `${head}Connection: a, b, c\r\n\r\n`,
      'bad_connection',
    ],
    [
      'trailerBytesMax',
      12,
      `${head}Transfer-Encoding: chunked\r\n\r\n0\r\nX: 12345\r\n\r\n`,
      `${head}Transfer-Encoding: chunked\r\n\r\n0\r\nX: 123456\r\n\r\n`,
      'trailers_too_large',
    ],
    [
      'chunkExtensionBytesMax',
      3,
      `${head}Transfer-Encoding: chunked\r\n\r\n0;abc\r\n\r\n`,
      `${head}Transfer-Encoding: chunked\r\n\r\n0;abcd\r\n\r\n`,
      'chunk_extension_too_long',
    ],
    [
      'chunkExtensionsBytesMax',
      3,
      `${head}Transfer-Encoding: chunked\r\n\r\n1;ab\r\nx\r\n0;a\r\n\r\n`,
      `${head}Transfer-Encoding: chunked\r\n\r\n1;ab\r\nx\r\n0;ab\r\n\r\n`,
      'chunk_extension_too_long',
    ],
  ])('%s of %i lets through what is just within and refuses what is beyond', (name, value, within, beyond, code) => {
    const limits = { ...defaultHttp1Limits, [name]: value }
    const first = requests(limits)
    const second = requests(limits)

    feed(first.reader, within)
    feed(second.reader, beyond)

    expect(first.recorder.code, first.recorder.message).toBe(null)
    expect(second.recorder.code).toBe(code)
  })

  test('unreadBytesMax bounds what is fed while nobody reads', () => {
    const { recorder, reader } = requests({ ...defaultHttp1Limits, unreadBytesMax: 10 })
    reader.pause()

    feed(reader, '0123456789')
    expect(recorder.code).toBe(null)
    feed(reader, '0')

    expect(recorder.code).toBe('unread_overflow')
    expect(reader.unreadBytes).toBe(0)
  })

  test('a head fed octet by octet is copied into a buffer that never outgrows the limit', () => {
    const { recorder, reader } = requests({ ...defaultHttp1Limits, headBytesMax: 1000 })

    for (let i = 0; i < 5000 && recorder.code === null; i++) feed(reader, i === 0 ? 'G' : 'E')

    expect(recorder.code).toBe('head_too_large')
  })
})

describe('a reader of replies', () => {
  test.each([
    ['GET', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'length', 'hello', true],
    ['GET', 'HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n', 'none', '', true],
    ['GET', 'HTTP/1.1 404 \r\ncontent-length: 0\r\n\r\n', 'none', '', true],
    ['GET', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n', 'stream', 'ab', true],
    ['GET', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\na', 'length', 'a', false],
    ['GET', 'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na', 'length', 'a', false],
    ['GET', 'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\na', 'length', 'a', true],
    ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n', 'none', '', true],
    ['HEAD', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', 'none', '', true],
    ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n', 'none', '', true],
    ['GET', 'HTTP/1.1 204 No Content\r\n\r\n', 'none', '', true],
    ['GET', 'HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n', 'none', '', true],
    ['GET', 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n', 'none', '', false],
    ['GET', 'HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n', 'none', '', false],
    ['GET', 'HTTP/1.1 999 Whatever\r\nContent-Length: 0\r\n\r\n', 'none', '', true],
  ])('to %s reads %j', (method, octets, bodyKind, body, persistent) => {
    const { recorder, reader } = replies([method])

    feed(reader, octets)

    expect(recorder.code, recorder.message).toBe(null)
    expect(recorder.messages[0]).toMatchObject({ head: { bodyKind }, body, trailers: null, persistent })
    expect(reader.isIdle).toBe(true)
  })

  test('reads a body without a length up to the end of the connection', () => {
    const { recorder, reader } = replies(['GET'])

    feed(reader, 'HTTP/1.1 200 OK\r\n\r\nab')
    feed(reader, 'cd')
    expect(recorder.messages[0]?.trailers).toBe('none')
    reader.finish()

    expect(recorder.messages[0]).toMatchObject({ body: 'abcd', trailers: null, persistent: false })
  })

  test('tells interim replies apart from the reply', () => {
    const { recorder, reader } = replies(['POST'])

    feed(
      reader,
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
    )

    expect(recorder.messages).toHaveLength(1)
    expect(recorder.messages[0]?.interims.map((head) => head.status)).toEqual([100, 103])
    expect(recorder.messages[0]?.head?.status).toBe(200)
  })

  test('switches to a tunnel at 101 when the request asked for it, and keeps the protocol', () => {
    const { recorder, reader } = replies(['GET'], 'h2, websocket')

    feed(reader, 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n\r\n\x81\x05')
    reader.finish()

    expect(recorder.messages[0]).toMatchObject({
      head: { bodyKind: 'tunnel', upgrade: 'WebSocket' },
      body: '\x81\x05',
      persistent: false,
    })
    expect(recorder.messages[0]?.trailers, 'the end of the tunnel').toBe(null)
  })

  test.each([
    ['', 'websocket'],
    ['websocket', 'h2'],
    ['websocket', 'websocket, h2'],
  ])('refuses a 101 when the request offered %j and the server took %j', (offered, taken) => {
    const { recorder, reader } = replies(['GET'], offered)

    feed(reader, `HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${taken}\r\nConnection: Upgrade\r\n\r\n`)

    expect(recorder.code).toBe('bad_upgrade')
  })

  test('opens a tunnel at 200 to CONNECT whatever the fields say, and reads a refusal as a reply', () => {
    const granted = replies(['CONNECT'])
    const refused = replies(['CONNECT'])

    feed(
      granted.reader,
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nraw'.replace(
        'Content-Length: 5\r\n',
        '',
      ),
    )
    feed(refused.reader, 'HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno')

    expect(granted.recorder.messages[0]).toMatchObject({ head: { bodyKind: 'tunnel' }, body: 'raw' })
    expect(refused.recorder.messages[0]).toMatchObject({ head: { bodyKind: 'length' }, body: 'no', trailers: null })
  })

  test.each([
    ['CL and TE', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n', 'conflicting_framing'],
    ['TE in HTTP/1.0', 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', 'conflicting_framing'],
    ['TE that is not chunked', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n', 'bad_transfer_encoding'],
    ['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n', 'bad_status'],
    ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n', 'bad_status'],
    ['a status below 100', 'HTTP/1.1 099 OK\r\n\r\n', 'bad_status'],
    ['another protocol', 'ICY 200 OK\r\n\r\n', 'bad_version'],
    ['an empty line first', '\r\nHTTP/1.1 200 OK\r\n\r\n', 'bad_start_line'],
    [
      '101 that nobody asked for',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
      'bad_upgrade',
    ],
    ['101 without a protocol', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', 'bad_upgrade'],
    ['an interim reply with content', 'HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\n', 'conflicting_framing'],
    ['interim replies without end', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(200), 'too_many_interim_heads'],
    ['a control character in the reason', 'HTTP/1.1 200 O\x01K\r\n\r\n', 'bad_start_line'],
  ])('refuses %s', (_, octets, code) => {
    const { recorder, reader } = replies(['GET'])

    feed(reader, octets)

    expect(recorder.code, recorder.message).toBe(code)
  })

  test('keeps octets that come when nothing was asked, and reads them as nothing', () => {
    const { recorder, reader } = replies(['GET'])
    feed(reader, 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 408 Timeout\r\n\r\n')

    expect(reader.isIdle).toBe(true)
    expect(reader.unreadBytes).toBeGreaterThan(0)
    expect(recorder.messages).toHaveLength(1)
  })

  test('fails when the connection ends before a reply', () => {
    const { recorder, reader } = replies(['GET'])

    reader.finish()

    expect(recorder.code).toBe('truncated')
  })
})
