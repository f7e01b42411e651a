import { createHash, randomBytes } from 'node:crypto'
import { Agent, createServer, type IncomingMessage, request } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { MeshHarness } from '../testing/mesh-harness.ts'

let mesh: MeshHarness
afterEach(async () => mesh[Symbol.asyncDispose]())

interface Answer {
  readonly status: number
  readonly body: Buffer
  readonly message: IncomingMessage
}

function call(
  port: number,
  path = '/',
  options: { method?: string; body?: Buffer; agent?: Agent } = {},
): Promise<Answer> {
  const { method = 'GET', body, agent } = options
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path, method, ...(agent ? { agent } : { agent: false }) },
      (message) => {
        const chunks: Buffer[] = []
        message.on('data', (chunk: Buffer) => chunks.push(chunk))
        message.on('end', () => resolve({ status: message.statusCode!, body: Buffer.concat(chunks), message }))
        message.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

function echoServer(name: string): ReturnType<typeof createServer> {
  return createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => outgoing.end(`${name} ${incoming.method} ${incoming.url} ${Buffer.concat(chunks)}`))
  })
}

test('a request goes through both agents to the program and back', async () => {
  mesh = await new MeshHarness().start()
  const { workload } = await mesh.addProgram('cart-1', 'cart', echoServer('cart'))
  const service = mesh.addService('cart', 80, workload.ports[0]!.port, 'http')
  const port = await mesh.entry(service.address4, 80)

  const answer = await call(port, '/items?a=1', { method: 'POST', body: Buffer.from('hello') })

  expect(answer.body.toString()).toBe('cart POST /items?a=1 hello')
  expect(answer.message.headers, 'what agents tell each other stays between them').not.toHaveProperty(
    'weft-application-ms',
  )
})

test('a port without declaration is found to be HTTP by its first octets', async () => {
  mesh = await new MeshHarness().start()
  const { workload } = await mesh.addProgram('cart-1', 'cart', echoServer('cart'))
  const service = mesh.addService('cart', 80, workload.ports[0]!.port)
  const port = await mesh.entry(service.address4, 80)

  expect((await call(port, '/a')).body.toString()).toBe('cart GET /a ')
  expect((await call(port, '/b')).body.toString()).toBe('cart GET /b ')
})

test('bodies of 20 MiB arrive whole both ways', async () => {
  mesh = await new MeshHarness().start()
  const server = createServer((incoming, outgoing) => incoming.pipe(outgoing))
  const { workload } = await mesh.addProgram('cart-1', 'cart', server)
  const service = mesh.addService('cart', 80, workload.ports[0]!.port, 'http')
  const port = await mesh.entry(service.address4, 80)
  const body = randomBytes(20 * 1024 * 1024)

  const answer = await call(port, '/', { method: 'PUT', body })

  expect(createHash('sha256').update(answer.body).digest('hex')).toBe(createHash('sha256').update(body).digest('hex'))
})

test('1,000 requests at once over 50 connections are all answered', async () => {
  mesh = await new MeshHarness().start()
  const { workload } = await mesh.addProgram('cart-1', 'cart', echoServer('cart'))
  const service = mesh.addService('cart', 80, workload.ports[0]!.port, 'http')
  const port = await mesh.entry(service.address4, 80)
  const agent = new Agent({ keepAlive: true, maxSockets: 50 })

  const answers = await Promise.all(Array.from({ length: 1000 }, (_, i) => call(port, `/${i}`, { agent })))

  agent.destroy()
  expect(answers.filter((answer, i) => answer.body.toString() !== `cart GET /${i} `)).toEqual([])
})

test('no request fails when one of two instances is killed under load', async () => {
  mesh = await new MeshHarness().start()
  const first = await mesh.addProgram('cart-1', 'cart', echoServer('one'))
  const appPort = first.workload.ports[0]!.port
  await mesh.addProgram('cart-2', 'cart', echoServer('two'), {
    ports: [{ port: appPort, protocol: 'detect', name: '' }],
  })
  const service = mesh.addService('cart', 80, appPort, 'http')
  const port = await mesh.entry(service.address4, 80)
  const agent = new Agent({ keepAlive: true, maxSockets: 20 })
  const seen: string[] = []
  const failures: unknown[] = []
  let sent = 0
  const worker = async (): Promise<void> => {
    while (sent < 1200) {
      if (++sent === 400) first.kill()
      const answer = await call(port, '/x', { agent }).catch((error: Error) => error)
      if (answer instanceof Error || answer.status !== 200) failures.push(answer)
      else seen.push(answer.body.toString().slice(0, 3))
    }
  }

  await Promise.all(Array.from({ length: 20 }, worker))

  agent.destroy()
  expect(failures).toEqual([])
  expect(new Set(seen.slice(0, 300)), 'both served before').toEqual(new Set(['one', 'two']))
  expect(new Set(seen.slice(-400)), 'the other one served after').toEqual(new Set(['two']))
})

test('a DENY policy refuses the request with 403 and the reason, as soon as it is applied', async () => {
  mesh = await new MeshHarness().start()
  const { workload } = await mesh.addProgram('cart-1', 'cart', echoServer('cart'))
  const service = mesh.addService('cart', 80, workload.ports[0]!.port, 'http')
  const port = await mesh.entry(service.address4, 80)
  expect((await call(port, '/admin')).status).toBe(200)

  mesh.apply({
    kind: 'AuthorizationPolicy',
    name: 'default/no-admin',
    value: {
      name: 'AuthorizationPolicy/default/no-admin',
      namespace: 'default',
      action: 'DENY',
      selector: { app: 'cart' },
      services: [],
      rules: [
        { from: [], to: [{ ports: [], methods: [], paths: [{ type: 'prefix', value: '/admin' }], headers: [] }] },
      ],
    },
  })
  const refused = await call(port, '/admin')
  const allowed = await call(port, '/public')

  expect(refused.status).toBe(403)
  expect(JSON.parse(refused.body.toString())).toMatchObject({
    code: 'denied',
    layer: 'authz',
    rule: 'AuthorizationPolicy/default/no-admin#0',
  })
  expect(JSON.parse(refused.message.headers['weft-reason'] as string)).toMatchObject({ code: 'denied' })
  expect(allowed.status).toBe(200)
})

test('a caller without an endpoint gets 503 no_endpoint, and one whose program is down 502 connect_failed', async () => {
  mesh = await new MeshHarness().start()
  const empty = mesh.addService('nobody', 80, 8080, 'http')
  const program = await mesh.addProgram('cart-1', 'cart', echoServer('cart'))
  const service = mesh.addService('cart', 80, program.workload.ports[0]!.port, 'http')
  program.kill()

  const none = await call(await mesh.entry(empty.address4, 80))
  const down = await call(await mesh.entry(service.address4, 80))

  expect([none.status, JSON.parse(none.body.toString()).code]).toEqual([503, 'no_endpoint'])
  expect([down.status, JSON.parse(down.body.toString()).code]).toEqual([502, 'connect_failed'])
})

test('octets that are no HTTP are refused on a port that is declared HTTP', async () => {
  mesh = await new MeshHarness().start()
  const { workload } = await mesh.addProgram('cart-1', 'cart', echoServer('cart'))
  const service = mesh.addService('cart', 80, workload.ports[0]!.port, 'http')
  const port = await mesh.entry(service.address4, 80)
  const { connect } = await import('node:net')

  const said = await new Promise<string>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('\x00\x01\x02 binary\n'))
    let text = ''
    socket.on('data', (chunk) => (text += String(chunk)))
    socket.on('close', () => resolve(text))
  })

  expect(said).toMatch(/^HTTP\/1\.1 400 /)
  expect(said).toContain('"code":"protocol_mismatch"')
})

test('WebSocket-like upgrades carry octets both ways until either side ends', async () => {
  mesh = await new MeshHarness().start()
  const server = createServer()
  server.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    socket.on('data', (chunk: Buffer) => socket.write(`<${chunk}>`))
    socket.on('end', () => socket.end())
  })
  const { workload } = await mesh.addProgram('cart-1', 'cart', server)
  const service = mesh.addService('cart', 80, workload.ports[0]!.port, 'http')
  const port = await mesh.entry(service.address4, 80)

  const said = await new Promise<string>((resolve, reject) => {
    const headers = { Connection: 'Upgrade', Upgrade: 'websocket' }
    const sent = request({ host: '127.0.0.1', port, path: '/chat', headers })
    sent.on('upgrade', (_, socket) => {
      let text = ''
      socket.on('data', (chunk) => {
        text += String(chunk)
        if (text === '<one>') socket.write('two')
        if (text === '<one><two>') socket.end()
      })
      socket.on('close', () => resolve(text))
      socket.write('one')
    })
    sent.on('error', reject)
    sent.end()
  })

  expect(said).toBe('<one><two>')
})

test('a client that asks first whether to send its body is answered by the program', async () => {
  mesh = await new MeshHarness().start()
  const server = echoServer('cart')
  server.on('checkContinue', (incoming, outgoing) => {
    if (incoming.url === '/refused') return void outgoing.writeHead(417).end()
    outgoing.writeContinue()
    server.emit('request', incoming, outgoing)
  })
  const { workload } = await mesh.addProgram('cart-1', 'cart', server)
  const service = mesh.addService('cart', 80, workload.ports[0]!.port, 'http')
  const port = await mesh.entry(service.address4, 80)
  const ask = (path: string): Promise<{ status: number; continued: boolean; text: string }> =>
    new Promise((resolve, reject) => {
      const headers = { Expect: '100-continue', 'Content-Length': 5 }
      const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent: false }, (message) => {
        let text = ''
        message.on('data', (chunk) => (text += String(chunk)))
        message.on('end', () => resolve({ status: message.statusCode!, continued, text }))
      })
      let continued = false
      sent.on('continue', () => {
        continued = true
        sent.end('hello')
      })
      sent.on('error', reject)
      sent.flushHeaders()
    })

  expect(await ask('/taken')).toEqual({ status: 200, continued: true, text: 'cart POST /taken hello' })
  expect(await ask('/refused')).toMatchObject({ status: 417, continued: false })
})

test('a download that its client does not read holds the program back', async () => {
  mesh = await new MeshHarness().start()
  let written = 0
  const server = createServer((_, outgoing) => {
    const chunk = Buffer.alloc(64 * 1024)
    const pump = (): void => {
      while (written < 512 * 1024 * 1024) {
        written += chunk.length
        if (!outgoing.write(chunk)) return void outgoing.once('drain', pump)
      }
    }
    pump()
  })
  const { workload } = await mesh.addProgram('cart-1', 'cart', server)
  const service = mesh.addService('cart', 80, workload.ports[0]!.port, 'http')
  const port = await mesh.entry(service.address4, 80)
  const { connect } = await import('node:net')
  const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'))
  socket.on('error', () => {})
  socket.pause()

  await vi.waitFor(
    async () => {
      const before = written
      await new Promise((resolve) => setTimeout(resolve, 200))
      expect(written, 'it has come to a stand').toBe(before)
      expect(written).toBeGreaterThan(0)
    },
    { timeout: 10_000 },
  )

  socket.destroy()
  expect(written, 'windows and socket buffers, not the whole').toBeLessThan(40 * 1024 * 1024)
}, 20_000)

test('HEAD, 204 and 304 keep their meaning', async () => {
  mesh = await new MeshHarness().start()
  const server = createServer((incoming, outgoing) => {
    const status = Number(incoming.url!.slice(1))
    outgoing.statusCode = status
    if (status === 200) outgoing.setHeader('content-length', 5)
    outgoing.end(status === 200 ? 'hello' : undefined)
  })
  const { workload } = await mesh.addProgram('cart-1', 'cart', server)
  const service = mesh.addService('cart', 80, workload.ports[0]!.port, 'http')
  const port = await mesh.entry(service.address4, 80)

  const head = await call(port, '/200', { method: 'HEAD' })
  const empty = await call(port, '/204')
  const same = await call(port, '/304')

  expect([head.status, head.message.headers['content-length'], head.body.length]).toEqual([200, '5', 0])
  expect([empty.status, same.status]).toEqual([204, 304])
})

test('an upload to a program that reads slowly arrives whole', async () => {
  mesh = await new MeshHarness().start()
  const server = createServer((incoming, outgoing) => {
    const hash = createHash('sha256')
    let chunks = 0
    incoming.on('data', (chunk: Buffer) => {
      hash.update(chunk)
      if (++chunks % 16 !== 0) return
      incoming.pause()
      setImmediate(() => setImmediate(() => incoming.resume()))
    })
    incoming.on('end', () => outgoing.end(hash.digest('hex')))
    incoming.pause()
    setTimeout(() => incoming.resume(), 300)
  })
  const { workload } = await mesh.addProgram('cart-1', 'cart', server)
  const service = mesh.addService('cart', 80, workload.ports[0]!.port, 'http')
  const port = await mesh.entry(service.address4, 80)
  const body = randomBytes(24 * 1024 * 1024)

  const answer = await call(port, '/', { method: 'PUT', body })

  expect(answer.body.toString()).toBe(createHash('sha256').update(body).digest('hex'))
})
