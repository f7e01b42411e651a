import { createHash, randomBytes } from 'node:crypto'
import { tryLoadAddon } from '@weft/addon'
import {
  type Channel,
  type ChannelListener,
  nodeEngine,
  SocketChannel,
  socketEngine,
  type TcpChannel,
} from '@weft/channel'
import { systemClock } from '@weft/host'
import { HeaderList } from '@weft/message'
import { type NativeHandshake, TlsContexts } from '@weft/mtls'
import { TestAuthority } from '@weft/mtls/testing'
import { TimerWheel } from '@weft/time'
import { needs } from '@weft/tools/testing'
import { afterEach, expect, test } from 'vitest'
import { HboneClient, HboneServer, secureNative } from './index.ts'

const WEB = 'spiffe://cluster.local/ns/default/sa/web'
const CART = 'spiffe://cluster.local/ns/default/sa/cart'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
})

/** A client and a server that echoes, whose certificates may be renewed at any time. */
async function mesh(isNative: boolean) {
  const authority = new TestAuthority()
  const addon = isNative ? tryLoadAddon() : null
  const engine = isNative ? socketEngine(addon) : nodeEngine
  const clientTls = new TlsContexts({ addon })
  const serverTls = new TlsContexts({ addon })
  clientTls.setSvid(authority.issue(WEB))
  serverTls.setSvid(authority.issue(CART))
  let handshakes = 0
  const serve = (channel: Channel, peer: string): void => {
    handshakes++
    const server = new HboneServer(
      channel,
      peer,
      { tunnel: (request) => echo(request.accept()), closed: () => {} },
      systemClock,
    )
    ends.push(() => server.destroy(new Error('the test is over')))
  }
  const acceptor = serverTls.acceptor(CART, {
    accepted: (socket, peer) => serve(new SocketChannel(socket), peer),
    refused: () => {},
  })
  const listener: ChannelListener = await engine.listen({ host: '127.0.0.1', port: 0 }, (tcp: TcpChannel) => {
    const handshake = serverTls.beginServer(CART)
    if (handshake === null) return acceptor.accept(tcp.toSocket())
    void secureNative(tcp, handshake, 5_000, systemClock).then((secured) => {
      if (!(secured instanceof Error)) serve(secured.channel, secured.peer)
    })
  })
  const client = new HboneClient(
    clientTls,
    (to) => engine.dial(to, systemClock),
    systemClock,
    new TimerWheel(systemClock, 100),
  )
  ends.push(() => {
    client.destroy()
    listener.close()
  })
  const target = {
    source: WEB,
    destination: CART,
    host: '127.0.0.1',
    port: listener.port,
    sourceAddress: '',
    netnsPath: '',
  }
  const open = async (): Promise<Channel> => {
    const opened = await client.openTunnel(target, '198.18.2.1:80', new HeaderList())
    if (!opened.ok) throw new Error(opened.reason.message)
    return opened.channel
  }
  const renew = (): void => {
    clientTls.setSvid(authority.issue(WEB))
    client.retire(WEB)
    serverTls.setSvid(authority.issue(CART))
  }
  return { authority, engine, clientTls, serverTls, listener, open, renew, handshakes: () => handshakes }
}

function echo(channel: Channel): void {
  channel.handler = {
    bytes: (bytes) => {
      if (!channel.write(bytes)) channel.pause()
    },
    end: () => channel.end(),
    drained: () => channel.resume(),
    closed: () => {},
  }
}

/** Sends `rounds` bodies one after the other and resolves with whether all came back as they were. */
function exchange(channel: Channel, rounds: number): Promise<boolean> {
  const sent = createHash('sha256')
  const received = createHash('sha256')
  return new Promise((resolve) => {
    let left = rounds
    let expected = 0
    const next = (): void => {
      if (left-- === 0) return channel.end()
      const body = randomBytes(1 + ((left * 7_919) % 40_000))
      sent.update(body)
      expected = body.length
      channel.write(body)
    }
    channel.handler = {
      bytes: (bytes) => {
        received.update(bytes)
        expected -= bytes.length
        // In turns, so that renewals fall between and into them.
        if (expected === 0) setImmediate(next)
      },
      end: () => resolve(sent.digest('hex') === received.digest('hex')),
      drained: () => {},
      closed: (error) => resolve(error === null && left < 0),
    }
    next()
  })
}

function promises(isNative: boolean): void {
  test('certificates renewed under load break no tunnel and change no octet; new tunnels use the new ones', async () => {
    const { open, renew, handshakes } = await mesh(isNative)
    const exchanges: Promise<boolean>[] = []
    for (let generation = 0; generation < 5; generation++) {
      const channels = await Promise.all(Array.from({ length: 20 }, open))
      for (const channel of channels) exchanges.push(exchange(channel, 30))
      await new Promise((resolve) => setImmediate(resolve))
      renew()
    }

    const results = await Promise.all(exchanges)

    expect(results).toHaveLength(100)
    expect(results.every((isWhole) => isWhole)).toBe(true)
    expect(handshakes(), 'one connection for each generation of certificates').toBe(5)
  })
}

needs()('rotation, by TLS of Node', () => promises(false))
needs('compiler')('rotation, by TLS of the addon', () => {
  promises(true)

  test('sessions resume until either side has a new certificate, and prove who answers each time', async () => {
    const { engine, clientTls, listener, renew } = await mesh(true)
    const resumed = async (): Promise<boolean> => {
      const dialled = await engine.dial({ host: '127.0.0.1', port: listener.port }, systemClock)
      if (!dialled.ok) throw new Error(dialled.reason.message)
      const handshake: NativeHandshake = clientTls.beginClient(WEB, CART)!
      const secured = await secureNative(dialled.channel, handshake, 5_000, systemClock)
      if (secured instanceof Error) throw secured
      expect(secured.peer).toBe(CART)
      const isResumed = handshake.addon.tlsIsResumed(handshake.session)
      // Tickets come behind the handshake.
      const ended = Promise.withResolvers<null>()
      secured.channel.handler = { bytes: () => ended.resolve(null), end: () => {}, drained: () => {}, closed: () => {} }
      await ended.promise
      secured.channel.destroy()
      return isResumed
    }

    expect([await resumed(), await resumed(), await resumed()]).toEqual([false, true, true])
    renew()
    expect([await resumed(), await resumed()]).toEqual([false, true])
  })

  test.each([
    ['ahead', { startsInMs: 300_000 }, /certificate is not yet valid by the clock of this node, by (299|300) s/],
    [
      'behind',
      { startsInMs: -600_000, lifetimeMs: -300_000 },
      /certificate has expired by the clock of this node, by 30\d s/,
    ],
  ])('a server whose CA has a clock that is %s is refused, by how much is told', async (_, validity, message) => {
    const { engine, clientTls, listener, serverTls, authority } = await mesh(true)
    serverTls.setSvid(authority.issue(CART, validity))
    const dialled = await engine.dial({ host: '127.0.0.1', port: listener.port }, systemClock)
    if (!dialled.ok) throw new Error(dialled.reason.message)

    const refused = await secureNative(dialled.channel, clientTls.beginClient(WEB, CART)!, 5_000, systemClock)

    expect((refused as Error).message).toMatch(message)
    expect((refused as Error).message).toContain('expected the clocks of nodes to agree')
  })

  test('a client of other roots, one without a certificate and one that speaks no TLS are refused, and the server stays', async () => {
    const { engine, listener, serverTls, open } = await mesh(true)
    const stranger = new TlsContexts({ addon: tryLoadAddon() })
    stranger.setSvid(new TestAuthority().issue(WEB))
    const dialled = await engine.dial({ host: '127.0.0.1', port: listener.port }, systemClock)
    if (!dialled.ok) throw new Error(dialled.reason.message)
    const refused = await secureNative(dialled.channel, stranger.beginClient(WEB, CART)!, 5_000, systemClock)
    expect(refused).toBeInstanceOf(Error)
    expect((refused as Error).message).toMatch(/certificate verify failed/)

    const plain = await engine.dial({ host: '127.0.0.1', port: listener.port }, systemClock)
    if (!plain.ok) throw new Error(plain.reason.message)
    const closed = Promise.withResolvers<null>()
    plain.channel.handler = {
      bytes: () => {},
      end: () => closed.resolve(null),
      drained: () => {},
      closed: () => closed.resolve(null),
    }
    plain.channel.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'))
    await closed.promise

    expect(serverTls.svidOf(CART)).not.toBe(null)
    expect(await exchange(await open(), 2)).toBe(true)
  })
})
