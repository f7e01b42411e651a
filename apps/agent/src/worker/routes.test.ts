import { createServer, type IncomingMessage, request } from 'node:http'
import { connect, createServer as createTcpServer } from 'node:net'
import { backendDefaults, type Route, type RouteRule, ruleDefaults } from '@weft/traffic'
import { afterEach, expect, test, vi } from 'vitest'
import { MeshHarness } from '../testing/mesh-harness.ts'

let mesh: MeshHarness
afterEach(async () => mesh[Symbol.asyncDispose]())

const heard: string[] = []

function namedServer(name: string): ReturnType<typeof createServer> {
  return createServer((incoming, outgoing) => {
    heard.push(`${name} ${incoming.headers.host} ${incoming.url} ${incoming.headers['x-a'] ?? '-'}`)
    incoming.resume().on('end', () => outgoing.end(`${name} ${incoming.url}`))
  })
}

function get(port: number, path: string): Promise<{ message: IncomingMessage; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers: { host: 'cart' }, agent: false }, (message) => {
      let text = ''
      message.on('data', (chunk) => (text += chunk)).on('end', () => resolve({ message, text }))
    })
    sent.on('error', reject).end()
  })
}

/** Services `cart` and `other`, each with a program of its name, and the port that leads to `cart`. */
async function start(): Promise<number> {
  mesh = await new MeshHarness().start()
  heard.length = 0
  const cart = await mesh.addProgram('cart-1', 'cart', namedServer('cart'))
  const other = await mesh.addProgram('other-1', 'other', namedServer('other'))
  mesh.addService('other', 80, other.workload.ports[0]!.port, 'http')
  const service = mesh.addService('cart', 80, cart.workload.ports[0]!.port, 'http')
  return mesh.entry(service.address4, 80)
}

const to = (name: string) => [{ ...backendDefaults, service: `default/${name}`, port: 80 }]

function apply(rules: Partial<RouteRule>[], more: Partial<Route> = {}): void {
  const full = rules.map((rule, index) => ({ ...ruleDefaults, name: `HTTPRoute/default/r#${index}`, ...rule }))
  const value: Route = { service: 'default/cart', port: 80, clientNamespace: '', rules: full, relay: null, ...more }
  mesh.apply({ kind: 'Route', name: `default/cart:80${value.clientNamespace}`, value })
}

test('a redirect is answered by the agent of the caller', async () => {
  const port = await start()
  const path = { type: 'full', value: '/new' } as const
  apply([{ redirect: { scheme: 'https', hostname: 'example.org', port: 0, path, status: 301 } }])

  const { message } = await get(port, '/old?a=1')

  expect([message.statusCode, message.headers.location]).toEqual([301, 'https://example.org/new?a=1'])
  expect(heard).toEqual([])
})

test('a rewritten request comes to the program with the new path and host', async () => {
  const port = await start()
  const match = { path: { type: 'prefix', value: '/api' } as const, method: '', headers: [], query: [] }
  const rewrite = { hostname: 'inner.example', path: { type: 'prefix', value: '/v2' } as const }
  apply([{ matches: [match], rewrite, backends: to('other') }])

  expect((await get(port, '/api/items?x=1')).text).toBe('other /v2/items?x=1')
  expect(heard).toEqual(['other inner.example /v2/items?x=1 -'])
})

test('headers are changed for one backend and not for the other', async () => {
  const port = await start()
  const requestHeaders = { set: [['x-a', 'b'] as const], add: [], remove: [] }
  const [cart, other] = [to('cart')[0]!, { ...to('other')[0]!, requestHeaders }]
  apply([{ backends: [cart, other] }])

  for (let i = 0; i < 40; i++) await get(port, '/')

  expect([...new Set(heard)].toSorted()).toEqual(['cart cart / -', 'other cart / b'])
})

test('callers of a namespace with a route of its own meet that one, and nobody else', async () => {
  const port = await start()
  apply([{ backends: to('other') }], { clientNamespace: 'shop' })
  expect((await get(port, '/')).text).toBe('cart /')

  apply([{ backends: to('other') }], { clientNamespace: 'default' })

  expect((await get(port, '/')).text).toBe('other /')
})

test('a copy goes to the mirror', async () => {
  const port = await start()
  apply([{ mirrors: [{ service: 'default/other', port: 80, ratio: 1 }], backends: to('cart') }])

  expect((await get(port, '/a')).text).toBe('cart /a')
  await vi.waitFor(() => expect(heard.toSorted()).toEqual(['cart cart /a -', 'other cart /a -']))
})

test('connections of a TCPRoute go to its backends, whatever is spoken on them', async () => {
  mesh = await new MeshHarness().start()
  const greet = (text: string) => createTcpServer((socket) => socket.on('error', () => {}).end(text))
  const cart = await mesh.addProgram('cart-1', 'cart', greet('cart'))
  const other = await mesh.addProgram('other-1', 'other', greet('other'))
  mesh.addService('other', 80, other.workload.ports[0]!.port)
  const service = mesh.addService('cart', 80, cart.workload.ports[0]!.port, 'http')
  const port = await mesh.entry(service.address4, 80)
  const relay = { name: 'TCPRoute/default/r#0', backends: to('other') }
  apply([], { relay })

  const said = await new Promise<string>((resolve, reject) => {
    let text = ''
    const socket = connect(port, '127.0.0.1')
    socket
      .on('data', (chunk) => (text += chunk))
      .on('end', () => resolve(text))
      .on('error', reject)
  })

  expect(said).toBe('other')
})
