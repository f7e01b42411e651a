import { createHash } from 'node:crypto'
import fc from 'fast-check'
import type { BodySink, BodySource } from '@weft/message'
import { HeaderList, ReplyHead, RequestHead } from '@weft/message'
import { seededRandom } from '@weft/time/testing'
import { describe, expect, test } from 'vitest'
import type { Http2Output } from './index.ts'
import { LinkedPair, RecordingStreamHandler } from './testing/index.ts'

/** Random octets in random chunks, given in turns as long as it may. */
class RandomSource implements BodySource {
  readonly hash = createHash('sha1')
  readonly #random: () => number
  #left: number
  #sink: BodySink | null = null
  #isPaused = false

  constructor(random: () => number, bytes: number) {
    this.#random = random
    this.#left = bytes
  }

  start(sink: BodySink): void {
    this.#sink = sink
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
  }

  cancel(): void {
    this.#sink = null
  }

  /** Gives a chunk or the end, if it may. */
  step(): void {
    if (this.#sink === null || this.#isPaused) return
    if (this.#left === 0) {
      const sink = this.#sink
      this.#sink = null
      return sink.end(this.#random() < 0.5 ? null : new HeaderList(['t', '1']))
    }
    const chunk = new Uint8Array(Math.min(this.#left, Math.floor(this.#random() ** 4 * 60_000) + 1))
    for (let i = 0; i < chunk.length; i += 7) chunk[i] = this.#random() * 256
    this.hash.update(chunk)
    this.#left -= chunk.length
    if (!this.#sink.bytes(chunk)) this.#isPaused = true
  }
}

/** Takes octets, and pauses at random. */
class RandomSink implements BodySink {
  readonly hash = createHash('sha1')
  readonly #random: () => number
  isEnded = false
  isPaused = false

  constructor(random: () => number) {
    this.#random = random
  }

  bytes(bytes: Uint8Array): boolean {
    expect(this.isEnded).toBe(false)
    this.hash.update(bytes)
    this.isPaused = this.#random() < 0.3
    return !this.isPaused
  }

  end(): void {
    this.isEnded = true
  }

  abort(error: unknown): void {
    throw new Error(`aborted: ${JSON.stringify(error)}`)
  }
}

interface Direction {
  readonly source: RandomSource
  readonly sink: RandomSink
  readonly taker: { resume(): void }
}

const windows = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 100, max: 200_000 }))
const side = fc.record({
  streamWindowBytes: windows,
  connectionWindowBytes: fc.integer({ min: 65_535, max: 300_000 }),
  frameBytesMax: fc.constantFrom(16_384, 30_000, 1 << 20),
})

describe('client and server in memory', () => {
  test('carry bodies unchanged, whatever the windows, chunks and pauses', () => {
    const seeds = fc.integer({ min: 0, max: 2 ** 31 })
    fc.assert(
      fc.property(side, side, seeds, fc.integer({ min: 1, max: 8 }), (client, server, seed, streams) => {
        const random = seededRandom(seed)
        const pair = new LinkedPair(client, server)
        const directions: Direction[] = []
        const handlers: RecordingStreamHandler[] = []
        const join = (out: { sendBody(source: BodySource): void }, into: BodySource & { resume(): void }): void => {
          const bytesMax = Math.min(200_000, 60 * Math.min(client.streamWindowBytes, server.streamWindowBytes))
          const source = new RandomSource(random, Math.floor(random() ** 2 * bytesMax))
          const sink = new RandomSink(random)
          out.sendBody(source)
          into.start(sink)
          directions.push({ source, sink, taker: into })
        }
        pair.serverHandler.onRequest = (stream) => {
          stream.sendHead(new ReplyHead(200, new HeaderList(), 20), false)
          const near = nearStreams[pair.serverHandler.requests.length - 1]!
          join(near, stream)
          join(stream, near)
        }
        const nearStreams = Array.from({ length: streams }, () => {
          const head = new RequestHead('POST', 'http', 'cart', '/', new HeaderList(), 20)
          head.bodyKind = 'stream'
          const handler = new RecordingStreamHandler()
          handlers.push(handler)
          return pair.client.request(head, false, handler)!
        })

        for (let turn = 0; turn < 5_000; turn++) {
          for (const each of directions) {
            each.source.step()
            if (each.sink.isPaused && random() < 0.5) {
              each.sink.isPaused = false
              each.taker.resume()
            }
          }
          pair.clientOutput.isOpen = random() < 0.8
          pair.serverOutput.isOpen = random() < 0.8
          pair.settle()
          pair.client.outputDrained()
          pair.server.outputDrained()
          if (directions.length === streams * 2 && handlers.every((each) => each.closedCount > 0)) break
        }
        for (let i = 0; i < 1000; i++) for (const each of directions) each.taker.resume()

        expect(directions.length).toBe(streams * 2)
        for (const each of directions) {
          expect(each.sink.isEnded).toBe(true)
          expect(each.sink.hash.digest('hex')).toBe(each.source.hash.digest('hex'))
        }
        expect([pair.client.openStreams, pair.server.openStreams, pair.client.isClosed]).toEqual([0, 0, false])
      }),
      { numRuns: 60, seed: 20261122 },
    )
  })

  test('frames stay whole and in order when the transport calls back in the middle of a write', () => {
    const pair = new LinkedPair()
    pair.settle()
    const output = pair.serverOutput as Http2Output
    const write = output.write.bind(output)
    let depth = 0
    output.write = (bytes, isLent) => {
      const result = write(bytes, isLent)
      if (depth++ < 100) pair.server.outputDrained()
      return result
    }
    pair.serverHandler.onRequest = (stream) => {
      stream.sendHead(new ReplyHead(200, new HeaderList(), 20), false)
      for (let i = 0; i < 50; i++) stream.write(new Uint8Array(5000))
      stream.end(null)
    }
    const handler = new RecordingStreamHandler()
    const head = new RequestHead('GET', 'http', 'cart', '/', new HeaderList(), 20)
    const stream = pair.client.request(head, true, handler)!
    let bytes = 0
    stream.start({ bytes: (chunk) => ((bytes += chunk.length), true), end: () => {}, abort: () => {} })

    pair.settle()

    expect([bytes, handler.closedCount, pair.client.isClosed]).toEqual([250_000, 1, false])
  })
})
