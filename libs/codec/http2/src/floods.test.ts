import { HeaderList, ReplyHead } from '@weft/message'
import { describe, expect, test } from 'vitest'
import { Flag } from './frame.ts'
import { ErrorCode, Http2Counters } from './index.ts'
import type { Http2Limits } from './index.ts'
import { GET_FIELDS, POST_FIELDS, RawPeer, uint32, wireFrame } from './testing/index.ts'

/** An attack: `step` is sent again and again. `setUp` runs once before. */
interface Flood {
  readonly limits: Partial<Http2Limits>
  readonly counter: keyof Http2Counters
  /** How many are let pass. */
  readonly passes: number
  readonly step: (peer: RawPeer, i: number) => Uint8Array[]
  readonly setUp?: (peer: RawPeer) => void
}

const openStream = (peer: RawPeer): void => void peer.send(peer.headers(1, POST_FIELDS, Flag.endHeaders))
const answer = (peer: RawPeer, bytes: number): void => {
  const { stream } = peer.handler.requests[0]!
  stream.sendHead(new ReplyHead(200, new HeaderList(), 20), false)
  stream.write(new Uint8Array(bytes))
}
const nextId = (i: number): number => 2 * i + 1

const floods: Record<string, Flood> = {
  'rapid reset: requests that are reset at once': {
    limits: { earlyResetsPerWindowMax: 20 },
    counter: 'earlyResetFloods',
    passes: 20,
    step: (peer, i) => [peer.headers(nextId(i), GET_FIELDS), wireFrame(3, 0, nextId(i), uint32(8))],
  },
  'rapid reset of streams that were answered': {
    limits: { resetsPerWindowMax: 20 },
    counter: 'resetFloods',
    passes: 20,
    step: (peer, i) => [peer.headers(nextId(i), GET_FIELDS), wireFrame(3, 0, nextId(i), uint32(8))],
  },
  'requests that make us reset: malformed': {
    limits: { provokedResetsPerWindowMax: 20 },
    counter: 'provokedResetFloods',
    passes: 20,
    step: (peer, i) => [peer.headers(nextId(i), GET_FIELDS.slice(1))],
  },
  'requests that make us reset: WINDOW_UPDATE of 0': {
    limits: { provokedResetsPerWindowMax: 20 },
    counter: 'provokedResetFloods',
    passes: 20,
    step: (peer, i) => [peer.headers(nextId(i), GET_FIELDS), wireFrame(8, 0, nextId(i), uint32(0))],
  },
  'requests that make us reset: beyond the number of streams': {
    limits: { provokedResetsPerWindowMax: 20, streamsMax: 1 },
    counter: 'provokedResetFloods',
    passes: 20,
    setUp: openStream,
    step: (peer, i) => [peer.headers(nextId(i + 1), GET_FIELDS)],
  },
  'requests whose header list is too large': {
    limits: { provokedResetsPerWindowMax: 20, headerListBytesMax: 100 },
    counter: 'provokedResetFloods',
    passes: 20,
    step: (peer, i) => [peer.headers(nextId(i), GET_FIELDS)],
  },
  SETTINGS: {
    limits: { settingsPerWindowMax: 21 },
    counter: 'settingsFloods',
    passes: 19,
    step: () => [wireFrame(4, 0, 0)],
  },
  'acknowledgements of SETTINGS': {
    limits: { settingsPerWindowMax: 22 },
    counter: 'settingsFloods',
    passes: 20,
    step: () => [wireFrame(4, Flag.ack, 0)],
  },
  PING: {
    limits: { pingsPerWindowMax: 20 },
    counter: 'pingFloods',
    passes: 20,
    step: () => [wireFrame(6, 0, 0, new Uint8Array(8))],
  },
  'acknowledgements of PING': {
    limits: { pingsPerWindowMax: 20 },
    counter: 'pingFloods',
    passes: 20,
    step: () => [wireFrame(6, Flag.ack, 0, new Uint8Array(8))],
  },
  'empty DATA': {
    limits: { emptyDataPerWindowMax: 20 },
    counter: 'emptyDataFloods',
    passes: 20,
    setUp: openStream,
    step: () => [wireFrame(0, 0, 1)],
  },
  'DATA of padding alone': {
    limits: { emptyDataPerWindowMax: 20 },
    counter: 'emptyDataFloods',
    passes: 20,
    setUp: openStream,
    step: () => [wireFrame(0, Flag.padded, 1, [3, 0, 0, 0])],
  },
  PRIORITY: {
    limits: { prioritiesPerWindowMax: 20 },
    counter: 'priorityFloods',
    passes: 20,
    step: (_, i) => [wireFrame(2, 0, nextId(i), [0, 0, 0, 0, 1])],
  },
  'WINDOW_UPDATE of 1': {
    limits: { smallWindowUpdatesPerWindowMax: 20 },
    counter: 'windowUpdateFloods',
    passes: 20,
    step: () => [wireFrame(8, 0, 0, uint32(1))],
  },
  'a window opened octet by octet': {
    limits: { smallDataPerWindowMax: 20 },
    counter: 'smallDataFloods',
    passes: 19,
    setUp: (peer) => {
      peer.send(wireFrame(4, 0, 0, [0, 4, ...uint32(1)]))
      openStream(peer)
      answer(peer, 100_000)
    },
    step: () => [wireFrame(8, 0, 1, uint32(1))],
  },
  'a first window that grows octet by octet': {
    limits: { smallDataPerWindowMax: 20 },
    counter: 'smallDataFloods',
    passes: 20,
    setUp: (peer) => {
      openStream(peer)
      peer.send(wireFrame(4, 0, 0, [0, 4, ...uint32(0)]))
      answer(peer, 100_000)
    },
    step: (_, i) => [wireFrame(4, 0, 0, [0, 4, ...uint32(i + 1)])],
  },
  'frames of unknown type': {
    limits: { ignoredFramesPerWindowMax: 20 },
    counter: 'ignoredFrameFloods',
    passes: 20,
    step: () => [wireFrame(0x77, 0, 0, [1])],
  },
  'frames for streams that are over': {
    limits: { ignoredFramesPerWindowMax: 20 },
    counter: 'ignoredFrameFloods',
    passes: 20,
    setUp: (peer) => {
      openStream(peer)
      peer.handler.requests[0]!.stream.reset(ErrorCode.cancel)
    },
    step: () => [wireFrame(8, 0, 1, uint32(1000))],
  },
}

describe('a flood ends the connection with ENHANCE_YOUR_CALM', () => {
  test.each(Object.entries(floods))('%s', (_, flood) => {
    const counters = new Http2Counters()
    const peer = RawPeer.greeted({ role: 'server', limits: flood.limits, counters })
    flood.setUp?.(peer)

    for (let i = 0; i < flood.passes; i++) peer.send(...flood.step(peer, i))
    expect([peer.goawayCode, counters[flood.counter]]).toEqual([null, 0])
    peer.send(...flood.step(peer, flood.passes))

    expect([peer.goawayCode, counters[flood.counter]]).toEqual([ErrorCode.enhanceYourCalm, 1])
    expect(peer.connection.isClosed).toBe(true)
  })

  test.each(Object.entries(floods))('not over a longer time: %s', (_, flood) => {
    const peer = RawPeer.greeted({ role: 'server', limits: flood.limits })
    flood.setUp?.(peer)

    for (let i = 0; i < flood.passes * 3; i++) {
      peer.send(...flood.step(peer, i))
      peer.clock.advance(1000)
    }

    expect(peer.goawayCode).toBe(null)
  })

  test('CONTINUATION without end, by number', () => {
    const counters = new Http2Counters()
    const peer = RawPeer.greeted({ role: 'server', counters, limits: { continuationFramesMax: 5 } })
    peer.send(peer.headers(1, GET_FIELDS, 0))

    for (let i = 0; i < 5; i++) peer.send(wireFrame(9, 0, 1))
    expect(peer.goawayCode).toBe(null)
    peer.send(wireFrame(9, 0, 1))

    expect([peer.goawayCode, counters.headerBlockFloods]).toEqual([ErrorCode.enhanceYourCalm, 1])
  })

  test('a header block without end, by octets, before they have come', () => {
    const peer = RawPeer.greeted({ role: 'server', limits: { headerBlockBytesMax: 20_000 } })
    peer.send(wireFrame(1, 0, 1, new Uint8Array(16_000)))

    peer.send(wireFrame(9, 0, 1, new Uint8Array(16_000)).subarray(0, 9))

    expect(peer.goawayCode).toBe(ErrorCode.enhanceYourCalm)
  })

  test('too many settings in one frame', () => {
    const peer = RawPeer.greeted({ role: 'server', limits: { settingsEntriesMax: 3 } })
    const entry = [0x77, 0, 0, 0, 0, 0]
    peer.send(wireFrame(4, 0, 0, [...entry, ...entry, ...entry]))
    expect(peer.goawayCode).toBe(null)

    peer.send(wireFrame(4, 0, 0, [...entry, ...entry, ...entry, ...entry]))

    expect(peer.goawayCode).toBe(ErrorCode.enhanceYourCalm)
  })

  test('answers that the peer asks for and does not read', () => {
    const counters = new Http2Counters()
    const peer = RawPeer.greeted({ role: 'server', counters, limits: { unsentBytesMax: 10_000 } })
    peer.output.isOpen = false
    const ping = wireFrame(6, 0, 0, new Uint8Array(8))

    for (let i = 0; i < 500; i++) peer.send(ping)
    expect(peer.connection.isClosed).toBe(false)
    for (let i = 0; i < 500; i++) peer.send(ping)

    expect([peer.connection.isClosed, counters.unsentFloods]).toEqual([true, 1])
  })

  test('but not answers that it reads', () => {
    const peer = RawPeer.greeted({ role: 'server', limits: { unsentBytesMax: 10_000 } })
    const ping = wireFrame(6, 0, 0, new Uint8Array(8))
    for (let i = 0; i < 2000; i++) {
      peer.output.isOpen = i % 100 !== 0
      peer.send(ping)
      if (!peer.output.isOpen) peer.connection.outputDrained()
    }

    expect(peer.connection.isClosed).toBe(false)
  })

  test('small WINDOW_UPDATEs are no flood where each answers DATA', () => {
    const peer = RawPeer.greeted({ role: 'server', limits: { smallWindowUpdatesPerWindowMax: 20 } })
    openStream(peer)
    const { stream } = peer.handler.requests[0]!
    stream.sendHead(new ReplyHead(200, new HeaderList(), 20), false)

    for (let i = 0; i < 500; i++) {
      stream.write(new Uint8Array(1))
      peer.send(wireFrame(8, 0, 0, uint32(1)), wireFrame(8, 0, 1, uint32(1)))
    }

    expect(peer.goawayCode).toBe(null)
  })
})
