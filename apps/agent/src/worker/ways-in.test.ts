import { createServer, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { MeshHarness, tcpServer } from '../testing/mesh-harness.ts'

let mesh: MeshHarness
afterEach(async () => mesh[Symbol.asyncDispose]())

const hello = (): ReturnType<typeof createServer> => createServer((_, outgoing) => outgoing.end('hello'))
const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

function raw(port: number, octets: string | Buffer, host = '127.0.0.1'): Promise<{ text: string; error: string }> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => socket.write(octets))
    let text = ''
    let error = ''
    socket.on('data', (chunk) => (text += chunk.toString('latin1')))
    socket.on('error', (caught: NodeJS.ErrnoException) => (error = caught.code ?? ''))
    socket.on('close', () => resolve({ text, error }))
  })
}

function viaProxy(port: number, url: string, credentials: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'proxy-authorization': credentials, host: new URL(url).host }
    const sent = request({ host: '127.0.0.1', port, path: url, headers, agent: false }, (message) => {
      let text = ''
      message.on('data', (chunk) => (text += String(chunk)))
      message.on('end', () => resolve({ status: message.statusCode!, text }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

test('the explicit proxy takes requests in absolute form by the names of the mesh', async () => {
  mesh = await new MeshHarness().start()
  const { workload } = await mesh.addProgram('cart-1', 'cart', hello())
  mesh.addService('cart', 8080, workload.ports[0]!.port)
  const port = await mesh.listen(mesh.caller, 'proxy', 'proxy', '127.0.0.1', '')
  const credentials = basic('client', 'secret of client')

  const answers = await Promise.all(
    ['cart', 'cart.default', 'cart.default.svc.cluster.local'].map((name) =>
      viaProxy(port, `http://${name}:8080/`, credentials),
    ),
  )
  const wrongSecret = await viaProxy(port, 'http://cart:8080/', basic('client', 'guess'))
  const wrongPort = await viaProxy(port, 'http://cart:9999/', credentials)

  expect(answers).toEqual(Array.from({ length: 3 }, () => ({ status: 200, text: 'hello' })))
  expect(wrongSecret.status).toBe(407)
  expect(wrongPort.status, 'a mesh name is never looked for outside').toBe(404)
})

test('the explicit proxy takes CONNECT and SOCKS5', async () => {
  mesh = await new MeshHarness().start()
  const { workload } = await mesh.addProgram(
    'db-1',
    'db',
    tcpServer((socket) => socket.end('from the database')),
  )
  mesh.addService('db', 5432, workload.ports[0]!.port)
  const port = await mesh.listen(mesh.caller, 'proxy', 'proxy', '127.0.0.1', '')

  const authorization = basic('client', 'secret of client')
  const connected = await raw(
    port,
    `CONNECT db:5432 HTTP/1.1\r\nHost: db:5432\r\nProxy-Authorization: ${authorization}\r\n\r\n`,
  )
  const user = Buffer.from('client')
  const secret = Buffer.from('secret of client')
  const socks = await raw(
    port,
    Buffer.concat([
      Buffer.of(5, 2, 0, 2),
      Buffer.of(1, user.length),
      user,
      Buffer.of(secret.length),
      secret,
      Buffer.of(5, 1, 0, 3, 2),
      Buffer.from('db'),
      Buffer.of(5432 >> 8, 5432 & 255),
    ]),
  )

  expect(connected.text).toMatch(/^HTTP\/1\.1 200 .*\r\n\r\nfrom the database$/)
  expect(socks.text.endsWith('from the database')).toBe(true)
  expect(Buffer.from(socks.text.slice(0, 4), 'latin1')).toEqual(Buffer.of(5, 2, 1, 0))
})

test('the explicit proxy passes on what is outside the mesh', async () => {
  mesh = await new MeshHarness().start()
  const outside = hello()
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve))
  const { port: outsidePort } = outside.address() as { port: number }
  const port = await mesh.listen(mesh.caller, 'proxy', 'proxy', '127.0.0.1', '')

  const answer = await viaProxy(port, `http://127.0.0.1:${outsidePort}/`, basic('client', 'secret of client'))

  outside.close()
  expect(answer).toEqual({ status: 200, text: 'hello' })
})

test('plaintext is refused in words for HTTP and by a reset otherwise, and counted', async () => {
  mesh = await new MeshHarness().start()
  const { workload } = await mesh.addProgram('cart-1', 'cart', hello())
  const port = await mesh.listen(mesh.callee, 'inbound', 'inbound', workload.address, 'cart-1')

  const http = await raw(port, 'GET / HTTP/1.1\r\nHost: cart\r\n\r\n', workload.address)
  const octets = await raw(port, '\x00binary\n', workload.address)

  expect(http.text).toMatch(/^HTTP\/1\.1 403 /)
  expect(http.text).toContain('"code":"plaintext_refused"')
  expect(octets).toEqual({ text: '', error: 'ECONNRESET' })
  await vi.waitFor(
    () => {
      const refused = mesh
        .counts()
        .filter(({ direction, security }) => direction === 'inbound' && security === 'plaintext')
      expect(refused.reduce((sum, { faults }) => sum + (faults['plaintext_refused'] ?? 0), 0)).toBe(2)
    },
    { timeout: 3_000 },
  )
})

test('plaintext is served where the workload allows it', async () => {
  mesh = await new MeshHarness().start()
  const server = hello()
  const { workload } = await mesh.addProgram('cart-1', 'cart', server, { allowPlaintext: true })
  const port = await mesh.listen(mesh.callee, 'inbound', 'inbound', workload.address, 'cart-1')
  // The inbound listener stands for the program's own port, which sk_lookup would have steered to it.
  mesh.apply({
    kind: 'Workload',
    name: 'cart-1',
    value: { ...workload, ports: [{ port, protocol: 'http', name: '' }] },
  })
  server.close()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))

  const said = await raw(port, 'GET / HTTP/1.1\r\nHost: cart\r\nConnection: close\r\n\r\n', workload.address)

  expect(said.text).toMatch(/^HTTP\/1\.1 200 [^]*hello/)
})

test('a published port leads into the mesh as ingress', async () => {
  mesh = await new MeshHarness().start()
  const { workload } = await mesh.addProgram('cart-1', 'cart', hello())
  mesh.addService('cart', 80, workload.ports[0]!.port, 'http')
  mesh.giveIdentity(mesh.caller, 'ingress')
  const port = await mesh.listen(mesh.caller, 'publish', 'publish', '127.0.0.1', 'cart-1')

  const said = await raw(port, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')

  expect(said.text).toMatch(/^HTTP\/1\.1 200 [^]*hello/)
  await vi.waitFor(
    () => {
      const seen = mesh.counts().find(({ direction, successes }) => direction === 'inbound' && successes > 0)
      expect(seen?.source).toBe('spiffe://cluster.local/ns/default/sa/ingress')
    },
    { timeout: 3_000 },
  )
})

test('what is measured names service, instance, identities, latency and what the mesh added', async () => {
  mesh = await new MeshHarness().start()
  const { workload } = await mesh.addProgram('cart-1', 'cart', hello())
  const service = mesh.addService('cart', 80, workload.ports[0]!.port, 'http')
  const port = await mesh.entry(service.address4, 80)

  await raw(port, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')

  await vi.waitFor(
    () => {
      const seen = mesh.counts().find(({ direction, successes }) => direction === 'outbound' && successes > 0)
      expect(seen).toMatchObject({
        service: 'default/cart',
        workload: 'cart-1',
        source: 'spiffe://cluster.local/ns/default/sa/web',
        destination: 'spiffe://cluster.local/ns/default/sa/cart',
        protocol: 'http',
        security: 'mtls',
        successes: 1,
        failures: 0,
        bytesReceived: 5,
      })
      expect(seen!.latencySumMs).toBeGreaterThan(seen!.addedSumMs)
      expect(Object.values(seen!.addedBuckets)).toEqual([1])
    },
    { timeout: 3_000 },
  )
})

test('drain refuses new connections, lets work in flight finish and says drained', async () => {
  mesh = await new MeshHarness().start()
  const answer = Promise.withResolvers<void>()
  const server = createServer((_, outgoing) => void answer.promise.then(() => outgoing.end('late')))
  const { workload } = await mesh.addProgram('cart-1', 'cart', server)
  const service = mesh.addService('cart', 80, workload.ports[0]!.port, 'http')
  const port = await mesh.entry(service.address4, 80)
  const inFlight = raw(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await vi.waitFor(() => expect(mesh.callee.plane.connections.count).toBeGreaterThan(1))

  mesh.callee.receive({ type: 'drain', timeoutMs: 5_000, outlives: false })
  mesh.caller.receive({ type: 'drain', timeoutMs: 5_000, outlives: false })
  answer.resolve()

  expect((await inFlight).text).toMatch(/^HTTP\/1\.1 200 [^]*Connection: close[^]*late$/)
  await vi.waitFor(() => expect(mesh.received.filter(({ type }) => type === 'drained')).toHaveLength(2))
})

test('a caller that has too many connections open is refused as overloaded, and let in again when one ends', async () => {
  mesh = await new MeshHarness({ connectionsMax: 100, connectionsPerCallerMax: 2 }).start()
  const { workload } = await mesh.addProgram(
    'db-1',
    'db',
    tcpServer((socket) => socket.write('hi')),
  )
  mesh.addService('db', 5432, workload.ports[0]!.port)
  mesh.giveIdentity(mesh.caller, 'ingress')
  const port = await mesh.listen(mesh.caller, 'publish', 'publish', '127.0.0.1', workload.uid)
  const open = (): Promise<{ socket: Socket; said: string }> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('data', (chunk) => resolve({ socket, said: String(chunk) }))
      socket.once('error', (error: NodeJS.ErrnoException) => resolve({ socket, said: error.code ?? '' }))
    })

  const [first, second] = [await open(), await open()]
  const third = await open()
  expect([first.said, second.said, third.said]).toEqual(['hi', 'hi', 'ECONNRESET'])
  first.socket.resetAndDestroy()

  await vi.waitFor(async () => {
    const next = await open()
    next.socket.resetAndDestroy()
    expect(next.said).toBe('hi')
  })
  second.socket.resetAndDestroy()
  await vi.waitFor(() => {
    const faults = mesh.counts().filter(({ direction }) => direction === 'outbound')
    expect(faults.some((counted) => (counted.faults['overloaded'] ?? 0) > 0)).toBe(true)
  }, 3_000)
})

test('unfinished handshakes of one address are bounded too', async () => {
  mesh = await new MeshHarness({ connectionsMax: 100, connectionsPerCallerMax: 3 }).start()
  const { workload } = await mesh.addProgram(
    'db-1',
    'db',
    tcpServer(() => {}),
  )
  const silent = Array.from({ length: 5 }, () => connect(workload.hbonePort, workload.address))
  for (const socket of silent) socket.on('error', () => {})

  await vi.waitFor(() => expect(silent.filter(({ destroyed }) => destroyed)).toHaveLength(2))
  for (const socket of silent) socket.resetAndDestroy()
  await vi.waitFor(() => expect(mesh.callee.plane.admission.open).toBe(0))
})
