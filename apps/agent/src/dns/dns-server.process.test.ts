import { spawn } from 'node:child_process'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { exchangeUdp, messageOf, octetsOf, queryFor, TcpClient } from './testing/client.ts'

/** The number of the descriptor behind a socket; Node has no public name for it. */
function descriptorOf(socket: Socket | Server): number {
  return (socket as unknown as { _handle: { fd: number } })._handle.fd
}

test('a process answers at sockets that were bound by another', async () => {
  const udp = createSocket('udp4')
  udp.bind(0, '127.0.0.1')
  await once(udp, 'listening')
  const tcp = createServer()
  tcp.listen(0, '127.0.0.1')
  await once(tcp, 'listening')
  const ports = { udp: udp.address().port, tcp: (tcp.address() as { port: number }).port }
  const script = fileURLToPath(new URL('./testing/serve-descriptors.ts', import.meta.url))
  const child = spawn(process.execPath, [script], {
    stdio: ['ignore', 'ignore', 'inherit', descriptorOf(udp), descriptorOf(tcp), 'ipc'],
  })
  udp.close()
  tcp.close()
  try {
    await once(child, 'message')
    const byUdp = messageOf(await exchangeUdp(ports.udp, octetsOf(queryFor('cart', 1))))
    const client = new TcpClient(ports.tcp)
    client.send(octetsOf(queryFor('cart', 1)))
    const byTcp = messageOf(await client.reply())
    client.socket.destroy()

    for (const reply of [byUdp, byTcp])
      expect(reply.answers[0]?.data).toEqual({ kind: 'address', address: '198.19.0.1' })
  } finally {
    child.disconnect()
    await once(child, 'exit')
  }
})
