import { connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { MeshHarness, tcpServer } from '../testing/mesh-harness.ts'

let mesh: MeshHarness
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await mesh[Symbol.asyncDispose]()
})

/** A raw connection through a tunnel to a workload whose listener is in that network namespace. */
async function connectionTo(netnsPath: string): Promise<Socket> {
  mesh = await new MeshHarness().start()
  const { workload } = await mesh.addProgram(
    'cart-1',
    'cart',
    tcpServer((socket) => socket.pipe(socket)),
  )
  mesh.callee.receive({ type: 'unlisten', id: 'hbone cart-1' })
  const hbonePort = await mesh.listen(mesh.callee, 'hbone', 'own', workload.address, 'cart-1', netnsPath)
  mesh.apply({ kind: 'Workload', name: 'cart-1', value: { ...workload, hbonePort } })
  const service = mesh.addService('cart', 80, workload.ports[0]!.port, 'tcp')
  const socket = connect({ port: await mesh.entry(service.address4, 80), host: '127.0.0.1' })
  sockets.push(socket)
  socket.on('error', () => {})
  await echo(socket, 'hello')
  return socket
}

function echo(socket: Socket, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once('data', (chunk) => resolve(String(chunk) === text)).once('close', () => resolve(false))
    socket.write(text)
  })
}

test('tunnels into a network that goes with its workload end when the node lets go of it, and not before', async () => {
  const socket = await connectionTo('/run/netns/of-its-own')
  mesh.callee.receive({ type: 'unlisten', id: 'own' })
  expect(await echo(socket, 'a listener may come anew')).toBe(true)

  const ended = new Promise((resolve) => socket.once('close', resolve))
  mesh.callee.receive({ type: 'workloads', local: [] })

  await ended
  expect(mesh.callee.plane.connections.count).toBe(0)
})

test('where the network stays, what is on its way arrives', async () => {
  const socket = await connectionTo('')
  mesh.callee.receive({ type: 'unlisten', id: 'own' })
  mesh.callee.receive({ type: 'workloads', local: [] })

  expect(await echo(socket, 'still')).toBe(true)
})
