import { HeaderList, ReplyHead, RequestHead } from '@weft/message'
import { seededRandom } from '@weft/time/testing'
import { describe, expect, test } from 'vitest'
import { CLIENT_PREFACE, Flag } from './frame.ts'
import {
  GET_FIELDS,
  POST_FIELDS,
  RawPeer,
  RecordingSink,
  RecordingStreamHandler,
  readWire,
  wireFrame,
} from './testing/index.ts'

const ROUNDS = 250
const STREAMS_MAX = 10

function pick<T>(random: () => number, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!
}

/** A frame that is mostly right: random type, flags, stream and payload of about the right form. */
function randomFrame(random: () => number, peer: RawPeer): Uint8Array {
  const streamId = pick(random, [0, 1, 1, 3, 3, 5, 7, 2, Math.floor(random() * 40)])
  if (random() < 0.35) {
    const fields = pick(random, [
      GET_FIELDS,
      POST_FIELDS,
      [[':status', '200']] as const,
      [[':status', '100']] as const,
      [['a', 'b']] as const,
    ])
    return peer.headers(streamId, fields, pick(random, [4, 5, 5, 0, 12]))
  }
  const type = Math.floor(random() * 11)
  const length = pick(random, [0, 4, 4, 5, 6, 8, 8, 12, Math.floor(random() * 300)])
  const payload = Uint8Array.from({ length }, () => (random() < 0.6 ? 0 : random() * 256))
  return wireFrame(type, pick(random, [0, 0, 1, 4, 5, 8, 0x20, Math.floor(random() * 256)]), streamId, payload)
}

function damage(random: () => number, bytes: Uint8Array): Uint8Array {
  if (random() < 0.7) return bytes
  const copy = Uint8Array.from(bytes)
  for (let i = random() * 3; i > 0; i--) copy[Math.floor(random() * copy.length)] = random() * 256
  return copy
}

describe.each([11, 20261122])('under random and damaged frames (seed %i)', (seed) => {
  test.each(['server', 'client'] as const)(
    'a %s keeps its limits, answers in frames and ends in order',
    (role) => {
      const random = seededRandom(seed)
      for (let round = 0; round < ROUNDS; round++) {
        const peer = new RawPeer({ role, limits: { streamsMax: STREAMS_MAX, pingsPerWindowMax: 20 } })
        const told = { closed: 0 }
        peer.handler.closed = () => told.closed++
        peer.handler.onRequest = (stream) => {
          if (random() < 0.7) stream.start(new RecordingSink())
          if (random() < 0.2) return stream.reset(8)
          if (random() < 0.2) return stream.cancel()
          stream.sendHead(new ReplyHead(200, new HeaderList(['x', String(round)]), 20), random() < 0.3)
          stream.write(new Uint8Array(random() ** 4 * 100_000))
          if (random() < 0.7) stream.end(random() < 0.5 ? null : new HeaderList(['t', 'u']))
        }
        const handlers: RecordingStreamHandler[] = []
        if (role === 'server') peer.connection.receive(CLIENT_PREFACE)
        peer.connection.receive(wireFrame(4, 0, 0))
        for (let i = 0; role === 'client' && i < 4; i++) {
          const handler = new RecordingStreamHandler()
          handlers.push(handler)
          const stream = peer.connection.request(
            new RequestHead('POST', 'http', 'a', '/', new HeaderList(), 20),
            i % 2 === 0,
            handler,
          )
          stream?.start(new RecordingSink())
          stream?.write(new Uint8Array(random() * 1000))
        }
        for (let i = 0; i < 25; i++) {
          const frame = damage(random, randomFrame(random, peer))
          const cut = Math.floor(random() * frame.length)
          peer.connection.receive(frame.slice(0, cut))
          peer.connection.receive(frame.slice(cut))
          expect(peer.connection.openStreams).toBeLessThanOrEqual(STREAMS_MAX)
        }
        peer.clock.advance(200_000)
        peer.connection.close()

        peer.connection.flush()
        expect(() => readWire(peer.output.take()), 'whole frames alone').not.toThrow()
        expect(told.closed).toBe(1)
        expect(peer.output.closedWith).not.toBe(undefined)
        for (const handler of [...handlers, ...peer.handler.requests.map((each) => each.handler)]) {
          expect(handler.closedCount).toBe(1)
        }
        expect(peer.connection.openStreams).toBe(0)
      }
    },
    30_000,
  )
})

test('whole frames alone: readWire() finds a frame cut short', () => {
  const frame = wireFrame(6, Flag.ack, 0, new Uint8Array(8))

  expect(readWire(frame.subarray(0, 12))[0]!.payload.length, 'the check above has this to find').toBeLessThan(8)
})
