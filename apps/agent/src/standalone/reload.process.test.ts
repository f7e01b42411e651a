import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { Agent, createServer, type IncomingMessage, request, type Server } from 'node:http'
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2'
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { TestAuthority } from '@weft/mtls/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { external, freePorts, gateway, ProxyCommand, type Resource, route, until } from './testing/proxy-command.ts'

let proxy: ProxyCommand
let origins: Server[]
let originPorts: number[]
let ports: number[]

beforeEach(async () => {
  proxy = new ProxyCommand()
  origins = ['one', 'two'].map((name) => createServer((_, reply) => reply.end(name)))
  originPorts = await Promise.all(origins.map(listening))
  ports = await freePorts(3)
})

afterEach(async () => {
  await proxy[Symbol.asyncDispose]()
  for (const origin of origins) origin.close()
})

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** One HTTP listener for each of the ports, all to one origin. */
function edge(originPort: number, listenerPorts: readonly number[]): Resource[] {
  const listeners = listenerPorts.map((port) => ({ name: `http${port}`, protocol: 'HTTP', port }))
  return [
    gateway(...listeners),
    ...listeners.map(({ name }) => route('HTTPRoute', name, ['origin', 80])),
    external('origin', [{ port: 80, appProtocol: 'http' }], [originPort]),
  ]
}

test('no request fails while the configuration changes over and over under load', async () => {
  const [first, second] = originPorts as [number, number]
  const [port, other] = ports as [number, number]
  proxy.write(...edge(first, [port]))
  await proxy.start()
  let isOver = false
  let requests = 0
  const failures: string[] = []
  const seen = new Set<string>()
  const agent = new Agent({ keepAlive: true })
  const session = connectHttp2(`http://127.0.0.1:${port}`)
  const clients = Array.from({ length: 8 }, async (_, index) => {
    while (!isOver) {
      requests++
      const kind = index % 3
      const asked = kind === 0 ? overHttp2(session) : get(port, kind === 1 ? agent : false)
      await asked.then((name) => seen.add(name)).catch((error: Error) => failures.push(error.message))
    }
  })
  for (let round = 1; round <= 6 || requests < 300; round++) {
    const before = count(proxy.out, /reloaded/g)
    proxy.write(...edge(round % 2 === 0 ? first : second, round % 2 === 0 ? [port] : [port, other]))
    proxy.kill('SIGHUP')
    await until(() => count(proxy.out, /reloaded/g) > before, 'a reload')
  }
  isOver = true
  await Promise.all(clients)
  session.close()
  agent.destroy()

  expect(failures).toEqual([])
  expect([...seen].sort()).toEqual(['one', 'two'])
})

test('a listener comes and goes; connections to it finish', async () => {
  const [port, other] = ports as [number, number]
  const slow = createServer((_, reply) => {
    reply.write('begun ')
    setTimeout(() => reply.end('done'), 1500)
  })
  origins.push(slow)
  const slowPort = await listening(slow)
  proxy.write(...edge(slowPort, [port]))
  await proxy.start()
  proxy.write(...edge(slowPort, [port, other]))
  await proxy.said(/reloaded/)
  const agent = new Agent({ keepAlive: true })
  const answer = request({ port: other, agent }).end()
  const [reply] = (await once(answer, 'response')) as [IncomingMessage]

  proxy.write(...edge(slowPort, [port]))
  await until(() => count(proxy.out, /reloaded/g) === 2, 'the second reload')

  await expect(get(other, false), 'closed for new connections').rejects.toThrow('ECONNREFUSED')
  expect(await text(reply), 'the one that was open finishes').toBe('begun done')
  agent.destroy()
})

test('a listener changes its address and keeps its port, with what is open', async () => {
  const [port] = ports as [number]
  const at = (address: string): Resource[] => {
    const [listens, ...rest] = edge(originPorts[0]!, [port])
    const spec = { ...(listens!['spec'] as object), addresses: [{ value: address }] }
    return [{ ...listens, spec }, ...rest]
  }
  proxy.write(...at('127.0.0.1'))
  await proxy.start()
  const agent = new Agent({ keepAlive: true })
  const kept = async (): Promise<string> => {
    const [reply] = (await once(request({ port, agent }).end(), 'response')) as [IncomingMessage]
    return text(reply)
  }
  expect(await kept()).toBe('one')

  proxy.write(...at('0.0.0.0'))
  await until(() => count(proxy.out, /reloaded/g) === 1, 'the first reload')
  expect(await get(port, false)).toBe('one')
  expect(await (await fetch(`http://127.0.0.2:${port}/`)).text(), 'by the new address').toBe('one')
  expect(await kept()).toBe('one')

  proxy.write(...at('127.0.0.1'))
  await until(() => count(proxy.out, /reloaded/g) === 2, 'the second reload')
  expect(await get(port, false)).toBe('one')
  const other = once(request({ host: '127.0.0.2', port, agent: false }).end(), 'response')
  await expect(other, 'and not by it any more').rejects.toThrow('ECONNREFUSED')
  agent.destroy()
})

test('octets of an open relay go on through a reload that changes its backend', async () => {
  const [port] = ports as [number]
  const echo = createTcpServer((socket) => socket.on('error', () => {}).pipe(socket))
  origins.push(echo as unknown as Server)
  const echoPort = await listening(echo as unknown as Server)
  const relay = (to: number): Resource[] => [
    gateway({ name: 'tcp', protocol: 'TCP', port }),
    route('TCPRoute', 'tcp', ['echo', 7]),
    external('echo', [{ port: 7 }], [to]),
  ]
  proxy.write(...relay(echoPort))
  await proxy.start()
  const socket = connect(port, '127.0.0.1')
  socket.write('before')
  expect(String((await once(socket, 'data'))[0])).toBe('before')
  proxy.write(...relay(originPorts[0]!))
  await proxy.said(/reloaded/)
  socket.write('after')

  expect(String((await once(socket, 'data'))[0])).toBe('after')
  socket.destroy()
})

test('a broken file changes nothing and is told of once, with its place', async () => {
  const [port] = ports as [number]
  proxy.write(...edge(originPorts[0]!, [port]))
  await proxy.start()
  writeFileSync(
    proxy.file,
    'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: edge }\nspec: 3\n',
  )
  await proxy.said(/what was in force stays/)
  proxy.kill('SIGHUP')
  await until(() => count(proxy.err, /\n/g) === 2, 'a second line for a second attempt')

  expect(proxy.err.split('\n')[0]).toMatch(
    /^weft: .*edge\.yaml:4:7: spec: found 3, expected an object; what was in force stays$/,
  )
  expect(await get(port, false)).toBe('one')

  proxy.write(...edge(originPorts[1]!, [port]))
  await proxy.said(/reloaded/)
  expect(await get(port, false)).toBe('two')
})

test('a renewed certificate is used for new connections; those that are open stay', async () => {
  const [port] = ports as [number]
  const authority = new TestAuthority()
  const renew = (): string => {
    const svid = authority.issue('spiffe://test/ns/default/sa/edge', { hosts: ['edge.test'] })
    writeFileSync(join(proxy.directory, 'edge.key'), svid.key.revealPem())
    writeFileSync(join(proxy.directory, 'edge.crt'), svid.chainPem)
    return new X509Certificate(svid.chainPem).fingerprint256
  }
  const served = async (): Promise<[string, TLSSocket]> => {
    const socket = connectTls({ port, host: '127.0.0.1', servername: 'edge.test', ca: authority.rootPem })
    await once(socket, 'secureConnect')
    return [socket.getPeerX509Certificate()!.fingerprint256, socket]
  }
  const first = renew()
  const annotations = { 'weft.dev/tls.crt': 'edge.crt', 'weft.dev/tls.key': 'edge.key' }
  proxy.write(
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'own', annotations }, type: 'kubernetes.io/tls' },
    gateway({ name: 'https', protocol: 'HTTPS', port, tls: { certificateRefs: [{ name: 'own' }] } }),
    route('HTTPRoute', 'https', ['origin', 80]),
    external('origin', [{ port: 80, appProtocol: 'http' }], [originPorts[0]!]),
  )
  await proxy.start()
  const [before, open] = await served()
  const second = renew()
  await proxy.said(/reloaded/)
  const [after, fresh] = await served()
  open.write('GET / HTTP/1.1\r\nhost: edge.test\r\n\r\n')

  expect([before, after]).toEqual([first, second])
  expect(String((await once(open, 'data'))[0])).toContain('one')
  open.destroy()
  fresh.destroy()
})

test('a port that is taken refuses the whole change', async () => {
  const [port] = ports as [number]
  proxy.write(...edge(originPorts[0]!, [port]))
  await proxy.start()
  proxy.write(...edge(originPorts[1]!, [port, originPorts[0]!]))
  await proxy.said(/the port is taken \(EADDRINUSE\).*what was in force stays/)

  expect(await get(port, false)).toBe('one')
})

test('a file behind a link that is turned, as in a ConfigMap, and one replaced by rename are noticed', async () => {
  const [port] = ports as [number]
  const version = (name: string, originPort: number): void => {
    mkdirSync(join(proxy.directory, name))
    writeFileSync(
      join(proxy.directory, name, 'edge.yaml'),
      edge(originPort, [port])
        .map((resource) => JSON.stringify(resource))
        .join('\n---\n'),
    )
  }
  version('..1', originPorts[0]!)
  version('..2', originPorts[1]!)
  symlinkSync('..1', join(proxy.directory, '..data'))
  symlinkSync('..data/edge.yaml', proxy.file)
  await proxy.start()
  expect(await get(port, false)).toBe('one')

  symlinkSync('..2', join(proxy.directory, '..data_tmp'))
  renameSync(join(proxy.directory, '..data_tmp'), join(proxy.directory, '..data'))
  await proxy.said(/reloaded/)
  expect(await get(port, false)).toBe('two')

  renameSync(join(proxy.directory, '..1/edge.yaml'), proxy.file)
  await until(() => count(proxy.out, /reloaded/g) === 2, 'the second reload')
  expect(await get(port, false)).toBe('one')
})

function count(written: string, pattern: RegExp): number {
  return [...written.matchAll(pattern)].length
}

async function get(port: number, agent: Agent | false): Promise<string> {
  const asked = request({ port, agent }).end()
  const [reply] = (await once(asked, 'response')) as [IncomingMessage]
  const body = await text(reply)
  if (reply.statusCode !== 200) throw new Error(`${reply.statusCode} ${body}`)
  return body
}

async function overHttp2(session: ClientHttp2Session): Promise<string> {
  const stream = session.request({ ':path': '/' })
  const [head] = (await once(stream, 'response')) as [Record<string, unknown>]
  const body = await text(stream)
  if (head[':status'] !== 200) throw new Error(`${String(head[':status'])} ${body}`)
  return body
}
