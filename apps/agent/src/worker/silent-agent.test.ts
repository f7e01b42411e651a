import { request } from 'node:http'
import { connect as connectHttp2, createServer as createHttp2Server, type ClientHttp2Stream } from 'node:http2'
import { createServer as createHttpServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { FakeClock } from '@weft/time/testing'
import { afterEach, expect, test } from 'vitest'
import { MeshHarness, tcpServer } from '../testing/mesh-harness.ts'
import { SilentWire } from '../testing/silent-wire.ts'

// What waits for an agent that has stopped without a word: its kernel goes on acknowledging, so nothing but time ends it.

/** A PING after 10 s without a word, at most a quarter later; 20 s for its answer. What docs/decisions/0139 promises. */
const SILENCE_MAX_MS = 12_500 + 20_000 + 500
/** For a tunnel to open, and for the answer to the PING after that; then a handshake that nobody makes. */
const OPENING_MAX_MS = 10_000 + 5_000 + 2_000 + 1_000

/** Three, each with 2 s to connect, and what lies between them. */
const ATTEMPTS_MAX_MS = 3 * 2_000 + 1_500

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

interface Scene {
  readonly port: number
  silence(): void
  /** Lets time pass until this has ended; gives how long it took. */
  timeOf(ended: Promise<unknown>): Promise<number>
}

async function scene(
  server: Parameters<MeshHarness['addProgram']>[2],
  protocol: 'http' | 'grpc' | 'tcp',
): Promise<Scene> {
  const clock = new FakeClock(false)
  const mesh = await new MeshHarness(undefined, {
    nowMs: () => clock.nowMs(),
    wallMs: () => clock.wallMs(),
    after: (delayMs, task) => clock.after(delayMs, task),
    sleepUntil: (atMs) => clock.sleepUntil(atMs),
  }).start()
  cleanups.push(() => mesh[Symbol.asyncDispose]())
  const { workload } = await mesh.addProgram('cart-1', 'cart', server)
  const wire = new SilentWire({ host: workload.address, port: workload.hbonePort })
  cleanups.push(() => wire.close())
  const hbonePort = await wire.listen(workload.address)
  mesh.apply({ kind: 'Workload', name: 'cart-1', value: { ...workload, hbonePort } })
  const service = mesh.addService('cart', 80, workload.ports[0]!.port, protocol)
  const port = await mesh.entry(service.address4, 80)
  return {
    port,
    silence: () => wire.silence(),
    timeOf: async (ended) => {
      const startedAtMs = clock.nowMs()
      let isOver = false
      const over = ended.then(() => (isOver = true))
      for (let step = 0; !isOver && step < 300; step++) {
        clock.advance(250)
        await Promise.race([over, sleep(4)])
      }
      return isOver ? clock.nowMs() - startedAtMs : Infinity
    },
  }
}

function httpServer(reply: 'whole' | 'half' | 'none') {
  return createHttpServer((incoming, outgoing) => {
    if (incoming.url === '/first') return void outgoing.end('well')
    if (reply === 'whole') incoming.resume().on('end', () => outgoing.end('done'))
    else if (reply === 'half') outgoing.write('half of it')
  })
}

/** Resolves with the status, or 0 when the connection broke. */
function get(port: number, path: string, body: 'none' | 'half' = 'none', onData = (): void => {}): Promise<number> {
  return new Promise((resolve) => {
    const outgoing = request({ port, path, method: body === 'none' ? 'GET' : 'POST', agent: false }, (incoming) => {
      incoming.on('data', onData)
      incoming.on('end', () => resolve(incoming.statusCode!))
      incoming.on('error', () => resolve(0))
    })
    outgoing.on('error', () => resolve(0))
    if (body === 'none') return void outgoing.end()
    outgoing.setHeader('content-length', 100_000)
    outgoing.write(Buffer.alloc(50_000))
  })
}

test('an HTTP/1 request whose head has been sent is told of it, after other attempts where it may have them', async () => {
  const { port, silence, timeOf } = await scene(httpServer('whole'), 'http')
  expect(await get(port, '/first')).toBe(200)
  silence()
  const ended = get(port, '/')

  expect(await timeOf(ended)).toBeLessThanOrEqual(SILENCE_MAX_MS + ATTEMPTS_MAX_MS)
  expect(await ended).toBe(502)
})

test('an HTTP/1 request with half of its body sent is told of it', async () => {
  const { port, silence, timeOf } = await scene(httpServer('whole'), 'http')
  const ended = get(port, '/', 'half')
  await sleep(100)
  silence()

  expect(await timeOf(ended)).toBeLessThanOrEqual(SILENCE_MAX_MS)
  expect(await ended).toBe(502)
})

test('an HTTP/1 reply of which half has come breaks off', async () => {
  const { port, silence, timeOf } = await scene(httpServer('half'), 'http')
  const half = Promise.withResolvers<void>()
  const ended = get(port, '/', 'none', half.resolve)
  await half.promise
  silence()

  expect(await timeOf(ended)).toBeLessThanOrEqual(SILENCE_MAX_MS)
  expect(await ended).toBe(0)
})

test('HTTP/2 streams of one connection, whatever each waits for, all end', async () => {
  const server = createHttp2Server()
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {})
    if (headers[':path'] === '/whole') return void stream.end('whole')
    if (headers[':path'] === '/half') stream.write('half')
  })
  const { port, silence, timeOf } = await scene(server as never, 'grpc')
  const session = connectHttp2(`http://127.0.0.1:${port}`)
  cleanups.push(() => session.destroy())
  session.on('error', () => {})
  const ask = (path: string, hasBody = false): ClientHttp2Stream => {
    const stream = session.request({ ':path': path, ':method': 'POST' }, { endStream: !hasBody })
    stream.on('error', () => {})
    return stream
  }
  const over = (stream: ClientHttp2Stream): Promise<void> =>
    new Promise((resolve) => stream.resume().on('close', resolve))
  await over(ask('/whole'))
  const half = ask('/half')
  const begun = new Promise((resolve) => half.once('data', resolve))
  const uploading = ask('/upload', true)
  uploading.write(Buffer.alloc(50_000))
  await begun
  silence()
  const asked = ask('/whole')
  const statuses: unknown[] = []
  for (const stream of [uploading, asked]) stream.on('response', (headers) => statuses.push(headers[':status']))

  const took = await timeOf(Promise.all([half, uploading, asked].map(over)))

  expect(took).toBeLessThanOrEqual(SILENCE_MAX_MS)
  expect(statuses).toEqual([502, 502])
  expect(half.rstCode, 'a reply that breaks off is no whole one').not.toBe(0)
})

test('a raw connection is reset', async () => {
  const { port, silence, timeOf } = await scene(
    tcpServer((socket) => socket.pipe(socket)),
    'tcp',
  )
  const socket = await talkTo(port)
  silence()
  const ended = new Promise((resolve) => socket.on('error', resolve))
  socket.write('still there?')

  expect(await timeOf(ended)).toBeLessThanOrEqual(SILENCE_MAX_MS)
})

test('a tunnel that is asked for, on a connection that has served others, fails sooner', async () => {
  const { port, silence, timeOf } = await scene(
    tcpServer((socket) => socket.pipe(socket)),
    'tcp',
  )
  await talkTo(port)
  silence()
  const late = connect({ port, host: '127.0.0.1' })
  const ended = new Promise((resolve) => late.on('error', resolve).on('close', resolve))
  late.write('hello')

  expect(await timeOf(ended)).toBeLessThanOrEqual(OPENING_MAX_MS)
})

test('a connection that is taken and never greeted is given up within the time to connect, at each attempt', async () => {
  const { port, silence, timeOf } = await scene(httpServer('whole'), 'http')
  silence()
  const ended = get(port, '/')

  expect(await timeOf(ended)).toBeLessThanOrEqual(ATTEMPTS_MAX_MS)
  expect(await ended).toBe(502)
})

/** A raw connection over which something has come back. */
async function talkTo(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' })
  cleanups.push(() => socket.destroy())
  socket.on('error', () => {})
  socket.write('hello')
  await new Promise((resolve) => socket.once('data', resolve))
  return socket
}
