import { HeaderList, ReplyHead, RequestHead } from '@weft/message'
import { describe, expect, test } from 'vitest'
import { Flag, FrameType } from './frame.ts'
import { ErrorCode } from './index.ts'
import {
  GET_FIELDS,
  POST_FIELDS,
  RawPeer,
  RecordingSink,
  RecordingStreamHandler,
  uint32,
  wireFrame,
} from './testing/index.ts'

const { protocolError, frameSizeError, flowControlError, streamClosed, compressionError } = ErrorCode
const endHeaders = Flag.endHeaders

function server(): RawPeer {
  return RawPeer.greeted({ role: 'server' })
}

/** A server with stream 1 open in both directions. */
function serverWithStream(): RawPeer {
  const peer = server()
  peer.send(peer.headers(1, POST_FIELDS, endHeaders))
  return peer
}

function client(): { peer: RawPeer; handler: RecordingStreamHandler } {
  const peer = RawPeer.greeted({ role: 'client' })
  const handler = new RecordingStreamHandler()
  const head = new RequestHead('GET', 'http', 'cart', '/', new HeaderList(), 20)
  peer.connection.request(head, true, handler)
  peer.collect()
  return { peer, handler }
}

describe('a connection error of a server', () => {
  test.each<[string, number, (peer: RawPeer) => Uint8Array[]]>([
    ['DATA on stream 0', protocolError, () => [wireFrame(0, 0, 0, [1])]],
    ['HEADERS on stream 0', protocolError, (peer) => [peer.headers(0, GET_FIELDS)]],
    ['PRIORITY on stream 0', protocolError, () => [wireFrame(2, 0, 0, [0, 0, 0, 0, 0])]],
    ['RST_STREAM on stream 0', protocolError, () => [wireFrame(3, 0, 0, uint32(0))]],
    ['SETTINGS on stream 1', protocolError, () => [wireFrame(4, 0, 1)]],
    ['PING on stream 1', protocolError, () => [wireFrame(6, 0, 1, new Uint8Array(8))]],
    ['GOAWAY on stream 1', protocolError, () => [wireFrame(7, 0, 1, new Uint8Array(8))]],
    ['CONTINUATION without HEADERS', protocolError, () => [wireFrame(9, endHeaders, 1, [0x82])]],
    ['PUSH_PROMISE', protocolError, () => [wireFrame(5, endHeaders, 1, [0, 0, 0, 2])]],
    ['DATA on an idle stream', protocolError, () => [wireFrame(0, 0, 1, [1])]],
    ['RST_STREAM on an idle stream', protocolError, () => [wireFrame(3, 0, 1, uint32(8))]],
    ['WINDOW_UPDATE on an idle stream', protocolError, () => [wireFrame(8, 0, 1, uint32(1))]],
    ['HEADERS on an even stream', protocolError, (peer) => [peer.headers(2, GET_FIELDS)]],
    ['HEADERS on a lower stream', streamClosed, (peer) => [peer.headers(5, GET_FIELDS), peer.headers(3, GET_FIELDS)]],
    ['RST_STREAM of 3 octets', frameSizeError, (peer) => [peer.headers(1, GET_FIELDS), wireFrame(3, 0, 1, [0, 0, 0])]],
    ['SETTINGS of 5 octets', frameSizeError, () => [wireFrame(4, 0, 0, [0, 0, 0, 0, 0])]],
    [
      'an acknowledgement of SETTINGS with content',
      frameSizeError,
      () => [wireFrame(4, Flag.ack, 0, [0, 4, 0, 0, 0, 0])],
    ],
    ['PING of 7 octets', frameSizeError, () => [wireFrame(6, 0, 0, new Uint8Array(7))]],
    ['GOAWAY of 7 octets', frameSizeError, () => [wireFrame(7, 0, 0, new Uint8Array(7))]],
    ['WINDOW_UPDATE of 3 octets', frameSizeError, () => [wireFrame(8, 0, 0, [0, 0, 1])]],
    ['a frame above the limit', frameSizeError, () => [wireFrame(0x42, 0, 0, new Uint8Array(16_385))]],
    ['ENABLE_PUSH of 2', protocolError, () => [wireFrame(4, 0, 0, [0, 2, ...uint32(2)])]],
    ['INITIAL_WINDOW_SIZE of 2^31', flowControlError, () => [wireFrame(4, 0, 0, [0, 4, ...uint32(0x80000000)])]],
    ['MAX_FRAME_SIZE of 16383', protocolError, () => [wireFrame(4, 0, 0, [0, 5, ...uint32(16_383)])]],
    ['MAX_FRAME_SIZE of 2^24', protocolError, () => [wireFrame(4, 0, 0, [0, 5, ...uint32(1 << 24)])]],
    ['ENABLE_CONNECT_PROTOCOL of 2', protocolError, () => [wireFrame(4, 0, 0, [0, 8, ...uint32(2)])]],
    [
      'ENABLE_CONNECT_PROTOCOL taken back',
      protocolError,
      () => [wireFrame(4, 0, 0, [0, 8, ...uint32(1), 0, 8, ...uint32(0)])],
    ],
    ['WINDOW_UPDATE of 0 on the connection', protocolError, () => [wireFrame(8, 0, 0, uint32(0))]],
    ['WINDOW_UPDATE beyond 2^31-1 on the connection', flowControlError, () => [wireFrame(8, 0, 0, uint32(0x7fffffff))]],
    ['a header block that cannot be decoded', compressionError, () => [wireFrame(1, endHeaders, 1, [0xff])]],
    ['padding longer than its HEADERS', protocolError, () => [wireFrame(1, endHeaders | Flag.padded, 1, [5, 0x82])]],
    ['HEADERS shorter than their priority', protocolError, () => [wireFrame(1, endHeaders | Flag.priority, 1, [0, 0])]],
    [
      'a frame between HEADERS and CONTINUATION',
      protocolError,
      (peer) => [peer.headers(1, GET_FIELDS, 0), wireFrame(6, 0, 0, new Uint8Array(8))],
    ],
    [
      'CONTINUATION of another stream',
      protocolError,
      (peer) => [peer.headers(1, GET_FIELDS, 0), wireFrame(9, endHeaders, 3)],
    ],
  ])('%s', (_, code, attack) => {
    const peer = server()

    peer.send(...attack(peer))

    expect(peer.goawayCode).toBe(code)
    expect(peer.connection.isClosed).toBe(true)
    expect(peer.handler.closedWith).toMatchObject({ code, fromPeer: false })
    expect(peer.output.closedWith).toBe(peer.handler.closedWith)
  })

  test.each([
    ['padding longer than its DATA', protocolError, wireFrame(0, Flag.padded, 1, [2, 0])],
    ['padded DATA without a length', protocolError, wireFrame(0, Flag.padded, 1)],
  ])('%s', (_, code, frame) => {
    const peer = serverWithStream()

    peer.send(frame)

    expect(peer.goawayCode).toBe(code)
  })

  test('more DATA than the window of the connection', () => {
    const peer = RawPeer.greeted({ role: 'server', connectionWindowBytes: 65_535 })
    peer.send(peer.headers(1, POST_FIELDS, endHeaders))
    for (let i = 0; i < 3; i++) peer.send(wireFrame(0, 0, 1, new Uint8Array(16_384)))
    expect(peer.goawayCode).toBe(null)

    peer.send(wireFrame(0, 0, 1, new Uint8Array(16_384)))

    expect(peer.goawayCode).toBe(flowControlError)
  })

  test('a setting that makes a window exceed 2^31-1', () => {
    const peer = serverWithStream()
    peer.send(wireFrame(8, 0, 1, uint32(0x7fffffff - 65_535)))
    expect(peer.goawayCode).toBe(null)

    peer.send(wireFrame(4, 0, 0, [0, 4, ...uint32(65_536)]))

    expect(peer.goawayCode).toBe(flowControlError)
  })

  test.each([
    ['octets that are no preface', Buffer.from('GET / HTTP/1.1\r\n')],
    ['a preface with a wrong last octet', Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\rX')],
    [
      'PING before SETTINGS',
      Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\x08\x06\0\0\0\0\0\0\0\0\0\0\0\0\0', 'latin1'),
    ],
    [
      'an acknowledgement before SETTINGS',
      Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\x01\0\0\0\0', 'latin1'),
    ],
  ])('%s', (_, bytes) => {
    const peer = new RawPeer({ role: 'server' })

    peer.send(bytes)

    expect(peer.goawayCode).toBe(protocolError)
  })
})

describe('a stream error of a server leaves the connection', () => {
  test.each<[string, number, (peer: RawPeer) => Uint8Array]>([
    ['PRIORITY of 4 octets', frameSizeError, () => wireFrame(2, 0, 1, [0, 0, 0, 0])],
    ['PRIORITY on itself', protocolError, () => wireFrame(2, 0, 1, [0, 0, 0, 1, 0])],
    ['WINDOW_UPDATE of 0', protocolError, () => wireFrame(8, 0, 1, uint32(0))],
    ['WINDOW_UPDATE beyond 2^31-1', flowControlError, () => wireFrame(8, 0, 1, uint32(0x7fffffff))],
    ['trailers without END_STREAM', protocolError, (peer) => peer.headers(1, [['a', 'b']], endHeaders)],
    ['trailers with a pseudo field', protocolError, (peer) => peer.headers(1, [[':path', '/']])],
  ])('%s', (_, code, attack) => {
    const peer = serverWithStream()
    const sink = new RecordingSink()
    const { stream, handler } = peer.handler.requests[0]!
    stream.start(sink)

    peer.send(attack(peer))

    expect(peer.resetCode(1)).toBe(code)
    expect([peer.connection.isClosed, stream.isClosed, sink.error?.kind]).toEqual([false, true, 'malformed'])
    expect(handler.resetWith).toEqual({ code, processed: true })
    peer.send(peer.headers(3, GET_FIELDS))
    expect(peer.handler.requests.length, 'the next request is served').toBe(2)
  })

  test.each<[string, (peer: RawPeer) => Uint8Array]>([
    ['DATA', () => wireFrame(0, 0, 1, [1])],
    ['HEADERS', (peer) => peer.headers(1, GET_FIELDS)],
  ])('%s after END_STREAM', (_, attack) => {
    const peer = server()
    peer.send(peer.headers(1, GET_FIELDS))

    peer.send(attack(peer))

    expect([peer.resetCode(1), peer.goawayCode]).toEqual([streamClosed, null])
  })

  test('WINDOW_UPDATE of 0, also when the stream has ended meanwhile', () => {
    const peer = RawPeer.greeted({ role: 'server' })
    peer.send(peer.headers(1, GET_FIELDS))
    peer.handler.requests[0]!.stream.sendHead(new ReplyHead(204, new HeaderList(), 20), true)
    peer.collect()

    peer.send(wireFrame(8, 0, 1, uint32(0)))

    expect(peer.resetCode(1)).toBe(ErrorCode.protocolError)
    expect(peer.goawayCode).toBe(null)
  })

  test('DATA beyond the window of the stream', () => {
    const peer = RawPeer.greeted({ role: 'server', streamWindowBytes: 65_535 })
    peer.send(peer.headers(1, POST_FIELDS, endHeaders))

    for (let i = 0; i < 4; i++) peer.send(wireFrame(0, 0, 1, new Uint8Array(16_384)))

    expect([peer.resetCode(1), peer.goawayCode]).toEqual([flowControlError, null])
  })

  test('DATA on a stream that has closed in order', () => {
    const peer = server()
    peer.handler.onRequest = (stream) => stream.sendHead(new ReplyHead(200, new HeaderList(), 20), true)
    peer.send(peer.headers(1, GET_FIELDS))

    peer.send(wireFrame(0, 0, 1, [1]))

    expect(peer.resetCode(1)).toBe(streamClosed)
  })

  test('HEADERS that depend on their own stream', () => {
    const peer = server()
    const payload = [...uint32(1), 0, ...peer.block(GET_FIELDS)]

    peer.send(wireFrame(1, 5 | Flag.priority, 1, payload))

    expect([peer.resetCode(1), peer.handler.requests.length]).toEqual([protocolError, 0])
  })
})

describe('a server passes over', () => {
  test.each<[string, (peer: RawPeer) => Uint8Array]>([
    ['a frame of unknown type', () => wireFrame(0xfa, 0xff, 0, [1, 2, 3])],
    ['a setting that it does not know', () => wireFrame(4, 0, 0, [0xfa, 0xfa, 1, 2, 3, 4])],
    ['flags without meaning', () => wireFrame(6, 0xfe, 0, new Uint8Array(8))],
    ['the reserved bit of a stream id', () => wireFrame(8, 0, 0x80000001, uint32(1))],
    ['the reserved bit of an increment', () => wireFrame(8, 0, 1, uint32(0x80000001))],
    ['PRIORITY of an idle stream', () => wireFrame(2, 0, 77, [0, 0, 0, 1, 3])],
    ['an acknowledgement of no PING', () => wireFrame(6, Flag.ack, 0, new Uint8Array(8))],
    ['a second acknowledgement of SETTINGS', () => wireFrame(4, Flag.ack, 0)],
  ])('%s', (_, frame) => {
    const peer = serverWithStream()

    peer.send(frame(peer))

    expect([peer.goawayCode, peer.resetCode(1), peer.connection.openStreams]).toEqual([null, null, 1])
  })

  test.each<[string, (peer: RawPeer) => Uint8Array]>([
    ['DATA', () => wireFrame(0, 0, 1, [1])],
    ['HEADERS', (peer) => peer.headers(1, [['a', 'b']])],
    ['WINDOW_UPDATE', () => wireFrame(8, 0, 1, uint32(1))],
    ['RST_STREAM', () => wireFrame(3, 0, 1, uint32(8))],
  ])('%s on a stream that it has reset', (_, frame) => {
    const peer = serverWithStream()
    peer.handler.requests[0]!.stream.reset(ErrorCode.cancel)
    peer.collect()

    expect(peer.send(frame(peer))).toEqual([])
    expect(peer.goawayCode).toBe(null)
  })
})

describe('a server answers', () => {
  test('SETTINGS with an acknowledgement, PING with its octets', () => {
    const peer = server()
    const octets = [1, 2, 3, 4, 5, 6, 7, 8]

    const [ack, pong] = peer.send(wireFrame(4, 0, 0), wireFrame(6, 0, 0, octets))

    expect([ack!.type, ack!.flags, ack!.payload.length]).toEqual([FrameType.settings, Flag.ack, 0])
    expect([pong!.type, pong!.flags, [...pong!.payload]]).toEqual([FrameType.ping, Flag.ack, octets])
  })

  test('a header list beyond its limit with 431', () => {
    const peer = RawPeer.greeted({ role: 'server', limits: { headerListBytesMax: 500 } })

    const frames = peer.send(peer.headers(1, [...POST_FIELDS, ['x', 'y'.repeat(500)]], endHeaders))

    expect(peer.fieldsOf(frames[0]!)).toEqual([':status', '431'])
    expect([frames[0]!.flags & Flag.endStream, peer.resetCode(1)]).toEqual([Flag.endStream, ErrorCode.noError])
    expect(peer.handler.requests.length).toBe(0)
  })

  test('one stream too many with REFUSED_STREAM', () => {
    const peer = RawPeer.greeted({ role: 'server', limits: { streamsMax: 2 } })

    peer.send(peer.headers(1, GET_FIELDS), peer.headers(3, GET_FIELDS), peer.headers(5, GET_FIELDS))

    expect([peer.resetCode(5), peer.handler.requests.length]).toEqual([ErrorCode.refusedStream, 2])
  })

  test('padding counts for the windows and is given back at once', () => {
    const peer = RawPeer.greeted({ role: 'server', streamWindowBytes: 400, connectionWindowBytes: 65_535 })
    peer.send(peer.headers(1, POST_FIELDS, endHeaders))

    const frames = peer.send(wireFrame(0, Flag.padded, 1, [250, ...new Uint8Array(250)]))

    expect(frames.map((frame) => [frame.type, frame.streamId, frame.payload.at(-1)])).toEqual([[8, 1, 251]])
  })
})

describe('a client', () => {
  test.each<[string, number, (peer: RawPeer) => Uint8Array]>([
    ['ENABLE_PUSH of 1 from a server', protocolError, () => wireFrame(4, 0, 0, [0, 2, ...uint32(1)])],
    ['PUSH_PROMISE', protocolError, (peer) => wireFrame(5, endHeaders, 1, [0, 0, 0, 2, ...peer.block(GET_FIELDS)])],
    ['HEADERS on a stream of the server', protocolError, (peer) => peer.headers(2, [[':status', '200']])],
    ['HEADERS on a stream not opened yet', protocolError, (peer) => peer.headers(3, [[':status', '200']])],
    ['DATA on a stream not opened yet', protocolError, () => wireFrame(0, 0, 3, [1])],
  ])('ends the connection for %s', (_, code, frame) => {
    const { peer, handler } = client()

    peer.send(frame(peer))

    expect(peer.goawayCode).toBe(code)
    expect(handler.resetWith).toEqual({ code: ErrorCode.connectionLost, processed: true })
  })

  test.each<[string, (peer: RawPeer) => Uint8Array]>([
    ['DATA before the reply', () => wireFrame(0, 0, 1, [1])],
    ['a reply without :status', (peer) => peer.headers(1, [['a', 'b']])],
    [
      'a reply with two :status',
      (peer) =>
        peer.headers(1, [
          [':status', '200'],
          [':status', '200'],
        ]),
    ],
    [
      'a reply with :path',
      (peer) =>
        peer.headers(1, [
          [':status', '200'],
          [':path', '/'],
        ]),
    ],
    ['a :status of four digits', (peer) => peer.headers(1, [[':status', '2000']])],
    ['a :status of letters', (peer) => peer.headers(1, [[':status', '2xx']])],
    ['status 101', (peer) => peer.headers(1, [[':status', '101']], endHeaders)],
    ['an interim reply that ends the stream', (peer) => peer.headers(1, [[':status', '103']])],
    [
      'a reply with connection',
      (peer) =>
        peer.headers(1, [
          [':status', '200'],
          ['connection', 'close'],
        ]),
    ],
    [
      'a body missing to its content-length',
      (peer) =>
        peer.headers(1, [
          [':status', '200'],
          ['content-length', '1'],
        ]),
    ],
    [
      'content-length twice',
      (peer) =>
        peer.headers(1, [
          [':status', '200'],
          ['content-length', '0'],
          ['content-length', '0'],
        ]),
    ],
  ])('resets the stream for %s', (_, frame) => {
    const { peer, handler } = client()

    peer.send(frame(peer))

    expect(peer.resetCode(1)).toBe(protocolError)
    expect(handler.resetWith).toEqual({ code: protocolError, processed: true })
    expect([handler.replyHead, handler.closedCount, peer.connection.isClosed]).toEqual([null, 1, false])
  })

  test('hands up interim replies before the reply', () => {
    const { peer, handler } = client()

    peer.send(
      peer.headers(
        1,
        [
          [':status', '103'],
          ['link', '</a>'],
        ],
        endHeaders,
      ),
      peer.headers(1, [[':status', '200']]),
    )

    expect(handler.interims.map((head) => [head.status, head.headers.flat])).toEqual([[103, ['link', '</a>']]])
    expect(handler.replyHead!.status).toBe(200)
  })

  test('bounds interim replies', () => {
    const { peer, handler } = client()

    for (let i = 0; i < 33; i++) peer.send(peer.headers(1, [[':status', '103']], endHeaders))

    expect([handler.interims.length, peer.resetCode(1)]).toEqual([32, ErrorCode.enhanceYourCalm])
  })

  test('takes content-length without a body in the reply to HEAD, and with 304', () => {
    for (const [method, status] of [
      ['HEAD', '200'],
      ['GET', '304'],
    ] as const) {
      const peer = RawPeer.greeted({ role: 'client' })
      const handler = new RecordingStreamHandler()
      peer.connection.request(new RequestHead(method, 'http', 'cart', '/', new HeaderList(), 20), true, handler)

      peer.send(
        peer.headers(1, [
          [':status', status],
          ['content-length', '5'],
        ]),
      )

      expect([handler.replyHead?.bodyKind, handler.replyHead?.bodyLength, handler.resetWith]).toEqual(['none', 5, null])
    }
  })

  test('says that a refused stream was not processed', () => {
    const { peer, handler } = client()

    peer.send(wireFrame(3, 0, 1, uint32(ErrorCode.refusedStream)))

    expect(handler.resetWith).toEqual({ code: ErrorCode.refusedStream, processed: false })
  })

  test('keeps a whole reply when a reset follows it', () => {
    const peer = RawPeer.greeted({ role: 'client' })
    const handler = new RecordingStreamHandler()
    const head = new RequestHead('POST', 'http', 'cart', '/', new HeaderList(), 20)
    const stream = peer.connection.request(head, false, handler)!
    const sink = new RecordingSink()
    let cancelled = 0
    stream.sendBody({ start: () => {}, pause: () => {}, resume: () => {}, cancel: () => cancelled++ })

    peer.send(
      peer.headers(1, [[':status', '413']], endHeaders),
      wireFrame(0, 1, 1, [65]),
      wireFrame(3, 0, 1, uint32(0)),
    )
    stream.start(sink)

    expect([sink.text, sink.isEnded, handler.resetWith, handler.closedCount, cancelled]).toEqual([
      'A',
      true,
      null,
      1,
      1,
    ])
  })
})
