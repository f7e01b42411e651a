import { serviceDefaults, type Service } from '@weft/topology'
import { backendDefaults, ruleDefaults } from '@weft/traffic'
import { describe, expect, test } from 'vitest'
import type { HttpRouteResource, ReferenceGrantResource, RouteResource } from '../resource.ts'
import { statusOf } from '../status/status-of.ts'
import { validateResource } from '../validate.ts'
import { RouteTable } from './route-table.ts'

function serviceOf(namespace: string, name: string, more: Partial<Service> = {}): Service {
  const ports = [
    { port: 80, targetPort: 8080, name: 'http', protocol: 'http' as const },
    { port: 81, targetPort: 8081, name: 'other', protocol: 'detect' as const },
  ]
  return { ...serviceDefaults, namespace, name, address4: '', address6: '', ports, selector: {}, ...more }
}

const cart = serviceOf('default', 'cart')
const pay = serviceOf('bank', 'pay')
const echo = serviceOf('default', 'echo', {
  ports: [
    { port: 80, targetPort: 80, name: 'http', protocol: 'http' },
    { port: 7070, targetPort: 7070, name: 'grpc', protocol: 'http2' },
    { port: 9090, targetPort: 9090, name: 'raw', protocol: 'tcp' },
  ],
})
const headless = serviceOf('default', 'store', { isHeadless: true })
const services = new Map([cart, pay, echo, headless].map((one) => [`${one.namespace}/${one.name}`, one]))

function tableOf(routes: readonly RouteResource[], grants: readonly ReferenceGrantResource[] = []): RouteTable {
  return new RouteTable({ routes, grants, services })
}

function route(name: string, spec: object, createdAt = '2026-01-01T00:00:00.000Z'): HttpRouteResource {
  const parentRefs = [{ group: '', kind: 'Service', name: 'cart' }]
  return validateResource({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, creationTimestamp: createdAt },
    spec: { parentRefs, ...spec },
  }) as HttpRouteResource
}
const to = (matches: object[] = []) => ({ matches, backendRefs: [{ name: 'cart', port: 80 }] })
const compile = (...routes: RouteResource[]) => tableOf(routes).routesOf(cart)
const order = (...routes: HttpRouteResource[]) =>
  compile(...routes)[0]!.rules.map(
    (rule) => `${rule.name.slice('HTTPRoute/default/'.length)} ${rule.matches[0]!.path?.value ?? '/'}`,
  )

describe('RouteTable.routesOf()', () => {
  test('puts the more specific match first, across rules and routes', () => {
    const a = route('a', {
      rules: [
        to(),
        to([{ path: { value: '/x' } }, { path: { type: 'Exact', value: '/' } }]),
        to([{ path: { value: '/x/y' } }]),
      ],
    })
    const b = route('b', { rules: [to([{ path: { type: 'RegularExpression', value: '/.*' } }])] })

    expect(order(a, b)).toEqual(['a#1 /', 'b#0 /.*', 'a#2 /x/y', 'a#1 /x', 'a#0 /'])
  })

  test('counts a method before headers, and headers before query parameters', () => {
    const header = (name: string) => ({ name, value: '1' })
    const a = route('a', {
      rules: [
        to([{ queryParams: [header('a'), header('b'), header('c')] }]),
        to([{ headers: [header('a')] }]),
        to([{ headers: [header('a'), header('b')] }]),
        to([{ method: 'GET' }]),
      ],
    })

    expect(order(a).map((name) => name.slice(0, 3))).toEqual(['a#3', 'a#2', 'a#1', 'a#0'])
  })

  test('puts the older route first, then the first by name, then the first rule', () => {
    const young = route('a', { rules: [to(), to()] }, '2026-02-01T00:00:00.000Z')
    const old = route('z', { rules: [to()] })
    const alsoOld = route('y', { rules: [to()] })

    expect(order(young, old, alsoOld)).toEqual(['y#0 /', 'z#0 /', 'a#0 /', 'a#1 /'])
  })

  test('gives a port that is named the rules for all ports too', () => {
    const parentRefs = [{ group: '', kind: 'Service', name: 'cart', port: 80 }]
    const compiled = compile(
      route('all', { rules: [to()] }),
      route('one', { parentRefs, rules: [to([{ method: 'GET' }])] }),
    )

    expect(compiled.map(({ port, rules }) => [port, rules.map((rule) => rule.name)])).toEqual([
      [80, ['HTTPRoute/default/one#0', 'HTTPRoute/default/all#0']],
      [81, ['HTTPRoute/default/all#0']],
    ])
  })

  test('finds a port by its name, and attaches nothing to a name that the service has not', () => {
    const named = (sectionName: string) => [{ group: '', kind: 'Service', name: 'cart', sectionName }]

    expect(compile(route('a', { parentRefs: named('http'), rules: [to()] }))[0]!.port).toBe(80)
    expect(compile(route('a', { parentRefs: named('grpc'), rules: [to()] }))).toEqual([])
  })

  test.each([
    ['a service that does not exist', [{ name: 'other', port: 80 }], [{ service: '', port: 80, weight: 1 }]],
    ['a port that it has not', [{ name: 'cart', port: 82, weight: 3 }], [{ service: '', port: 82, weight: 3 }]],
    ['no backend', [], [{ service: '', port: 0, weight: 1 }]],
    ['weights that are all 0', [{ name: 'cart', port: 80, weight: 0 }], [{ service: '', port: 0, weight: 1 }]],
    ['a service', [{ name: 'cart', port: 80, weight: 7 }], [{ service: 'default/cart', port: 80, weight: 7 }]],
  ])('makes of %s what routing understands', (_, backendRefs, expected) => {
    const { backends } = compile(route('a', { rules: [{ backendRefs }] }))[0]!.rules[0]!

    expect(backends).toEqual(expected.map((backend) => ({ ...backendDefaults, ...backend })))
  })

  test('compiles filters, timeouts and retries', () => {
    const [compiled] = compile(
      route('a', {
        rules: [
          {
            filters: [
              {
                type: 'RequestHeaderModifier',
                requestHeaderModifier: {
                  set: [
                    { name: 'A', value: '1' },
                    { name: 'a', value: '2' },
                  ],
                  remove: ['b'],
                },
              },
            ],
            timeouts: { request: '2s', backendRequest: '500ms' },
            retry: { codes: [500], attempts: 1, backoff: '100ms' },
            matches: [
              {
                headers: [{ name: 'X-Env', value: 'a' }],
                queryParams: [{ name: 'Q', type: 'RegularExpression', value: 'b+' }],
              },
            ],
          },
        ],
      }),
    )

    expect(compiled!.rules[0]).toEqual({
      ...ruleDefaults,
      name: 'HTTPRoute/default/a#0',
      matches: [
        {
          path: null,
          method: '',
          headers: [{ name: 'x-env', value: { type: 'exact', value: 'a' } }],
          query: [{ name: 'Q', value: { type: 'regex', value: 'b+' } }],
        },
      ],
      requestHeaders: { set: [['A', '1']], add: [], remove: ['b'] },
      replyHeaders: null,
      backends: [{ ...backendDefaults, service: '', port: 0 }],
      requestTimeoutMs: 2000,
      attemptTimeoutMs: 500,
      retry: { attemptsMax: 2, statusCodes: [500], backoffBaseMs: 100, backoffMaxMs: 1000 },
    })
  })
})

const parent = (name: string, more: object = {}) => ({ group: '', kind: 'Service', name, ...more })
const serve = (backendRefs: object[]) => [{ backendRefs }]

function anyRoute(kind: string, name: string, spec: object, metadata: object = {}): RouteResource {
  const apiVersion = 'gateway.networking.k8s.io/v1'
  const createdAt = '2026-01-01T00:00:00.000Z'
  const value = { apiVersion, kind, metadata: { name, creationTimestamp: createdAt, generation: 3, ...metadata }, spec }
  return validateResource(value) as RouteResource
}

/** What `status` says of the first parent, short. */
function conditionsOf(route: RouteResource, table = tableOf([route])): string[] {
  const [first] = statusOf(route, table, services).parents
  return first!.conditions.map(({ type, status, reason, message }) => `${type} ${status} ${reason}: ${message}`)
}

describe('of several kinds at one port', () => {
  const grpc = anyRoute('GRPCRoute', 'calls', {
    parentRefs: [parent('echo', { port: 7070 })],
    rules: serve([{ name: 'echo', port: 7070 }]),
  })
  const http = anyRoute('HTTPRoute', 'pages', {
    parentRefs: [parent('echo')],
    rules: serve([{ name: 'echo', port: 80 }]),
  })
  const everywhere = anyRoute('GRPCRoute', 'all-calls', { parentRefs: [parent('echo')], rules: [{}] })

  test('the stronger kind has it, the other one the ports that are left', () => {
    const compiled = tableOf([http, grpc]).routesOf(echo)

    expect(compiled.map(({ port, rules }) => [port, rules[0]!.name])).toEqual([
      [80, 'HTTPRoute/default/pages#0'],
      [7070, 'GRPCRoute/default/calls#0'],
    ])
  })

  test('a route that is left with some ports is accepted, and told of the others', () => {
    expect(conditionsOf(http, tableOf([http, grpc]))[0]).toBe(
      "Accepted True Accepted: in force; port 7070 is GRPCRoute/default/calls's, which goes before an HTTPRoute; not for ports declared to carry no HTTP: 9090",
    )
  })

  test('a route that is left with none is Conflicted', () => {
    expect(conditionsOf(http, tableOf([http, everywhere]))[0]).toContain(
      'Accepted False Conflicted: port 80 is GRPCRoute',
    )
    expect(
      tableOf([http, everywhere])
        .routesOf(echo)
        .flatMap(({ rules }) => rules.map(({ name }) => name)),
    ).toEqual(['GRPCRoute/default/all-calls#0', 'GRPCRoute/default/all-calls#0'])
  })

  test('a TCPRoute has what no other kind wants, and of several the oldest', () => {
    const relay = (name: string, createdAt: string) =>
      anyRoute(
        'TCPRoute',
        name,
        { parentRefs: [parent('echo')], rules: serve([{ name: 'echo', port: 9090 }]) },
        { creationTimestamp: createdAt },
      )
    const [old, young] = [relay('z', '2026-01-01T00:00:00Z'), relay('a', '2026-02-01T00:00:00Z')]
    const table = tableOf([young, old, http])

    expect(table.routesOf(echo).map(({ port, relay: octets }) => [port, octets?.name ?? 'http'])).toEqual([
      [80, 'http'],
      [7070, 'http'],
      [9090, 'TCPRoute/default/z#0'],
    ])
    expect(conditionsOf(young, table)[0]).toContain("port 9090 is TCPRoute/default/z's, which is older")
    expect(conditionsOf(young, table)[0]).toContain('Accepted False Conflicted')
  })
})

describe('a route of another namespace than its service', () => {
  const consumer = (backend: object) =>
    anyRoute(
      'HTTPRoute',
      'mine',
      { parentRefs: [parent('cart', { namespace: 'default' })], rules: serve([backend]) },
      { namespace: 'shop' },
    )

  test('is for calls of its own namespace, and needs no grant for what is beside its parent', () => {
    const route = consumer({ name: 'cart', namespace: 'default', port: 80 })
    const producer = anyRoute('HTTPRoute', 'theirs', {
      parentRefs: [parent('cart')],
      rules: serve([{ name: 'cart', port: 81 }]),
    })
    const compiled = tableOf([route, producer]).routesOf(cart)

    expect(compiled.map(({ clientNamespace, rules }) => [clientNamespace, rules.map(({ name }) => name)])).toEqual([
      ['', ['HTTPRoute/default/theirs#0']],
      ['shop', ['HTTPRoute/shop/mine#0']],
    ])
    expect(compiled[1]!.rules[0]!.backends[0]!.service).toBe('default/cart')
    expect(conditionsOf(route)).toEqual([
      'Accepted True Accepted: in force for calls from namespace shop',
      'ResolvedRefs True ResolvedRefs: every backend is there',
    ])
  })

  test('needs a grant for any other namespace', () => {
    const route = consumer({ name: 'pay', namespace: 'bank', port: 80 })
    const grant = (from: object, to: object) =>
      validateResource({
        apiVersion: 'gateway.networking.k8s.io/v1beta1',
        kind: 'ReferenceGrant',
        metadata: { name: 'g', namespace: 'bank' },
        spec: {
          from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop', ...from }],
          to: [{ group: '', kind: 'Service', ...to }],
        },
      }) as ReferenceGrantResource
    const backendWith = (...grants: ReferenceGrantResource[]) =>
      tableOf([route], grants).routesOf(cart)[0]!.rules[0]!.backends[0]!.service

    expect(backendWith()).toBe('')
    expect(backendWith(grant({}, {}))).toBe('bank/pay')
    expect(backendWith(grant({}, { name: 'pay' }))).toBe('bank/pay')
    expect(backendWith(grant({}, { name: 'other' }))).toBe('')
    expect(backendWith(grant({ namespace: 'default' }, {}))).toBe('')
    expect(backendWith(grant({ kind: 'GRPCRoute' }, {}))).toBe('')
    expect(conditionsOf(route)[1]).toMatch(
      /^ResolvedRefs False RefNotPermitted: spec.rules\[0\].backendRefs\[0\]: service bank\/pay is in another namespace/,
    )
  })
})

describe('statusOf()', () => {
  const one = (ref: object, backend: object = { name: 'cart', port: 80 }) =>
    conditionsOf(anyRoute('HTTPRoute', 'r', { parentRefs: [ref], rules: serve([backend]) }))

  test.each([
    [parent('crat'), 'Accepted False NoMatchingParent: there is no service default/crat (did you mean default/cart?)'],
    [
      parent('cart', { port: 82 }),
      'Accepted False NoMatchingParent: service default/cart has no port 82, but 80 (http), 81 (other)',
    ],
    [parent('cart', { sectionName: 'x' }), 'Accepted False NoMatchingParent: service default/cart has no port named x'],
    [parent('cart', { port: 80, sectionName: 'other' }), 'has no port 80 and port named other'],
    [parent('store'), 'Accepted False UnsupportedValue: service default/store is headless'],
    [parent('cart', { port: 80, sectionName: 'http' }), 'Accepted True Accepted: in force'],
  ])('of parent %j says %s', (ref, expected) => {
    expect(one(ref)[0]).toContain(expected)
  })

  test.each([
    [{ name: 'crat', port: 80 }, 'BackendNotFound: spec.rules[0].backendRefs[0]: there is no service default/crat'],
    [{ name: 'cart', port: 82 }, 'BackendNotFound: spec.rules[0].backendRefs[0]: service default/cart has no port 82'],
    [
      { name: 'echo', port: 9090 },
      'UnsupportedProtocol: spec.rules[0].backendRefs[0]: port 9090 of service default/echo is declared tcp',
    ],
    [{ name: 'crat', port: 80, weight: 0 }, 'BackendNotFound'],
  ])('of backend %j says %s', (backend, expected) => {
    expect(one(parent('cart'), backend)[1]).toContain(`ResolvedRefs False ${expected}`)
  })

  test('names the generation that it looked at', () => {
    const route = anyRoute('HTTPRoute', 'r', { parentRefs: [parent('cart')], rules: [{}] })
    const [first] = statusOf(route, tableOf([route]), services).parents

    expect(first!.conditions.map(({ observedGeneration }) => observedGeneration)).toEqual([3, 3])
  })
})

describe('filters', () => {
  const ruleOf = (rule: object) =>
    compile(anyRoute('HTTPRoute', 'r', { parentRefs: [parent('cart')], rules: [rule] }))[0]!.rules[0]!

  test('redirect and rewrite say what they leave out', () => {
    const path = { type: 'ReplaceFullPath', replaceFullPath: '/x' }

    expect(ruleOf({ filters: [{ type: 'RequestRedirect', requestRedirect: { path } }] }).redirect).toEqual({
      scheme: '',
      hostname: '',
      port: 0,
      path: { type: 'full', value: '/x' },
      status: 302,
    })
    expect(ruleOf({ filters: [{ type: 'URLRewrite', urlRewrite: { hostname: 'a.b' } }] }).rewrite).toEqual({
      hostname: 'a.b',
      path: null,
    })
  })

  test('of a backend change headers of what goes there', () => {
    const requestHeaderModifier = { set: [{ name: 'A', value: '1' }] }
    const filters = [{ type: 'RequestHeaderModifier', requestHeaderModifier }]

    expect(ruleOf({ backendRefs: [{ name: 'cart', port: 80, filters }] }).backends[0]).toEqual({
      service: 'default/cart',
      port: 80,
      weight: 1,
      requestHeaders: { set: [['A', '1']], add: [], remove: [] },
      replyHeaders: null,
    })
  })

  test('mirrors are those that lead somewhere', () => {
    const mirror = (name: string, more: object = {}) => ({
      type: 'RequestMirror',
      requestMirror: { backendRef: { name, port: 80 }, ...more },
    })

    expect(
      ruleOf({
        filters: [
          mirror('cart'),
          mirror('gone'),
          mirror('cart', { percent: 0 }),
          mirror('echo', { fraction: { numerator: 1, denominator: 4 } }),
        ],
      }).mirrors,
    ).toEqual([
      { service: 'default/cart', port: 80, ratio: 1 },
      { service: 'default/echo', port: 80, ratio: 0.25 },
    ])
  })
})

describe('a GRPCRoute', () => {
  const rulesOf = (...rules: object[]) =>
    compile(anyRoute('GRPCRoute', 'g', { parentRefs: [parent('cart')], rules }))[0]!.rules

  test('is for gRPC calls alone', () => {
    expect(rulesOf({})[0]!.matches).toEqual([
      {
        path: null,
        method: 'POST',
        headers: [{ name: 'content-type', value: { type: 'prefix', value: 'application/grpc' } }],
        query: [],
      },
    ])
  })

  test.each([
    [
      { service: 'a.B', method: 'C' },
      { type: 'exact', value: '/a.B/C' },
    ],
    [{ service: 'a.B' }, { type: 'prefix', value: '/a.B' }],
    [{ method: 'C' }, { type: 'regex', value: '/[^/]+/C' }],
    [
      { type: 'RegularExpression', service: 'a.*', method: 'C|D' },
      { type: 'regex', value: '/(a.*)/(C|D)' },
    ],
    [
      { type: 'RegularExpression', method: 'C|D' },
      { type: 'regex', value: '/[^/]+/(C|D)' },
    ],
  ])('matches method %j by path %j', (method, expected) => {
    expect(rulesOf({ matches: [{ method }] })[0]!.matches[0]!.path).toEqual(expected)
  })

  test('puts first what names more of the service, then of the method, then more headers', () => {
    const header = { name: 'a', value: '1' }
    const names = rulesOf(
      { name: 'any' },
      { name: 'headers', matches: [{ headers: [header] }] },
      { name: 'method', matches: [{ method: { service: 'a.B', method: 'C' } }] },
      { name: 'service', matches: [{ method: { service: 'a.Long' } }] },
    ).map(({ name }) => name.slice(name.indexOf('#') + 1))

    expect(names).toEqual(['service', 'method', 'headers', 'any'])
  })
})

describe('routes with the same match', () => {
  const at = (day: number): string => `2026-01-0${day}T00:00:00.000Z`
  const conflictOf = (one: RouteResource, ...all: RouteResource[]): string | undefined =>
    conditionsOf(one, tableOf(all)).find((text) => text.startsWith('weft.dev/Conflicted'))
  const byPath = (...values: string[]) => to(values.map((value) => ({ path: { value } })))

  test('the younger one is told by field, the older one nothing', () => {
    const older = route('z', { rules: [to()] }, at(1))
    const younger = route('a', { rules: [byPath('/x', '/'), to()] }, at(2))

    expect(conflictOf(older, younger, older)).toBeUndefined()
    expect(conflictOf(younger, younger, older)).toBe(
      'weft.dev/Conflicted True Conflicted: spec.rules[0].matches[1]: HTTPRoute/default/z has the same match and is older; spec.rules[1]: HTTPRoute/default/z has the same match and is older',
    )
  })

  test('the order of headers means nothing, their values do', () => {
    const header = (name: string, value = '1') => ({ name, value })
    const withHeaders = (name: string, day: number, ...headers: object[]) =>
      route(name, { rules: [to([{ headers }])] }, at(day))
    const older = withHeaders('older', 1, header('a'), header('b'))

    const same = withHeaders('same', 2, header('b'), header('a'))
    const other = withHeaders('other', 3, header('b'), header('a', '2'))
    expect(conflictOf(same, older, same, other)).toContain('HTTPRoute/default/older')
    expect(conflictOf(other, older, same, other)).toBeUndefined()
  })

  test('at another port there is no conflict', () => {
    const parent = (port: number) => ({ parentRefs: [{ group: '', kind: 'Service', name: 'cart', port }] })
    const [one, other] = [
      route('one', { ...parent(80), rules: [to()] }, at(1)),
      route('b', { ...parent(81), rules: [to()] }, at(2)),
    ]

    expect(conflictOf(other, one, other)).toBeUndefined()
  })
})
