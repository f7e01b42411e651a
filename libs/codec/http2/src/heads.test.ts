import { HeaderList, ReplyHead, RequestHead } from '@weft/message'
import { describe, expect, test } from 'vitest'
import { Flag } from './frame.ts'
import { ErrorCode } from './index.ts'
import {
  GET_FIELDS,
  LinkedPair,
  POST_FIELDS,
  RawPeer,
  RecordingSink,
  RecordingStreamHandler,
  wireFrame,
} from './testing/index.ts'

type Field = readonly [string, string]

function without(name: string): Field[] {
  return GET_FIELDS.filter(([each]) => each !== name)
}

function received(fields: readonly Field[], flags?: number): RawPeer {
  const peer = RawPeer.greeted({ role: 'server' })
  peer.send(peer.headers(1, fields, flags))
  return peer
}

describe('a request is malformed with', () => {
  test.each<[string, readonly Field[]]>([
    ['no :method', without(':method')],
    ['no :scheme', without(':scheme')],
    ['no :path', without(':path')],
    ['an empty :path', [...without(':path'), [':path', '']]],
    ['a :path that does not begin with "/"', [...without(':path'), [':path', 'a']]],
    ['a :path with a fragment', [...without(':path'), [':path', '/#a']]],
    ['a :path with a space', [...without(':path'), [':path', '/a b']]],
    ['the path "*" of another method than OPTIONS', [...without(':path'), [':path', '*']]],
    ['neither :authority nor host', without(':authority')],
    ['user information in :authority', [...without(':authority'), [':authority', 'a@cart']]],
    ['a path in :authority', [...without(':authority'), [':authority', 'cart/x']]],
    ['host that differs from :authority', [...GET_FIELDS, ['host', 'other']]],
    ['host twice', [...without(':authority'), ['host', 'cart'], ['host', 'cart']]],
    ['a method that is no token', [[':method', 'GET '.trim() + '/'], ...without(':method')]],
    ['a scheme that is none', [...without(':scheme'), [':scheme', 'ht tp']]],
    ['a pseudo field twice', [...GET_FIELDS, [':path', '/']]],
    ['a pseudo field of replies', [...GET_FIELDS, [':status', '200']]],
    ['an unknown pseudo field', [...GET_FIELDS, [':test', 'x']]],
    ['a pseudo field after a field', [...without(':path'), ['a', 'b'], [':path', '/']]],
    ['connection', [...GET_FIELDS, ['connection', 'close']]],
    ['keep-alive', [...GET_FIELDS, ['keep-alive', '5']]],
    ['proxy-connection', [...GET_FIELDS, ['proxy-connection', 'close']]],
    ['transfer-encoding', [...GET_FIELDS, ['transfer-encoding', 'chunked']]],
    ['upgrade', [...GET_FIELDS, ['upgrade', 'h2c']]],
    ['te other than trailers', [...GET_FIELDS, ['te', 'gzip']]],
    ['content-length without a body', [...GET_FIELDS, ['content-length', '1']]],
    ['content-length that is no number', [...GET_FIELDS, ['content-length', '+0']]],
    ['content-length twice', [...GET_FIELDS, ['content-length', '0'], ['content-length', '0']]],
    [
      'CONNECT with :path',
      [
        [':method', 'CONNECT'],
        [':authority', 'a:1'],
        [':path', '/'],
      ],
    ],
    [
      'CONNECT with :scheme',
      [
        [':method', 'CONNECT'],
        [':authority', 'a:1'],
        [':scheme', 'http'],
      ],
    ],
    [
      'CONNECT without :authority',
      [
        [':method', 'CONNECT'],
        ['host', 'a:1'],
      ],
    ],
    [
      ':protocol where extended CONNECT is off',
      [[':method', 'CONNECT'], ...GET_FIELDS.slice(1), [':protocol', 'websocket']],
    ],
  ])('%s', (_, fields) => {
    const peer = received(fields)

    expect([peer.resetCode(1), peer.handler.requests.length, peer.goawayCode]).toEqual([
      ErrorCode.protocolError,
      0,
      null,
    ])
  })

  test.each<[string, number[]]>([
    ['an upper-case name', [0x00, 1, 0x41, 1, 0x62]],
    ['a line break in a value', [0x00, 1, 0x61, 1, 0x0a]],
    ['a space at the end of a value', [0x00, 1, 0x61, 1, 0x20]],
  ])('%s', (_, octets) => {
    const peer = RawPeer.greeted({ role: 'server' })

    peer.send(wireFrame(1, 5, 1, [...peer.block(GET_FIELDS), ...octets]))

    expect([peer.resetCode(1), peer.handler.requests.length]).toEqual([ErrorCode.protocolError, 0])
  })

  test.each<[string, string, number[][]]>([
    ['more DATA than content-length', '3', [[1, 2, 3, 4]]],
    [
      'more DATA than content-length, in two frames',
      '3',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['less DATA than content-length', '3', [[1, 2], []]],
    ['DATA with content-length 0', '0', [[1]]],
  ])('%s', (_, length, parts) => {
    const peer = received([...POST_FIELDS, ['content-length', length]], Flag.endHeaders)
    const sink = new RecordingSink()
    peer.handler.requests[0]!.stream.start(sink)

    parts.forEach((part, i) => peer.send(wireFrame(0, i === parts.length - 1 ? 1 : 0, 1, part)))

    expect([peer.resetCode(1), sink.error?.kind, sink.isEnded]).toEqual([ErrorCode.protocolError, 'malformed', false])
  })
})

describe('a request head', () => {
  function headOf(fields: readonly Field[], flags?: number): RequestHead {
    return received(fields, flags).handler.requests[0]!.head
  }

  test('has crumbs of a cookie joined, in place of the first', () => {
    const head = headOf([...GET_FIELDS, ['cookie', 'a=1'], ['x', 'y'], ['cookie', 'b=2'], ['cookie', 'c=3']])

    expect(head.headers.flat).toEqual(['cookie', 'a=1; b=2; c=3', 'x', 'y'])
  })

  test('takes the authority from host, and keeps host out of the fields', () => {
    const head = headOf([...without(':authority'), ['host', 'cart:8080']])

    expect([head.authority, head.headers.flat]).toEqual(['cart:8080', []])
  })

  test.each([['CART'], ['cart:80']])('takes host %s as the same as :authority cart', (host) => {
    expect(headOf([...GET_FIELDS, ['host', host]]).authority).toBe('cart')
  })

  test.each<[string, number, Field[], string, number]>([
    ['END_STREAM', 5, [], 'none', -1],
    ['no END_STREAM', 4, [], 'stream', -1],
    ['content-length', 4, [['content-length', '7']], 'length', 7],
    ['content-length 0', 4, [['content-length', '0']], 'none', 0],
  ])('tells the body from %s', (_, flags, fields, kind, length) => {
    const head = headOf([...POST_FIELDS, ...fields], flags)

    expect([head.bodyKind, head.bodyLength]).toEqual([kind, length])
  })

  test('tells that the client waits for 100 Continue, which is an interim reply', () => {
    const peer = received([...POST_FIELDS, ['expect', '100-continue']], Flag.endHeaders)
    const { stream, head } = peer.handler.requests[0]!

    stream.sendInterim(100, new HeaderList())

    expect(head.expectsContinue).toBe(true)
    expect(peer.fieldsOf(peer.collect()[0]!)).toEqual([':status', '100'])
  })

  test('passes te: trailers and tells which fields came as never to be indexed', () => {
    const { headers } = headOf([...GET_FIELDS, ['te', 'trailers'], ['authorization', 'secret']])

    expect(headers.flat).toEqual(['te', 'trailers', 'authorization', 'secret'])
    expect(headers.sensitiveNames).toEqual(['authorization'])
  })

  test('leaves out of the wire what belongs to HTTP/1, and writes names in lower case', () => {
    const peer = RawPeer.greeted({ role: 'client' })
    const flat = ['Host', 'x', 'Connection', 'a', 'Keep-Alive', '1', 'Transfer-Encoding', 'chunked', 'Upgrade', 'h2c']
    const head = new RequestHead('POST', 'http', 'cart', '/', new HeaderList([...flat, 'TE', 'gzip', 'X-A', 'b']), 11)
    head.bodyKind = 'length'
    head.bodyLength = 5

    peer.connection.request(head, false, new RecordingStreamHandler())

    expect(peer.fieldsOf(peer.collect()[0]!)).toEqual([
      ...[':method', 'POST', ':scheme', 'http', ':path', '/', ':authority', 'cart'],
      ...['x-a', 'b', 'content-length', '5'],
    ])
  })

  test('larger than a frame goes on in CONTINUATION', () => {
    const pair = new LinkedPair()
    const value = 'v'.repeat(40_000)
    const head = new RequestHead('GET', 'http', 'cart', '/', new HeaderList(['x', value]), 20)

    pair.client.request(head, true, new RecordingStreamHandler())
    pair.settle()

    expect(pair.serverHandler.requests[0]!.head.headers.get('x')).toBe(value)
  })
})

describe('extended CONNECT', () => {
  function webSocket(): RequestHead {
    const head = new RequestHead('GET', 'http', 'chat', '/room', new HeaderList(['origin', 'x']), 11)
    head.upgrade = 'websocket'
    return head
  }

  test('is GET with upgrade at both ends, and its reply is 101', () => {
    const pair = new LinkedPair({ extendedConnect: true }, { extendedConnect: true })
    pair.settle()
    const switching = new ReplyHead(101, new HeaderList(), 11)
    switching.bodyKind = 'tunnel'
    const sink = new RecordingSink()
    pair.serverHandler.onRequest = (stream) => {
      stream.start(sink)
      stream.sendHead(switching, false)
    }
    const handler = new RecordingStreamHandler()
    const stream = pair.client.request(webSocket(), false, handler)!
    stream.write(Uint8Array.of(65))
    pair.settle()

    const { head } = pair.serverHandler.requests[0]!
    expect([head.method, head.upgrade, head.path, head.scheme]).toEqual(['GET', 'websocket', '/room', 'http'])
    expect([handler.replyHead!.status, handler.replyHead!.upgrade, handler.replyHead!.bodyKind]).toEqual([
      101,
      'websocket',
      'tunnel',
    ])
    expect(sink.text).toBe('A')
  })

  test('is not sent to a server that has not announced it', () => {
    const pair = new LinkedPair({ extendedConnect: true })
    pair.settle()

    expect(pair.client.extendedConnectAllowed).toBe(false)
    expect(pair.client.request(webSocket(), false, new RecordingStreamHandler())).toBe(null)
  })

  test('refused is an ordinary reply', () => {
    const pair = new LinkedPair({ extendedConnect: true }, { extendedConnect: true })
    pair.settle()
    pair.serverHandler.onRequest = (stream) => stream.sendHead(new ReplyHead(403, new HeaderList(), 20), true)
    const handler = new RecordingStreamHandler()

    pair.client.request(webSocket(), false, handler)
    pair.settle()

    expect([handler.replyHead!.status, handler.replyHead!.bodyKind]).toEqual([403, 'none'])
  })
})
