import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { MeshHarness, tcpServer } from '../testing/mesh-harness.ts'

let mesh: MeshHarness
let neighbour: Server | undefined
afterEach(async () => {
  neighbour?.close()
  await mesh[Symbol.asyncDispose]()
})

/** What a connection is told before it ends. */
function heard(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write('no HTTP\n'))
    let text = ''
    socket.on('data', (chunk) => (text += String(chunk)))
    socket.on('error', () => {})
    socket.on('close', () => resolve(text))
  })
}

/** A program of the machine that trusts loopback; every connection is told a secret. */
async function machineProgram(told: () => void): Promise<number> {
  const server = createServer((socket) => {
    told()
    socket.on('error', () => {})
    socket.end('secret of a neighbour')
  })
  neighbour = server
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

test.each([{ allowPlaintext: false }, { allowPlaintext: true }])(
  'no address of a workload leads to what else listens on its node ($allowPlaintext)',
  async ({ allowPlaintext }) => {
    let told = 0
    const port = await machineProgram(() => told++)
    mesh = await new MeshHarness().start()
    const server = tcpServer((socket) => socket.end('own answer'))
    const { workload } = await mesh.addProgram('db-1', 'db', server, { allowPlaintext })

    expect(await heard(await mesh.entry(workload.address, workload.ports[0]!.port)), 'its own port').toBe('own answer')
    expect(await heard(await mesh.entry(workload.address, port)), 'a port of the machine').toBe('')
    expect(told, 'connections that the neighbour saw').toBe(0)
  },
)

test('nobody is let in before the policies of the node have arrived: none known is not none there', async () => {
  mesh = new MeshHarness()
  mesh.hasPolicies = false
  await mesh.start()
  const server = tcpServer((socket) => socket.end('own answer'))
  const { workload } = await mesh.addProgram('db-1', 'db', server)
  const port = await mesh.entry(workload.address, workload.ports[0]!.port)

  expect(await heard(port)).toBe('')
  mesh.hasPolicies = true
  expect(await heard(port)).toBe('own answer')
})
