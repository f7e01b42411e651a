import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { Agent, createServer, get as getHttp, type IncomingMessage, request, type Server } from 'node:http'
import { connect as connectHttp2 } from 'node:http2'
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { TestAuthority } from '@weft/mtls/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  external,
  freePorts,
  gateway,
  ProxyCommand,
  type Resource,
  route,
  secret,
  until,
} from './testing/proxy-command.ts'

let proxy: ProxyCommand
let origin: Server
let originPort: number
let ports: [number, number, number]
/** How long the origin takes; requests to /slow only. */
let slowMs: number

beforeEach(async () => {
  proxy = new ProxyCommand()
  slowMs = 1_000
  origin = createServer((incoming, reply) => {
    if (incoming.url === '/slow') setTimeout(() => reply.end('late'), slowMs)
    else reply.end('soon')
  })
  originPort = await listening(origin)
  ports = (await freePorts(3)) as [number, number, number]
  proxy.write(...edge())
})

afterEach(async () => {
  await proxy[Symbol.asyncDispose]()
  origin.close()
  origin.closeAllConnections()
})

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

function edge(more: Resource = {}): Resource[] {
  return [
    gateway({ name: 'http', protocol: 'HTTP', port: ports[0] }, { name: 'tcp', protocol: 'TCP', port: ports[1] }),
    route('HTTPRoute', 'http', ['origin', 80]),
    route('TCPRoute', 'tcp', ['origin', 80]),
    external('origin', [{ port: 80, appProtocol: 'http' }], [originPort], more),
  ]
}

async function get(port: number, path = '/', agent: Agent | false = false): Promise<IncomingMessage> {
  return ((await once(request({ port, path, agent }).end(), 'response')) as [IncomingMessage])[0]
}

describe('the one line', () => {
  test('says what listens where', async () => {
    await proxy.start()

    expect(proxy.out).toBe(`weft: ready: edge/http on 127.0.0.1:${ports[0]}, edge/tcp on 127.0.0.1:${ports[1]}\n`)
  })

  test('of --check says the same and ends', async () => {
    proxy.run('--check')

    expect(await proxy.exited()).toBe(0)
    expect(proxy.out).toContain(`edge.yaml is right: edge/http on 127.0.0.1:${ports[0]}`)
  })

  test.each([
    [
      'an unknown kind',
      () => proxy.write({ apiVersion: 'v1', kind: 'Gatway', metadata: { name: 'a' } }),
      /:3:11: kind: found "Gatway" \(did you mean Gateway\?\)/,
      2,
    ],
    [
      'a missing backend',
      () => proxy.write(...edge().slice(0, 3)),
      /backendRefs\[0\]\.name: found "origin", which is not in the file, expected an ExternalService/,
      2,
    ],
    [
      'a port that is taken',
      () =>
        proxy.write(
          ...edge().map((one, index) =>
            index > 0
              ? one
              : gateway(
                  { name: 'http', protocol: 'HTTP', port: originPort },
                  { name: 'tcp', protocol: 'TCP', port: ports[1] },
                ),
          ),
        ),
      /Cannot listen on 127\.0\.0\.1:\d+: the port is taken \(EADDRINUSE\)/,
      8,
    ],
    [
      'a Service of a mesh',
      () =>
        proxy.write({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { ports: [{ port: 80 }] } }),
      /found Service, which is for a mesh, not for `weft proxy`/,
      2,
    ],
  ] as const)('of %s says what and where', async (_, write, expected, code) => {
    write()
    proxy.run()

    expect(await proxy.exited()).toBe(code)
    expect(proxy.err).toMatch(expected)
    expect(proxy.out).toBe('')
  })
})

describe('SIGTERM', () => {
  test('lets requests finish, tells connections to close, takes no new ones, ends with 0', async () => {
    await proxy.start()
    const session = connectHttp2(`http://127.0.0.1:${ports[0]}`)
    const late = text(session.request({ ':path': '/slow' }))
    const goaway = once(session, 'goaway')
    const agent = new Agent({ keepAlive: true })
    const asked = once(request({ port: ports[0], path: '/slow', agent }).end(), 'response')
    await until(async () => (await connectionsOf(origin)) === 2, 'both requests at the origin')
    proxy.kill('SIGTERM')
    await portClosed()

    const [reply] = (await asked) as [IncomingMessage]
    expect([reply.headers.connection, await text(reply), await late]).toEqual(['close', 'late', 'late'])
    expect((await goaway)[0]).toBe(0)
    expect(await proxy.exited()).toBe(0)
    expect(proxy.err).toBe('')
  })

  test('waits no longer than it may', async () => {
    await proxy.start('--drain-timeout', '300ms')
    const socket = connect(ports[1], '127.0.0.1')
    await once(socket, 'connect')
    await until(async () => (await connectionsOf(origin)) === 1, 'the relay')
    const startedAtMs = performance.now()
    proxy.kill('SIGTERM')

    expect(await proxy.exited()).toBe(0)
    expect(performance.now() - startedAtMs).toBeLessThan(3_000)
    socket.destroy()
  })

  test('twice ends at once', async () => {
    slowMs = 60_000
    await proxy.start('--drain-timeout', '60s')
    const broken = once(request({ port: ports[0], path: '/slow' }).end(), 'error')
    await until(async () => (await connectionsOf(origin)) === 1, 'the request')
    proxy.kill('SIGTERM')
    await portClosed()
    proxy.kill('SIGTERM')

    expect(await proxy.exited()).toBe(0)
    await broken
  })
})

test('a worker that is killed is replaced; its port stays open meanwhile', async () => {
  await proxy.start()
  const [worker] = workersOf(proxy.pid)
  process.kill(worker!, 'SIGKILL')
  await until(() => !workersOf(proxy.pid).includes(worker!), 'its end')
  const replies = await Promise.all(Array.from({ length: 20 }, () => get(ports[0]).then(text)))

  expect(replies).toEqual(Array.from({ length: 20 }, () => 'soon'))
})

test('two workers share the ports', async () => {
  await proxy.start('--workers', '2')
  expect(workersOf(proxy.pid)).toHaveLength(2)
  const replies = await Promise.all(Array.from({ length: 40 }, () => get(ports[0]).then(text)))

  expect(new Set(replies)).toEqual(new Set(['soon']))
})

test('--admin shows numbers, readiness and the configuration without keys', async () => {
  const authority = new TestAuthority()
  const svid = authority.issue('spiffe://test/ns/default/sa/edge', { hosts: ['edge.test'] })
  const keys = secret('own', { 'tls.crt': svid.chainPem, 'tls.key': svid.key.revealPem() })
  proxy.write(keys, ...edge({ tls: { hostname: 'origin.test', certificateRef: { name: 'own' } } }))
  await proxy.start('--admin', String(ports[2]))
  await get(ports[0]).then(text)
  const page = async (path: string): Promise<string> => text(await get(ports[2], path))

  expect(await page('/healthz/ready')).toBe('ready\n')
  await until(
    async () => /weft_requests_total\{.*service="ExternalService\/default\/origin".*\} 1/.test(await page('/metrics')),
    'the request in the metrics',
  )
  const dump = await page('/config_dump')
  expect(dump).toContain('[redacted]')
  expect(dump).not.toContain('PRIVATE KEY')
  const foreign = getHttp({ port: ports[2], path: '/config_dump', headers: { host: 'evil.example' } })
  expect(((await once(foreign, 'response')) as [IncomingMessage])[0].statusCode).toBe(403)
})

test('a pair carries HTTP and TCP through a tunnel that both ends prove themselves for', async () => {
  const authority = new TestAuthority()
  const own = (name: string): Resource => {
    const svid = authority.issue(`spiffe://test/ns/default/sa/${name}`, { hosts: [`${name}.test`] })
    return secret('own', { 'tls.crt': svid.chainPem, 'tls.key': svid.key.revealPem() })
  }
  const ca = secret('ca', { 'ca.crt': authority.rootPem })
  const caCertificateRefs = [{ kind: 'Secret', name: 'ca' }]
  const tls = { certificateRefs: [{ name: 'own' }], frontendValidation: { caCertificateRefs } }
  const tunnel = (hostname: string): Resource => ({
    tunnel: {
      protocol: 'HBONE',
      address: '127.0.0.1',
      port: ports[2],
      tls: { hostname, caCertificateRefs, certificateRef: { name: 'own' } },
    },
  })
  await using inner = new ProxyCommand()
  inner.write(own('inner'), ca, gateway({ name: 'hbone', protocol: 'HBONE', port: ports[2], tls }), ...edge().slice(3))
  await inner.start()
  proxy.write(own('outer'), ca, ...edge(tunnel('inner.test')))
  await proxy.start()

  expect(await text(await get(ports[0]))).toBe('soon')
  const socket = connect(ports[1], '127.0.0.1')
  socket.write('GET / HTTP/1.0\r\n\r\n')
  expect(await text(socket)).toMatch(/soon$/)

  // By routes, whatever address is asked for.
  const listener = gateway({ name: 'hbone', protocol: 'HBONE', port: ports[2], tls })
  const routes = [route('HTTPRoute', 'hbone', ['origin', 80]), route('TCPRoute', 'hbone', ['origin', 80])]
  inner.write(own('inner'), ca, listener, ...routes, ...edge().slice(3))
  await inner.said(/reloaded/)
  const unknown = external('origin', [{ port: 80, appProtocol: 'http' }], [9], tunnel('inner.test'))
  proxy.write(own('outer'), ca, ...edge().slice(0, 3), unknown)
  await proxy.said(/reloaded/)
  expect(await text(await get(ports[0]))).toBe('soon')
  const routed = connect(ports[1], '127.0.0.1')
  routed.write('GET / HTTP/1.0\r\n\r\n')
  expect(await text(routed)).toMatch(/soon$/)
  inner.write(own('inner'), ca, listener, ...edge().slice(3))
  await until(() => [...inner.out.matchAll(/reloaded/g)].length === 2, 'the way without routes again')

  // Whoever the tunnel is not meant for, and whatever is not declared at its end, gets nothing through.
  proxy.write(own('outer'), ca, ...edge(tunnel('other.test')))
  await until(() => [...proxy.out.matchAll(/reloaded/g)].length === 2, 'the second reload')
  expect((await get(ports[0])).statusCode).toBe(502)
  const elsewhere = createTcpServer(() => expect.unreachable('reached what is not declared')).listen(0, '127.0.0.1')
  await once(elsewhere, 'listening')
  const { port } = elsewhere.address() as AddressInfo
  proxy.write(
    own('outer'),
    ca,
    ...edge().slice(0, 3),
    external('origin', [{ port: 80, appProtocol: 'http' }], [port], tunnel('inner.test')),
  )
  await until(() => [...proxy.out.matchAll(/reloaded/g)].length === 3, 'the third reload')
  expect((await get(ports[0])).statusCode).toBe(404)
  elsewhere.close()
})

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve) => server.getConnections((_, count) => resolve(count)))
}

/** The processes that the proxy started. */
function workersOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1]) === pid
      } catch {
        return false
      }
    })
    .map(Number)
}

async function portClosed(): Promise<void> {
  const isRefused = (): Promise<boolean> =>
    get(ports[0]).then(
      () => false,
      () => true,
    )
  await until(isRefused, 'the port closed')
}
