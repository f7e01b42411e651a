import { connect, createServer, type ClientHttp2Session, type Http2Server } from 'node:http2'
import { afterEach, expect, test } from 'vitest'
import { MeshHarness } from '../testing/mesh-harness.ts'

let mesh: MeshHarness
let session: ClientHttp2Session | null = null
afterEach(async () => {
  session?.destroy()
  session = null
  await mesh[Symbol.asyncDispose]()
})

async function sessionTo(server: Http2Server, protocol: 'grpc' | 'detect' = 'grpc'): Promise<ClientHttp2Session> {
  mesh = await new MeshHarness().start()
  const { workload } = await mesh.addProgram('cart-1', 'cart', server)
  const service = mesh.addService('cart', 80, workload.ports[0]!.port, protocol)
  const port = await mesh.entry(service.address4, 80)
  session = connect(`http://127.0.0.1:${port}`)
  session.on('error', () => {})
  return session
}

interface Called {
  readonly headers: Record<string, unknown>
  readonly trailers: Record<string, unknown>
  readonly text: string
}

function call(to: ClientHttp2Session, path: string, messages: string[]): Promise<Called> {
  return new Promise((resolve, reject) => {
    const stream = to.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers' })
    let headers = {}
    let trailers = {}
    let text = ''
    stream.on('response', (found) => (headers = found))
    stream.on('trailers', (found) => (trailers = found))
    stream.on('data', (chunk) => (text += String(chunk)))
    stream.on('error', reject)
    stream.on('close', () => resolve({ headers, trailers, text }))
    for (const message of messages) stream.write(message)
    stream.end()
  })
}

function grpcServer(): Http2Server {
  const server = createServer()
  server.on('stream', (stream, headers) => {
    if (headers[':path'] === '/fails') {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '5' }, { endStream: true })
      return
    }
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0', 'grpc-message': 'fine' }))
    stream.on('data', (chunk) => stream.write(`<${String(chunk)}>`))
    stream.on('end', () => stream.end())
  })
  return server
}

test('gRPC calls carry messages both ways while they are open, and trailers', async () => {
  const to = await sessionTo(grpcServer())
  const stream = to.request({
    ':method': 'POST',
    ':path': '/a.B/C',
    'content-type': 'application/grpc',
    te: 'trailers',
  })
  const seen: string[] = []
  const trailers = new Promise<Record<string, unknown>>((resolve) => stream.on('trailers', resolve))
  const ended = new Promise((resolve) => stream.on('close', resolve))
  stream.write('one')
  for await (const chunk of stream) {
    seen.push(String(chunk))
    if (seen.length === 1) stream.write('two')
    else stream.end()
  }
  await ended

  expect(seen).toEqual(['<one>', '<two>'])
  expect(await trailers).toMatchObject({ 'grpc-status': '0', 'grpc-message': 'fine' })
})

test('a gRPC status that comes with the head alone arrives so', async () => {
  const to = await sessionTo(grpcServer())

  const called = await call(to, '/fails', [])

  expect(called.headers).toMatchObject({ ':status': 200, 'grpc-status': '5' })
})

test('300 calls at once over one connection are all answered', async () => {
  const to = await sessionTo(grpcServer(), 'detect')

  const called = await Promise.all(Array.from({ length: 300 }, (_, i) => call(to, '/a.B/C', [`m${i}`])))

  expect(called.filter(({ text, trailers }, i) => text !== `<m${i}>` || trailers['grpc-status'] !== '0')).toEqual([])
})

test('a gRPC call to a service without instances gets UNAVAILABLE with the reason as trailers alone', async () => {
  mesh = await new MeshHarness().start()
  const service = mesh.addService('nobody', 80, 8080, 'grpc')
  session = connect(`http://127.0.0.1:${await mesh.entry(service.address4, 80)}`)
  session.on('error', () => {})

  const called = await call(session, '/a.B/C', ['m'])

  expect(called.headers).toMatchObject({ ':status': 200, 'grpc-status': '14' })
  expect(JSON.parse(called.headers['weft-reason'] as string)).toMatchObject({ code: 'no_endpoint' })
})

test('a call whose program dies in the middle is told in trailers, and the next one in its head', async () => {
  const server = createServer()
  server.on('session', (opened) => opened.on('error', () => {}))
  server.on('stream', (stream) => {
    stream.on('error', () => {})
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' })
    stream.write('first')
  })
  mesh = await new MeshHarness().start()
  const program = await mesh.addProgram('cart-1', 'cart', server)
  const service = mesh.addService('cart', 80, program.workload.ports[0]!.port, 'grpc')
  session = connect(`http://127.0.0.1:${await mesh.entry(service.address4, 80)}`)
  session.on('error', () => {})
  const stream = session.request({ ':method': 'POST', ':path': '/a.B/C', 'content-type': 'application/grpc' })
  const trailers = new Promise<Record<string, unknown>>((resolve) => stream.on('trailers', resolve))
  await new Promise((resolve) => stream.once('data', resolve))

  program.kill()

  expect(await trailers).toMatchObject({ 'grpc-status': '14' })
  expect((await call(session, '/a.B/C', [])).headers).toMatchObject({ 'grpc-status': '14' })
})

test('a WebSocket over HTTP/2 (extended CONNECT) carries octets both ways', async () => {
  const server = createServer({ settings: { enableConnectProtocol: true } })
  server.on('stream', (stream, headers) => {
    stream.respond({ ':status': headers[':protocol'] === 'websocket' ? 200 : 400 })
    stream.on('data', (chunk) => stream.write(`<${String(chunk)}>`))
    stream.on('end', () => stream.end())
  })
  const to = await sessionTo(server, 'detect')
  await new Promise((resolve) => to.once('remoteSettings', resolve))
  const stream = to.request({ ':method': 'CONNECT', ':protocol': 'websocket', ':path': '/chat', ':scheme': 'http' })
  let text = ''
  let status: unknown = 0
  const ended = new Promise((resolve) => stream.on('close', resolve))
  stream.on('response', (headers) => {
    status = headers[':status']
    stream.write('one')
  })
  stream.on('data', (chunk) => {
    text += String(chunk)
    if (text === '<one>') stream.write('two')
    else stream.end()
  })
  await ended

  expect([status, text]).toEqual([200, '<one><two>'])
})

test('a tunnel that the program does not open over HTTP/2 is told so', async () => {
  const to = await sessionTo(grpcServer(), 'detect')
  await new Promise((resolve) => to.once('remoteSettings', resolve))
  const stream = to.request({ ':method': 'CONNECT', ':protocol': 'websocket', ':path': '/chat', ':scheme': 'http' })
  const headers = await new Promise<Record<string, unknown>>((resolve) => stream.on('response', resolve))
  stream.close()

  expect(headers[':status']).toBe(400)
  expect(JSON.parse(headers['weft-reason'] as string)).toMatchObject({ code: 'protocol_mismatch' })
})
