import { emptyBody, HeaderList, ReplyHead, RequestHead } from '@weft/message'
import { describe, expect, test } from 'vitest'
import { ErrorCode } from './index.ts'
import { LinkedPair, RecordingSink, RecordingStreamHandler } from './testing/index.ts'

function get(path = '/', flat: string[] = []): RequestHead {
  return new RequestHead('GET', 'http', 'cart', path, new HeaderList(flat), 20)
}

function post(flat: string[] = []): RequestHead {
  const head = new RequestHead('POST', 'http', 'cart', '/', new HeaderList(flat), 20)
  head.bodyKind = 'stream'
  return head
}

function reply(status: number, flat: string[] = []): ReplyHead {
  return new ReplyHead(status, new HeaderList(flat), 20)
}

function octets(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'))
}

describe('an exchange', () => {
  test('carries heads both ways, and closes the stream at both ends', () => {
    const pair = new LinkedPair()
    pair.serverHandler.onRequest = (stream) => stream.sendHead(reply(204, ['X-Reply', 'b']), true)
    const handler = new RecordingStreamHandler()

    const stream = pair.client.request(get('/a?b', ['X-Request', 'a']), true, handler)!
    pair.settle()

    const { head, handler: serverHandler } = pair.serverHandler.requests[0]!
    expect([head.method, head.scheme, head.authority, head.path, head.bodyKind]).toEqual([
      'GET',
      'http',
      'cart',
      '/a?b',
      'none',
    ])
    expect(head.headers.flat).toEqual(['x-request', 'a'])
    expect(handler.replyHead!.status).toBe(204)
    expect(handler.replyHead!.headers.flat).toEqual(['x-reply', 'b'])
    expect([stream.isClosed, handler.closedCount, serverHandler.closedCount]).toEqual([true, 1, 1])
    expect([pair.client.openStreams, pair.server.openStreams]).toEqual([0, 0])
    expect(handler.resetWith).toBe(null)
  })

  test('carries bodies and trailers both ways', () => {
    const pair = new LinkedPair()
    const requestBody = new RecordingSink()
    const replyBody = new RecordingSink()
    pair.serverHandler.onRequest = (stream) => {
      stream.start(requestBody)
      stream.sendHead(reply(200), false)
      stream.write(octets('world'))
      stream.end(new HeaderList(['grpc-status', '0']))
    }
    const handler = new RecordingStreamHandler()

    const stream = pair.client.request(post(), false, handler)!
    stream.start(replyBody)
    stream.write(octets('hel'))
    stream.write(octets('lo'))
    stream.end(null)
    pair.settle()

    expect([requestBody.text, requestBody.isEnded, requestBody.trailers]).toEqual(['hello', true, null])
    expect([replyBody.text, replyBody.isEnded, replyBody.trailers!.flat]).toEqual(['world', true, ['grpc-status', '0']])
    expect(stream.isClosed).toBe(true)
  })

  test('END_STREAM joins the frame before it while that has not left', () => {
    const pair = new LinkedPair()
    pair.settle()
    const stream = pair.client.request(get(), false, new RecordingStreamHandler())!
    stream.sendBody(emptyBody)

    pair.client.flush()

    const bytes = pair.clientOutput.take()
    expect([bytes[3], bytes[4]], 'one HEADERS with END_HEADERS and END_STREAM').toEqual([1, 5])
    expect(bytes.length).toBe(9 + bytes[2]!)
  })

  test('all frames of a turn leave in one write', () => {
    const pair = new LinkedPair()
    pair.settle()
    for (let i = 0; i < 10; i++) pair.client.request(get(), true, new RecordingStreamHandler())

    pair.client.flush()

    expect(pair.clientOutput.chunks.length).toBe(1)
  })
})

describe('a tunnel', () => {
  test('CONNECT carries octets both ways and half-closes', () => {
    const pair = new LinkedPair()
    const connect = new RequestHead('CONNECT', '', '198.18.2.1:80', '', new HeaderList(), 20)
    connect.bodyKind = 'tunnel'
    const atServer = new RecordingSink()
    const atClient = new RecordingSink()
    pair.serverHandler.onRequest = (stream) => {
      stream.start(atServer)
      stream.sendHead(reply(200), false)
    }
    const handler = new RecordingStreamHandler()
    const stream = pair.client.request(connect, false, handler)!
    stream.start(atClient)
    stream.write(octets('ping'))
    stream.end(null)
    pair.settle()
    const far = pair.serverHandler.requests[0]!

    expect([far.head.bodyKind, far.head.authority, atServer.text, atServer.isEnded]).toEqual([
      'tunnel',
      '198.18.2.1:80',
      'ping',
      true,
    ])
    expect([handler.replyHead!.bodyKind, stream.isClosed]).toEqual(['tunnel', false])
    far.stream.write(octets('pong'))
    far.stream.end(null)
    pair.settle()
    expect([atClient.text, atClient.isEnded, stream.isClosed]).toEqual(['pong', true, true])
  })

  test('a reset reaches sink and handler at the other end', () => {
    const pair = new LinkedPair()
    const connect = new RequestHead('CONNECT', '', '198.18.2.1:80', '', new HeaderList(), 20)
    const atServer = new RecordingSink()
    pair.serverHandler.onRequest = (stream) => stream.start(atServer)
    const handler = new RecordingStreamHandler()
    const stream = pair.client.request(connect, false, handler)!
    pair.settle()

    stream.reset(ErrorCode.cancel)
    pair.settle()

    expect(atServer.error!.kind).toBe('reset')
    expect(pair.serverHandler.requests[0]!.handler.resetWith).toEqual({ code: ErrorCode.cancel, processed: true })
    expect([handler.resetWith, handler.closedCount]).toEqual([null, 1])
  })

  test('refused is an ordinary reply, and ends both directions', () => {
    const pair = new LinkedPair()
    const connect = new RequestHead('CONNECT', '', '198.18.2.1:80', '', new HeaderList(), 20)
    pair.serverHandler.onRequest = (stream) => stream.sendHead(reply(503), true)
    const handler = new RecordingStreamHandler()
    const body = new RecordingSink()

    const stream = pair.client.request(connect, false, handler)!
    stream.start(body)
    stream.write(octets('never read'))
    pair.settle()

    expect([handler.replyHead!.status, handler.replyHead!.bodyKind, body.isEnded]).toEqual([503, 'none', true])
    expect([handler.resetWith, handler.closedCount, pair.server.openStreams]).toEqual([null, 1, 0])
  })
})
