import { once } from 'node:events'
import { tryLoadAddon } from '@weft/addon'
import { systemClock } from '@weft/host'
import { needs } from '@weft/tools/testing'
import { afterEach, expect, test } from 'vitest'
import { nodeEngine, socketEngine, type ChannelListener, type SocketEngine, type TcpChannel } from './index.ts'
import { Recorder } from './testing/index.ts'

const listeners: ChannelListener[] = []
afterEach(() => {
  for (const listener of listeners.splice(0)) listener.close()
})

async function pair(engine: SocketEngine): Promise<[client: TcpChannel, server: TcpChannel]> {
  const accepted = Promise.withResolvers<TcpChannel>()
  const listener = await engine.listen({ host: '127.0.0.1', port: 0 }, accepted.resolve)
  listeners.push(listener)
  const dialled = await engine.dial({ host: '127.0.0.1', port: listener.port }, systemClock)
  if (!dialled.ok) throw new Error(dialled.reason.message)
  return [dialled.channel, await accepted.promise]
}

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve))
}

/** What every engine promises. */
function contractOf(engine: SocketEngine): void {
  test('a channel half-closes one way and still carries octets the other way', async () => {
    const [client, server] = await pair(engine)
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

  test('a channel keeps what arrives before its handler is set', async () => {
    const [client, server] = await pair(engine)
    client.handler = new Recorder()
    client.write(Buffer.from('early'))
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

    const atServer = new Recorder()
    server.handler = atServer
    await atServer.until(() => atServer.byteCount === 5)

    expect(atServer.text).toBe('early')
    client.destroy()
  })

  test('destroy(error) resets, and the peer is told of an error', async () => {
    const [client, server] = await pair(engine)
    const atClient = new Recorder()
    const atServer = new Recorder()
    client.handler = atClient
    server.handler = atServer

    server.destroy(new Error('refused by policy'))
    await atClient.until(() => atClient.closedWith !== undefined)

    expect((atClient.closedWith as NodeJS.ErrnoException).code).toBe('ECONNRESET')
  })

  test('write() answers false above the mark and drained() follows', async () => {
    const [client, server] = await pair(engine)
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
    const listener = await engine.listen({ host: '127.0.0.1', port: 0 }, () => {})
    const port = listener.port
    listener.close()

    const dialled = await engine.dial({ host: '127.0.0.1', port }, systemClock)

    expect(dialled).toMatchObject({ ok: false, code: 'connect_failed' })
    expect(dialled.ok || dialled.reason.message).toContain(`127.0.0.1:${port}`)
  })

  test('listen() fails with what was attempted when the address is taken', async () => {
    const listener = await engine.listen({ host: '127.0.0.1', port: 0 }, () => {})
    listeners.push(listener)

    await expect(engine.listen({ host: '127.0.0.1', port: listener.port }, () => {})).rejects.toMatchObject({
      code: 'listen',
    })
  })

  test('listen() closes connections beyond channelsMax and counts them', async () => {
    const listener = await engine.listen(
      { host: '127.0.0.1', port: 0 },
      (channel) => (channel.handler = new Recorder()),
      {
        channelsMax: 1,
        backlog: 8,
        highWaterMark: 1024,
      },
    )
    listeners.push(listener)
    const channels: TcpChannel[] = []
    const recorders: Recorder[] = []
    for (let i = 0; i < 2; i++) {
      const dialled = await engine.dial({ host: '127.0.0.1', port: listener.port }, systemClock)
      if (!dialled.ok) throw new Error(dialled.reason.message)
      channels.push(dialled.channel)
      recorders.push(new Recorder())
      dialled.channel.handler = recorders[i]!
    }

    await recorders[1]!.until(() => recorders[1]!.ended || recorders[1]!.closedWith !== undefined)

    expect(listener.refused).toBe(1)
    for (const channel of channels) channel.destroy()
  })

  test('a channel half-closed by the peer right behind its octets tells both in order', async () => {
    const [client, server] = await pair(engine)
    const atServer = new Recorder()
    client.handler = new Recorder()
    client.write(Buffer.alloc(200_000, 7))
    client.end()
    server.handler = atServer

    await atServer.until(() => atServer.ended)

    expect(atServer.byteCount).toBe(200_000)
    client.destroy()
  })

  test('pause() holds octets and the end back, and resume() gives both', async () => {
    const [client, server] = await pair(engine)
    const atServer = new Recorder()
    client.handler = new Recorder()
    server.handler = atServer
    server.pause()
    client.write(Buffer.from('held'))
    client.end()
    await turns(5)
    expect([atServer.text, atServer.ended]).toEqual(['', false])

    server.resume()
    await atServer.until(() => atServer.ended)

    expect(atServer.text).toBe('held')
    client.destroy()
  })

  test('pause() from within bytes() holds what comes behind', async () => {
    const [client, server] = await pair(engine)
    const atServer = new Recorder()
    client.handler = new Recorder()
    server.handler = {
      bytes: (bytes) => {
        atServer.bytes(bytes)
        server.pause()
        setImmediate(() => server.resume())
      },
      end: () => atServer.end(),
      drained: () => {},
      closed: () => {},
    }
    const sent = Buffer.alloc(600_000, 1)
    client.write(sent)
    client.end()

    await atServer.until(() => atServer.ended)

    expect(atServer.byteCount).toBe(sent.length)
    client.destroy()
  })

  test('octets of writeBorrowed() are the callback’s own: they may change after the turn and arrive as they were', async () => {
    const [client, server] = await pair(engine)
    const atServer = new Recorder()
    client.handler = new Recorder()
    server.handler = atServer
    server.pause()
    const lent = Buffer.alloc(100_000)
    let sent = 0
    for (let round = 1; round <= 60; round++) {
      lent.fill(round)
      client.writeBorrowed(lent)
      sent += lent.length
      await turns(1)
      lent.fill(255)
    }

    server.resume()
    await atServer.until(() => atServer.byteCount === sent)

    const got = Buffer.concat(atServer.chunks)
    for (let round = 1; round <= 60; round++)
      expect(got.subarray((round - 1) * 100_000, round * 100_000).every((octet) => octet === round)).toBe(true)
    client.destroy()
  })

  test('octets given to a handler that does not borrow stay as they are', async () => {
    const [client, server] = await pair(engine)
    const atServer = new Recorder()
    client.handler = new Recorder()
    server.handler = atServer
    for (let round = 0; round < 200; round++) {
      client.write(Buffer.alloc(50 + round * 37, round))
      await turns(1)
    }
    client.end()

    await atServer.until(() => atServer.ended)

    const got = Buffer.concat(atServer.chunks)
    let at = 0
    for (let round = 0; round < 200; round++) {
      expect(got.subarray(at, at + 50 + round * 37).every((octet) => octet === round)).toBe(true)
      at += 50 + round * 37
    }
    client.destroy()
  })

  test('many small writes of one turn arrive in order', async () => {
    const [client, server] = await pair(engine)
    const atServer = new Recorder()
    client.handler = new Recorder()
    server.handler = atServer
    let expected = ''
    client.cork()
    for (let i = 0; i < 500; i++) {
      client.write(Buffer.from(`${i},`))
      expected += `${i},`
    }
    client.uncork()
    client.end()

    await atServer.until(() => atServer.ended)

    expect(atServer.text).toBe(expected)
    client.destroy()
  })

  test('what the peer said before it went away from a writer is still heard', async () => {
    const [client, server] = await pair(engine)
    const atClient = new Recorder()
    client.handler = atClient
    server.handler = new Recorder()
    server.pause()
    client.write(Buffer.alloc(10_000))
    await turns(3)
    server.write(Buffer.from('no, thanks'))
    await turns(3)
    server.destroy()

    await atClient.until(() => atClient.ended || atClient.closedWith !== undefined)

    expect(atClient.text).toBe('no, thanks')
    client.destroy()
  })

  test('closed() of a destroyed channel comes after the callback, once, and nothing after it', async () => {
    const [client, server] = await pair(engine)
    const atServer = new Recorder()
    client.handler = new Recorder()
    server.handler = atServer
    client.write(Buffer.from('late'))
    server.destroy()
    server.destroy(new Error('again'))
    expect(atServer.closedWith).toBe(undefined)

    await atServer.until(() => atServer.closedWith !== undefined)
    await turns(3)

    expect([atServer.closedWith, atServer.text]).toEqual([null, ''])
    client.destroy()
  })

  test('toSocket() gives the connection to Node with nothing lost', async () => {
    const [client, server] = await pair(engine)
    client.handler = new Recorder()
    client.write(Buffer.from('for node'))
    await turns(2)

    const socket = server.toSocket()
    const [bytes] = (await once(socket, 'data')) as [Buffer]

    expect(String(bytes)).toBe('for node')
    expect(socket.remotePort).toBe(client.localPort)
    socket.destroy()
    client.destroy()
  })

  test('both ends know their addresses', async () => {
    const [client, server] = await pair(engine)

    expect([client.localAddress, client.remoteAddress]).toEqual(['127.0.0.1', '127.0.0.1'])
    expect(client.localPort).toBe(server.remotePort)
    expect(server.remote).toBe(`127.0.0.1:${client.localPort}`)
    expect(server.fd).toBeGreaterThan(2)
    client.destroy()
    server.destroy()
  })
}

needs()('sockets of Node', () => contractOf(nodeEngine))

needs('compiler')('sockets of the addon', () => {
  const engine = socketEngine(tryLoadAddon())
  contractOf(engine)

  test('they are what was asked for', () => expect(engine.name).toBe('native'))
})
