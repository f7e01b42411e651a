import { tryLoadAddon } from '@weft/addon'
import {
  type Channel,
  type ChannelListener,
  listen,
  nodeEngine,
  SocketChannel,
  socketEngine,
  type TcpChannel,
} from '@weft/channel'
import { Recorder } from '@weft/channel/testing'
import { fault } from '@weft/faults'
import { systemClock } from '@weft/host'
import { HeldBudget } from '@weft/http2'
import { HeaderList } from '@weft/message'
import { TlsContexts } from '@weft/mtls'
import { TestAuthority } from '@weft/mtls/testing'
import { TimerWheel } from '@weft/time'
import { needs } from '@weft/tools/testing'
import { afterEach, expect, test } from 'vitest'
import {
  defaultHboneOptions,
  HELD_BYTES_MAX,
  HboneClient,
  HboneServer,
  type HboneOptions,
  type HboneTarget,
  secureNative,
  type TunnelRequest,
} from './index.ts'

const WEB = 'spiffe://cluster.local/ns/default/sa/web'
const CART = 'spiffe://cluster.local/ns/default/sa/cart'
const AUTHORITY = '198.18.2.1:8080'

interface Pair {
  readonly client: HboneClient
  readonly target: HboneTarget
  readonly authority: TestAuthority
  readonly clientTls: TlsContexts
  readonly servers: HboneServer[]
  readonly options: HboneOptions
  readonly refusedHandshakes: string[]
}

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

async function pair(
  isNative: boolean,
  onTunnel: (request: TunnelRequest) => void,
  settings: { serverIs?: string; options?: Partial<HboneOptions> } = {},
): Promise<Pair> {
  const authority = new TestAuthority()
  const options = { ...defaultHboneOptions, held: new HeldBudget(HELD_BYTES_MAX), ...settings.options }
  const addon = isNative ? tryLoadAddon() : null
  const engine = isNative ? socketEngine(addon) : nodeEngine
  const serverTls = new TlsContexts({ addon })
  const clientTls = new TlsContexts({ addon })
  serverTls.setSvid(authority.issue(settings.serverIs ?? CART))
  clientTls.setSvid(authority.issue(WEB))
  const servers: HboneServer[] = []
  const refusedHandshakes: string[] = []
  const handler = { tunnel: onTunnel, closed: (server: HboneServer) => void servers.splice(servers.indexOf(server), 1) }
  const serve = (channel: Channel, peer: string): void => {
    expect(peer).toBe(WEB)
    servers.push(new HboneServer(channel, peer, handler, systemClock, options))
  }
  const identity = settings.serverIs ?? CART
  const acceptor = serverTls.acceptor(identity, {
    accepted: (socket, peer) => serve(new SocketChannel(socket), peer),
    refused: (error) => refusedHandshakes.push(error.message),
  })
  const accept = (tcp: TcpChannel): void => {
    const handshake = serverTls.beginServer(identity)
    if (handshake === null) return acceptor.accept(tcp.toSocket())
    void secureNative(tcp, handshake, 5_000, systemClock).then((secured) => {
      if (secured instanceof Error) refusedHandshakes.push(secured.message)
      else serve(secured.channel, secured.peer)
    })
  }
  const listener: ChannelListener = await engine.listen({ host: '127.0.0.1', port: 0 }, accept)
  const wheel = new TimerWheel(systemClock, 100)
  const client = new HboneClient(clientTls, (to) => engine.dial(to, systemClock), systemClock, wheel, options)
  ends.push(() => {
    listener.close()
    client.destroy()
    for (const server of [...servers]) server.destroy(new Error('the test is over'))
  })
  const target = {
    source: WEB,
    destination: CART,
    host: '127.0.0.1',
    port: listener.port,
    sourceAddress: '',
    netnsPath: '',
  }
  return { client, target, authority, clientTls, servers, options, refusedHandshakes }
}

/** Accepts, and sends everything back; ends when the client does. */
function echo(request: TunnelRequest): void {
  const channel = request.accept()
  channel.handler = {
    bytes: (bytes) => void channel.write(bytes),
    end: () => channel.end(),
    drained: () => {},
    closed: () => {},
  }
}

async function open(of: Pair): Promise<{ channel: SocketChannelLike; seen: Recorder }> {
  const opened = await of.client.openTunnel(of.target, AUTHORITY, new HeaderList())
  if (!opened.ok) throw new Error(opened.reason.message)
  const seen = new Recorder()
  opened.channel.handler = seen
  return { channel: opened.channel, seen }
}
type SocketChannelLike = Extract<Awaited<ReturnType<HboneClient['openTunnel']>>, { ok: true }>['channel']

/** What HBONE promises, whoever makes its TLS. */
function promises(isNative: boolean): void {
  test('a tunnel carries octets and half-closes both ways', async () => {
    const asked: string[] = []
    const mesh = await pair(isNative, (request) => {
      asked.push(`${request.authority} ${request.headers.get('weft-protocol')} by ${request.server.peer}`)
      echo(request)
    })
    const opened = await mesh.client.openTunnel(mesh.target, AUTHORITY, new HeaderList(['weft-protocol', 'tcp']))
    if (!opened.ok) throw new Error(opened.reason.message)
    const seen = new Recorder()
    opened.channel.handler = seen

    opened.channel.write(Buffer.from('hello'))
    opened.channel.end()
    await seen.until(() => seen.closedWith !== undefined)

    expect(asked).toEqual([`${AUTHORITY} tcp by ${WEB}`])
    expect([seen.text, seen.ended, seen.closedWith]).toEqual(['hello', true, null])
  })

  test('tunnels share a connection up to the limit of streams, then take another', async () => {
    const mesh = await pair(isNative, echo, { options: { streamsPerConnectionMax: 10 } })

    const tunnels = await Promise.all(Array.from({ length: 25 }, () => open(mesh)))

    expect(tunnels).toHaveLength(25)
    expect(mesh.client.connectionCount).toBe(3)
  })

  test('a refusal comes with the reason of the far agent', async () => {
    const reason = fault('denied', 'authz', 'not for you', 'AuthorizationPolicy/default/p#1', '5').reason
    const mesh = await pair(isNative, (request) => request.refuse(reason))

    const opened = await mesh.client.openTunnel(mesh.target, AUTHORITY, new HeaderList())

    expect(opened).toEqual({ ok: false, code: 'denied', reason })
  })

  test('a server that proves another identity is identity_mismatch, and gets nothing', async () => {
    const mesh = await pair(isNative, echo, { serverIs: 'spiffe://cluster.local/ns/default/sa/imposter' })

    const opened = await mesh.client.openTunnel(mesh.target, AUTHORITY, new HeaderList())

    expect(opened).toMatchObject({ ok: false, code: 'identity_mismatch' })
    expect(opened.ok || opened.reason.message).toMatch(/imposter.*expected.*sa\/cart/)
  })

  test('a caller from another root is refused in the handshake', async () => {
    const mesh = await pair(isNative, echo)
    mesh.clientTls.setSvid(new TestAuthority().issue(WEB))

    const opened = await mesh.client.openTunnel(mesh.target, AUTHORITY, new HeaderList())

    expect(opened).toMatchObject({ ok: false, code: 'connect_failed' })
  })

  test('without a certificate a caller is not_ready', async () => {
    const mesh = await pair(isNative, echo)
    const target = { ...mesh.target, source: 'spiffe://cluster.local/ns/default/sa/new' }

    expect(await mesh.client.openTunnel(target, AUTHORITY, new HeaderList())).toMatchObject({ code: 'not_ready' })
  })

  test('an agent that is not there is connect_failed, one that says nothing in time too', async () => {
    const mesh = await pair(isNative, () => {}, { options: { openTimeoutMs: 400 } })
    const silent = await mesh.client.openTunnel(mesh.target, AUTHORITY, new HeaderList())
    const nobody = await mesh.client.openTunnel({ ...mesh.target, port: 1 }, AUTHORITY, new HeaderList())

    expect([silent, nobody]).toMatchObject([{ code: 'connect_failed' }, { code: 'connect_failed' }])
    expect(silent.ok || silent.reason.message).toContain('400 ms')
  })

  test('a peer that accepts TCP and makes no handshake is given up after the connect timeout', async () => {
    const mesh = await pair(isNative, echo)
    const mute = await listen({ host: '127.0.0.1', port: 0 }, (channel) => (channel.handler = new Recorder()))
    ends.push(() => mute.close())

    const opened = await mesh.client.openTunnel({ ...mesh.target, port: mute.port }, AUTHORITY, new HeaderList(), 80)

    expect(opened).toMatchObject({ code: 'connect_failed' })
  })

  test('destroy(error) on one side is a broken channel on the other, and leaves the connection to its siblings', async () => {
    const accepted: SocketChannelLike[] = []
    const mesh = await pair(isNative, (request) => {
      const channel = request.accept()
      channel.handler = new Recorder()
      accepted.push(channel)
    })
    const first = await open(mesh)
    const second = await open(mesh)

    accepted[0]!.destroy(new Error('the application reset it'))
    await first.seen.until(() => first.seen.closedWith !== undefined)
    accepted[1]!.write(Buffer.from('still here'))
    await second.seen.until(() => second.seen.byteCount > 0)

    expect(first.seen.closedWith?.message).toContain('reset by the peer')
    expect(second.seen.text).toBe('still here')
  })

  test('drain at the server sends new tunnels to a new connection while the old one goes on', async () => {
    const mesh = await pair(isNative, echo)
    const before = await open(mesh)
    mesh.servers[0]!.drain()
    await new Promise((resolve) => setImmediate(resolve))

    const after = await open(mesh)
    before.channel.write(Buffer.from('old'))
    after.channel.write(Buffer.from('new'))
    await before.seen.until(() => before.seen.byteCount === 3)
    await after.seen.until(() => after.seen.byteCount === 3)

    expect([before.seen.text, after.seen.text]).toEqual(['old', 'new'])
  })

  test('retire() makes new tunnels use the new certificate, and leaves those that are open', async () => {
    const mesh = await pair(isNative, echo)
    const before = await open(mesh)
    mesh.clientTls.setSvid(mesh.authority.issue(WEB))
    mesh.client.retire(WEB)

    const after = await open(mesh)
    before.channel.write(Buffer.from('old'))
    await before.seen.until(() => before.seen.byteCount === 3)

    expect(after.channel).not.toBe(before.channel)
    expect(mesh.client.connectionCount).toBe(2)
  })

  test('at the limit of connections tunnels wait for room, in order, and no longer than a tunnel may take', async () => {
    const options = {
      ...{ streamsPerConnectionMax: 2, openTimeoutMs: 400 },
      pool: { ...defaultHboneOptions.pool, connectionsMax: 1, pendingMax: 2 },
    }
    const mesh = await pair(isNative, echo, { options })
    const [first, second] = [await open(mesh), await open(mesh)]
    const order: string[] = []
    const third = open(mesh).then((tunnel) => (order.push('third'), tunnel))
    const fourth = open(mesh).then((tunnel) => (order.push('fourth'), tunnel))
    await new Promise((resolve) => setImmediate(resolve))

    const refused = await mesh.client.openTunnel(mesh.target, AUTHORITY, new HeaderList())
    first.channel.destroy()
    await third
    second.channel.destroy()
    await fourth
    const late = await mesh.client.openTunnel(mesh.target, AUTHORITY, new HeaderList())

    expect(refused, 'two wait already').toMatchObject({ ok: false, code: 'overloaded' })
    expect(order).toEqual(['third', 'fourth'])
    expect(late).toMatchObject({ ok: false, code: 'overloaded' })
    expect(late.ok || late.reason.message).toContain('expected room within 400 ms')
    expect(mesh.client.connectionCount).toBe(1)
  })

  test('however many tunnels rest full, another of the same connection goes on', async () => {
    const resting: SocketChannelLike[] = []
    const mesh = await pair(isNative, (request) => {
      if (resting.length === 6) return echo(request)
      const far = request.accept()
      resting.push(far)
      far.handler = new Recorder()
      far.pause()
    })
    const tunnels = []
    for (let i = 0; i < 7; i++) tunnels.push(await open(mesh))
    const chunk = new Uint8Array(256 * 1024).fill(7)
    const full = tunnels.slice(0, 6)
    let sent = 0
    for (let quiet = 0; quiet < 40; quiet++) {
      for (const { channel } of full) {
        if (channel.bufferedBytes >= 1024 * 1024) continue
        channel.write(chunk)
        sent += chunk.length
        quiet = 0
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(sent, 'six windows of 4 MiB, more than the 16 MiB of the connection').toBeGreaterThan(24 * 1024 * 1024)
    expect(mesh.client.connectionCount).toBe(1)
    expect(mesh.options.held.heldBytes).toBeGreaterThan(8 * 1024 * 1024)

    const { channel, seen } = tunnels[6]!
    channel.write(Buffer.alloc(1024 * 1024, 1))
    await seen.until(() => seen.byteCount === 1024 * 1024)

    for (const far of resting) far.resume()
    for (const each of full) each.channel.end()
    const taken = resting.map((far) => far.handler as Recorder)
    await Promise.all(taken.map((each) => each.until(() => each.ended)))
    expect(taken.reduce((sum, each) => sum + each.byteCount, 0)).toBe(sent)
    expect(mesh.options.held.heldBytes).toBe(0)
  })

  test('a reader that rests holds the writer back within the windows, and loses nothing', async () => {
    let far: SocketChannelLike | null = null
    const mesh = await pair(isNative, (request) => {
      far = request.accept()
      far.handler = new Recorder()
      far.pause()
    })
    const { channel } = await open(mesh)
    let sent = 0
    const chunk = new Uint8Array(64 * 1024).fill(7)
    for (let quiet = 0; quiet < 20;) {
      if (channel.bufferedBytes < 1024 * 1024) {
        channel.write(chunk)
        sent += chunk.length
        quiet = 0
      } else quiet++
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(sent, 'a window of 4 MiB, and what waits here').toBeLessThan(6 * 1024 * 1024)

    const seen = far!.handler as Recorder
    far!.resume()
    channel.end()
    await seen.until(() => seen.ended)

    expect(seen.byteCount).toBe(sent)
  })
}

needs()('HBONE by TLS of Node', () => promises(false))
needs('compiler')('HBONE by TLS of the addon', () => promises(true))
