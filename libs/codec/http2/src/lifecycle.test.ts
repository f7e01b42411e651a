import { HeaderList, ReplyHead, RequestHead } from '@weft/message'
import type { Timer } from '@weft/time'
import { FakeClock } from '@weft/time/testing'
import { describe, expect, test } from 'vitest'
import { CLIENT_PREFACE, Flag, FrameType, STREAM_ID_MAX } from './frame.ts'
import { ErrorCode, Http2Counters } from './index.ts'
import type { Http2Stream } from './index.ts'
import {
  GET_FIELDS,
  LinkedPair,
  POST_FIELDS,
  RawPeer,
  RecordingSink,
  RecordingStreamHandler,
  readWire,
  uint32,
  wireFrame,
} from './testing/index.ts'

const OK = new ReplyHead(200, new HeaderList(), 20)

function get(): RequestHead {
  return new RequestHead('GET', 'http', 'cart', '/', new HeaderList(), 20)
}

function goawayOf(frames: readonly { type: number; payload: Uint8Array }[]): [number, number][] {
  return frames
    .filter((frame) => frame.type === FrameType.goaway)
    .map(({ payload }) => [Buffer.from(payload).readUInt32BE(0), Buffer.from(payload).readUInt32BE(4)])
}

describe('greeting', () => {
  test('a server sends SETTINGS and the window of the connection', () => {
    const peer = new RawPeer({ role: 'server', limits: { streamsMax: 200 }, extendedConnect: true })

    const [settings, update] = peer.collect()

    const values = new Map<number, number>()
    for (let i = 0; i < settings!.payload.length; i += 6) {
      const view = Buffer.from(settings!.payload)
      values.set(view.readUInt16BE(i), view.readUInt32BE(i + 2))
    }
    expect(Object.fromEntries(values)).toEqual({ 1: 4096, 3: 200, 4: 81_920, 5: 16_384, 6: 65_536, 8: 1 })
    expect([update!.type, Buffer.from(update!.payload).readUInt32BE(0)]).toEqual([
      FrameType.windowUpdate,
      // A first window for every stream, 4 MiB for those that grow, and what has been taken and not yet told.
      200 * 81_920 + (4 << 20) + (1 << 18) - 65_535,
    ])
  })

  test('a client sends the preface first and turns push off', () => {
    const peer = new RawPeer({ role: 'client' })
    peer.connection.flush()
    const bytes = peer.output.take()

    expect(bytes.subarray(0, CLIENT_PREFACE.length)).toEqual(Uint8Array.from(CLIENT_PREFACE))
    expect([...readWire(bytes)[0]!.payload]).toEqual(expect.arrayContaining([0, 2, 0, 0, 0, 0]))
  })

  test.each(['server', 'client'] as const)('a %s without a word from the peer gives up', (role) => {
    const peer = new RawPeer({ role })
    peer.collect()

    peer.clock.advance(9_999)
    expect(peer.connection.isClosed).toBe(false)
    peer.clock.advance(1)
    peer.collect()

    expect([peer.connection.isClosed, peer.handler.closedWith]).toMatchObject([
      true,
      { code: ErrorCode.settingsTimeout },
    ])
  })

  test('a peer that greets but never acknowledges is given up too; one that does stays', () => {
    const silent = new RawPeer({ role: 'client' })
    silent.send(wireFrame(FrameType.settings, 0, 0))
    const good = RawPeer.greeted({ role: 'client' })

    silent.clock.advance(10_000)
    good.clock.advance(100_000)

    expect([silent.connection.isClosed, good.connection.isClosed]).toEqual([true, false])
  })
})

describe('requests of a client', () => {
  test('are bounded by the peer, and available() tells when there is room again', () => {
    const peer = RawPeer.greeted({ role: 'client' }, [0, 3, ...uint32(1)])
    const first = new RecordingStreamHandler()
    peer.connection.request(get(), true, first)
    expect(peer.connection.canRequest).toBe(false)
    expect(peer.connection.request(get(), true, first)).toBe(null)
    expect(peer.handler.availableCount).toBe(0)

    peer.send(peer.headers(1, [[':status', '200']]))

    expect([peer.handler.availableCount, peer.connection.canRequest]).toEqual([1, true])
  })

  test('are bounded by a default until the peer has said more', () => {
    const peer = new RawPeer({ role: 'client', assumedStreamsMax: 2 })
    const open = (): Http2Stream | null => peer.connection.request(get(), true, new RecordingStreamHandler())
    expect([open(), open(), open()].map((stream) => stream?.id)).toEqual([1, 3, undefined])

    peer.send(wireFrame(4, 0, 0, [0, 3, ...uint32(3)]))

    expect([peer.handler.availableCount, open()?.id]).toEqual([1, 5])
  })
})

describe('GOAWAY', () => {
  test('of a server comes in two steps, and what is in flight between them is served', () => {
    const peer = RawPeer.greeted({ role: 'server' })
    peer.send(peer.headers(1, GET_FIELDS))

    peer.connection.goaway()
    const frames = peer.collect()
    expect(goawayOf(frames)).toEqual([[STREAM_ID_MAX, ErrorCode.noError]])
    const ping = frames.find((frame) => frame.type === FrameType.ping)!
    peer.send(peer.headers(3, GET_FIELDS))
    const last = peer.send(wireFrame(FrameType.ping, Flag.ack, 0, ping.payload))

    expect(goawayOf(last)).toEqual([[3, ErrorCode.noError]])
    peer.send(peer.headers(5, POST_FIELDS, Flag.endHeaders), wireFrame(0, 0, 5, [1]), wireFrame(8, 0, 5, uint32(1)))
    expect([peer.handler.requests.length, peer.connection.isClosed, peer.resetCode(5)]).toEqual([2, false, null])
    for (const { stream } of peer.handler.requests) stream.sendHead(OK, true)
    peer.collect()
    expect([peer.connection.isClosed, peer.handler.closedWith, peer.output.closedWith]).toEqual([true, null, null])
  })

  test('of a server takes its second step after a second when the peer does not answer', () => {
    const peer = RawPeer.greeted({ role: 'server' })
    peer.connection.goaway()
    peer.collect()

    peer.clock.advance(1000)

    expect(goawayOf(peer.collect())).toEqual([[0, ErrorCode.noError]])
    expect(peer.connection.isClosed).toBe(true)
  })

  test('of a client lets its requests finish and opens no more', () => {
    const pair = new LinkedPair()
    pair.settle()
    const handler = new RecordingStreamHandler()
    pair.client.request(get(), true, handler)

    pair.client.goaway()
    pair.settle()

    expect([pair.client.canRequest, pair.client.isClosed]).toEqual([false, false])
    expect(pair.serverHandler.goaways).toEqual([{ lastStreamId: 0, code: 0, debug: '' }])
    pair.serverHandler.requests[0]!.stream.sendHead(OK, true)
    pair.settle()
    expect([handler.replyHead!.status, pair.client.isClosed, pair.server.isClosed]).toEqual([200, true, true])
  })

  test('received by a client resets what the server will not act on, as not processed', () => {
    const peer = RawPeer.greeted({ role: 'client' })
    const [first, second] = [new RecordingStreamHandler(), new RecordingStreamHandler()]
    peer.connection.request(get(), true, first)
    peer.connection.request(get(), true, second)

    peer.send(wireFrame(7, 0, 0, [...uint32(1), ...uint32(0), ...Buffer.from('bye')]))

    expect([first.resetWith, second.resetWith]).toEqual([null, { code: ErrorCode.refusedStream, processed: false }])
    expect(peer.handler.goaways).toEqual([{ lastStreamId: 1, code: 0, debug: 'bye' }])
    expect([peer.connection.canRequest, peer.connection.isClosed]).toEqual([false, false])
    peer.send(peer.headers(1, [[':status', '200']]))
    expect([first.replyHead!.status, peer.connection.isClosed, peer.handler.closedWith]).toEqual([200, true, null])
  })

  test('received with an error and nothing in flight ends with that error', () => {
    const peer = RawPeer.greeted({ role: 'client' })

    peer.send(wireFrame(7, 0, 0, [...uint32(0), ...uint32(ErrorCode.enhanceYourCalm)]))

    expect(peer.handler.closedWith).toMatchObject({ code: ErrorCode.enhanceYourCalm, fromPeer: true })
  })
})

describe('the end', () => {
  test('of the transport is told to every stream, then to the handler, once', () => {
    const pair = new LinkedPair()
    pair.settle()
    const order: string[] = []
    const handler = new RecordingStreamHandler()
    handler.reset = (code, processed) => order.push(`reset ${code} ${processed}`)
    handler.closed = () => order.push('stream closed')
    pair.clientHandler.closed = () => order.push('closed')
    const stream = pair.client.request(get(), false, handler)!
    const sink = new RecordingSink()
    stream.start(sink)

    pair.client.receiveEnd(new Error('connection reset'))
    pair.client.receiveEnd(null)
    pair.client.close()

    expect(order).toEqual(['reset -1 true', 'stream closed', 'closed'])
    expect(sink.error).toEqual({ kind: 'closed', message: 'connection reset' })
    expect(pair.clientOutput.closedWith).toMatchObject({ message: 'connection reset' })
    expect([stream.write(new Uint8Array(1)), pair.client.canRequest]).toEqual([false, false])
  })

  test('of the connection still delivers a body that had come whole', () => {
    const pair = new LinkedPair()
    pair.settle()
    pair.serverHandler.onRequest = (stream) => {
      stream.sendHead(OK, false)
      stream.write(Uint8Array.of(65, 66))
      stream.end(null)
    }
    const handler = new RecordingStreamHandler()
    const stream = pair.client.request(get(), true, handler)!
    pair.settle()
    pair.client.receiveEnd(null)
    const sink = new RecordingSink()

    stream.start(sink)

    expect([sink.text, sink.isEnded, handler.resetWith]).toEqual(['AB', true, null])
  })

  test('close() writes GOAWAY, ends every stream and closes the output', () => {
    const pair = new LinkedPair()
    const handler = new RecordingStreamHandler()
    pair.client.request(get(), true, handler)
    pair.settle()

    pair.server.close()
    pair.settle()

    expect(pair.serverOutput.closedWith).toBe(null)
    expect(pair.serverHandler.requests[0]!.handler.resetWith).toEqual({
      code: ErrorCode.connectionLost,
      processed: true,
    })
    expect(pair.clientHandler.goaways).toEqual([{ lastStreamId: 1, code: 0, debug: '' }])
  })

  test('no octet is taken after it', () => {
    const peer = RawPeer.greeted({ role: 'server' })
    peer.connection.close()

    peer.send(peer.headers(1, GET_FIELDS))

    expect(peer.handler.requests.length).toBe(0)
  })
})

describe('PING', () => {
  test('measures a round trip', () => {
    const peer = RawPeer.greeted({ role: 'client' })
    const trips: (number | null)[] = []
    peer.connection.ping((ms) => trips.push(ms))
    const [ping] = peer.collect()
    peer.clock.advance(12)

    peer.send(wireFrame(6, Flag.ack, 0, ping!.payload))
    peer.connection.ping((ms) => trips.push(ms))
    peer.connection.receiveEnd(null)

    expect(trips).toEqual([12, null])
    expect(peer.connection.ping(() => {})).toBe(false)
  })

  test('keeps a silent connection under watch, and ends it when nothing comes back', () => {
    const counters = new Http2Counters()
    const peer = RawPeer.greeted({ role: 'client', keepAliveMs: 10_000, keepAliveTimeoutMs: 20_000, counters })
    peer.clock.advance(10_000)
    expect(peer.collect(), 'the greeting was word enough').toEqual([])
    peer.clock.advance(10_000)
    const [ping] = peer.collect()
    peer.send(wireFrame(6, Flag.ack, 0, ping!.payload))
    peer.clock.advance(20_000)
    expect(peer.collect().map((frame) => frame.type)).toEqual([FrameType.ping])

    peer.clock.advance(20_000)

    expect([peer.connection.isClosed, counters.keepAliveTimeouts]).toEqual([true, 1])
  })

  test('goes out at most a quarter late, whenever the peer was last heard', () => {
    for (let heardAtMs = 0; heardAtMs < 10_000; heardAtMs += 700) {
      const peer = RawPeer.greeted({ role: 'client', keepAliveMs: 10_000 })
      peer.clock.advance(heardAtMs)
      peer.send(wireFrame(FrameType.settings, Flag.ack, 0))
      peer.clock.advance(9_999)
      expect(peer.collect(), `heard at ${heardAtMs} ms`).toEqual([])
      peer.clock.advance(2_501)
      expect(peer.collect().map((frame) => frame.type)).toEqual([FrameType.ping])
    }
  })

  test('is answered in time when the answer lay unread while this process did not run', () => {
    const counters = new Http2Counters()
    const clock = new StoppedClock()
    const peer = new RawPeer({ role: 'client', keepAliveMs: 10_000, keepAliveTimeoutMs: 20_000, counters }, clock)
    peer.send(wireFrame(FrameType.settings, 0, 0), wireFrame(FrameType.settings, Flag.ack, 0))
    clock.run(2_500)
    for (let look = 0; look < 4; look++) clock.run(2_500)
    const ping = peer.collect().findLast((frame) => frame.type === FrameType.ping)
    clock.run(60_000)
    expect(peer.connection.isClosed, 'what came is read first').toBe(false)

    peer.send(wireFrame(FrameType.ping, Flag.ack, 0, ping!.payload))
    clock.run(1_000)
    expect([peer.connection.isClosed, counters.keepAliveTimeouts]).toEqual([false, 0])

    for (let look = 0; look < 40; look++) clock.run(2_500)
    expect([peer.connection.isClosed, counters.keepAliveTimeouts], 'and silence is silence').toEqual([true, 1])
  })

  test('asks at once in doubt, and believes whatever comes', () => {
    const [silent, alive] = [RawPeer.greeted({ role: 'client' }), RawPeer.greeted({ role: 'client' })]
    for (const { connection } of [silent, alive]) connection.doubt(5_000)
    expect(alive.collect().map((frame) => frame.type)).toEqual([FrameType.ping])
    alive.send(wireFrame(FrameType.settings, 0, 0))
    for (let second = 0; second < 5; second++) {
      for (const { clock } of [silent, alive]) clock.advance(1_000)
      silent.connection.doubt(5_000)
    }
    for (const { clock } of [silent, alive]) clock.advance(200)

    expect([silent.connection.isClosed, alive.connection.isClosed]).toEqual([true, false])
    expect(() => silent.connection.doubt(5_000)).not.toThrow()
  })
})

/** Whose timers come late, all in one, as they do after the process was stopped. */
class StoppedClock extends FakeClock {
  #nowMs = 0
  #timers: { atMs: number; task: () => void }[] = []

  override nowMs(): number {
    return this.#nowMs
  }

  override after(delayMs: number, task: () => void): Timer {
    const timer = { atMs: this.#nowMs + delayMs, task }
    this.#timers.push(timer)
    return { cancel: () => void (this.#timers = this.#timers.filter((other) => other !== timer)) }
  }

  /** So much time passes, then timers run that were due before. */
  run(ms: number): void {
    this.#nowMs += ms
    const due = this.#timers.filter(({ atMs }) => atMs <= this.#nowMs)
    this.#timers = this.#timers.filter(({ atMs }) => atMs > this.#nowMs)
    for (const { task } of due) task()
  }
}

describe('a timeout', () => {
  test('ends a connection whose header block does not end', () => {
    const counters = new Http2Counters()
    const peer = RawPeer.greeted({ role: 'server', counters })
    peer.send(peer.headers(1, GET_FIELDS, 0))
    peer.clock.advance(10_000)
    peer.collect()

    expect([peer.goawayCode, counters.headerBlockTimeouts]).toEqual([ErrorCode.enhanceYourCalm, 1])
  })

  test('resets a stream whose body waits for a window that never opens, or by single octets; one that moves stays', () => {
    const counters = new Http2Counters()
    const peer = RawPeer.greeted({ role: 'server', counters, limits: { stallTimeoutMs: 4000 } }, [0, 4, ...uint32(1)])
    peer.send(...[1, 3, 5].map((id) => peer.headers(id, GET_FIELDS)))
    for (const { stream } of peer.handler.requests) {
      stream.sendHead(OK, false)
      stream.write(new Uint8Array(100_000))
    }
    for (let i = 0; i < 8; i++) {
      peer.clock.advance(1000)
      peer.send(wireFrame(8, 0, 3, uint32(1)), wireFrame(8, 0, 5, uint32(1024)))
    }

    expect([1, 3, 5].map((id) => peer.resetCode(id))).toEqual([ErrorCode.cancel, ErrorCode.cancel, null])
    expect(counters.stallTimeouts).toBe(2)
    expect(peer.handler.requests[0]!.handler.resetWith).toEqual({ code: ErrorCode.cancel, processed: true })
  })

  test('resets streams whose octets the transport does not take, though none wait here', () => {
    const counters = new Http2Counters()
    const peer = RawPeer.greeted({ role: 'server', counters, limits: { stallTimeoutMs: 4000 } })
    peer.output.isOpen = false
    peer.send(peer.headers(1, GET_FIELDS))
    const { stream, handler } = peer.handler.requests[0]!
    stream.sendHead(OK, false)
    peer.collect()
    stream.write(new Uint8Array(10))
    peer.collect()

    peer.clock.advance(5000)

    expect([handler.resetWith?.code, counters.stallTimeouts]).toEqual([ErrorCode.cancel, 1])
  })

  test('of stalls runs only while something waits', () => {
    const peer = RawPeer.greeted({ role: 'server', limits: { stallTimeoutMs: 4000 } }, [0, 4, ...uint32(1)])
    peer.send(peer.headers(1, GET_FIELDS))
    const { stream, handler } = peer.handler.requests[0]!
    stream.sendHead(OK, false)
    for (let i = 0; i < 10; i++) {
      stream.write(Uint8Array.of(1, 2))
      peer.send(wireFrame(8, 0, 1, uint32(2)))
      peer.clock.advance(1000)
    }

    expect(handler.resetWith, 'small pieces, each of which went').toBe(null)
  })
})
