import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { HeaderList, ReplyHead, RequestHead } from '@weft/message'
import { FakeClock } from '@weft/time/testing'
import { describe, expect, test } from 'vitest'
import { CLIENT_PREFACE, Flag } from './frame.ts'
import { Http2Connection, type Http2Options } from './index.ts'
import {
  MemoryOutput,
  RecordingHandler,
  GET_FIELDS,
  POST_FIELDS,
  RawPeer,
  RecordingStreamHandler,
  uint32,
  wireFrame,
} from './testing/index.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
const MIB = 1 << 20

function memoryBytes(): number {
  collectGarbage()
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** What one connection holds at the end of an attack, in octets; the peer itself keeps nothing of what it saw. */
function heldBy(options: Http2Options, settings: readonly number[], attack: (peer: RawPeer) => void): number {
  const before = memoryBytes()
  const peer = RawPeer.greeted(options, settings)
  attack(peer)
  peer.frames.length = 0
  const held = memoryBytes() - before
  // Also keeps it alive until here.
  expect(peer.connection.isClosed).toBe(false)
  return held
}

/** Several frames as they would come in one read of the kernel. */
function asOneRead(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

const OK = new ReplyHead(200, new HeaderList(), 20)

/** Each bound is what the limits promise, with room for objects; a leak or a copy too many is well above. */
describe('the memory of a connection under attack is bounded:', () => {
  test('at rest', () => {
    const before = memoryBytes()
    const connections: Http2Connection[] = []
    const handler = new RecordingHandler()
    for (let i = 0; i < 500; i++) {
      const output = new MemoryOutput()
      const connection = new Http2Connection({ role: 'server' }, output, handler, new FakeClock())
      connection.receive(asOneRead([CLIENT_PREFACE, wireFrame(4, 0, 0), wireFrame(4, Flag.ack, 0)]))
      connection.flush()
      output.chunks.length = 0
      connections.push(connection)
    }
    const held = memoryBytes() - before

    expect(connections.some((connection) => connection.isClosed)).toBe(false)
    expect(held / connections.length).toBeLessThan(12 * 1024)
  })

  test('256 replies that wait for windows which never open', () => {
    const held = heldBy({ role: 'server' }, [0, 4, ...uint32(0)], (peer) => {
      for (let i = 0; i < 256; i++) {
        peer.send(peer.headers(2 * i + 1, GET_FIELDS))
        const { stream } = peer.handler.requests.at(-1)!
        stream.sendHead(OK, false)
        let given = 0
        stream.sendBody({
          start: (sink) => {
            // One read of an upstream: whoever is paused gives no more.
            while (given < 1 && sink.bytes(Buffer.allocUnsafeSlow(65_536))) given++
          },
          pause: () => {},
          resume: () => {},
          cancel: () => {},
        })
      }
    })

    expect(held).toBeLessThan(256 * 65_536 + 2 * MIB)
  })

  test('256 requests whose bodies nobody takes: the windows of the streams', () => {
    const held = heldBy({ role: 'server' }, [], (peer) => {
      for (let i = 0; i < 256; i++) {
        const id = 2 * i + 1
        peer.send(peer.headers(id, POST_FIELDS, Flag.endHeaders))
        for (let n = 0; n < 5; n++) peer.send(wireFrame(0, 0, id, new Uint8Array(16_000)))
      }
    })

    expect(held).toBeGreaterThan(256 * 80_000)
    expect(held).toBeLessThan(256 * 81_920 + 4 * MIB)
  })

  test('single octets of such bodies, each in a read full of other things', () => {
    const filler = wireFrame(0x99, 0, 0, new Uint8Array(16_000))
    const held = heldBy({ role: 'server' }, [], (peer) => {
      peer.send(peer.headers(1, POST_FIELDS, Flag.endHeaders))
      for (let i = 0; i < 1000; i++) {
        peer.connection.receive(asOneRead([filler, wireFrame(0, 0, 1, [1]), filler, filler]))
      }
    })

    expect(held).toBeLessThan(MIB)
  })

  test('thousands of requests that are reset at once, slowly enough to be let pass', () => {
    const held = heldBy({ role: 'server' }, [], (peer) => {
      for (let i = 0; i < 5_000; i++) {
        peer.send(peer.headers(2 * i + 1, GET_FIELDS), wireFrame(3, 0, 2 * i + 1, uint32(8)))
        peer.handler.requests.length = 0
        peer.frames.length = 0
        peer.clock.advance(21)
      }
    })

    expect(held).toBeLessThan(MIB)
  })

  test('thousands of streams that we had to reset', () => {
    const held = heldBy({ role: 'server' }, [], (peer) => {
      for (let i = 0; i < 5_000; i++) {
        peer.send(peer.headers(2 * i + 1, GET_FIELDS.slice(1)))
        peer.frames.length = 0
        peer.clock.advance(21)
      }
    })

    expect(held).toBeLessThan(MIB)
  })

  test('a table and names of the peer, as large and as many as it can make them', () => {
    const held = heldBy({ role: 'server', limits: { provokedResetsPerWindowMax: 1e9 } }, [], (peer) => {
      for (let i = 0; i < 500; i++) {
        const fields = Array.from({ length: 30 }, (_, n) => [`x-${i}-${n}`, 'v'.repeat(60)] as const)
        peer.send(peer.headers(2 * i + 1, [...GET_FIELDS, ...fields]))
        peer.send(wireFrame(3, 0, 2 * i + 1, uint32(8)))
        peer.handler.requests.length = 0
        peer.frames.length = 0
        peer.clock.advance(21)
      }
    })

    expect(held).toBeLessThan(2 * MIB)
  })

  test('a header block without end', () => {
    const held = heldBy({ role: 'server' }, [], (peer) => {
      peer.send(peer.headers(1, GET_FIELDS, 0))
      for (let i = 0; i < 5; i++) peer.send(wireFrame(9, 0, 1, new Uint8Array(16_000)))
    })

    expect(held).toBeLessThan(300_000)
  })

  test('answers that the peer does not read', () => {
    let written = 0
    heldBy({ role: 'server' }, [], (peer) => {
      peer.output.isOpen = false
      for (let i = 0; i < 20_000; i++) {
        peer.connection.receive(wireFrame(6, 0, 0, new Uint8Array(8)))
        peer.connection.flush()
        written += peer.output.take().length
      }
    })

    expect(written, 'what its transport holds').toBeLessThan(MIB + 1000)
  })

  test('replies of an upstream that nobody reads, at a client', () => {
    const held = heldBy({ role: 'client', requestsMax: 100 }, [], (peer) => {
      for (let i = 0; i < 100; i++) {
        const head = new RequestHead('GET', 'http', 'cart', '/', new HeaderList(), 20)
        const { id } = peer.connection.request(head, true, new RecordingStreamHandler())!
        peer.send(peer.headers(id, [[':status', '200']], Flag.endHeaders))
        for (let n = 0; n < 5; n++) peer.send(wireFrame(0, 0, id, new Uint8Array(16_000)))
      }
    })

    expect(held).toBeGreaterThan(100 * 80_000)
    expect(held).toBeLessThan(100 * 81_920 + 2 * MIB)
  })
})
