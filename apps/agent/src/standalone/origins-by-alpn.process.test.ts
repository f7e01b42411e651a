import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { createSecureServer, type Http2SecureServer } from 'node:http2'
import { type AddressInfo, createServer as createTcpServer, connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { text } from 'node:stream/consumers'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls'
import { TestAuthority } from '@weft/mtls/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { external, freePorts, gateway, ProxyCommand, route, secret, until } from './testing/proxy-command.ts'

const authority = new TestAuthority()
const svid = authority.issue('spiffe://test/ns/default/sa/origin', { hosts: ['origin.test'] })
const tls = { cert: svid.chainPem, key: svid.key.revealPem() }
const proxy = new ProxyCommand()
const accepted = { both: 0, old: 0, plain: 0 }
const ends: { close(): unknown }[] = []
let port: number
let both: Http2SecureServer

/** Speaks both versions, and WebSocket in HTTP/1.1 alone. */
function originOfBoth(): Http2SecureServer {
  const server = createSecureServer({ ...tls, allowHTTP1: true }, (incoming, reply) => {
    let size = 0
    incoming.on('data', (chunk: Buffer) => (size += chunk.length))
    incoming.on('end', () => reply.end(`HTTP/${incoming.httpVersion} ${size}`))
  })
  server.on('secureConnection', () => accepted.both++)
  server.on('upgrade', (incoming: { headers: Record<string, string> }, socket: Duplex) => {
    const key = createHash('sha1')
      .update(incoming.headers['sec-websocket-key'] ?? '')
      .digest('base64')
    const protocol = incoming.headers['upgrade']
    socket.write(
      `HTTP/1.1 101 OK\r\nUpgrade: ${protocol}\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`,
    )
    socket.pipe(socket)
  })
  return server
}

/** Knows no ALPN and nothing but HTTP/1.1. */
function oldOrigin(): TlsServer {
  return createTlsServer(tls, (socket) => {
    accepted.old++
    socket.on('error', () => {})
    socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nold'))
  })
}

async function portOf(server: Http2SecureServer | TlsServer | ReturnType<typeof createTcpServer>): Promise<number> {
  ends.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const policy = (name: string): Record<string, unknown> => ({
  apiVersion: 'weft.dev/v1alpha1',
  kind: 'TrafficPolicy',
  metadata: { name },
  spec: {
    targetRefs: [{ group: 'weft.dev', kind: 'ExternalService', name }],
    connectionLimits: { warm: 3 },
  },
})

beforeAll(async () => {
  both = originOfBoth()
  const [bothPort, oldPort] = [await portOf(both), await portOf(oldOrigin())]
  const plainPort = await portOf(createTcpServer((socket) => void (accepted.plain++, socket.on('error', () => {}))))
  ;[port] = (await freePorts(1)) as [number]
  const verified = { tls: { hostname: 'origin.test', caCertificateRefs: [{ kind: 'Secret', name: 'ca' }] } }
  proxy.write(
    secret('ca', { 'ca.crt': authority.rootPem }),
    gateway({ name: 'http', protocol: 'HTTP', port }),
    route('HTTPRoute', 'http', ['both', 443]),
    route('HTTPRoute', 'http', ['old', 443], { rule: { matches: [{ path: { value: '/old' } }] } }),
    route('HTTPRoute', 'http', ['plain', 80], { rule: { matches: [{ path: { value: '/plain' } }] } }),
    external('both', [{ port: 443, appProtocol: 'https' }], [bothPort], verified),
    external('old', [{ port: 443, appProtocol: 'https' }], [oldPort], verified),
    external('plain', [{ port: 80, appProtocol: 'http' }], [plainPort]),
    policy('plain'),
    policy('old'),
  )
  await proxy.start()
})
afterAll(async () => {
  await proxy[Symbol.asyncDispose]()
  for (const end of ends) end.close()
})

async function send(path: string, body = ''): Promise<string> {
  const asked = request({ port, path, method: 'POST', agent: false }).end(body)
  const [reply] = (await once(asked, 'response')) as [Parameters<typeof text>[0]]
  return text(reply)
}

test('an https origin that agrees on HTTP/2 is sent all requests on one connection', async () => {
  const replies = await Promise.all(Array.from({ length: 20 }, (_, i) => send('/', 'x'.repeat(i * 1000))))

  expect(replies.sort()).toEqual(Array.from({ length: 20 }, (_, i) => `HTTP/2.0 ${i * 1000}`).sort())
  expect(accepted.both).toBe(1)
})

test('one that knows no ALPN is sent HTTP/1.1', async () => {
  expect(await Promise.all([send('/old'), send('/old'), send('/old')])).toEqual(['old', 'old', 'old'])
})

test('a WebSocket to an origin of both versions goes by HTTP/1.1, its protocol as it was written', async () => {
  const socket = connect(port, '127.0.0.1')
  socket.write(
    'GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: a\r\n\r\n',
  )
  let seen = ''
  socket.on('data', (chunk: Buffer) => (seen += String(chunk)))
  await until(() => seen.includes('\r\n\r\n'), 'the reply')
  socket.write('echo')
  await until(() => seen.endsWith('echo'), 'the echo')

  expect(seen).toMatch(/^HTTP\/1.1 101 [^]*Upgrade: WebSocket\r\n/)
  socket.destroy()
})

test('connections that a policy wants ready are there before the first request', async () => {
  await until(() => accepted.plain === 3, 'three connections that nobody asked for')
  await until(() => accepted.old >= 3, 'three in TLS')
})
