import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { serviceDefaults } from '@weft/topology'
import { backendDefaults, defaultTrafficPolicy, ruleDefaults } from '@weft/traffic'
import type {
  AuthorizationPolicyResource,
  HttpRouteResource,
  ServiceResource,
  TrafficPolicyResource,
} from '../resource.ts'
import { policyYaml, serviceYaml, trafficPolicyYaml } from '../testing/examples.ts'
import { validateResource } from '../validate.ts'
import { compileAuthorizationPolicy } from './authorization-policy.ts'
import { backendsOf, compileRoutes, parentsOf } from './route.ts'
import { compileService } from './service.ts'
import { compileTrafficPolicy } from './traffic-policy.ts'

const addresses = { address4: '198.19.0.1', address6: '' }
const service = compileService(validateResource(parse(serviceYaml)) as ServiceResource, addresses)

test('compileService() fills in what is absent', () => {
  const bare = parse(serviceYaml)
  bare.spec = { ports: [{ port: 80 }] }

  expect(compileService(validateResource(bare) as ServiceResource, addresses)).toEqual({
    namespace: 'default',
    name: 'cart',
    ...addresses,
    ...serviceDefaults,
    ports: [{ port: 80, targetPort: 80, name: '', protocol: 'detect' }],
    selector: {},
  })
  expect(service.ports[0]).toEqual({ port: 80, targetPort: 8080, name: 'http', protocol: 'http' })
})

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
const find = (key: string) => (key === 'default/cart' ? service : undefined)
const compile = (...routes: HttpRouteResource[]) => compileRoutes(service, routes, find)
const order = (...routes: HttpRouteResource[]) =>
  compile(...routes)[0]!.rules.map(
    (rule) => `${rule.name.slice('HTTPRoute/default/'.length)} ${rule.matches[0]!.path?.value ?? '/'}`,
  )

describe('compileRoutes()', () => {
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
      [0, ['HTTPRoute/default/all#0']],
      [80, ['HTTPRoute/default/one#0', 'HTTPRoute/default/all#0']],
    ])
  })

  test('finds a port by its name, and attaches nothing to a name that the service has not', () => {
    const named = (sectionName: string) => [{ group: '', kind: 'Service', name: 'cart', sectionName }]

    expect(compile(route('a', { parentRefs: named('http'), rules: [to()] }))[0]!.port).toBe(80)
    expect(compile(route('a', { parentRefs: named('grpc'), rules: [to()] }))).toEqual([])
  })

  test.each([
    ['a service that does not exist', [{ name: 'other', port: 80 }], [{ service: '', port: 80, weight: 1 }]],
    ['a port that it has not', [{ name: 'cart', port: 81, weight: 3 }], [{ service: '', port: 81, weight: 3 }]],
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

  test('parentsOf() and backendsOf() name services once each', () => {
    const one = route('a', { rules: [to(), { backendRefs: [{ name: 'x', namespace: 'shop', port: 1 }] }] })

    expect(parentsOf(one)).toEqual(['default/cart'])
    expect(backendsOf(one)).toEqual(['default/cart', 'shop/x'])
  })
})

describe('compileTrafficPolicy()', () => {
  const policy = (name: string, createdAt: string, spec: object = {}) => {
    const value = parse(trafficPolicyYaml)
    Object.assign(value.metadata, { name, creationTimestamp: createdAt })
    Object.assign(value.spec, spec)
    return validateResource(value) as TrafficPolicyResource
  }

  test('keeps the default of everything that is absent', () => {
    const value = policy('p', '2026', { timeouts: undefined, retries: undefined })
    delete (value.spec as { timeouts?: unknown }).timeouts
    delete (value.spec as { retries?: unknown }).retries

    expect(compileTrafficPolicy(service, [value])).toEqual({
      ...defaultTrafficPolicy,
      name: 'TrafficPolicy/default/p',
      service: 'default/cart',
    })
  })

  test('takes the oldest of several, and what it says', () => {
    const compiled = compileTrafficPolicy(service, [
      policy('young', '2026-02-01'),
      policy('old', '2026-01-01', {
        retryBudget: { percent: 50 },
        retries: { attempts: 0 },
        outlierDetection: { panicPercent: 0 },
      }),
    ])

    expect(compiled).toMatchObject({
      name: 'TrafficPolicy/default/old',
      requestTimeoutMs: 90_000,
      retryBudgetRatio: 0.5,
      retry: { attemptsMax: 1 },
      outlier: { panicRatio: 0 },
    })
  })

  test('is null for a service that none targets', () => {
    expect(compileTrafficPolicy({ namespace: 'shop', name: 'cart' }, [policy('p', '2026')])).toBeNull()
  })
})

test('compileAuthorizationPolicy() writes identities out and tells kinds of paths apart', () => {
  const value = parse(policyYaml)
  value.spec.rules = [
    {
      from: [{ identities: ['shop/web', 'shop/*', '*', 'spiffe://other/ns/a/sa/b'], notNamespaces: ['x'] }],
      to: [{ paths: ['/a', '/a/*', '/v1.*', '/*'], ports: [80], headers: [{ name: 'X', value: '1' }] }],
    },
    {},
  ]

  expect(compileAuthorizationPolicy(validateResource(value) as AuthorizationPolicyResource, 'td')).toEqual({
    name: 'AuthorizationPolicy/default/cart-callers',
    namespace: 'default',
    action: 'ALLOW',
    selector: {},
    services: ['cart'],
    rules: [
      {
        from: [
          {
            identities: ['spiffe://td/ns/shop/sa/web', 'spiffe://td/ns/shop/sa/*', '*', 'spiffe://other/ns/a/sa/b'],
            namespaces: [],
            notIdentities: [],
            notNamespaces: ['x'],
            unauthenticated: false,
          },
        ],
        to: [
          {
            ports: [80],
            methods: [],
            paths: [
              { type: 'exact', value: '/a' },
              { type: 'prefix', value: '/a' },
              { type: 'regex', value: '/v1\\..*' },
              { type: 'prefix', value: '/' },
            ],
            headers: [{ name: 'x', value: { type: 'exact', value: '1' } }],
          },
        ],
      },
      { from: [], to: [] },
    ],
  })
})
