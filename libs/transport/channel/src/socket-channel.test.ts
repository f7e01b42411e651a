import { systemClock } from '@weft/host'
import { afterEach, expect, test } from 'vitest'
import { dial, listen, type ChannelListener, type SocketChannel } from './index.ts'
import { Recorder } from './testing/index.ts'

const listeners: ChannelListener[] = []
afterEach(() => {
  for (const listener of listeners.splice(0)) listener.close()
})

async function pair(): Promise<[client: SocketChannel, server: SocketChannel]> {
  const accepted = Promise.withResolvers<SocketChannel>()
  const listener = await listen({ host: '127.0.0.1', port: 0 }, accepted.resolve)
  listeners.push(listener)
  const dialled = await dial({ host: '127.0.0.1', port: listener.port }, systemClock)
  if (!dialled.ok) throw new Error(dialled.reason.message)
  return [dialled.channel, await accepted.promise]
}

test('SocketChannel half-closes one way and still carries octets the other way', async () => {
  const [client, server] = await pair()
  const atClient = new Recorder()
  const atServer = new Recorder()
  client.handler = atClient
  server.handler = atServer

  client.write(Buffer.from('ask'))
  client.end()
  await atServer.until(() => atServer.ended)
  server.write(Buffer.from('answer'))
  server.end()
  await Promise.all([
    atClient.until(() => atClient.closedWith !== undefined),
    atServer.until(() => atServer.closedWith !== undefined),
  ])

  expect(atServer.text).toBe('ask')
  expect(atClient.text).toBe('answer')
  expect([atClient.closedWith, atServer.closedWith]).toEqual([null, null])
})

test('SocketChannel keeps what arrives before its handler is set', async () => {
  const [client, server] = await pair()
  client.handler = new Recorder()
  client.write(Buffer.from('early'))
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

  const atServer = new Recorder()
  server.handler = atServer
  await atServer.until(() => atServer.byteCount === 5)

  expect(atServer.text).toBe('early')
  client.destroy()
})

test('SocketChannel.destroy(error) resets, and the peer is told of an error', async () => {
  const [client, server] = await pair()
  const atClient = new Recorder()
  const atServer = new Recorder()
  client.handler = atClient
  server.handler = atServer

  server.destroy(new Error('refused by policy'))
  await atClient.until(() => atClient.closedWith !== undefined)

  expect((atClient.closedWith as NodeJS.ErrnoException).code).toBe('ECONNRESET')
})

test('SocketChannel.write answers false above the mark and drained() follows', async () => {
  const [client, server] = await pair()
  const atClient = new Recorder()
  const atServer = new Recorder()
  client.handler = atClient
  server.handler = atServer
  server.pause()
  let sent = 0
  while (client.write(new Uint8Array(65_536))) {
    sent += 65_536
    if (sent > 64 * 1024 * 1024) throw new Error('write never answered false')
    await new Promise((resolve) => setImmediate(resolve))
  }
  sent += 65_536

  server.resume()
  await atClient.until(() => atClient.drains > 0)
  await atServer.until(() => atServer.byteCount === sent)

  expect(client.bufferedBytes).toBe(0)
  client.destroy()
})

test('dial() answers connect_failed with the address when nobody listens', async () => {
  const listener = await listen({ host: '127.0.0.1', port: 0 }, () => {})
  const port = listener.port
  listener.close()

  const dialled = await dial({ host: '127.0.0.1', port }, systemClock)

  expect(dialled).toMatchObject({ ok: false, code: 'connect_failed' })
  expect(dialled.ok || dialled.reason.message).toContain(`127.0.0.1:${port}`)
})

test('listen() fails with what was attempted when the address is taken', async () => {
  const listener = await listen({ host: '127.0.0.1', port: 0 }, () => {})
  listeners.push(listener)

  await expect(listen({ host: '127.0.0.1', port: listener.port }, () => {})).rejects.toMatchObject({ code: 'listen' })
})

test('listen() closes connections beyond channelsMax and counts them', async () => {
  const listener = await listen({ host: '127.0.0.1', port: 0 }, (channel) => (channel.handler = new Recorder()), {
    channelsMax: 1,
    backlog: 8,
    highWaterMark: 1024,
  })
  listeners.push(listener)
  const channels: SocketChannel[] = []
  const recorders: Recorder[] = []
  for (let i = 0; i < 2; i++) {
    const dialled = await dial({ host: '127.0.0.1', port: listener.port }, systemClock)
    if (!dialled.ok) throw new Error(dialled.reason.message)
    channels.push(dialled.channel)
    recorders.push(new Recorder())
    dialled.channel.handler = recorders[i]!
  }

  await recorders[1]!.until(() => recorders[1]!.ended || recorders[1]!.closedWith !== undefined)

  expect(listener.refused).toBe(1)
  for (const channel of channels) channel.destroy()
})
