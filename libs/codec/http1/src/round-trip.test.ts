import { HeaderList, ReplyHead, RequestHead } from '@weft/message'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Http1Refusal } from './faults.ts'
import { replyReader, requestReader } from './reader.ts'
import { Recorder } from './testing/index.ts'
import { chunkEnd, copyChunk, writeChunkHead, writeLastChunk } from './write-chunks.ts'
import { isChunkedReply, isPersistentReply, writeReplyHead } from './write-reply.ts'
import { writeRequestHead } from './write-request.ts'

const fieldName = fc.stringMatching(/^X-[A-Za-z0-9!#$%&'*+.^_`|~-]{1,12}$/)
const fieldValue = fc.stringMatching(/^([!-~\x80-\xff]([ \t!-~\x80-\xff]{0,30}[!-~\x80-\xff])?)?$/)
const flatFields = fc.array(fc.tuple(fieldName, fieldValue), { maxLength: 8 }).map((pairs) => pairs.flat())
const body = fc.oneof(
  fc.constant(null),
  fc.record({
    kind: fc.constantFrom('length' as const, 'stream' as const),
    pieces: fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 4 }),
  }),
)
type Body = { kind: 'length' | 'stream'; pieces: Uint8Array[] } | null

const request = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PURGE', 'M-SEARCH'),
    authority: fc.constantFrom('cart', 'cart.default:8080', '127.0.0.1', '[fd77::1]:80', 'a_b'),
    path: fc.stringMatching(/^\/[!"$-~]{0,30}$/),
    fields: flatFields,
    upgrade: fc.constantFrom('', 'websocket'),
    takesTrailers: fc.boolean(),
    body,
  })
  .map(({ method, authority, path, fields, upgrade, takesTrailers, body }) => {
    const flat = takesTrailers ? [...fields, 'TE', 'trailers'] : fields
    const head = new RequestHead(method, 'http', authority, path, new HeaderList(flat), 11)
    head.upgrade = upgrade
    setBody(head, body)
    return { head, body }
  })

const reply = fc
  .record({
    status: fc.constantFrom(200, 201, 400, 404, 503, 599),
    reason: fc.stringMatching(/^[!-~]{0,10}$/),
    fields: flatFields,
    body,
  })
  .map(({ status, reason, fields, body }) => {
    const head = new ReplyHead(status, new HeaderList(fields), 11)
    head.reasonPhrase = reason
    setBody(head, body)
    return { head, body }
  })

function setBody(head: RequestHead | ReplyHead, body: Body): void {
  if (body === null) return
  head.bodyKind = body.kind
  if (body.kind === 'length') head.bodyLength = body.pieces.reduce((sum, piece) => sum + piece.length, 0)
}

function written(octets: Buffer | Http1Refusal): Buffer {
  if (octets instanceof Http1Refusal) throw new Error(octets.message)
  return octets
}

function writeBody(body: Body, isChunked: boolean, trailers: HeaderList | null): Buffer {
  if (body === null) return Buffer.alloc(0)
  if (!isChunked) return Buffer.concat(body.pieces)
  const chunks = body.pieces.flatMap((piece, i) =>
    i % 2 === 0 ? [copyChunk(piece)] : [writeChunkHead(piece.length), piece, chunkEnd()],
  )
  return Buffer.concat([...chunks, written(writeLastChunk(trailers))])
}

/** Without the fields that a writer adds where they were missing. */
function withoutAdded(headers: HeaderList, original: HeaderList): string[] {
  const copy = headers.copy()
  for (const name of ['host', 'content-length']) if (!original.has(name)) copy.delete(name)
  return copy.flat
}

describe('what is written is read as it was', () => {
  test('a request', () => {
    fc.assert(
      fc.property(request, fc.boolean(), flatFields, ({ head, body }, persistent, trailerFields) => {
        const trailers = trailerFields.length === 0 ? null : new HeaderList(trailerFields)
        const recorder = new Recorder<RequestHead>()
        const reader = requestReader(recorder)
        recorder.reader = reader

        reader.feed(
          Buffer.concat([
            written(writeRequestHead(head, persistent)),
            writeBody(body, body?.kind === 'stream', trailers),
          ]),
        )

        expect(recorder.code, recorder.message).toBe(null)
        const [message] = recorder.messages
        const { headers, bodyLength: _, ...rest } = head
        expect(message?.head).toMatchObject(rest)
        expect(withoutAdded(message!.head!.headers, headers).toSorted(), 'fields').toEqual(headers.flat.toSorted())
        expect(message?.body).toBe(Buffer.concat(body?.pieces ?? []).toString('latin1'))
        expect(message?.trailers).toEqual(body?.kind === 'stream' ? (trailers?.flat ?? null) : null)
        expect(message?.persistent).toBe(persistent)
        expect(reader.isIdle).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  test('a reply, to clients of either version', () => {
    fc.assert(
      fc.property(reply, request, fc.constantFrom(10, 11), fc.boolean(), ({ head, body }, asked, version, wanted) => {
        asked.head.version = version
        const recorder = new Recorder<ReplyHead>()
        const reader = replyReader(recorder)
        recorder.reader = reader
        recorder.stopsAtEnd = true
        reader.next(asked.head.method)

        const octets = written(writeReplyHead(head, asked.head, wanted))
        reader.feed(Buffer.concat([octets, writeBody(body, isChunkedReply(head, asked.head), null)]))
        const isPersistent = isPersistentReply(head, asked.head, wanted)
        expect(reader.isIdle, 'told apart from what would follow').toBe(
          isPersistent || head.bodyKind !== 'stream' || version === 11,
        )
        reader.finish()

        expect(recorder.code, recorder.message).toBe(null)
        const [message] = recorder.messages
        expect(message?.head).toMatchObject({
          status: head.status,
          reasonPhrase: head.reasonPhrase,
          bodyKind: head.bodyKind,
        })
        expect(withoutAdded(message!.head!.headers, head.headers)).toEqual(head.headers.flat)
        expect(message?.body).toBe(Buffer.concat(body?.pieces ?? []).toString('latin1'))
        expect(message?.persistent).toBe(isPersistent)
        if (version === 10 && isPersistent) expect(octets.toString()).toContain('Connection: keep-alive\r\n')
      }),
      { numRuns: 400 },
    )
  })
})

describe('writeRequestHead() and writeReplyHead()', () => {
  const requestOf = (flat: string[], change: Partial<RequestHead> = {}) =>
    Object.assign(new RequestHead('GET', 'http', 'a', '/', new HeaderList(flat), 11), change)
  const replyOf = (status: number, flat: string[], change: Partial<ReplyHead> = {}) =>
    Object.assign(new ReplyHead(status, new HeaderList(flat), 11), change)

  test('write Host from the authority, at the place and in the spelling that came', () => {
    const moved = writeRequestHead(requestOf(['X-A', '1', 'hOsT', 'old', 'X-B', '2'], { authority: 'new:81' }))
    const added = writeRequestHead(requestOf(['X-A', '1'], { authority: 'new:81' }))

    expect(written(moved).toString()).toBe('GET / HTTP/1.1\r\nX-A: 1\r\nhOsT: new:81\r\nX-B: 2\r\n\r\n')
    expect(written(added).toString()).toBe('GET / HTTP/1.1\r\nHost: new:81\r\nX-A: 1\r\n\r\n')
  })

  test('write hop-by-hop fields only from what the head says', () => {
    const flat = [
      'Connection',
      'x',
      'Keep-Alive',
      '5',
      'Transfer-Encoding',
      'gzip',
      'Upgrade',
      'h2c',
      'TE',
      'gzip',
      'A',
      'b',
    ]

    expect(written(writeRequestHead(requestOf(flat))).toString()).toBe('GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n\r\n')
    expect(written(writeReplyHead(replyOf(204, flat), null, true)).toString()).toBe('HTTP/1.1 204 \r\nA: b\r\n\r\n')
  })

  test('write an upgrade and the answer to it', () => {
    const asked = requestOf(['Sec-WebSocket-Version', '13'], { upgrade: 'websocket' })
    const switched = replyOf(101, [], { upgrade: 'websocket', bodyKind: 'tunnel', reasonPhrase: 'Switching Protocols' })

    expect(written(writeRequestHead(asked)).toString()).toContain(
      '\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    )
    expect(written(writeReplyHead(switched, asked, true)).toString()).toBe(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    )
  })

  test('say that a message is empty where silence would mean something else', () => {
    const get = requestOf([])
    const head = requestOf([], { method: 'HEAD' })

    expect(written(writeRequestHead(requestOf([], { method: 'POST' }))).toString()).toContain('Content-Length: 0')
    expect(written(writeRequestHead(get)).toString()).not.toContain('Content-Length')
    expect(written(writeReplyHead(replyOf(200, []), get, true)).toString()).toContain('Content-Length: 0')
    expect(written(writeReplyHead(replyOf(200, []), head, true)).toString()).not.toContain('Content-Length')
    expect(written(writeReplyHead(replyOf(304, []), get, true)).toString()).not.toContain('Content-Length')
  })

  test.each([
    ['a value with CR LF', requestOf(['X', 'a\r\nY: b']), 'bad_field_value'],
    ['a value with NUL', requestOf(['X', '\0']), 'bad_field_value'],
    ['a value of wider characters', requestOf(['X', 'Ċ']), 'bad_field_value'],
    ['a name with a colon', requestOf(['X: a', 'b']), 'bad_field_value'],
    ['an empty name', requestOf(['', 'b']), 'bad_field_value'],
    ['a pseudo-field of HTTP/2', requestOf([':path', '/']), 'bad_field_value'],
    ['a method with a space', requestOf([], { method: 'GET /x' }), 'bad_method'],
    ['a path with a space', requestOf([], { path: '/a b' }), 'bad_target'],
    ['a path with CR LF', requestOf([], { path: '/\r\nX: y' }), 'bad_target'],
    ['an empty path', requestOf([], { path: '' }), 'bad_target'],
    ['no authority', requestOf([], { authority: '' }), 'bad_host'],
    ['an authority with CR LF', requestOf([], { authority: 'a\r\nX: y' }), 'bad_host'],
    ['an upgrade with CR LF', requestOf([], { upgrade: 'a\r\nX: y' }), 'bad_upgrade'],
    ['CONNECT without a port', requestOf([], { method: 'CONNECT', authority: 'a', bodyKind: 'tunnel' }), 'bad_target'],
    ['CONNECT without a tunnel', requestOf([], { method: 'CONNECT', authority: 'a:1' }), 'conflicting_framing'],
    [
      'two lengths',
      requestOf(['Content-Length', '1', 'content-length', '1'], { bodyKind: 'length', bodyLength: 1 }),
      'bad_content_length',
    ],
    ['another length', requestOf(['Content-Length', '2'], { bodyKind: 'length', bodyLength: 1 }), 'bad_content_length'],
    ['a length without a body', requestOf(['Content-Length', '2']), 'bad_content_length'],
    ['a length with chunks', requestOf(['Content-Length', '2'], { bodyKind: 'stream' }), 'conflicting_framing'],
    ['an unknown length', requestOf([], { bodyKind: 'length' }), 'bad_content_length'],
  ])('refuse a request with %s', (_, head, code) => {
    expect(writeRequestHead(head)).toMatchObject({ code })
  })

  test.each([
    ['a status below 100', replyOf(99, []), 'bad_status'],
    ['a reason with CR LF', replyOf(200, [], { reasonPhrase: 'OK\r\nX: y' }), 'bad_start_line'],
    ['content after 204', replyOf(204, [], { bodyKind: 'stream' }), 'conflicting_framing'],
    ['a length with 204', replyOf(204, ['Content-Length', '0']), 'conflicting_framing'],
    ['a tunnel after 404', replyOf(404, [], { bodyKind: 'tunnel' }), 'conflicting_framing'],
    ['101 without a protocol', replyOf(101, [], { bodyKind: 'tunnel' }), 'conflicting_framing'],
    ['a length that no body has', replyOf(200, ['Content-Length', '5']), 'bad_content_length'],
  ])('refuse a reply with %s', (_, head, code) => {
    expect(writeReplyHead(head, requestOf([]), true)).toMatchObject({ code })
  })

  test('refuse content in the reply to HEAD, yet let its length through', () => {
    const head = requestOf([], { method: 'HEAD' })

    expect(writeReplyHead(replyOf(200, [], { bodyKind: 'stream' }), head, true)).toMatchObject({
      code: 'conflicting_framing',
    })
    expect(written(writeReplyHead(replyOf(200, ['Content-Length', '5']), head, true)).toString()).toContain(
      'Content-Length: 5',
    )
  })

  test('writeLastChunk() refuses trailers that belong in the head', () => {
    expect(writeLastChunk(new HeaderList(['Content-Length', '5']))).toMatchObject({ code: 'bad_field_value' })
    expect(writeLastChunk(new HeaderList(['X', 'a\nb']))).toMatchObject({ code: 'bad_field_value' })
  })
})
