import { Duplex } from 'node:stream'
import { connect } from 'node:tls'
import { seededRandom } from '@weft/time/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { CLIENT_HELLO_BYTES_MAX, readClientHello } from './client-hello.ts'
import { detectProtocol } from './detect.ts'

/** What OpenSSL, by way of Node, sends first. */
function helloOf(servername: string | undefined, ALPNProtocols: string[] | undefined): Promise<Buffer> {
  return new Promise((resolve) => {
    const wire = new Duplex({
      read: () => {},
      write: (bytes: Buffer, _encoding, done) => {
        resolve(Buffer.from(bytes))
        done()
      },
    })
    const options = {
      socket: wire,
      ...(servername === undefined ? {} : { servername }),
      ...(ALPNProtocols ? { ALPNProtocols } : {}),
    }
    connect(options).on('error', () => {})
  })
}

/** The same handshake message over records of at most `size` octets. */
function refragment(hello: Buffer, size: number): Buffer {
  const message = hello.subarray(5)
  const records: Buffer[] = []
  for (let at = 0; at < message.length; at += size) {
    const part = message.subarray(at, at + size)
    records.push(Buffer.from([0x16, 3, 1, part.length >> 8, part.length & 255]), part)
  }
  return Buffer.concat(records)
}

describe('readClientHello()', () => {
  let hello: Buffer

  beforeAll(async () => {
    hello = await helloOf('Cart.Default.svc', ['h2', 'http/1.1'])
  })

  test('reads the name and the protocols that OpenSSL sends', () => {
    expect(detectProtocol(hello)).toBe('tls')
    expect(readClientHello(hello)).toEqual({ serverName: 'cart.default.svc', protocols: ['h2', 'http/1.1'] })
  })

  test('gives nothing for what was not sent', async () => {
    expect(readClientHello(await helloOf(undefined, undefined))).toEqual({ serverName: '', protocols: [] })
  })

  test('asks for more for every part of it, and looks at nothing after it', () => {
    for (let length = 0; length < hello.length; length++) {
      expect(readClientHello(hello.subarray(0, length)), `${length} octets`).toBe('more')
    }
    expect(readClientHello(Buffer.concat([hello, Buffer.from([0xff, 0xff])]))).toMatchObject({
      serverName: 'cart.default.svc',
    })
  })

  test.each([1, 3, 4, 100])('reads it out of records of %i octets', (size) => {
    const pieces = refragment(hello, size)

    expect(readClientHello(pieces)).toEqual(readClientHello(hello))
    expect(readClientHello(pieces.subarray(0, pieces.length - 1))).toBe('more')
  })

  test('refuses what is no ClientHello, or too large', () => {
    const serverHello = Buffer.from(hello)
    serverHello[5] = 2
    const huge = Buffer.from([0x16, 3, 1, 0x40, 0, 1, 0xff, 0xff, 0xff])

    expect(readClientHello(Buffer.from('GET / HTTP/1.1\r\n'))).toBe('malformed')
    expect(readClientHello(serverHello)).toBe('malformed')
    expect(readClientHello(huge)).toBe('malformed')
    expect(
      readClientHello(
        refragment(
          Buffer.concat([Buffer.alloc(5), Buffer.from([1, 0, 0x50, 0]), Buffer.alloc(CLIENT_HELLO_BYTES_MAX * 2)]),
          1000,
        ),
      ),
    ).toBe('malformed')
  })

  test('ends in order whatever octets are changed (seed 20261122)', () => {
    const random = seededRandom(20261122)
    for (let round = 0; round < 5000; round++) {
      const bytes = Buffer.from(hello)
      for (let n = 1 + random() * 4; n > 0; n--)
        bytes[5 + Math.floor(random() * (bytes.length - 5))] = Math.floor(random() * 256)
      const found = readClientHello(bytes)
      if (typeof found === 'object') expect(found.serverName).toMatch(/^[a-z0-9._-]{0,253}$/)
    }
  })
})
