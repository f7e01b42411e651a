import { expect, test } from 'vitest'
import { HeldBudget, type Http2Options } from './index.ts'
import { POST_FIELDS, RawPeer, RecordingSink, uint32, wireFrame } from './testing/index.ts'

const CHUNK = 16_384
const options: Http2Options = {
  role: 'server',
  streamWindowBytes: 4 * CHUNK,
  streamWindowBytesMax: 4 * CHUNK,
  connectionWindowBytes: 4 * CHUNK,
}

/** Streams 1, 3, … whose sinks rest; each is sent so many chunks. Returns the peer and the sinks. */
function resting(heldBudget: HeldBudget, ...chunks: readonly number[]): { peer: RawPeer; sinks: RecordingSink[] } {
  const peer = RawPeer.greeted({ ...options, heldBudget })
  const sinks: RecordingSink[] = []
  peer.handler.onRequest = (stream) => {
    const sink = new RecordingSink()
    sinks.push(sink)
    stream.start(sink)
    stream.pause()
  }
  for (const [index, count] of chunks.entries()) {
    const id = 2 * index + 1
    peer.send(peer.headers(id, POST_FIELDS, 4))
    for (let i = 0; i < count; i++) peer.send(wireFrame(0, 0, id, new Uint8Array(CHUNK)))
  }
  return { peer, sinks }
}

/** What the connection's window was given back. */
function credited(peer: RawPeer): number {
  const updates = peer.frames.filter(({ type, streamId }) => type === 8 && streamId === 0)
  return updates.reduce((sum, { payload }) => sum + Buffer.from(payload).readUInt32BE(0), 0)
}

test('what rests is given back on the connection and held, each octet once', () => {
  const budget = new HeldBudget(100 * CHUNK)
  const { peer, sinks } = resting(budget, 4, 4, 4)

  expect(peer.goawayCode, 'three windows full, more than the connection has').toBe(null)
  expect(budget.heldBytes).toBe(12 * CHUNK)
  expect(credited(peer)).toBe(12 * CHUNK)

  for (const { stream } of peer.handler.requests) stream.resume()
  peer.collect()

  expect(sinks.map(({ bytesCount }) => bytesCount)).toEqual([4 * CHUNK, 4 * CHUNK, 4 * CHUNK])
  expect(budget.heldBytes).toBe(0)
  expect(credited(peer), 'not a second time').toBe(12 * CHUNK)
})

test('without budget the window of the connection bounds what rests', () => {
  const budget = new HeldBudget(2 * CHUNK)
  const { peer } = resting(budget, 4)

  expect([budget.heldBytes, credited(peer), budget.timesExhausted]).toEqual([2 * CHUNK, 2 * CHUNK, 2])

  peer.handler.requests[0]!.stream.resume()
  peer.collect()
  expect([budget.heldBytes, credited(peer)]).toEqual([0, 4 * CHUNK])
})

test.each<[string, (peer: RawPeer) => void]>([
  ['reset by the peer', (peer) => peer.send(wireFrame(3, 0, 1, uint32(8)))],
  ['reset by us', (peer) => peer.handler.requests[0]!.stream.reset(8)],
  ['cancelled', (peer) => peer.handler.requests[0]!.stream.cancel()],
  ['lost with its connection', (peer) => peer.connection.receiveEnd(null)],
])('a stream that is %s leaves nothing in the budget', (_, end) => {
  const budget = new HeldBudget(100 * CHUNK)
  const { peer } = resting(budget, 4)
  expect(budget.heldBytes).toBe(4 * CHUNK)

  end(peer)
  peer.collect()

  expect(budget.heldBytes).toBe(0)
  expect(credited(peer)).toBe(4 * CHUNK)
})

test('a stream that its sink resets while it is given what waited is given back once', () => {
  const budget = new HeldBudget(100 * CHUNK)
  const peer = RawPeer.greeted({ ...options, heldBudget: budget })
  peer.handler.onRequest = (stream) => {
    stream.start({ bytes: () => (stream.reset(8), true), end: () => {}, abort: () => {} })
    stream.pause()
  }
  peer.send(peer.headers(1, POST_FIELDS, 4))
  for (let i = 0; i < 4; i++) peer.send(wireFrame(0, 0, 1, new Uint8Array(CHUNK)))
  expect(credited(peer)).toBe(4 * CHUNK)

  peer.handler.requests[0]!.stream.resume()
  peer.send(peer.headers(3, POST_FIELDS, 4))
  for (let i = 0; i < 2; i++) peer.send(wireFrame(0, 0, 3, new Uint8Array(CHUNK)))

  expect(budget.heldBytes).toBe(2 * CHUNK)
  expect(credited(peer)).toBe(6 * CHUNK)
})
