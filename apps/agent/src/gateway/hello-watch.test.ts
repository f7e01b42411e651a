import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import type { Channel } from '@weft/channel'
import { memoryPair, Recorder } from '@weft/channel/testing'
import { systemClock } from '@weft/host'
import { FakeClock } from '@weft/time/testing'
import { expect, test } from 'vitest'
import { Connections } from '../worker/connections.ts'
import { HelloWatch, peekHello } from './hello-watch.ts'

/** What a client says first when it asks for that name. */
async function clientHello(servername: string): Promise<Buffer> {
  const written = Promise.withResolvers<Buffer>()
  const wire = new Duplex({ read: () => {}, write: (bytes: Buffer) => written.resolve(bytes) })
  connectTls({ socket: wire, servername }).on('error', () => {})
  return written.promise
}

function watch(clock = new FakeClock(false)) {
  const [far, near] = memoryPair()
  const client = new Recorder()
  far.handler = client
  const connections = new Connections()
  const found: { name: string; channel: Channel }[] = []
  void new HelloWatch(near, { connections, clock }, (name, channel) => found.push({ name, channel }))
  return { far, client, connections, found, clock }
}

test('HelloWatch tells the name and gives everything on, however it was cut', async () => {
  const hello = await clientHello('shop.example.com')
  for (const size of [1, 7, 100, hello.length]) {
    const { far, found, connections } = watch()
    for (let at = 0; at < hello.length; at += size) far.write(hello.subarray(at, at + size))
    far.write(Buffer.from('early data'))
    await expect.poll(() => found.length).toBe(1)
    const recorder = new Recorder()
    found[0]!.channel.handler = recorder
    found[0]!.channel.resume()
    await expect.poll(() => recorder.text.length).toBe(hello.length + 10)

    expect(found[0]!.name).toBe('shop.example.com')
    expect(recorder.text.endsWith('early data')).toBe(true)
    expect(connections.count, 'no longer its own').toBe(0)
  }
})

test('HelloWatch closes what is no TLS, and whoever says nothing for ten seconds', async () => {
  const plain = watch()
  plain.far.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'))
  await plain.client.until(() => plain.client.closedWith !== undefined)

  const silent = watch()
  silent.clock.advance(9_000)
  expect(silent.connections.count).toBe(1)
  silent.clock.advance(2_000)
  await silent.client.until(() => silent.client.closedWith !== undefined)

  expect([plain.found, silent.found, silent.connections.count]).toEqual([[], [], 0])
})

test('peekHello() gives a socket back as if nothing had been read', async () => {
  const hello = await clientHello('shop.example.com')
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const accepted = once(server, 'connection') as Promise<[Socket]>
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [socket] = await accepted
  const name = new Promise<string>((resolve) => peekHello(socket, systemClock, resolve))
  client.write(hello.subarray(0, 50))
  client.write(hello.subarray(50))

  expect(await name).toBe('shop.example.com')
  const read: Buffer[] = []
  socket.on('data', (bytes: Buffer) => read.push(bytes))
  client.end('rest')
  await once(socket, 'end')
  expect(Buffer.concat(read)).toEqual(Buffer.concat([hello, Buffer.from('rest')]))
  socket.destroy()
  server.close()
})
