import { createHash, randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { systemClock } from '@weft/host'
import { afterEach, expect, test, vi } from 'vitest'
import { MeshHarness, tcpServer } from '../testing/mesh-harness.ts'

let mesh: MeshHarness
afterEach(async () => mesh[Symbol.asyncDispose]())

/** Everything that comes until the connection ends, and whether it ended with an error. */
function conversation(port: number, onOpen: (socket: Socket) => void): Promise<{ text: string; error: string }> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => onOpen(socket))
    let text = ''
    let error = ''
    socket.on('data', (chunk) => (text += String(chunk)))
    socket.on('end', () => socket.end())
    socket.on('error', (caught: NodeJS.ErrnoException) => (error = caught.code ?? caught.message))
    socket.on('close', () => resolve({ text, error }))
  })
}

test('a server that speaks first is heard at once, without configuration', async () => {
  mesh = await new MeshHarness().start()
  const server = tcpServer((socket) => {
    socket.write('220 ready\n')
    socket.on('data', (chunk) => socket.end(`got ${String(chunk)}`))
  })
  const { workload } = await mesh.addProgram('db-1', 'db', server)
  const service = mesh.addService('db', 3306, workload.ports[0]!.port)
  const port = await mesh.entry(service.address4, 3306)

  const startedAt = systemClock.nowMs()
  const said = await conversation(port, (socket) => socket.once('data', () => socket.write('login')))

  expect(said).toEqual({ text: '220 ready\ngot login', error: '' })
  expect(systemClock.nowMs() - startedAt, 'nobody waited for a timer').toBeLessThan(1_000)
})

test('a client that speaks first and no HTTP is relayed, half-close and all', async () => {
  mesh = await new MeshHarness().start()
  const server = tcpServer((socket) => {
    let text = ''
    socket.on('data', (chunk) => (text += String(chunk)))
    socket.on('end', () => socket.end(`whole: ${text}`))
  })
  const { workload } = await mesh.addProgram('db-1', 'db', server)
  const service = mesh.addService('db', 6379, workload.ports[0]!.port)
  const port = await mesh.entry(service.address4, 6379)

  const said = await conversation(port, (socket) => socket.end('*1\r\n$4\r\nPING\r\n'))

  expect(said).toEqual({ text: 'whole: *1\r\n$4\r\nPING\r\n', error: '' })
})

test('16 MiB of octets arrive whole through both agents', async () => {
  mesh = await new MeshHarness().start()
  const sent = randomBytes(16 * 1024 * 1024)
  const server = tcpServer((socket) => {
    const hash = createHash('sha256')
    socket.on('data', (chunk: Buffer) => hash.update(chunk))
    socket.on('end', () => socket.end(hash.digest('hex')))
  })
  const { workload } = await mesh.addProgram('db-1', 'db', server)
  const service = mesh.addService('db', 5432, workload.ports[0]!.port, 'tcp')
  const port = await mesh.entry(service.address4, 5432)

  const said = await conversation(port, (socket) => socket.end(sent))

  expect(said.text).toBe(createHash('sha256').update(sent).digest('hex'))
})

test('a connection goes to another instance when the first can not be had', async () => {
  mesh = await new MeshHarness().start()
  const dead = await mesh.addProgram(
    'db-1',
    'db',
    tcpServer(() => {}),
  )
  const appPort = dead.workload.ports[0]!.port
  const alive = tcpServer((socket) => socket.end('alive'))
  await mesh.addProgram('db-2', 'db', alive, { ports: [{ port: appPort, protocol: 'detect', name: '' }] })
  const service = mesh.addService('db', 5432, appPort, 'tcp')
  const port = await mesh.entry(service.address4, 5432)
  dead.kill()

  const said = await Promise.all(Array.from({ length: 20 }, () => conversation(port, () => {})))

  expect(said.map(({ text }) => text)).toEqual(Array.from({ length: 20 }, () => 'alive'))
})

test('a reset of the server is a reset for the client', async () => {
  mesh = await new MeshHarness().start()
  const server = tcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()))
  const { workload } = await mesh.addProgram('db-1', 'db', server)
  const service = mesh.addService('db', 5432, workload.ports[0]!.port, 'tcp')
  const port = await mesh.entry(service.address4, 5432)

  const said = await conversation(port, (socket) => socket.write('x'))

  expect(said.error).toBe('ECONNRESET')
})

test('1,000 connections at once each get their own answer', async () => {
  mesh = await new MeshHarness().start()
  const server = tcpServer((socket) => socket.on('data', (chunk) => socket.end(`you are ${String(chunk)}`)))
  const { workload } = await mesh.addProgram('db-1', 'db', server)
  const service = mesh.addService('db', 5432, workload.ports[0]!.port, 'tcp')
  const port = await mesh.entry(service.address4, 5432)

  const said = await Promise.all(
    Array.from({ length: 1000 }, (_, i) => conversation(port, (socket) => socket.write(String(i)))),
  )

  expect(said.filter(({ text }, i) => text !== `you are ${i}`)).toEqual([])
  await vi.waitFor(() => expect(mesh.caller.plane.connections.count, 'nothing is left open').toBe(0))
}, 20_000)

test('a policy that comes to refuse ends connections that are open', async () => {
  mesh = await new MeshHarness().start()
  const server = tcpServer((socket) => socket.write('hello'))
  const { workload } = await mesh.addProgram('db-1', 'db', server)
  const service = mesh.addService('db', 5432, workload.ports[0]!.port, 'tcp')
  const port = await mesh.entry(service.address4, 5432)

  const said = await conversation(port, (socket) =>
    socket.once('data', () => {
      const identities = ['spiffe://cluster.local/ns/default/sa/web']
      const from = [{ identities, namespaces: [], notIdentities: [], notNamespaces: [], unauthenticated: false }]
      mesh.apply({
        kind: 'AuthorizationPolicy',
        name: 'default/no-web',
        value: {
          name: 'AuthorizationPolicy/default/no-web',
          namespace: 'default',
          action: 'DENY',
          selector: {},
          services: [],
          rules: [{ from, to: [] }],
        },
      })
    }),
  )
  const next = await conversation(port, () => {})

  expect(said).toEqual({ text: 'hello', error: 'ECONNRESET' })
  expect(next).toEqual({ text: '', error: 'ECONNRESET' })
})

test('a renewed certificate is used for new tunnels while those open go on', async () => {
  mesh = await new MeshHarness().start()
  const server = tcpServer((socket) => {
    socket.on('data', (chunk) => socket.write(`<${String(chunk)}>`))
    socket.on('end', () => socket.end())
  })
  const { workload } = await mesh.addProgram('db-1', 'db', server)
  const service = mesh.addService('db', 5432, workload.ports[0]!.port, 'tcp')
  const port = await mesh.entry(service.address4, 5432)
  const before = mesh.caller.plane.hbone

  const said = await conversation(port, (socket) => {
    let step = 0
    socket.write('1')
    socket.on('data', () => {
      if (++step === 1) {
        mesh.giveIdentity(mesh.caller, 'web')
        mesh.giveIdentity(mesh.callee, 'db')
        socket.write('2')
      }
      if (step !== 2) return
      void conversation(port, (other) => {
        other.write('new')
        other.once('data', () => other.end())
      }).then(({ text }) => socket.end(`after ${text}`))
    })
  })

  expect(said).toMatchObject({ error: '' })
  expect(said.text).toBe('<1><2><after <new>>')
  expect(before.connectionCount).toBeGreaterThanOrEqual(1)
})

test('an agent that proves another identity than the workload has is refused', async () => {
  mesh = await new MeshHarness().start()
  const { workload } = await mesh.addProgram(
    'db-1',
    'db',
    tcpServer((socket) => socket.end('secret')),
  )
  const service = mesh.addService('db', 5432, workload.ports[0]!.port, 'tcp')
  const port = await mesh.entry(service.address4, 5432)
  // The calling side believes that the workload is somebody else than its agent proves.
  const believed = { ...workload, serviceAccount: 'other' }
  mesh.caller.receive({
    type: 'resources',
    revision: 99,
    policyRevision: 99,
    upserts: [{ kind: 'Workload', name: workload.uid, value: believed }],
    removals: [],
  })

  const said = await conversation(port, (socket) => socket.write('x'))
  await new Promise((resolve) => setTimeout(resolve, 0))

  expect(said).toEqual({ text: '', error: 'ECONNRESET' })
})
