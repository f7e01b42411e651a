import { createHash } from 'node:crypto'
import http2 from 'node:http2'
import { duplexPair } from 'node:stream'
import type { Duplex } from 'node:stream'
import { HeaderList, ReplyHead, RequestHead } from '@weft/message'
import { FakeClock } from '@weft/time/testing'
import { describe, expect, test } from 'vitest'
import { ErrorCode, Http2Connection } from './index.ts'
import type { Http2Handler, Http2Options } from './index.ts'
import { RecordingHandler, RecordingSink, RecordingStreamHandler } from './testing/index.ts'

/** Our connection on one end of a pipe in memory. */
function attach(duplex: Duplex, options: Http2Options, handler: Http2Handler): Http2Connection {
  const output = {
    write: (bytes: Uint8Array) => duplex.write(bytes),
    cork: () => duplex.cork(),
    uncork: () => duplex.uncork(),
    closed: () => void duplex.end(),
  }
  const connection = new Http2Connection(options, output, handler, new FakeClock())
  duplex.on('data', (bytes: Uint8Array) => connection.receive(bytes))
  duplex.on('drain', () => connection.outputDrained())
  duplex.on('end', () => connection.receiveEnd(null))
  return connection
}

const octets = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 7919) >> 3))
const digest = createHash('sha1').update(octets).digest('hex')

function digestOf(chunks: readonly Uint8Array[]): string {
  const hash = createHash('sha1')
  for (const chunk of chunks) hash.update(chunk)
  return hash.digest('hex')
}

function nodeServer(onStream: (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => void): Duplex {
  const [near, far] = duplexPair()
  const session = http2.performServerHandshake(far)
  session.on('stream', onStream)
  return near
}

describe('our server and the client of node:http2', () => {
  function connect(handler: Http2Handler, options: Partial<Http2Options> = {}): http2.ClientHttp2Session {
    const [near, far] = duplexPair()
    attach(far, { role: 'server', ...options }, handler)
    return http2.connect('http://cart', { createConnection: () => near })
  }

  test('exchange heads, bodies of 3 MB and trailers', async () => {
    const handler = new RecordingHandler()
    handler.onRequest = (stream, head) => {
      const echo = new ReplyHead(
        200,
        new HeaderList(['x-path', head.path, 'x-cookie', head.headers.get('cookie') ?? '']),
        20,
      )
      stream.sendHead(echo, false)
      stream.sendBody(stream)
    }
    const session = connect(handler, { streamWindowBytes: 70_000, connectionWindowBytes: 100_000 })
    const stream = session.request(
      { ':method': 'POST', ':path': '/a?b', cookie: ['a=1', 'b=2'] },
      { waitForTrailers: true },
    )
    stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': digest }))
    stream.end(octets)
    const headers = await new Promise<http2.IncomingHttpHeaders>((resolve) => stream.once('response', resolve))
    const trailers = new Promise<http2.IncomingHttpHeaders>((resolve) => stream.once('trailers', resolve))
    const chunks: Uint8Array[] = []
    for await (const chunk of stream) chunks.push(chunk as Uint8Array)

    expect([headers[':status'], headers['x-path'], headers['x-cookie']]).toEqual([200, '/a?b', 'a=1; b=2'])
    expect(digestOf(chunks)).toBe(digest)
    expect((await trailers)['x-sum']).toBe(digest)
    session.destroy()
  })

  test('exchange 200 requests at once', async () => {
    const handler = new RecordingHandler()
    handler.onRequest = (stream, head) => {
      stream.sendHead(new ReplyHead(200, new HeaderList(['x-id', head.headers.get('x-id')!]), 20), false)
      stream.write(Buffer.from(head.path))
      stream.end(null)
    }
    const session = connect(handler)
    const replies = Array.from({ length: 200 }, async (_, i) => {
      const stream = session.request({ ':path': `/${i}`, 'x-id': String(i) })
      const headers = new Promise<http2.IncomingHttpHeaders>((resolve) => stream.once('response', resolve))
      const chunks: Uint8Array[] = []
      for await (const chunk of stream) chunks.push(chunk as Uint8Array)
      return [(await headers)['x-id'], Buffer.concat(chunks).toString()]
    })

    expect(await Promise.all(replies)).toEqual(Array.from({ length: 200 }, (_, i) => [String(i), `/${i}`]))
    session.destroy()
  })

  test('carry CONNECT and interim replies', async () => {
    const handler = new RecordingHandler()
    handler.onRequest = (stream) => {
      stream.sendInterim(103, new HeaderList(['link', '</a>']))
      stream.sendHead(new ReplyHead(200, new HeaderList(), 20), false)
      stream.sendBody(stream)
    }
    const session = connect(handler)
    const stream = session.request({ ':method': 'CONNECT', ':authority': '198.18.2.1:80' })
    const interim = new Promise<http2.IncomingHttpHeaders>((resolve) => stream.once('headers', resolve))
    stream.end('through the tunnel')
    const chunks: Uint8Array[] = []
    for await (const chunk of stream) chunks.push(chunk as Uint8Array)

    expect([(await interim)[':status'], Buffer.concat(chunks).toString()]).toEqual([103, 'through the tunnel'])
    expect(handler.requests[0]!.head.authority).toBe('198.18.2.1:80')
    session.destroy()
  })

  test('a drain lets requests finish', async () => {
    const handler = new RecordingHandler()
    const [near, far] = duplexPair()
    const connection = attach(far, { role: 'server' }, handler)
    const session = http2.connect('http://cart', { createConnection: () => near })
    const stream = session.request({ ':path': '/' })
    await new Promise<void>((resolve) => (handler.onRequest = () => resolve()))
    const closed = new Promise<void>((resolve) => session.once('close', resolve))

    connection.goaway()
    handler.requests[0]!.stream.sendHead(new ReplyHead(204, new HeaderList(), 20), true)
    const headers = await new Promise<http2.IncomingHttpHeaders>((resolve) => stream.once('response', resolve))
    stream.resume()
    await closed

    expect([headers[':status'], connection.isClosed, handler.closedWith]).toEqual([204, true, null])
  })
})

describe('our client and the server of node:http2', () => {
  test('exchange heads, bodies of 3 MB and trailers', async () => {
    const duplex = nodeServer((stream, headers) => {
      stream.respond({ ':status': 200, 'x-path': headers[':path'] }, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-end': '1' }))
      stream.pipe(stream)
    })
    const client = attach(duplex, { role: 'client', streamWindowBytes: 70_000 }, new RecordingHandler())
    const head = new RequestHead('POST', 'http', 'cart', '/up', new HeaderList(['Content-Type', 'text/plain']), 11)
    const handler = new RecordingStreamHandler()
    const sink = new RecordingSink()
    const closed = new Promise<void>((resolve) => (handler.closed = resolve))

    const stream = client.request(head, false, handler)!
    stream.start(sink)
    for (let at = 0; at < octets.length; at += 50_000) stream.write(octets.subarray(at, at + 50_000))
    stream.end(null)
    await closed

    expect([handler.replyHead!.status, handler.replyHead!.headers.get('x-path')]).toEqual([200, '/up'])
    expect([digestOf(sink.chunks), sink.trailers!.get('x-end')]).toEqual([digest, '1'])
    client.close()
  })

  test('is told of a reset', async () => {
    const duplex = nodeServer((stream) => {
      // Node tells both ends of it.
      stream.on('error', () => {})
      stream.close(ErrorCode.refusedStream)
    })
    const client = attach(duplex, { role: 'client' }, new RecordingHandler())
    const handler = new RecordingStreamHandler()
    const closed = new Promise<void>((resolve) => (handler.closed = resolve))

    client.request(new RequestHead('GET', 'http', 'cart', '/', new HeaderList(), 20), false, handler)
    await closed

    expect(handler.resetWith).toEqual({ code: ErrorCode.refusedStream, processed: false })
    client.close()
  })
})
