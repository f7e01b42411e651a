import { HeaderList, ReplyHead, RequestHead } from '@weft/message'
import { describe, expect, test } from 'vitest'
import { CLIENT_PREFACE, Flag, FrameType } from './frame.ts'
import type { Http2Options, Http2StreamHandler, Keeper } from './index.ts'
import { GET_FIELDS, POST_FIELDS, RawPeer, RecordingSink, RecordingStreamHandler, wireFrame } from './testing/index.ts'

/** What a client may send, with every shape of frame that there is. */
function clientConversation(): Uint8Array {
  const peer = new RawPeer({ role: 'server' })
  const block = peer.block([...POST_FIELDS, ['x', 'y'.repeat(60)]])
  return Buffer.concat([
    CLIENT_PREFACE,
    wireFrame(FrameType.settings, 0, 0, [0, 4, 0, 1, 0, 0]),
    wireFrame(FrameType.headers, Flag.padded | Flag.priority, 1, [3, 0, 0, 0, 0, 9, ...block.subarray(0, 10), 0, 0, 0]),
    wireFrame(FrameType.continuation, 0, 1, block.subarray(10, 30)),
    wireFrame(FrameType.continuation, Flag.endHeaders, 1, block.subarray(30)),
    wireFrame(FrameType.settings, Flag.ack, 0),
    wireFrame(FrameType.data, 0, 1, Buffer.from('some octets')),
    wireFrame(0x55, 0, 1, [1, 2, 3]),
    peer.headers(3, GET_FIELDS),
    wireFrame(FrameType.data, Flag.padded, 1, [2, ...Buffer.from(' and padding'), 0, 0]),
    wireFrame(FrameType.ping, 0, 0, new Uint8Array(8)),
    wireFrame(FrameType.data, Flag.padded, 1, [0]),
    wireFrame(FrameType.windowUpdate, 0, 1, [0, 0, 1, 0]),
    peer.headers(1, [['trailer', 'value']]),
    peer.headers(5, POST_FIELDS, Flag.endHeaders),
    wireFrame(FrameType.rstStream, 0, 5, [0, 0, 0, 8]),
    wireFrame(FrameType.goaway, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0, 65]),
  ])
}

function serverConversation(): Uint8Array {
  const peer = new RawPeer({ role: 'client' })
  return Buffer.concat([
    wireFrame(FrameType.settings, 0, 0, [0, 3, 0, 0, 0, 9]),
    wireFrame(FrameType.settings, Flag.ack, 0),
    peer.headers(
      1,
      [
        [':status', '103'],
        ['link', '<a>'],
      ],
      Flag.endHeaders,
    ),
    peer.headers(
      1,
      [
        [':status', '200'],
        ['content-length', '5'],
      ],
      Flag.endHeaders,
    ),
    wireFrame(FrameType.data, 0, 1, Buffer.from('he')),
    peer.headers(3, [[':status', '404']], Flag.endHeaders | Flag.endStream),
    wireFrame(FrameType.data, Flag.padded | Flag.endStream, 1, [1, ...Buffer.from('llo'), 0]),
    wireFrame(FrameType.rstStream, 0, 5, [0, 0, 0, 7]),
  ])
}

function owned(chunks: readonly Uint8Array[], peer: RawPeer): void {
  for (const chunk of chunks) peer.connection.receive(chunk)
}

/** As from a socket: one buffer for all reads, each of which lasts for its turn. */
function lent(): { give: typeof owned; options: Partial<Http2Options> } {
  let keepers: Keeper[] = []
  const room = Buffer.alloc(4096)
  const give = (chunks: readonly Uint8Array[], peer: RawPeer): void => {
    for (const chunk of chunks) {
      room.set(chunk)
      peer.connection.receive(room.subarray(0, chunk.length))
      for (const keeper of keepers) keeper.keep()
      keepers = []
      room.fill('!')
    }
  }
  return { give, options: { borrows: true, keepSoon: (keeper) => void keepers.push(keeper) } }
}

/** Everything that the conversation led to, whatever the chunks. */
function serverTranscript(chunks: readonly Uint8Array[], give = owned, options: Partial<Http2Options> = {}): unknown {
  const peer = new RawPeer({ role: 'server', ...options })
  const sinks: RecordingSink[] = []
  peer.handler.onRequest = (stream) => {
    const sink = new RecordingSink()
    sinks.push(sink)
    stream.start(sink)
    stream.sendHead(new ReplyHead(200, new HeaderList(), 20), true)
  }
  give(chunks, peer)
  const sent = peer
    .collect()
    .map((frame) => [frame.type, frame.flags, frame.streamId, Buffer.from(frame.payload).toString('hex')])
  return {
    sent,
    heads: peer.handler.requests.map(({ head }) => [head.method, head.path, head.headers.flat]),
    bodies: sinks.map((sink) => [sink.text, sink.isEnded, sink.trailers?.flat, sink.error]),
    resets: peer.handler.requests.map(({ handler }) => handler.resetWith),
    goaways: peer.handler.goaways,
    isClosed: peer.connection.isClosed,
  }
}

function clientTranscript(chunks: readonly Uint8Array[], give = owned, options: Partial<Http2Options> = {}): unknown {
  const peer = new RawPeer({ role: 'client', ...options })
  const handlers: RecordingStreamHandler[] = []
  const sinks: RecordingSink[] = []
  for (let i = 0; i < 3; i++) {
    const handler = new RecordingStreamHandler()
    const sink = new RecordingSink()
    const head = new RequestHead('GET', 'http', 'cart', '/', new HeaderList(), 20)
    peer.connection.request(head, true, handler satisfies Http2StreamHandler)!.start(sink)
    handlers.push(handler)
    sinks.push(sink)
  }
  give(chunks, peer)
  return {
    replies: handlers.map((each) => [each.replyHead?.status, each.interims.length, each.resetWith, each.closedCount]),
    bodies: sinks.map((sink) => [sink.text, sink.isEnded, sink.error]),
    isClosed: peer.connection.isClosed,
  }
}

const expectedOfServer = {
  bodies: [
    ['some octets and padding', true, ['trailer', 'value'], null],
    ['', true, undefined, null],
    ['', false, undefined, { kind: 'reset', message: 'reset by the peer: cancel' }],
  ],
  resets: [null, null, { code: 8, processed: true }],
  goaways: [{ lastStreamId: 0, code: 0, debug: 'A' }],
  isClosed: true,
}

const expectedOfClient = {
  replies: [
    [200, 1, null, 1],
    [404, 0, null, 1],
    [undefined, 0, { code: 7, processed: false }, 1],
  ],
  bodies: [
    ['hello', true, null],
    ['', true, null],
    ['', false, { kind: 'reset', message: 'reset by the peer: refused_stream' }],
  ],
  isClosed: false,
}

describe('the same comes of a conversation, wherever it is cut:', () => {
  test.each([
    ['a server', clientConversation(), serverTranscript, expectedOfServer],
    ['a client', serverConversation(), clientTranscript, expectedOfClient],
  ])('%s', (_, bytes, transcript, expected) => {
    const whole = transcript([Uint8Array.from(bytes)])
    expect(whole).toMatchObject(expected)

    for (let cut = 1; cut < bytes.length; cut++) {
      const halves = [bytes.slice(0, cut), bytes.slice(cut)]
      const { give, options } = lent()
      expect(transcript(halves), `cut at ${cut}`).toEqual(whole)
      expect(transcript(halves, give, options), `cut at ${cut}, lent`).toEqual(whole)
    }
    expect(transcript([...bytes].map((octet) => Uint8Array.of(octet))), 'octet by octet').toEqual(whole)
  })
})
