import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { http1To2, http2To1, http2To2, settled } from './testing/http-path.ts'

const POST = { ':method': 'POST', ':scheme': 'http', ':authority': 'cart', ':path': '/' }

/** Octets that differ everywhere, so that none can take another's place unseen. */
function pattern(length: number): Buffer {
  const octets = Buffer.alloc(length)
  for (let i = 0; i < length; i++) octets[i] = (i * 31 + (i >> 8)) & 0xff
  return octets
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}

/** Body octets in pieces of DATA, as large as frames may be. */
function pieces(body: Buffer, sizes: readonly number[]): Buffer[] {
  const found: Buffer[] = []
  for (let at = 0, i = 0; at < body.length; i++) {
    const size = Math.min(sizes[i % sizes.length]!, 16_384)
    found.push(body.subarray(at, at + size))
    at += size
  }
  return found
}

const shape = fc.record({
  length: fc.integer({ min: 1, max: 30_000 }),
  sizes: fc.array(fc.integer({ min: 400, max: 16_384 }), { minLength: 1, maxLength: 3 }),
})

/** What is lent by a socket changes after the turn: nothing that goes on may. */
describe('bodies come through unchanged, in both directions at once,', () => {
  test('from HTTP/2 to HTTP/2, many streams side by side', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(shape, { minLength: 1, maxLength: 2 }), async (shapes) => {
        const path = http2To2()
        const bodies = shapes.map(({ length }) => pattern(length))
        path.upstream.onBlock = (id, _, isEnd) => void (isEnd || path.upstream.headers(id, { ':status': '200' }, false))
        shapes.forEach((_, i) => path.client.headers(2 * i + 1, POST, false))
        const parts = shapes.map(({ sizes }, i) => pieces(bodies[i]!, sizes))
        for (let n = 0; parts.some((list) => n < list.length); n++) {
          parts.forEach((list, i) => n < list.length && path.client.data(2 * i + 1, list[n]!, n === list.length - 1))
          if (n % 5 === 0) await settled()
          parts.forEach((list, i) => n < list.length && path.upstream.data(2 * i + 1, list[n]!, n === list.length - 1))
        }
        await settled()
        await settled()

        bodies.forEach((body, i) => {
          const id = 2 * i + 1
          expect(latin1(path.upstream.stream(id).text).equals(body), 'request').toBe(true)
          expect(latin1(path.client.stream(id).text).equals(body), 'reply').toBe(true)
        })
      }),
      { numRuns: 12 },
    )
  }, 60_000)

  test('from HTTP/2 to HTTP/1', async () => {
    await fc.assert(
      fc.asyncProperty(shape, async ({ length, sizes }) => {
        const body = pattern(length)
        const path = http2To1()
        path.client.headers(1, { ...POST, 'content-length': String(length) }, false)
        const list = pieces(body, sizes)
        list.forEach((piece, n) => path.client.data(1, piece, n === list.length - 1))
        await settled()
        await settled()
        const [head] = path.upstream.text.split('\r\n\r\n')
        expect(latin1(path.upstream.text.slice(head!.length + 4)).equals(body), 'request').toBe(true)

        path.upstream.send(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`)
        for (const piece of list) path.upstream.channel.write(piece)
        await settled()
        await settled()
        expect(latin1(path.client.stream(1).text).equals(body), 'reply').toBe(true)
      }),
      { numRuns: 12 },
    )
  }, 60_000)

  test('from HTTP/1 to HTTP/2', async () => {
    await fc.assert(
      fc.asyncProperty(shape, async ({ length, sizes }) => {
        const body = pattern(length)
        const path = http1To2()
        path.client.send(`POST / HTTP/1.1\r\nHost: cart\r\nContent-Length: ${length}\r\n\r\n`)
        const list = pieces(body, sizes)
        for (const piece of list) path.client.channel.write(piece)
        await settled()
        await settled()
        expect(latin1(path.upstream.stream(1).text).equals(body), 'request').toBe(true)

        path.upstream.headers(1, { ':status': '200', 'content-length': String(length) }, false)
        list.forEach((piece, n) => path.upstream.data(1, piece, n === list.length - 1))
        await settled()
        await settled()
        const text = path.client.text
        expect(latin1(text.slice(text.indexOf('\r\n\r\n') + 4)).equals(body), 'reply').toBe(true)
      }),
      { numRuns: 12 },
    )
  }, 60_000)
})

describe('a slow reader holds up nobody else, and is owed no more than windows:', () => {
  test('one stream of a client that opens no window, others beside it', async () => {
    const path = http2To2()
    let sent = 0
    // An upstream that sends as its windows allow: ours to it are opened as we take.
    path.upstream.onBlock = (id) => {
      path.upstream.headers(id, { ':status': '200' }, false)
      if (id > 1) path.upstream.data(id, 'quick', true)
    }
    path.client.headers(1, POST)
    await settled()
    while (path.upstream.sendWindow(1) >= 16_384) {
      path.upstream.data(1, new Uint8Array(16_384))
      sent += 16_384
      await settled()
      if (sent > 4 << 20) break
    }
    const taken = path.client.stream(1).bytesCount

    expect(taken, 'the window of the client').toBe(65_535)
    expect(sent, 'which is full, and one of ours, that grew while it was read').toBeLessThan(
      taken + 2 * 81_920 + 16_384,
    )
    for (let id = 3; id < 43; id += 2) path.client.headers(id, POST)
    await settled()
    // The connection's window is used up: headers and ends still go, DATA once it opens.
    path.client.window(0, 1_000_000)
    await settled()
    for (let id = 3; id < 43; id += 2) expect(path.client.stream(id).text).toBe('quick')
    expect(path.client.stream(1).bytesCount).toBe(65_535)
  })

  test('a client of HTTP/1 that does not read, on an upstream connection that others share', async () => {
    const path = http1To2()
    path.client.send('GET / HTTP/1.1\r\nHost: cart\r\n\r\n')
    path.client.channel.pause()
    await settled()
    path.upstream.headers(1, { ':status': '200' }, false)
    let sent = 0
    while (path.upstream.sendWindow(1) >= 16_384 && sent < 4 << 20) {
      path.upstream.data(1, new Uint8Array(16_384))
      sent += 16_384
      await settled()
    }

    expect(sent, 'what its channel holds, and a window').toBeLessThan(65_536 + 3 * 81_920)
    path.client.channel.resume()
    await settled()
    path.upstream.data(1, new Uint8Array(0), true)
    await settled()
    expect(path.client.text.endsWith('0\r\n\r\n')).toBe(true)
  })
})
