import { createServer, get, request } from 'node:http'
import { connect, createServer as createHttp2Server, type Http2Server } from 'node:http2'
import type { Duplex } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { MeshHarness } from '../testing/mesh-harness.ts'

let mesh: MeshHarness
afterEach(async () => mesh[Symbol.asyncDispose]())

/** From now on nobody may ask for /private. */
function denyPrivate(): void {
  const to = [{ ports: [], methods: [], paths: [{ type: 'prefix' as const, value: '/private' }], headers: [] }]
  mesh.apply({
    kind: 'AuthorizationPolicy',
    name: 'default/no-private',
    value: {
      name: 'AuthorizationPolicy/default/no-private',
      namespace: 'default',
      action: 'DENY',
      selector: {},
      services: [],
      rules: [{ from: [], to }],
    },
  })
}

async function entryTo(server: ReturnType<typeof createServer> | Http2Server, protocol: 'http' | 'grpc') {
  mesh = await new MeshHarness().start()
  const { workload } = await mesh.addProgram('chat-1', 'chat', server)
  const service = mesh.addService('chat', 80, workload.ports[0]!.port, protocol)
  return mesh.entry(service.address4, 80)
}

/** A WebSocket that is open. */
function webSocket(port: number, path: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, path, headers: { Connection: 'Upgrade', Upgrade: 'websocket' } })
    sent.on('upgrade', (_, socket) => resolve(socket))
    sent.on('response', (incoming) => reject(new Error(`status ${incoming.statusCode}`)))
    sent.on('error', reject)
    sent.end()
  })
}

const endOf = (socket: Duplex): Promise<string> =>
  new Promise((resolve) => {
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    socket.on('close', () => resolve('closed'))
    socket.resume()
  })

test('a WebSocket ends when a policy refuses it from now on, others stay', async () => {
  const server = createServer()
  server.on('upgrade', (_, socket) => {
    socket.on('error', () => {})
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    socket.on('data', (chunk: Buffer) => socket.write(`<${chunk}>`))
  })
  const port = await entryTo(server, 'http')
  const [refused, stays] = [await webSocket(port, '/private/chat'), await webSocket(port, '/chat')]
  const ended = endOf(refused)

  denyPrivate()

  expect(await ended).toBe('ECONNRESET')
  const echoed = new Promise((resolve) => stays.on('data', (chunk) => resolve(String(chunk))))
  stays.write('still')
  expect(await echoed).toBe('<still>')
  await expect(webSocket(port, '/private/chat'), 'a new one').rejects.toThrow('status 403')
  stays.destroy()
})

test.each(['before its first message', 'in the middle of its messages'])(
  'a gRPC call ends with PERMISSION_DENIED %s',
  async (moment) => {
    const server = createHttp2Server()
    server.on('stream', (stream) => {
      stream.on('error', () => {})
      stream.on('data', (chunk) => {
        if (!stream.headersSent) stream.respond({ ':status': 200, 'content-type': 'application/grpc' })
        stream.write(chunk)
      })
    })
    const port = await entryTo(server, 'grpc')
    const session = connect(`http://127.0.0.1:${port}`)
    session.on('error', () => {})
    const call = (path: string) => {
      const stream = session.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc' })
      const status = new Promise<unknown>((resolve) => {
        stream.on('response', (headers) => headers['grpc-status'] !== undefined && resolve(headers['grpc-status']))
        stream.on('trailers', (trailers) => resolve(trailers['grpc-status']))
        stream.on('error', (error) => resolve(error.message))
      })
      return { stream, status }
    }
    const refused = call('/private/Chat')
    const stays = call('/open/Chat')
    if (moment.startsWith('in')) {
      const spoken = new Promise((resolve) => refused.stream.once('data', resolve))
      refused.stream.write('hello')
      await spoken
    }
    // The head of a call that says nothing is on its way too.
    const asked = new Promise((resolve) => stays.stream.once('data', resolve))
    stays.stream.write('hello')
    await asked

    denyPrivate()

    expect(await refused.status).toBe('7')
    const echoed = new Promise((resolve) => stays.stream.once('data', (chunk) => resolve(String(chunk))))
    stays.stream.write('still')
    expect(await echoed).toBe('still')
    session.destroy()
  },
)

test('an event stream ends too', async () => {
  const server = createServer((_, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
  })
  const port = await entryTo(server, 'http')
  const headers = { accept: 'text/event-stream' }
  const broken = new Promise<boolean>((resolve) => {
    const sent = get({ port, path: '/private/events', headers }, (incoming) => {
      incoming.once('data', denyPrivate)
      incoming.on('error', () => {})
      incoming.on('close', () => resolve(!incoming.complete))
    })
    sent.on('error', () => {})
  })

  expect(await broken).toBe(true)
})
