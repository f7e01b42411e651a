import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { HeaderList, ReplyHead } from '@weft/message'
import { SKIP_MARK } from '@weft/tools/testing'
import { FakeClock } from '@weft/time/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Http2Connection } from './index.ts'
import type { Http2Handler, Http2Stream } from './index.ts'

const run = promisify(execFile)
const BIN = join(homedir(), '.cache', 'weft', 'bin')
const PACKAGE = 'github.com/summerwind/h2spec/cmd/h2spec@v2.2.1+incompatible'
const h2spec = await findH2spec()

/** The program, built into the user's cache the first time, or why it cannot be had. */
async function findH2spec(): Promise<{ path: string } | { missing: string }> {
  const path = join(BIN, 'h2spec')
  if (existsSync(path)) return { path }
  try {
    await run('go', ['install', PACKAGE], { env: { ...process.env, GOBIN: BIN }, timeout: 300_000 })
    return { path }
  } catch (error) {
    const isGoMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return { missing: isGoMissing ? 'Go, to build h2spec' : 'h2spec, which Go could not fetch and build' }
  }
}

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

const suite = 'path' in h2spec ? describe : describe.skip
const skipped = 'missing' in h2spec ? `${SKIP_MARK}${h2spec.missing}` : ''

suite(`h2spec, strict${skipped}`, () => {
  let server: Server

  beforeAll(async () => {
    server = createServer({ noDelay: true }, serve)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })

  afterAll(() => void server.close())

  test('passes each of its 146 tests', async () => {
    const { port } = server.address() as AddressInfo
    const program = 'path' in h2spec ? h2spec.path : ''

    const result = await run(program, ['-S', '-h', '127.0.0.1', '-p', String(port), '-o', '5']).catch((error) => error)

    expect(result.stdout).toMatch(/^146 tests, 146 passed, 0 skipped, 0 failed$/m)
  })
})
