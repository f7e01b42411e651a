import { once } from 'node:events'
import {
  type ClientHttp2Session,
  connect,
  createSecureServer,
  type Http2SecureServer,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { tryLoadAddon } from '@weft/addon'
import { type ChannelListener, nodeEngine, SocketChannel, socketEngine, type TcpChannel } from '@weft/channel'
import { memoryPair, Recorder } from '@weft/channel/testing'
import { fault } from '@weft/faults'
import { systemClock } from '@weft/host'
import { HeaderList } from '@weft/message'
import { type Svid, TlsContexts } from '@weft/mtls'
import { TestAuthority } from '@weft/mtls/testing'
import { TimerWheel } from '@weft/time'
import { FakeClock } from '@weft/time/testing'
import { needs } from '@weft/tools/testing'
import { afterEach, expect, test } from 'vitest'
import { HboneClient, HboneServer, type HboneTarget, secureNative, type TunnelRequest } from './index.ts'

// HBONE as Istio's ztunnel and Envoy speak it: Node's own HTTP/2 stands for them at the other end.

const WEB = 'spiffe://cluster.local/ns/default/sa/web'
const OTHER = 'spiffe://cluster.local/ns/default/sa/other'
const CART = 'spiffe://cluster.local/ns/default/sa/cart'
const AUTHORITY = '198.18.2.1:8080'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
})

const tlsOf = (svid: Svid): { key: string; cert: string; ca: string } => ({
  key: svid.key.revealPem(),
  cert: svid.chainPem,
  ca: svid.rootsPem,
})

interface ForeignServer {
  readonly server: Http2SecureServer
  readonly authority: TestAuthority
  readonly sockets: TLSSocket[]
  readonly target: HboneTarget
}

/** An agent of another mesh, that accepts tunnels. */
async function foreignServer(
  onStream: (stream: ServerHttp2Stream, headers: Record<string, unknown>) => void,
  streamsMax = 100,
): Promise<ForeignServer> {
  const authority = new TestAuthority()
  const server = createSecureServer({
    ...tlsOf(authority.issue(CART)),
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.3',
    settings: { maxConcurrentStreams: streamsMax },
  })
  const sockets: TLSSocket[] = []
  server.on('secureConnection', (socket: TLSSocket) => sockets.push(socket))
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {})
    onStream(stream, headers)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const target = { source: WEB, destination: CART, host: '127.0.0.1', port, sourceAddress: '', netnsPath: '' }
  return { server, authority, sockets, target }
}

function clientOf(authority: TestAuthority, isNative: boolean, clock: FakeClock | null = null): HboneClient {
  const addon = isNative ? tryLoadAddon() : null
  const engine = isNative ? socketEngine(addon) : nodeEngine
  const tls = new TlsContexts({ addon })
  tls.setSvid(authority.issue(WEB))
  tls.setSvid(authority.issue(OTHER))
  const client = new HboneClient(
    tls,
    (to) => engine.dial(to, systemClock),
    clock ?? systemClock,
    new TimerWheel(clock ?? systemClock, 100),
  )
  ends.push(() => client.destroy())
  return client
}

async function opened(
  client: HboneClient,
  target: HboneTarget,
  authority = AUTHORITY,
): Promise<Extract<Awaited<ReturnType<HboneClient['openTunnel']>>, { ok: true }>> {
  const answer = await client.openTunnel(target, authority, new HeaderList())
  if (!answer.ok) throw new Error(answer.reason.message)
  return answer
}

/** Section 4 of the facts, as a client. */
function clientFacts(isNative: boolean): void {
  test('TLS 1.3, ALPN exactly h2, no SNI, an AES suite, its own certificate', async () => {
    const foreign = await foreignServer((stream) => stream.respond({ ':status': 200 }))

    await opened(clientOf(foreign.authority, isNative), foreign.target)

    const [socket] = foreign.sockets
    expect(socket!.getProtocol()).toBe('TLSv1.3')
    expect(socket!.alpnProtocol).toBe('h2')
    expect((socket as unknown as { servername: unknown }).servername).toBe(false)
    expect(socket!.getCipher().standardName).toMatch(/^TLS_AES_(128|256)_GCM/)
    expect(socket!.getPeerCertificate().subjectaltname).toContain(WEB)
  })

  test('plain CONNECT: neither scheme nor path, the authority as given, IPv6 in brackets', async () => {
    const asked: Record<string, unknown>[] = []
    const foreign = await foreignServer((stream, headers) => {
      asked.push(headers)
      stream.respond({ ':status': 200 })
    })
    const client = clientOf(foreign.authority, isNative)

    await opened(client, foreign.target)
    await opened(client, foreign.target, '[fd00::1]:80')

    expect(asked.map((headers) => headers[':method'])).toEqual(['CONNECT', 'CONNECT'])
    expect(asked.map((headers) => headers[':authority'])).toEqual([AUTHORITY, '[fd00::1]:80'])
    expect(asked.some((headers) => ':scheme' in headers || ':path' in headers || ':protocol' in headers)).toBe(false)
  })

  test('windows of 4 MiB and 16 MiB, no push, no extended CONNECT', async () => {
    const foreign = await foreignServer((stream) => stream.respond({ ':status': 200 }))
    const session = once(foreign.server, 'session')
    await opened(clientOf(foreign.authority, isNative), foreign.target)
    const [own] = (await session) as [ServerHttp2Session]

    expect(own.remoteSettings).toMatchObject({ initialWindowSize: 4 << 20, enablePush: false })
    expect(own.remoteSettings.enableConnectProtocol ?? false).toBe(false)
    expect(own.state.remoteWindowSize).toBeGreaterThan(15 << 20)
  })

  test('nothing but 200 opens a tunnel: 401 is a denial, 503 and any other status a refusal', async () => {
    const statuses = [204, 401, 503, 400]
    const foreign = await foreignServer((stream) =>
      stream.respond({ ':status': statuses.shift()! }, { endStream: true }),
    )
    const client = clientOf(foreign.authority, isNative)
    const codes: string[] = []
    for (let i = 0; i < 4; i++) {
      const answer = await client.openTunnel(foreign.target, AUTHORITY, new HeaderList())
      codes.push(answer.ok ? 'opened' : answer.code)
    }

    expect(codes).toEqual(['upstream_refused', 'denied', 'upstream_refused', 'upstream_refused'])
  })

  test('RST_STREAM with CANCEL or NO_ERROR is the end of the stream', async () => {
    const codes = [8, 0]
    const foreign = await foreignServer((stream) => {
      stream.respond({ ':status': 200 })
      const code = codes.shift()!
      setImmediate(() => stream.close(code))
    })
    const client = clientOf(foreign.authority, isNative)
    const seen: boolean[] = []
    for (let i = 0; i < 2; i++) {
      const { channel } = await opened(client, foreign.target)
      const recorder = new Recorder()
      channel.handler = recorder
      await recorder.until(() => recorder.ended || recorder.closedWith !== undefined)
      seen.push(recorder.ended)
    }

    expect(seen).toEqual([true, true])
  })

  test('half-close is END_STREAM, each way by itself', async () => {
    const foreign = await foreignServer((stream) => {
      stream.respond({ ':status': 200 })
      let text = ''
      stream.on('data', (chunk) => (text += String(chunk)))
      stream.on('end', () => stream.end(`after ${text}`))
    })
    const { channel } = await opened(clientOf(foreign.authority, isNative), foreign.target)
    const recorder = new Recorder()
    channel.handler = recorder

    channel.write(Buffer.from('all'))
    channel.end()
    await recorder.until(() => recorder.ended)

    expect(recorder.text).toBe('after all')
  })

  test('at most what the peer announces of streams go into one connection', async () => {
    const foreign = await foreignServer((stream) => stream.respond({ ':status': 200 }), 2)
    const client = clientOf(foreign.authority, isNative)
    await opened(client, foreign.target)

    await Promise.all(Array.from({ length: 5 }, () => opened(client, foreign.target)))

    expect(client.connectionCount).toBe(3)
  })

  test('connections are shared by source identity, destination identity, address and source address, all four', async () => {
    const foreign = await foreignServer((stream) => stream.respond({ ':status': 200 }))
    const client = clientOf(foreign.authority, isNative)
    await opened(client, foreign.target)
    await opened(client, foreign.target)
    expect(client.connectionCount).toBe(1)

    await opened(client, { ...foreign.target, source: OTHER })
    await opened(client, { ...foreign.target, sourceAddress: '127.0.0.1' })
    const imposter = await client.openTunnel({ ...foreign.target, destination: OTHER }, AUTHORITY, new HeaderList())

    expect(client.connectionCount).toBe(3)
    expect(imposter).toMatchObject({ code: 'identity_mismatch' })
  })

  test('after a GOAWAY new streams go to a new connection, the old ones go on', async () => {
    const sessions: ServerHttp2Session[] = []
    const foreign = await foreignServer((stream) => {
      stream.respond({ ':status': 200 })
      stream.on('data', (chunk) => stream.write(chunk))
    })
    foreign.server.on('session', (session) => sessions.push(session))
    const client = clientOf(foreign.authority, isNative)
    const old = await opened(client, foreign.target)
    const recorder = new Recorder()
    old.channel.handler = recorder
    sessions[0]!.goaway(0)
    await new Promise((resolve) => setTimeout(resolve, 50))

    await opened(client, foreign.target)
    old.channel.write(Buffer.from('still'))
    await recorder.until(() => recorder.text === 'still')

    expect(sessions).toHaveLength(2)
  })

  test('a connection without streams is closed after five minutes, and not before', async () => {
    const foreign = await foreignServer((stream) => {
      stream.respond({ ':status': 200 })
      stream.end()
    })
    const clock = new FakeClock()
    const client = clientOf(foreign.authority, isNative, clock)
    const { channel } = await opened(client, foreign.target)
    const recorder = new Recorder()
    channel.handler = recorder
    channel.end()
    await recorder.until(() => recorder.closedWith !== undefined)
    // In steps in which PINGs are answered.
    const pass = async (ms: number): Promise<void> => {
      for (let left = ms; left > 0; left -= 5_000) {
        clock.advance(5_000)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    }
    await pass(285_000)
    expect(client.connectionCount).toBe(1)

    // The pool looks four times in that time.
    await pass(170_000)

    expect(client.connectionCount).toBe(0)
  })
}

needs()('HBONE towards another mesh, by TLS of Node', () => clientFacts(false))
needs('compiler')('HBONE towards another mesh, by TLS of the addon', () => clientFacts(true))

/** As a server: Node's HTTP/2 client stands for ztunnel. */
async function ourServer(isNative: boolean, onTunnel: (request: TunnelRequest) => void): Promise<ClientHttp2Session> {
  const authority = new TestAuthority()
  const addon = isNative ? tryLoadAddon() : null
  const engine = isNative ? socketEngine(addon) : nodeEngine
  const tls = new TlsContexts({ addon })
  tls.setSvid(authority.issue(CART))
  const serve = (channel: ConstructorParameters<typeof HboneServer>[0], peer: string): void => {
    const server = new HboneServer(channel, peer, { tunnel: onTunnel, closed: () => {} }, systemClock)
    ends.push(() => server.destroy(new Error('the test is over')))
  }
  const acceptor = tls.acceptor(CART, {
    accepted: (socket, peer) => serve(new SocketChannel(socket), peer),
    refused: () => {},
  })
  const listener: ChannelListener = await engine.listen({ host: '127.0.0.1', port: 0 }, (tcp: TcpChannel) => {
    const handshake = tls.beginServer(CART)
    if (handshake === null) return acceptor.accept(tcp.toSocket())
    void secureNative(tcp, handshake, 5_000, systemClock).then((secured) => {
      if (!(secured instanceof Error)) serve(secured.channel, secured.peer)
    })
  })
  const session = connect(`https://127.0.0.1:${listener.port}`, {
    ...tlsOf(authority.issue(WEB)),
    servername: '',
    checkServerIdentity: () => undefined,
  })
  session.on('error', () => {})
  ends.push(() => {
    session.destroy()
    listener.close()
  })
  await once(session, 'remoteSettings')
  return session
}

function statusOf(session: ClientHttp2Session, headers: Record<string, string>): Promise<number> {
  const stream = session.request(headers)
  stream.on('error', () => {})
  return new Promise((resolve) => stream.on('response', (answer) => resolve(Number(answer[':status']))))
}

function serverFacts(isNative: boolean): void {
  test('200 streams, windows of 4 and 16 MiB, no extended CONNECT, a PING is answered', async () => {
    const session = await ourServer(isNative, () => {})
    await new Promise((resolve, reject) => session.ping((error) => (error ? reject(error) : resolve(null))))

    expect(session.remoteSettings).toMatchObject({ maxConcurrentStreams: 200, initialWindowSize: 4 << 20 })
    expect(session.remoteSettings.enableConnectProtocol ?? false).toBe(false)
    expect(session.state.remoteWindowSize).toBeGreaterThan(15 << 20)
  })

  test('CONNECT with headers nobody knows is served, and hands them on', async () => {
    const seen: string[] = []
    const session = await ourServer(isNative, (request) => {
      seen.push(
        request.authority,
        request.headers.get('baggage') ?? '',
        request.headers.get('x-forwarded-network') ?? '',
      )
      request.accept()
    })

    const status = await statusOf(session, {
      ':method': 'CONNECT',
      ':authority': AUTHORITY,
      forwarded: 'for="198.18.0.9:1";host=cart',
      baggage: 'k8s.namespace.name=default',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      'x-forwarded-network': 'far',
      'x-istio-source': 'gateway',
    })

    expect(status).toBe(200)
    expect(seen).toEqual([AUTHORITY, 'k8s.namespace.name=default', 'far'])
  })

  test('what is no CONNECT is 400; a denial 401; an upstream that fails 503; and the connection stays', async () => {
    const codes = ['denied', 'connect_failed', 'malformed'] as const
    let next = 0
    const session = await ourServer(isNative, (request) => request.refuse(fault(codes[next++]!, 'test', 'no').reason))
    const ask = { ':method': 'CONNECT', ':authority': AUTHORITY }

    const statuses = [
      await statusOf(session, { ':method': 'GET', ':path': '/', ':scheme': 'https', ':authority': 'cart' }),
      await statusOf(session, ask),
      await statusOf(session, ask),
      await statusOf(session, ask),
    ]

    expect(statuses).toEqual([400, 401, 503, 400])
    expect(session.destroyed).toBe(false)
  })
}

needs()('HBONE from another mesh, by TLS of Node', () => serverFacts(false))
needs('compiler')('HBONE from another mesh, by TLS of the addon', () => serverFacts(true))

test('a PING goes out after 10 s without a word, and who answers none within 20 s is dropped', async () => {
  const clock = new FakeClock()
  const [far, near] = memoryPair()
  const wire = new Recorder()
  far.handler = wire
  let isOver = false
  new HboneServer(near, WEB, { tunnel: () => {}, closed: () => (isOver = true) }, clock)
  far.write(Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0\0\0\0\x04\x01\0\0\0\0', 'latin1'))
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  const before = wire.byteCount

  clock.advance(10_100)
  clock.advance(10_000)
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  const frame = Buffer.concat(wire.chunks).subarray(before)
  expect([frame.readUIntBE(0, 3), frame[3], frame[4]], 'PING, eight octets, no ACK').toEqual([8, 6, 0])

  clock.advance(20_100)

  expect(isOver).toBe(true)
})
