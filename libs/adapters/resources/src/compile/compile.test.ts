import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { serviceDefaults } from '@weft/topology'
import { defaultTrafficPolicy } from '@weft/traffic'
import type { AuthorizationPolicyResource, ServiceResource, TrafficPolicyResource } from '../resource.ts'
import { policyYaml, serviceYaml, trafficPolicyYaml } from '../testing/examples.ts'
import { validateResource } from '../validate.ts'
import { compileAuthorizationPolicy } from './authorization-policy.ts'
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
