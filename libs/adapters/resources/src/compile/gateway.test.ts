import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { AnyResource, GatewayResource, HttpRouteResource, RelayRouteResource } from '../resource.ts'
import { findProblems, resourceFrom } from '../validate.ts'
import { compileGateways } from './gateway.ts'
import { bySpecificity, covers, intersect } from './host-names.ts'

function read<R extends AnyResource>(yaml: string): R {
  const value = parse(yaml) as unknown
  expect(findProblems(value, 'proxy')).toEqual([])
  return resourceFrom(value) as R
}

const gateway = (listeners: string, more = ''): GatewayResource =>
  read(
    `{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: edge }, spec: { gatewayClassName: weft, ${more} listeners: [${listeners}] } }`,
  )

const ref = '{ group: weft.dev, kind: ExternalService, name: origin, port: 80 }'
const httpRoute = (name: string, spec: string, parent = 'name: edge'): HttpRouteResource =>
  read(
    `{ apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: { name: ${name} }, spec: { parentRefs: [{ ${parent} }], ${spec} } }`,
  )
const relayRoute = (kind: string, name: string, spec = ''): RelayRouteResource =>
  read(
    `{ apiVersion: gateway.networking.k8s.io/v1alpha2, kind: ${kind}, metadata: { name: ${name} }, spec: { parentRefs: [{ name: edge }], ${spec} rules: [{ backendRefs: [${ref}] }] } }`,
  )
const to = (path: string): string => `rules: [{ matches: [{ path: { value: ${path} } }], backendRefs: [${ref}] }]`

function compile(gateways: GatewayResource[], httpRoutes: HttpRouteResource[], relayRoutes: RelayRouteResource[] = []) {
  return compileGateways({
    gateways,
    httpRoutes,
    relayRoutes,
    bindHosts: ['127.0.0.1'],
    findBackend: (key) => (key === 'ExternalService/default/origin' ? { ports: [{ port: 80 }] } : undefined),
    findPem: (found, _, key) => `${key} of ${found.name}`,
  })
}

describe('compileGateways()', () => {
  test('makes one port of each address and port, its listeners most specific first', () => {
    const listeners =
      '{ name: any, protocol: HTTP, port: 80 }, { name: below, protocol: HTTP, port: 80, hostname: "*.example.com" }, { name: shop, protocol: HTTP, port: 80, hostname: shop.example.com }, { name: raw, protocol: TCP, port: 90 }'
    const ports = compile([gateway(listeners, 'addresses: [{ value: 127.0.0.2 }, { value: "::1" }],')], [])

    expect(ports.map(({ name, kind, listeners: here }) => [name, kind, here.map((one) => one.hostname)])).toEqual([
      ['127.0.0.2:80', 'http', ['shop.example.com', '*.example.com', '']],
      ['::1:80', 'http', ['shop.example.com', '*.example.com', '']],
      ['127.0.0.2:90', 'tcp', ['']],
      ['::1:90', 'tcp', ['']],
    ])
  })

  test('narrows host names of routes by those of the listener', () => {
    const [port] = compile(
      [gateway('{ name: http, protocol: HTTP, port: 80, hostname: "*.example.com" }')],
      [
        httpRoute('a', `hostnames: ["*.com", shop.example.com, other.test], ${to('/')}`),
        httpRoute('b', to('/b')),
        httpRoute('c', `hostnames: [example.com], ${to('/')}`),
      ],
    )

    expect(port!.listeners[0]!.hosts.map(({ hostname }) => hostname)).toEqual(['shop.example.com', '*.example.com'])
  })

  test('puts rules for a less specific name after those for a more specific one, whatever their paths', () => {
    const [port] = compile(
      [gateway('{ name: http, protocol: HTTP, port: 80 }')],
      [
        httpRoute('any', to('/a/very/long/path')),
        httpRoute('below', `hostnames: ["*.example.com"], ${to('/long/path')}`),
        httpRoute('shop', `hostnames: [shop.example.com], ${to('/')}`),
      ],
    )
    const names = Object.fromEntries(
      port!.listeners[0]!.hosts.map(({ hostname, route }) => [
        hostname,
        route.rules.map(({ name }) => name.split('/')[2]!.split('#')[0]),
      ]),
    )

    expect(names).toEqual({
      'shop.example.com': ['shop', 'below', 'any'],
      '*.example.com': ['below', 'any'],
      '': ['any'],
    })
  })

  test('attaches by section, by port, and to what takes the kind', () => {
    const listeners =
      '{ name: one, protocol: HTTP, port: 80 }, { name: two, protocol: HTTP, port: 81 }, { name: raw, protocol: TCP, port: 90 }'
    const ports = compile(
      [gateway(listeners)],
      [
        httpRoute('a', to('/'), 'name: edge, sectionName: one'),
        httpRoute('b', to('/'), 'name: edge, port: 81'),
        httpRoute('c', to('/'), 'name: other'),
      ],
      [relayRoute('TCPRoute', 'raw')],
    )
    const attached = ports.map(({ listeners: [one] }) => [
      one!.hosts.flatMap(({ route }) => route.rules.map(({ name }) => name)),
      one!.relays.map(({ name }) => name),
    ])

    expect(attached).toEqual([
      [['HTTPRoute/default/a#0'], []],
      [['HTTPRoute/default/b#0'], []],
      [[], ['TCPRoute/default/raw#0']],
    ])
  })

  test('gives TLS to listeners that take it off, and routes by name to those that pass it on', () => {
    const listeners =
      '{ name: https, protocol: HTTPS, port: 443, tls: { certificateRefs: [{ name: shop }], frontendValidation: { caCertificateRefs: [{ name: ca }] } } }, { name: passed, protocol: TLS, port: 443, hostname: "*.db.test", tls: { mode: Passthrough } }'
    const [port] = compile(
      [gateway(listeners)],
      [],
      [relayRoute('TLSRoute', 'a', 'hostnames: [a.db.test],'), relayRoute('TLSRoute', 'rest')],
    )
    const [passed, https] = port!.listeners

    expect([port!.kind, passed!.tls, passed!.relays.map(({ hostname }) => hostname)]).toEqual([
      'tls',
      null,
      ['a.db.test', '*.db.test'],
    ])
    expect(https!.tls).toEqual({
      certificates: [{ chainPem: 'tls.crt of shop', keyPem: 'tls.key of shop' }],
      clientCaPem: 'ca.crt of ca',
    })
  })

  test('keeps routes of other namespaces away unless they are allowed', () => {
    const foreign = httpRoute('a', to('/'), 'name: edge, namespace: default')
    const elsewhere = { ...foreign, metadata: { ...foreign.metadata, namespace: 'shop' } }
    const hostsOf = (more: string): number =>
      compile([gateway(`{ name: http, protocol: HTTP, port: 80 ${more} }`)], [elsewhere])[0]!.listeners[0]!.hosts.length

    expect(hostsOf('')).toBe(0)
    expect(hostsOf(', allowedRoutes: { namespaces: { from: All } }')).toBe(1)
  })
})

test('host names: what covers what, what two have in common, what goes first', () => {
  expect([covers('', 'a.b'), covers('*.b', 'a.b'), covers('*.b', 'x.a.b'), covers('*.b', '*.a.b')]).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect([covers('*.b', 'b'), covers('*.b', 'ab'), covers('a.b', '*.b'), covers('*.a.b', '*.b')]).toEqual([
    false,
    false,
    false,
    false,
  ])
  expect([intersect('*.b', ''), intersect('*.b', '*.a.b'), intersect('a.b', 'c.b')]).toEqual(['*.b', '*.a.b', null])
  expect(['', '*.b', 'a.b', '*.a.b'].toSorted(bySpecificity)).toEqual(['a.b', '*.a.b', '*.b', ''])
})
