import { HeaderList, RequestHead } from '@weft/message'
import { describe, expect, test } from 'vitest'
import { Flag, FrameType } from './frame.ts'
import { ErrorCode, Http2Counters, type Http2Limits, type Http2Stream } from './index.ts'
import { RawPeer, RecordingSink, RecordingStreamHandler, uint32, wireFrame } from './testing/index.ts'

const OK: readonly (readonly [string, string])[] = [[':status', '200']]
const endHeaders = Flag.endHeaders

interface Asked {
  readonly peer: RawPeer
  readonly counters: Http2Counters
  readonly streams: Http2Stream[]
  readonly handlers: RecordingStreamHandler[]
  ask(method?: string): Http2Stream | null
}

/** A client of ours, connected to a server that may do anything. */
function client(limits: Partial<Http2Limits> = {}, settings: readonly number[] = []): Asked {
  const counters = new Http2Counters()
  const peer = RawPeer.greeted({ role: 'client', limits, counters }, settings)
  const streams: Http2Stream[] = []
  const handlers: RecordingStreamHandler[] = []
  const ask = (method = 'GET'): Http2Stream | null => {
    const handler = new RecordingStreamHandler()
    const head = new RequestHead(method, 'http', 'cart', '/', new HeaderList(), 20)
    const stream = peer.connection.request(head, method === 'GET', handler)
    if (stream !== null) {
      streams.push(stream)
      handlers.push(handler)
    }
    return stream
  }
  return { peer, counters, streams, handlers, ask }
}

/** What an upstream may do against those who call it: the connection ends, and everything that was asked is told. */
describe('a server that floods its client loses the connection:', () => {
  test.each<[string, Partial<Http2Limits>, keyof Http2Counters, (peer: RawPeer, i: number) => Uint8Array]>([
    ['SETTINGS', { settingsPerWindowMax: 21 }, 'settingsFloods', () => wireFrame(4, 0, 0)],
    [
      'SETTINGS that change the table, again and again',
      { settingsPerWindowMax: 21 },
      'settingsFloods',
      (_, i) => wireFrame(4, 0, 0, [0, 1, ...uint32(i % 2 === 0 ? 0 : 4096)]),
    ],
    ['PING', { pingsPerWindowMax: 20 }, 'pingFloods', () => wireFrame(6, 0, 0, new Uint8Array(8))],
    [
      'acknowledgements of no PING',
      { pingsPerWindowMax: 20 },
      'pingFloods',
      () => wireFrame(6, Flag.ack, 0, new Uint8Array(8)),
    ],
    ['PRIORITY', { prioritiesPerWindowMax: 20 }, 'priorityFloods', () => wireFrame(2, 0, 1, [0, 0, 0, 0, 1])],
    ['empty DATA', { emptyDataPerWindowMax: 20 }, 'emptyDataFloods', () => wireFrame(0, 0, 1)],
    [
      'DATA of padding alone',
      { emptyDataPerWindowMax: 20 },
      'emptyDataFloods',
      () => wireFrame(0, Flag.padded, 1, [1, 0]),
    ],
    ['unknown frames', { ignoredFramesPerWindowMax: 20 }, 'ignoredFrameFloods', () => wireFrame(0x99, 0, 1)],
    [
      'GOAWAY',
      { ignoredFramesPerWindowMax: 20 },
      'ignoredFrameFloods',
      () => wireFrame(7, 0, 0, [...uint32(0x7fffffff), ...uint32(0)]),
    ],
    [
      'small WINDOW_UPDATEs',
      { smallWindowUpdatesPerWindowMax: 20 },
      'windowUpdateFloods',
      () => wireFrame(8, 0, 0, uint32(1)),
    ],
  ])('%s', (_, limits, counter, frame) => {
    const { peer, counters, handlers, ask } = client(limits)
    ask()
    peer.send(peer.headers(1, OK, endHeaders))

    for (let i = 0; i < 25 && !peer.connection.isClosed; i++) peer.send(frame(peer, i))

    expect([peer.goawayCode, counters[counter]]).toEqual([ErrorCode.enhanceYourCalm, 1])
    expect(handlers[0]!.resetWith).toMatchObject({ code: ErrorCode.connectionLost })
  })

  test('CONTINUATION without end, after HEADERS and after interim heads', () => {
    for (const block of [OK, [[':status', '103']] as const]) {
      const { peer, counters, ask } = client({ continuationFramesMax: 5 })
      ask()
      peer.send(peer.headers(1, block, 0))
      for (let i = 0; i < 10 && !peer.connection.isClosed; i++) peer.send(wireFrame(9, 0, 1, [0x88]))

      expect([peer.goawayCode, counters.headerBlockFloods]).toEqual([ErrorCode.enhanceYourCalm, 1])
    }
  })

  test('replies that each must be reset', () => {
    const { peer, counters, ask, handlers } = client({ provokedResetsPerWindowMax: 20 })
    for (let i = 0; i < 25 && !peer.connection.isClosed; i++) {
      const stream = ask()!
      peer.send(peer.headers(stream.id, [['x', 'y']]))
    }

    expect([peer.goawayCode, counters.provokedResetFloods, counters.malformedHeads]).toEqual([11, 1, 21])
    expect(handlers.every((handler) => handler.closedCount === 1)).toBe(true)
  })

  test('WINDOW_UPDATE of 0 on stream after stream', () => {
    const { peer, counters, ask } = client({ provokedResetsPerWindowMax: 20 })
    for (let i = 0; i < 25 && !peer.connection.isClosed; i++) peer.send(wireFrame(8, 0, ask()!.id, uint32(0)))

    expect([peer.goawayCode, counters.provokedResetFloods]).toEqual([11, 1])
  })

  test('frames for streams that it has reset itself', () => {
    const { peer, counters, ask, streams } = client({ ignoredFramesPerWindowMax: 20 })
    ask()
    streams[0]!.reset(ErrorCode.cancel)
    for (let i = 0; i < 25 && !peer.connection.isClosed; i++) peer.send(wireFrame(0, 0, 1, [1]))

    expect([peer.goawayCode, counters.ignoredFrameFloods]).toEqual([11, 1])
  })
})

describe('a server that sends too much loses the stream:', () => {
  test('interim replies', () => {
    const { peer, counters, ask } = client()
    ask()
    for (let i = 0; i < 40; i++) peer.send(peer.headers(1, [[':status', '103']], endHeaders))

    expect([peer.resetCode(1), counters.interimFloods, peer.connection.isClosed]).toEqual([11, 1, false])
  })

  test('a header list beyond the limit, by a bomb of references', () => {
    const { peer, counters, ask, handlers } = client()
    ask()
    const entry = peer.block([...OK, ['x-bomb', 'b'.repeat(1500)]])
    const bomb = Uint8Array.from([...entry, ...Array<number>(10_000).fill(0x80 | 62)])
    peer.send(wireFrame(FrameType.headers, endHeaders, 1, bomb))

    expect([peer.resetCode(1), counters.headerListsTooLarge, handlers[0]!.replyHead]).toEqual([11, 1, null])
    ask()
    peer.send(peer.headers(3, OK))
    expect(handlers[1]!.replyHead!.status, 'the tables are in step').toBe(200)
  })

  test('trailers beyond the limit', () => {
    const { peer, counters, ask } = client({ headerListBytesMax: 200 })
    ask()
    peer.send(peer.headers(1, OK, endHeaders), peer.headers(1, [['x', 'y'.repeat(300)]]))

    expect([peer.resetCode(1), counters.headerListsTooLarge]).toEqual([11, 1])
  })

  test('DATA beyond the window of the stream', () => {
    const { peer, ask } = client()
    ask()
    peer.send(peer.headers(1, OK, endHeaders))
    for (let i = 0; i < 6; i++) peer.send(wireFrame(0, 0, 1, new Uint8Array(16_384)))

    expect(peer.resetCode(1)).toBe(ErrorCode.flowControlError)
  })

  test.each<[string, (peer: RawPeer) => Uint8Array[]]>([
    ['more DATA than content-length', () => [wireFrame(0, 0, 1, new Uint8Array(6))]],
    ['less DATA than content-length', () => [wireFrame(0, Flag.endStream, 1, new Uint8Array(4))]],
    ['a second head after the reply', (peer) => [peer.headers(1, OK, endHeaders)]],
    ['trailers with a pseudo field', (peer) => [wireFrame(0, 0, 1, new Uint8Array(5)), peer.headers(1, OK)]],
  ])('%s', (_, frames) => {
    const { peer, ask, handlers } = client()
    const sink = new RecordingSink()
    ask()!.start(sink)
    peer.send(peer.headers(1, [...OK, ['content-length', '5']], endHeaders))
    peer.send(...frames(peer))

    expect([peer.resetCode(1), handlers[0]!.resetWith?.processed]).toEqual([ErrorCode.protocolError, true])
    expect([sink.isEnded, sink.error?.kind]).toEqual([false, 'malformed'])
  })
})

describe('a server that lets nothing go', () => {
  test('gets no body buffered: the source is paused after one chunk, and the stream given up', () => {
    const { peer, counters, ask, handlers } = client({ stallTimeoutMs: 4000 }, [0, 4, ...uint32(0)])
    const stream = ask('POST')!
    let given = 0
    let isPaused = false
    stream.sendBody({
      start: (sink) => {
        while (!isPaused) {
          given += 1000
          sink.bytes(new Uint8Array(1000))
        }
      },
      pause: () => void (isPaused = true),
      resume: () => {},
      cancel: () => {},
    })
    expect([given, stream.bufferedBytes]).toEqual([1000, 1000])
    peer.clock.advance(5000)
    peer.collect()

    expect([peer.resetCode(1), counters.stallTimeouts]).toEqual([ErrorCode.cancel, 1])
    expect(handlers[0]!.resetWith).toMatchObject({ code: ErrorCode.cancel })
  })

  test('MAX_CONCURRENT_STREAMS 0 in the middle stops new requests, and a later one lets them go on', () => {
    const { peer, ask, handlers } = client()
    ask()
    peer.send(wireFrame(4, 0, 0, [0, 3, ...uint32(0)]))
    expect([ask(), peer.connection.canRequest]).toEqual([null, false])
    peer.send(peer.headers(1, OK))
    expect(handlers[0]!.replyHead!.status, 'what was asked goes on').toBe(200)
    expect(ask()).toBe(null)

    peer.send(wireFrame(4, 0, 0, [0, 3, ...uint32(2)]))

    expect([peer.handler.availableCount, ask()?.id, ask()?.id, ask()]).toEqual([1, 3, 5, null])
  })

  test('says nothing more: a PING finds out while something is asked', () => {
    const counters = new Http2Counters()
    const options = {
      role: 'client' as const,
      counters,
      keepAliveMs: 1000,
      keepAliveTimeoutMs: 500,
      keepAliveIdle: false,
    }
    const peer = RawPeer.greeted(options)
    for (let i = 0; i < 5; i++) peer.clock.advance(1000)
    expect(peer.collect().filter((frame) => frame.type === FrameType.ping).length, 'idle: none').toBe(0)
    const handler = new RecordingStreamHandler()
    peer.connection.request(new RequestHead('GET', 'http', 'cart', '/', new HeaderList(), 20), true, handler)
    peer.clock.advance(1000)
    peer.clock.advance(600)

    expect([counters.keepAliveTimeouts, handler.resetWith?.code]).toEqual([1, ErrorCode.connectionLost])
  })
})

describe('GOAWAY of a server', () => {
  test('first warns, then names the last stream: only those above are not processed', () => {
    const { peer, ask, handlers } = client()
    for (let i = 0; i < 3; i++) ask()
    peer.send(wireFrame(7, 0, 0, [...uint32(0x7fffffff), ...uint32(0)]))
    expect(handlers.map((handler) => handler.resetWith)).toEqual([null, null, null])
    expect(ask()).toBe(null)
    peer.send(wireFrame(7, 0, 0, [...uint32(3), ...uint32(0)]))
    expect(handlers.map((handler) => handler.resetWith?.processed)).toEqual([undefined, undefined, false])
    peer.send(peer.headers(1, OK), peer.headers(3, OK))

    expect(handlers.slice(0, 2).map((handler) => handler.replyHead?.status)).toEqual([200, 200])
    expect([peer.connection.isClosed, peer.handler.closedWith]).toEqual([true, null])
  })

  test('with a last stream that was never opened ends nothing early', () => {
    const { peer, ask, handlers } = client()
    ask()
    peer.send(wireFrame(7, 0, 0, [...uint32(99), ...uint32(0)]), peer.headers(1, OK))

    expect(handlers[0]!.replyHead!.status).toBe(200)
  })

  test('with an error still lets those below its last stream finish', () => {
    const { peer, ask, handlers } = client()
    ask()
    ask()
    peer.send(wireFrame(7, 0, 0, [...uint32(1), ...uint32(ErrorCode.internalError)]), peer.headers(1, OK))

    expect([handlers[0]!.replyHead!.status, handlers[1]!.resetWith?.processed]).toEqual([200, false])
    expect(peer.handler.closedWith).toBe(null)
  })
})
