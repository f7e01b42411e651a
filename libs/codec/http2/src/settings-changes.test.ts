import { HeaderList, ReplyHead, RequestHead } from '@weft/message'
import { describe, expect, test } from 'vitest'
import { FrameType } from './frame.ts'
import { ErrorCode } from './index.ts'
import { GET_FIELDS, RawPeer, RecordingStreamHandler, uint32, wireFrame } from './testing/index.ts'

const setting = (id: number, value: number): Uint8Array => wireFrame(4, 0, 0, [0, id, ...uint32(value)])
const OK = new ReplyHead(200, new HeaderList(['x-always', 'the same value each time']), 20)

/** A server of ours that answers each request, and what its reply's block begins with. */
function answer(peer: RawPeer, id: number): Uint8Array {
  peer.send(peer.headers(id, GET_FIELDS))
  peer.handler.requests.at(-1)!.stream.sendHead(OK, true)
  return peer.collect().find((frame) => frame.type === FrameType.headers)!.payload
}

describe('HEADER_TABLE_SIZE', () => {
  test('made smaller by the peer is stated at the head of the next block, and kept to', () => {
    const peer = RawPeer.greeted({ role: 'server' })
    const [first, second] = [answer(peer, 1), answer(peer, 3)]
    expect(second.length, 'by reference').toBeLessThan(first.length)

    peer.send(setting(1, 0))
    const [shrunk, later] = [answer(peer, 5), answer(peer, 7)]

    expect(shrunk[0], 'a size update to 0').toBe(0x20)
    expect(later[0]! & 0xe0, 'once').not.toBe(0x20)
    expect(later.length, 'nothing is indexed').toBeGreaterThanOrEqual(first.length - 1)
  })

  test('made smaller and larger again between two blocks states both', () => {
    const peer = RawPeer.greeted({ role: 'server' })
    answer(peer, 1)
    peer.send(setting(1, 0), setting(1, 4096))
    const block = answer(peer, 3)

    expect([...block.subarray(0, 4)], 'to 0, then to 4096').toEqual([0x20, 0x3f, 0xe1, 0x1f])
  })

  test('of ours below the default must be stated by a peer that has acknowledged it', () => {
    for (const [isStated, code] of [
      [true, null],
      [false, ErrorCode.compressionError],
    ] as const) {
      const peer = RawPeer.greeted({ role: 'server', headerTableBytesMax: 100 })
      if (isStated) peer.encoder.allowTableBytes(100)
      peer.send(peer.headers(1, GET_FIELDS))

      expect(peer.goawayCode).toBe(code)
    }
  })
})

test('MAX_FRAME_SIZE made larger and smaller applies from the next frame on', () => {
  const peer = RawPeer.greeted({ role: 'server', frameBytesMax: 1 << 20 }, [0, 4, ...uint32(1 << 24)])
  peer.send(wireFrame(8, 0, 0, uint32(1 << 24)))
  peer.send(peer.headers(1, GET_FIELDS))
  const { stream } = peer.handler.requests[0]!
  stream.sendHead(OK, false)
  const largest = (): number => {
    stream.write(new Uint8Array(100_000))
    return Math.max(...peer.collect().map((frame) => frame.payload.length))
  }

  expect(largest()).toBe(16_384)
  peer.send(setting(5, 50_000))
  expect(largest()).toBe(50_000)
  peer.send(setting(5, 20_000))
  expect(largest()).toBe(20_000)
})

test('MAX_CONCURRENT_STREAMS below what is open lets those finish', () => {
  const peer = RawPeer.greeted({ role: 'client' })
  const head = new RequestHead('GET', 'http', 'cart', '/', new HeaderList(), 20)
  const handlers = [0, 1, 2].map(() => {
    const handler = new RecordingStreamHandler()
    peer.connection.request(head, true, handler)
    return handler
  })
  peer.send(setting(3, 1))
  for (const id of [1, 3]) peer.send(peer.headers(id, [[':status', '200']]))
  expect(peer.connection.canRequest, 'one is open still').toBe(false)
  peer.send(peer.headers(5, [[':status', '200']]))

  expect(handlers.map((handler) => handler.replyHead?.status)).toEqual([200, 200, 200])
  expect(peer.connection.canRequest).toBe(true)
})

test('several settings in one frame apply in order, the last of each', () => {
  const peer = RawPeer.greeted({ role: 'client' })
  peer.send(wireFrame(4, 0, 0, [0, 3, ...uint32(0), 0, 3, ...uint32(7)]))

  expect(peer.connection.peerStreamsMax).toBe(7)
})
