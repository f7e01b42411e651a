import { needs } from '@weft/tools/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PrivateMesh, sample } from './harness/private-mesh.ts'
import type { Shell } from './harness/shell.ts'

const GATEWAY_API = 'gateway.networking.k8s.io'

/** One route `r` of namespace `namespace`, attached to `parent` of namespace default. */
function route(kind: string, parent: object, rules: string, namespace = 'default'): string {
  return `
apiVersion: ${GATEWAY_API}/v1
kind: ${kind}
metadata: { name: r, namespace: ${namespace} }
spec:
  parentRefs: [${JSON.stringify({ group: '', kind: 'Service', namespace: 'default', ...parent })}]
  rules: ${rules}
`
}

const to = (name: string, more = ''): string => `backendRefs: [{ name: ${name}, port: 8080${more} }]`

needs(
  'root',
  'bpf',
  'netns',
  'program:curl',
)('a route attached to a service', () => {
  let mesh: PrivateMesh
  let web: Shell
  let teller: Shell
  beforeAll(async () => {
    mesh = await PrivateMesh.up()
    const run = (service: string, flags: string[] = []): unknown =>
      mesh.run(
        ['--service', service, '--port', '8080', '--own-network', ...flags, '--env', `INSTANCE=${service}`],
        [process.execPath, sample('cart.ts')],
      )
    run('cart')
    run('cart-v2')
    run('vault', ['--namespace', 'bank'])
    web = await mesh.shell(['--service', 'web'])
    teller = await mesh.shell(['--service', 'teller', '--namespace', 'bank', '--own-network'])
    await mesh.untilReady(5)
  })
  afterAll(() => mesh?.end())

  /** Status and everything that a caller is told. */
  const ask = async (shell: Shell, path: string, more = ''): Promise<string> => {
    const { status, body } = await shell.curl(`-D - ${more} http://cart.default:8080${path}`)
    return `${status} ${body.toLowerCase()}`
  }
  const told = async (kind: string, namespace = 'default'): Promise<string> =>
    mesh.tell(['get', kind, 'r', '-n', namespace, '-o', 'json'])

  test('sends the client elsewhere', async () => {
    const redirect =
      '{ hostname: example.org, scheme: https, path: { type: ReplaceFullPath, replaceFullPath: /new }, statusCode: 308 }'
    await mesh.apply(
      route('HTTPRoute', { name: 'cart' }, `[{ filters: [{ type: RequestRedirect, requestRedirect: ${redirect} }] }]`),
    )

    const answer = await ask(web, '/old')
    expect(answer).toMatch(/^308 /)
    expect(answer).toContain('location: https://example.org/new')
    expect(await told('httproute')).toContain('"Accepted"')
  })

  test('rewrites the path and changes headers of the reply', async () => {
    const rewrite =
      '{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: /items } } }'
    const headers =
      '{ type: ResponseHeaderModifier, responseHeaderModifier: { set: [{ name: x-route, value: seen }] } }'
    await mesh.apply(
      route(
        'HTTPRoute',
        { name: 'cart' },
        `[{ matches: [{ path: { value: /shop/list } }], filters: [${rewrite}, ${headers}], ${to('cart-v2')} }]`,
      ),
    )

    const answer = await ask(web, '/shop/list')
    expect(answer).toMatch(/^200 /)
    expect(answer).toContain('x-route: seen')
    expect(answer).toContain('x-instance: cart-v2')
    expect(await ask(web, '/items'), 'meets no rule').toMatch(/^404 /)
  })

  test('of another namespace is for its callers alone, and leads to others only where they grant it', async () => {
    await mesh.tell(['delete', 'httproute', 'r', '--wait'])
    await mesh.apply(route('HTTPRoute', { name: 'cart' }, `[{ ${to('cart-v2', ', namespace: default')} }]`, 'bank'))

    expect(await ask(teller, '/items')).toContain('x-instance: cart-v2')
    expect(await ask(web, '/items')).toContain('x-instance: cart\r')
    await mesh.tell(['delete', 'httproute', 'r', '-n', 'bank', '--wait'])

    await mesh.apply(route('HTTPRoute', { name: 'cart' }, `[{ ${to('vault', ', namespace: bank')} }]`))
    expect(await ask(web, '/items')).toMatch(/^500 /)
    expect(await told('httproute')).toContain('RefNotPermitted')
    const grant = (from: string): string => `
apiVersion: ${GATEWAY_API}/v1beta1
kind: ReferenceGrant
metadata: { name: g, namespace: bank }
spec: { from: [{ group: ${GATEWAY_API}, kind: HTTPRoute, namespace: ${from} }], to: [{ group: '', kind: Service }] }
`
    await mesh.apply(grant('default'))
    expect(await ask(web, '/items')).toContain('x-instance: vault')
    await mesh.apply(grant('elsewhere'))
    expect(await ask(web, '/items'), 'what was granted can be taken back').toMatch(/^500 /)
  })

  test('gives way to a stronger kind at its port, and is told so', async () => {
    await mesh.apply(route('GRPCRoute', { name: 'cart', port: 8080 }, `[{ ${to('cart-v2')} }]`))

    expect(await ask(web, '/items'), 'no gRPC call').toMatch(/^404 /)
    expect(await told('httproute')).toContain('Conflicted')
    await mesh.tell(['delete', 'grpcroute', 'r', '--wait'])
    await mesh.tell(['delete', 'httproute', 'r', '--wait'])
    expect(await ask(web, '/items')).toContain('x-instance: cart\r')
  })

  test('for connections leads them elsewhere whole', async () => {
    await mesh.apply(route('TCPRoute', { name: 'cart' }, `[{ ${to('cart-v2')} }]`))

    expect(await ask(web, '/items')).toContain('x-instance: cart-v2')
  })
})
