import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { HeaderList, ReplyHead } from '@weft/message'
import { H2SPEC_PASSED, withH2spec } from '@weft/tools/testing'
import { FakeClock } from '@weft/time/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Http2Connection } from './index.ts'
import type { Http2Handler, Http2Stream } from './index.ts'

const BODY = Uint8Array.from(Buffer.alloc(2000, 'weft'))

/** Answers every request with a short body, as soon as its head has come. */
class Answers implements Http2Handler {
  request(stream: Http2Stream): void {
    stream.start({ bytes: () => true, end: () => {}, abort: () => {} })
    stream.sendHead(new ReplyHead(200, new HeaderList(['content-type', 'text/plain']), 20), false)
    stream.write(BODY)
    stream.end(null)
  }
  settings(): void {}
  available(): void {}
  goaway(): void {}
  closed(): void {}
}

function serve(socket: Socket): void {
  const output = {
    write: (bytes: Uint8Array) => socket.write(bytes),
    cork: () => socket.cork(),
    uncork: () => socket.uncork(),
    closed: () => socket.end(),
  }
  const connection = new Http2Connection(
    { role: 'server', limits: { streamsMax: 100 } },
    output,
    new Answers(),
    new FakeClock(),
  )
  socket.on('data', (bytes) => connection.receive(bytes))
  socket.on('drain', () => connection.outputDrained())
  socket.on('error', () => {})
  socket.on('close', () => connection.receiveEnd(null))
}

await withH2spec('h2spec, strict', (h2spec) => {
  let server: Server

  beforeAll(async () => {
    server = createServer({ noDelay: true }, serve)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })

  afterAll(() => void server.close())

  test('passes each of its 146 tests', async () => {
    const { port } = server.address() as AddressInfo

    expect(await h2spec(port)).toMatch(H2SPEC_PASSED)
  })
})
