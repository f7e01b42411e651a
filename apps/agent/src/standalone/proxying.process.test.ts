import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import {
  connect as connectHttp2,
  createSecureServer,
  createServer as createHttp2Server,
  type Http2Server,
  type ServerHttp2Stream,
} from 'node:http2'
import { createServer as createHttpsServer, get as getHttps } from 'node:https'
import { type AddressInfo, connect, createServer as createTcpServer, type Server as TcpServer } from 'node:net'
import type { Duplex } from 'node:stream'
import { text } from 'node:stream/consumers'
import { TestAuthority } from '@weft/mtls/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { external, freePorts, gateway, ProxyCommand, route, secret } from './testing/proxy-command.ts'

const authority = new TestAuthority()
const issue = (name: string): { readonly chain: string; readonly key: string } => {
  const svid = authority.issue(`spiffe://test/ns/default/sa/${name.split('.')[0]}`, { hosts: [name, '127.0.0.1'] })
  return { chain: svid.chainPem, key: svid.key.revealPem() }
}
const shop = issue('shop.test')
const origin = issue('origin.test')
const ca = authority.rootPem
const proxy = new ProxyCommand()
const servers: (Server | Http2Server | TcpServer)[] = []
let ports: { http: number; grpc: number; tcp: number; echo: number; https: number; passed: number; mtls: number }

async function portOf(server: Server | Http2Server | TcpServer): Promise<number> {
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

beforeAll(async () => {
  const http = await portOf(httpOrigin())
  const grpc = await portOf(grpcOrigin())
  const echo = await portOf(createTcpServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket)))
  const greeter = await portOf(createTcpServer((socket) => socket.end('220 speaks first\r\n')))
  const secure = await portOf(
    createHttpsServer({ cert: origin.chain, key: origin.key }, (_, reply) => reply.end('behind TLS')),
  )
  const secureGrpc = await portOf(
    createSecureServer({ cert: origin.chain, key: origin.key }).on('stream', greet) as unknown as Http2Server,
  )
  const [a, b, c, d, e, f] = (await freePorts(6)) as [number, number, number, number, number, number]
  ports = { http: a, grpc: b, tcp: c, echo: d, https: e, passed: e, mtls: f }
  proxy.write(
    secret('shop', { 'tls.crt': shop.chain, 'tls.key': shop.key }),
    secret('ca', { 'ca.crt': ca }),
    gateway(
      { name: 'http', protocol: 'HTTP', port: a },
      { name: 'grpc', protocol: 'HTTP', port: b },
      { name: 'tcp', protocol: 'TCP', port: c },
      { name: 'echo', protocol: 'TCP', port: d },
      {
        name: 'https',
        protocol: 'HTTPS',
        port: e,
        hostname: 'shop.test',
        tls: { certificateRefs: [{ name: 'shop' }] },
      },
      { name: 'passed', protocol: 'TLS', port: e, hostname: 'origin.test', tls: { mode: 'Passthrough' } },
      {
        name: 'mtls',
        protocol: 'HTTPS',
        port: f,
        tls: {
          certificateRefs: [{ name: 'shop' }],
          frontendValidation: { caCertificateRefs: [{ kind: 'Secret', name: 'ca' }] },
        },
      },
    ),
    route('HTTPRoute', 'http', ['origin', 80]),
    route('HTTPRoute', 'http', ['secure', 443], { rule: { matches: [{ path: { value: '/secure' } }] } }),
    route('HTTPRoute', 'http', ['distrusted', 443], { rule: { matches: [{ path: { value: '/distrusted' } }] } }),
    route('HTTPRoute', 'grpc', ['greeter', 80]),
    route('HTTPRoute', 'grpc', ['secure-greeter', 443], { rule: { matches: [{ path: { value: '/secure' } }] } }),
    route('TCPRoute', 'tcp', ['speaker', 25]),
    route('TCPRoute', 'echo', ['echo', 7]),
    route('HTTPRoute', 'https', ['origin', 80]),
    route('TLSRoute', 'passed', ['raw', 443]),
    route('HTTPRoute', 'mtls', ['origin', 80]),
    external('origin', [{ port: 80, appProtocol: 'http' }], [http]),
    external('greeter', [{ port: 80, appProtocol: 'grpc' }], [grpc]),
    external('secure-greeter', [{ port: 443, appProtocol: 'grpc' }], [secureGrpc], {
      tls: { hostname: 'origin.test', caCertificateRefs: [{ kind: 'Secret', name: 'ca' }] },
    }),
    external('speaker', [{ port: 25 }], [greeter]),
    external('echo', [{ port: 7, appProtocol: 'tcp' }], [echo]),
    external('raw', [{ port: 443 }], [secure]),
    external('secure', [{ port: 443, appProtocol: 'https' }], [secure], {
      tls: { hostname: 'origin.test', caCertificateRefs: [{ kind: 'Secret', name: 'ca' }] },
    }),
    external('distrusted', [{ port: 443, appProtocol: 'https' }], [secure], {
      tls: { hostname: 'elsewhere.test', caCertificateRefs: [{ kind: 'Secret', name: 'ca' }] },
    }),
  )
  await proxy.start()
})

afterAll(async () => {
  await proxy[Symbol.asyncDispose]()
  for (const server of servers) server.close()
})

test('HTTP/1.1 goes to the origin and back, bodies both ways', async () => {
  const reply = await send(ports.http, '/echo', 'x'.repeat(100_000))

  expect([reply.statusCode, (await text(reply)).length]).toEqual([200, 100_000])
})

test('HTTP/2 with prior knowledge is served on the same port, from an origin of HTTP/1.1', async () => {
  const session = connectHttp2(`http://127.0.0.1:${ports.http}`)
  const stream = session.request({ ':path': '/version' })

  expect(await text(stream)).toBe('HTTP/1.1')
  session.close()
})

test.each(['/greeter/Greet', '/secure/Greet'])('gRPC keeps its trailers, to an origin in TLS too: %s', async (path) => {
  const session = connectHttp2(`http://127.0.0.1:${ports.grpc}`)
  const stream = session.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc' })
  stream.end(Buffer.of(0, 0, 0, 0, 0))
  const trailers = once(stream, 'trailers') as Promise<[Record<string, string>]>
  stream.resume()

  expect((await trailers)[0]).toMatchObject({ 'grpc-status': '5', 'grpc-message': 'nobody' })
  session.close()
})

test('an origin of HTTP/2 serves clients of HTTP/1.1', async () => {
  const reply = await send(ports.grpc, '/greeter/Greet', 'question')

  expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'application/grpc'])
  reply.resume()
})

test('a WebSocket is opened and carries octets both ways', async () => {
  const upgrade = request({ port: ports.http, headers: { connection: 'upgrade', upgrade: 'websocket' } }).end()
  const [reply, socket] = (await once(upgrade, 'upgrade')) as [IncomingMessage, Duplex]
  socket.write('ping')
  const [pong] = (await once(socket, 'data')) as [Buffer]

  expect([reply.statusCode, pong.toString()]).toEqual([101, 'PING'])
  socket.destroy()
})

test('TCP is relayed, a server that speaks first and a client that half-closes included', async () => {
  expect(await text(connect(ports.tcp, '127.0.0.1'))).toBe('220 speaks first\r\n')

  const socket = connect({ port: ports.echo, host: '127.0.0.1', allowHalfOpen: true })
  const sent = createHash('sha256')
  const received = createHash('sha256')
  socket.on('data', (bytes: Buffer) => received.update(bytes))
  for (let round = 0; round < 100; round++) {
    const bytes = Buffer.alloc(50_000, round)
    sent.update(bytes)
    socket.write(bytes)
  }
  socket.end()
  await once(socket, 'end')

  expect(received.digest('hex')).toBe(sent.digest('hex'))
})

test('TLS is taken off by one name and passed on by another, on one port', async () => {
  expect(await getSecure(ports.https, 'shop.test', '/version')).toBe('HTTP/1.1')
  expect(await getSecure(ports.passed, 'origin.test', '/')).toBe('behind TLS')
  await expect(getSecure(ports.https, 'unknown.test', '/')).rejects.toThrow()
})

test('TLS of a listener agrees on HTTP/2', async () => {
  const session = connectHttp2(`https://shop.test:${ports.https}`, { ca, lookup: loopback })

  expect(await text(session.request({ ':path': '/version' }))).toBe('HTTP/1.1')
  session.close()
})

test('a listener with authorities admits clients that prove themselves, and no others', async () => {
  const own = issue('client.test')
  expect(await getSecure(ports.mtls, 'shop.test', '/version', { cert: own.chain, key: own.key })).toBe('HTTP/1.1')
  await expect(getSecure(ports.mtls, 'shop.test', '/version')).rejects.toThrow()
  const stranger = new TestAuthority().issue('spiffe://test/ns/default/sa/client')
  const forged = { cert: stranger.chainPem, key: stranger.key.revealPem() }
  await expect(getSecure(ports.mtls, 'shop.test', '/version', forged)).rejects.toThrow()
})

test('TLS to an origin is verified', async () => {
  expect(await text(await send(ports.http, '/secure'))).toBe('behind TLS')
  const refused = await send(ports.http, '/distrusted')
  expect(refused.statusCode).toBe(502)
  expect(await text(refused)).toContain('elsewhere.test')
})

async function send(port: number, path: string, body = ''): Promise<IncomingMessage> {
  const sent = request({ port, path, method: body === '' ? 'GET' : 'POST' }).end(body)
  return ((await once(sent, 'response')) as [IncomingMessage])[0]
}

type Loopback = (name: string, options: object, done: (error: null, address: string, family: 4) => void) => void
const loopback: Loopback = (_name, options, done) =>
  'all' in options && options.all === true
    ? (done as unknown as (error: null, found: object[]) => void)(null, [{ address: '127.0.0.1', family: 4 }])
    : done(null, '127.0.0.1', 4)

function getSecure(port: number, name: string, path: string, own: object = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { host: name, port, path, ca, lookup: loopback as never, agent: false as const, ...own }
    getHttps(options, (reply) => void text(reply).then(resolve, reject)).on('error', reject)
  })
}

function httpOrigin(): Server {
  const server = createServer((incoming, reply) => {
    if (incoming.url === '/echo') incoming.pipe(reply)
    else reply.end(`HTTP/${incoming.httpVersion}`)
  })
  server.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n')
    socket.on('data', (bytes: Buffer) => socket.write(bytes.toString().toUpperCase()))
    socket.on('error', () => {})
  })
  return server
}

function grpcOrigin(): Http2Server {
  return createHttp2Server().on('stream', greet)
}

function greet(stream: ServerHttp2Stream): void {
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '5', 'grpc-message': 'nobody' }))
  stream.end()
}
