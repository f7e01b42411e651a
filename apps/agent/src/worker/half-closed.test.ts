import { createServer } from 'node:http'
import { connect } from 'node:net'
import { backendDefaults, type RouteRule, ruleDefaults } from '@weft/traffic'
import { afterEach, expect, test } from 'vitest'
import { MeshHarness } from '../testing/mesh-harness.ts'

let mesh: MeshHarness
afterEach(async () => mesh[Symbol.asyncDispose]())

/** Sends a request and closes its half at once, as `printf … | nc` does. */
function asked(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true })
    let text = ''
    socket.on('data', (chunk) => (text += String(chunk)))
    socket.on('error', reject)
    socket.on('end', () => resolve(text))
    socket.end(`GET ${path} HTTP/1.1\r\nHost: cart\r\nConnection: close\r\n\r\n`)
  })
}

test.each(['http', 'detect'] as const)(
  'a client that closes its half is answered, by the agent too (protocol %j)',
  async (protocol) => {
    mesh = await new MeshHarness().start()
    const cart = await mesh.addProgram(
      'cart-1',
      'cart',
      createServer((_, reply) => reply.end('from cart')),
    )
    const service = mesh.addService('cart', 80, cart.workload.ports[0]!.port, protocol)
    const port = await mesh.entry(service.address4, 80)
    expect(await asked(port, '/')).toContain('from cart')

    const match = (value: string) => ({ path: { type: 'prefix', value } as const, method: '', headers: [], query: [] })
    const rules: Partial<RouteRule>[] = [
      { matches: [match('/gone')], backends: [{ ...backendDefaults, service: '', port: 0 }] },
      { matches: [match('/')], backends: [{ ...backendDefaults, service: 'default/cart', port: 80 }] },
    ]
    const full = rules.map((rule, index) => ({ ...ruleDefaults, name: `HTTPRoute/default/r#${index}`, ...rule }))
    const value = { service: 'default/cart', port: 80, clientNamespace: '', rules: full, relay: null }
    mesh.apply({ kind: 'Route', name: 'default/cart:80', value })

    expect(await asked(port, '/')).toContain('from cart')
    for (let i = 0; i < 20; i++) expect(await asked(port, '/gone')).toMatch(/^HTTP\/1.1 500/)
  },
)
