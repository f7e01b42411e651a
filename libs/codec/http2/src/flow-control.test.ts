import type { BodySink, BodySource } from '@weft/message'
import { HeaderList, ReplyHead, RequestHead } from '@weft/message'
import { describe, expect, test } from 'vitest'
import { Flag, FrameType } from './frame.ts'
import type { Http2Stream } from './index.ts'
import { ErrorCode } from './index.ts'
import {
  LinkedPair,
  POST_FIELDS,
  RawPeer,
  RecordingSink,
  RecordingStreamHandler,
  uint32,
  wireFrame,
} from './testing/index.ts'

const OK = new ReplyHead(200, new HeaderList(), 20)

/** A body that gives chunks for as long as it may. */
class Faucet implements BodySource {
  given = 0
  pauses = 0
  isCancelled = false
  readonly #chunkBytes: number
  #left: number
  #sink: BodySink | null = null
  #isPaused = false

  constructor(chunkBytes: number, bytes: number) {
    this.#chunkBytes = chunkBytes
    this.#left = bytes
  }

  start(sink: BodySink): void {
    this.#sink = sink
    this.#run()
  }

  pause(): void {
    this.pauses++
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    this.#run()
  }

  cancel(): void {
    this.isCancelled = true
    this.#sink = null
  }

  #run(): void {
    while (this.#sink !== null && !this.#isPaused && this.#left > 0) {
      const chunk = new Uint8Array(Math.min(this.#chunkBytes, this.#left))
      this.#left -= chunk.length
      this.given += chunk.length
      this.#sink.bytes(chunk)
    }
    if (this.#left > 0 || this.#isPaused) return
    this.#left = -1
    this.#sink?.end(null)
  }
}

/** Takes so much, and then no more. */
class SatedSink extends RecordingSink {
  readonly #bytesMax: number

  constructor(bytesMax: number) {
    super()
    this.#bytesMax = bytesMax
  }

  override bytes(bytes: Uint8Array): boolean {
    return super.bytes(bytes) && this.bytesCount < this.#bytesMax
  }
}

function post(): RequestHead {
  const head = new RequestHead('POST', 'http', 'cart', '/', new HeaderList(), 20)
  head.bodyKind = 'stream'
  return head
}

/** A server that has been asked once by a peer with these windows; stream 1 is its to answer. */
function asked(
  streamWindow: number,
  options: Partial<Parameters<typeof RawPeer.greeted>[0]> = {},
): { peer: RawPeer; stream: Http2Stream } {
  const peer = RawPeer.greeted({ role: 'server', ...options }, [0, 4, ...uint32(streamWindow)])
  peer.send(peer.headers(1, POST_FIELDS))
  const stream = peer.handler.requests[0]!.stream
  stream.sendHead(OK, false)
  peer.collect()
  return { peer, stream }
}

function dataBytes(peer: RawPeer): number {
  return peer.frames
    .filter((frame) => frame.type === FrameType.data)
    .reduce((sum, frame) => sum + frame.payload.length, 0)
}

describe('sending', () => {
  test('stops at the window of the stream, pauses the source, and goes on when it opens', () => {
    const { peer, stream } = asked(10)
    const faucet = new Faucet(4, 20)

    stream.sendBody(faucet)
    peer.collect()

    expect([dataBytes(peer), faucet.given, stream.bufferedBytes]).toEqual([10, 12, 2])
    peer.send(wireFrame(8, 0, 1, uint32(5)))
    expect([dataBytes(peer), faucet.given]).toEqual([15, 16])
    const frames = peer.send(wireFrame(8, 0, 1, uint32(100)))
    expect([dataBytes(peer), frames.at(-1)!.flags]).toEqual([20, Flag.endStream])
  })

  test('stops at the window of the connection, and shares it between streams', () => {
    const { peer, stream } = asked(100_000)
    peer.send(peer.headers(3, POST_FIELDS))
    const other = peer.handler.requests[1]!.stream
    other.sendHead(OK, false)
    stream.write(new Uint8Array(70_000))
    other.write(new Uint8Array(70_000))
    peer.collect()
    expect(dataBytes(peer)).toBe(65_535)

    const frames = peer.send(wireFrame(8, 0, 0, uint32(60_000)))

    const sent = [1, 3].map((id) => frames.filter((frame) => frame.type === 0 && frame.streamId === id).length)
    expect(sent[0], 'what was left of stream 1').toBe(1)
    expect(sent[1], 'the rest in turns').toBeGreaterThanOrEqual(3)
    expect(dataBytes(peer)).toBe(125_535)
  })

  test('takes turns of one frame', () => {
    const { peer, stream } = asked(1_000_000)
    peer.send(peer.headers(3, POST_FIELDS))
    const other = peer.handler.requests[1]!.stream
    other.sendHead(OK, false)
    stream.write(new Uint8Array(200_000))
    other.write(new Uint8Array(200_000))
    peer.collect()

    const frames = peer.send(wireFrame(8, 0, 0, uint32(16_384 * 6)))

    expect(frames.map((frame) => frame.streamId)).toEqual([1, 3, 1, 3, 1, 3])
  })

  test('a setting can make a window negative; nothing is sent until it is positive again', () => {
    const { peer, stream } = asked(100)
    stream.write(new Uint8Array(90))
    peer.send(wireFrame(4, 0, 0, [0, 4, ...uint32(50)]))
    stream.write(new Uint8Array(20))
    peer.collect()
    expect(dataBytes(peer)).toBe(90)

    peer.send(wireFrame(8, 0, 1, uint32(40)))
    expect(dataBytes(peer), 'window 0').toBe(90)
    peer.send(wireFrame(8, 0, 1, uint32(7)))

    expect(dataBytes(peer)).toBe(97)
  })

  test('a setting that makes windows larger lets what waits go', () => {
    const { peer, stream } = asked(0)
    stream.write(new Uint8Array(30))
    peer.collect()
    expect(dataBytes(peer)).toBe(0)

    peer.send(wireFrame(4, 0, 0, [0, 4, ...uint32(20)]))

    expect(dataBytes(peer)).toBe(20)
  })

  test('frames are no larger than the peer and our options allow', () => {
    const peer = RawPeer.greeted({ role: 'server', frameBytesMax: 20_000 }, [0, 5, ...uint32(50_000)])
    peer.send(peer.headers(1, POST_FIELDS))
    const stream = peer.handler.requests[0]!.stream
    stream.sendHead(OK, false)

    stream.write(new Uint8Array(45_000))
    peer.collect()

    expect(peer.frames.filter((frame) => frame.type === 0).map((frame) => frame.payload.length)).toEqual([
      20_000, 20_000, 5_000,
    ])
  })

  test('stops while the transport takes no more; control frames do not', () => {
    const { peer, stream } = asked(1 << 20)
    peer.send(wireFrame(8, 0, 0, uint32(1 << 20)))
    const faucet = new Faucet(1000, 500_000)
    peer.output.isOpen = false

    stream.sendBody(faucet)
    peer.collect()

    expect(faucet.given, 'one flush, and the chunk after it').toBeLessThan(70_000)
    const given = faucet.given
    expect(peer.send(wireFrame(6, 0, 0, new Uint8Array(8))).map((frame) => frame.type)).toEqual([FrameType.ping])
    peer.output.isOpen = true
    peer.connection.outputDrained()
    peer.collect()
    expect(faucet.given).toBeGreaterThan(given)
    expect(dataBytes(peer)).toBe(500_000)
  })

  test('write() tells by drained() when what waited has gone', () => {
    const { peer, stream } = asked(10)
    const { handler } = peer.handler.requests[0]!

    expect([stream.write(new Uint8Array(10)), stream.write(new Uint8Array(1))]).toEqual([true, false])
    expect(handler.drainedCount).toBe(0)
    peer.send(wireFrame(8, 0, 1, uint32(1)))

    expect([handler.drainedCount, stream.bufferedBytes]).toEqual([1, 0])
  })

  test('trailers wait for the body before them, and end the stream', () => {
    const { peer, stream } = asked(10)
    stream.write(new Uint8Array(11))
    stream.end(new HeaderList(['a', 'b']))
    peer.collect()
    expect(peer.frames.at(-1)!.type).toBe(FrameType.data)

    const frames = peer.send(wireFrame(8, 0, 1, uint32(1)))

    expect(frames.map((frame) => [frame.type, frame.flags])).toEqual([
      [0, 0],
      [1, Flag.endHeaders | Flag.endStream],
    ])
    expect(stream.isClosed).toBe(true)
  })

  test('cancels the source when the peer resets the stream', () => {
    const { peer, stream } = asked(10)
    const faucet = new Faucet(4, 20)
    stream.sendBody(faucet)

    peer.send(wireFrame(3, 0, 1, uint32(ErrorCode.cancel)))

    expect([faucet.isCancelled, stream.bufferedBytes, peer.connection.openStreams]).toEqual([true, 0, 0])
  })

  test.each(['closed', 'reset', 'timeout', 'malformed'] as const)(
    'resets with INTERNAL_ERROR when a reply breaks off: %s',
    (kind) => {
      const { peer, stream } = asked(10)
      let sink: BodySink | null = null
      stream.sendBody({ start: (it) => (sink = it), pause: () => {}, resume: () => {}, cancel: () => {} })

      sink!.abort({ kind, message: 'upstream gone' })
      peer.collect()

      expect(peer.resetCode(1)).toBe(ErrorCode.internalError)
    },
  )

  test.each([
    ['closed', ErrorCode.internalError],
    ['reset', ErrorCode.cancel],
    ['timeout', ErrorCode.cancel],
  ] as const)('resets with a code that says why when the body of a request breaks off: %s', (kind, code) => {
    const peer = RawPeer.greeted({ role: 'client' })
    const handler = new RecordingStreamHandler()
    const stream = peer.connection.request(post(), false, handler)!
    let sink: BodySink | null = null
    stream.sendBody({ start: (it) => (sink = it), pause: () => {}, resume: () => {}, cancel: () => {} })

    sink!.abort({ kind, message: 'downstream gone' })
    peer.collect()

    expect([peer.resetCode(1), handler.resetWith, handler.closedCount]).toEqual([code, null, 1])
  })
})

describe('receiving', () => {
  test('gives the window back only as the sink takes', () => {
    const pair = new LinkedPair({}, { streamWindowBytes: 100_000, connectionWindowBytes: 1 << 20 })
    const faucet = new Faucet(10_000, 1_000_000)
    const sink = new RecordingSink()
    sink.isOpen = false
    pair.settle()
    pair.client.request(post(), false, new RecordingStreamHandler())!.sendBody(faucet)
    pair.settle()
    const { stream } = pair.serverHandler.requests[0]!
    expect(faucet.given, 'a window, and the chunk that waits').toBeLessThanOrEqual(110_000)

    stream.start(sink)
    pair.settle()
    expect(sink.chunks.length, 'one chunk, then paused').toBe(1)
    for (let i = 0; i < 1000 && !sink.isEnded; i++) {
      stream.resume()
      pair.settle()
      expect(faucet.given - sink.bytesCount).toBeLessThanOrEqual(110_000)
    }

    expect([sink.bytesCount, sink.isEnded]).toEqual([1_000_000, true])
  })

  test('a slow stream does not take the window of the connection from the others, until it has filled its own', () => {
    const pair = new LinkedPair({}, { streamWindowBytes: 65_535, connectionWindowBytes: 200_000 })
    pair.settle()
    const sinks: RecordingSink[] = []
    pair.serverHandler.onRequest = (stream) => {
      const sink = new RecordingSink()
      sink.isOpen = sinks.length > 0
      sinks.push(sink)
      stream.start(sink)
    }

    for (let i = 0; i < 2; i++) {
      pair.client.request(post(), false, new RecordingStreamHandler())!.sendBody(new Faucet(10_000, 600_000))
    }
    pair.settle()

    expect(sinks.map((sink) => sink.bytesCount)).toEqual([10_000, 600_000])
  })

  test('streams that nobody reads hold one first window each, and leave every other its own', () => {
    const streamWindowBytes = 20_000
    const pair = new LinkedPair({ requestsMax: 50 }, { streamWindowBytes, limits: { streamsMax: 50 } })
    pair.settle()
    const sinks: RecordingSink[] = []
    pair.serverHandler.onRequest = (stream) => {
      const sink = new RecordingSink()
      sink.isOpen = sinks.length === 49
      sinks.push(sink)
      stream.start(sink)
      if (sinks.length < 50) stream.pause()
    }
    const faucets: Faucet[] = []

    for (let i = 0; i < 50; i++) {
      faucets.push(new Faucet(10_000, 5_000_000))
      pair.client.request(post(), false, new RecordingStreamHandler())!.sendBody(faucets[i]!)
      pair.settle()
    }

    for (const faucet of faucets.slice(0, 49)) expect(faucet.given).toBeLessThanOrEqual(streamWindowBytes + 10_000)
    expect(sinks.map((sink) => sink.bytesCount)).toEqual([...Array(49).fill(0), 5_000_000])
  })

  test('streams that were read fast and then no more hold what their windows grew to, together no more than there is', () => {
    const [streamWindowBytes, spareBytes, stepBytes] = [20_000, 300_000, 1 << 18]
    const connectionWindowBytes = 20 * streamWindowBytes + spareBytes + stepBytes
    const options = { streamWindowBytes, connectionWindowBytes, limits: { streamsMax: 20 } }
    const pair = new LinkedPair({ requestsMax: 20 }, options)
    pair.settle()
    const sinks: RecordingSink[] = []
    const faucets: Faucet[] = []
    pair.serverHandler.onRequest = (stream) => {
      sinks.push(sinks.length < 19 ? new SatedSink(500_000) : new RecordingSink())
      stream.start(sinks.at(-1)!)
    }

    for (let i = 0; i < 20; i++) {
      faucets.push(new Faucet(10_000, 5_000_000))
      pair.client.request(post(), false, new RecordingStreamHandler())!.sendBody(faucets[i]!)
      pair.settle()
    }

    const held = faucets.map((faucet, i) => faucet.given - sinks[i]!.bytesCount)
    expect(Math.max(...held), 'a window has grown').toBeGreaterThan(100_000)
    // Each source has one chunk of its own under way.
    expect(held.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(connectionWindowBytes + 19 * 10_000)
    expect(sinks[19]!.bytesCount, 'the last has a window all the same').toBe(5_000_000)
  })

  test('a body that has come whole counts no more for the connection, read or not', () => {
    const pair = new LinkedPair({}, { streamWindowBytes: 65_535, connectionWindowBytes: 65_535 })
    pair.settle()
    const sinks: RecordingSink[] = []
    pair.serverHandler.onRequest = (stream) => stream.sendHead(OK, false)

    for (let i = 0; i < 20; i++) {
      const stream = pair.client.request(post(), false, new RecordingStreamHandler())!
      stream.write(new Uint8Array(60_000))
      stream.end(null)
      pair.settle()
    }
    for (const { stream } of pair.serverHandler.requests) {
      sinks.push(new RecordingSink())
      stream.start(sinks.at(-1)!)
    }

    expect(sinks.map((sink) => [sink.bytesCount, sink.isEnded])).toEqual(Array(20).fill([60_000, true]))
  })

  test('what was not taken of a stream that ends early is given back to the connection', () => {
    const pair = new LinkedPair({}, { streamWindowBytes: 65_535, connectionWindowBytes: 65_535 })
    pair.settle()
    for (let i = 0; i < 20; i++) {
      const stream = pair.client.request(post(), false, new RecordingStreamHandler())!
      stream.write(new Uint8Array(40_000))
      pair.settle()
      if (i % 2 === 0) stream.reset(ErrorCode.cancel)
      else pair.serverHandler.requests[i]!.stream.reset(ErrorCode.cancel)
      pair.settle()
    }
    const sink = new RecordingSink()
    pair.serverHandler.onRequest = (stream) => stream.start(sink)

    pair.client.request(post(), false, new RecordingStreamHandler())!.sendBody(new Faucet(10_000, 300_000))
    pair.settle()

    expect(sink.bytesCount).toBe(300_000)
  })

  test('cancel() at a server drops the rest of the request, and its reply still goes out', () => {
    const pair = new LinkedPair()
    pair.settle()
    const faucet = new Faucet(10_000, 5_000_000)
    const handler = new RecordingStreamHandler()
    pair.serverHandler.onRequest = (stream) => {
      stream.cancel()
      stream.sendHead(OK, false)
      stream.write(Uint8Array.of(65))
      stream.end(null)
    }
    const reply = new RecordingSink()

    const stream = pair.client.request(post(), false, handler)!
    stream.start(reply)
    stream.sendBody(faucet)
    pair.settle()

    expect([reply.text, reply.isEnded, handler.resetWith]).toEqual(['A', true, null])
    expect([faucet.isCancelled, pair.client.openStreams, pair.server.openStreams]).toEqual([true, 0, 0])
  })

  test('cancel() at a client resets the stream', () => {
    const pair = new LinkedPair()
    pair.settle()
    const faucet = new Faucet(10_000, 5_000_000)
    pair.serverHandler.onRequest = (stream) => {
      stream.sendHead(OK, false)
      stream.sendBody(faucet)
    }
    const handler = new RecordingStreamHandler()
    const stream = pair.client.request(post(), true, handler)!
    pair.settle()

    stream.cancel()
    pair.settle()

    expect(pair.serverHandler.requests[0]!.handler.resetWith!.code).toBe(ErrorCode.cancel)
    expect([faucet.isCancelled, handler.resetWith, handler.closedCount]).toEqual([true, null, 1])
  })

  test('a window announced smaller than the default holds once the peer has acknowledged it', () => {
    const peer = RawPeer.greeted({ role: 'server', streamWindowBytes: 100 })
    peer.send(peer.headers(1, POST_FIELDS, Flag.endHeaders), wireFrame(0, 0, 1, new Uint8Array(100)))
    expect(peer.resetCode(1)).toBe(null)

    peer.send(wireFrame(0, 0, 1, new Uint8Array(1)))

    expect(peer.resetCode(1)).toBe(ErrorCode.flowControlError)
  })
})
