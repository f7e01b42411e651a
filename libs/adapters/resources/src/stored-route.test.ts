import { serviceDefaults, type Service } from '@weft/topology'
import { describe, expect, test } from 'vitest'
import { RouteTable } from './compile/route-table.ts'
import type { RouteResource } from './resource.ts'
import { statusOf } from './status/status-of.ts'
import { readStoredRoute } from './stored-route.ts'

const cart: Service = {
  ...serviceDefaults,
  namespace: 'shop',
  name: 'cart',
  address4: '',
  address6: '',
  ports: [{ port: 80, targetPort: 80, name: '', protocol: 'http' }],
  selector: {},
}
const services = new Map([['shop/cart', cart]])
const parent = { group: '', kind: 'Service', name: 'cart' }
const backendRefs = [{ group: '', kind: 'Service', name: 'cart', port: 80, weight: 1 }]
const good = { matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs }

function stored(spec: object): Record<string, unknown> {
  const metadata = { name: 'r', namespace: 'shop', generation: 2, creationTimestamp: '2026-01-01T00:00:00Z' }
  return { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata, spec }
}

function told(route: RouteResource): string[] {
  const table = new RouteTable({ routes: [route], grants: [], services })
  return statusOf(route, table, services).parents.flatMap(({ conditions }) =>
    conditions.map(({ type, status, reason, message }) => `${type} ${status} ${reason}: ${message}`),
  )
}

function rulesInForce(route: RouteResource): string[] {
  const table = new RouteTable({ routes: [route], grants: [], services })
  return table.routesOf(cart).flatMap(({ rules }) => rules.map(({ name }) => name))
}

describe('readStoredRoute()', () => {
  test('takes a route as the API server stores it, with the defaults that it fills in', () => {
    const route = readStoredRoute(stored({ parentRefs: [parent], rules: [good] }))!

    expect(route.refusal).toBeUndefined()
    expect(rulesInForce(route)).toEqual(['HTTPRoute/shop/r#0'])
  })

  test('is null for a route of gateways alone, and leaves gateways out of a mixed one', () => {
    const gateway = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }

    expect(readStoredRoute(stored({ parentRefs: [gateway], rules: [good] }))).toBeNull()
    expect(readStoredRoute(stored({ rules: [good] }))).toBeNull()
    expect(readStoredRoute(stored({ parentRefs: [gateway, parent], rules: [good] }))!.spec.parentRefs).toEqual([parent])
  })

  test('tells of a service without the core group, the commonest slip', () => {
    const slip = { group: 'gateway.networking.k8s.io', kind: 'Service', name: 'cart' }
    const route = readStoredRoute(stored({ parentRefs: [slip], rules: [good] }))!

    expect(told(route)).toEqual([
      "Accepted False NoMatchingParent: found group gateway.networking.k8s.io for kind Service, expected group '' (core)",
    ])
    expect(rulesInForce(route)).toEqual([])
  })

  test('drops a rule with a filter that is not supported, and keeps the others under their numbers', () => {
    const cors = { ...good, filters: [{ type: 'CORS', cors: {} }] }
    const route = readStoredRoute(stored({ parentRefs: [parent], rules: [cors, good] }))!

    expect(rulesInForce(route)).toEqual(['HTTPRoute/shop/r#1'])
    expect(told(route)).toEqual([
      'Accepted True Accepted: in force',
      'ResolvedRefs True ResolvedRefs: every backend is there',
      expect.stringMatching(/^PartiallyInvalid True UnsupportedValue: Dropped Rule\(s\) 0: .*found "CORS"/),
    ])
  })

  test('does not accept a route of which no rule is left, and says why', () => {
    const route = readStoredRoute(
      stored({ parentRefs: [parent], rules: [{ ...good, filters: [{ type: 'ExternalAuth' }] }] }),
    )!

    expect(told(route)[0]).toMatch(/^Accepted False UnsupportedValue: spec\.rules\[0\]\.filters\[0\]\.type: found "Ext/)
    expect(told(route)).toHaveLength(2)
    expect(rulesInForce(route)).toEqual([])
  })

  test('answers 500 for a backend of another kind, and says so', () => {
    const other = { group: 'example.com', kind: 'Bucket', name: 'cart' }
    const route = readStoredRoute(stored({ parentRefs: [parent], rules: [{ ...good, backendRefs: [other] }] }))!

    const table = new RouteTable({ routes: [route], grants: [], services })
    expect(table.routesOf(cart)[0]!.rules[0]!.backends[0]!.service).toBe('')
    expect(told(route)[1]).toBe(
      "ResolvedRefs False InvalidKind: spec.rules[0].backendRefs[0]: found kind Bucket of group example.com, expected Service of group ''",
    )
  })

  test.each([
    [{ parentRefs: [parent], rules: [null] }],
    [{ parentRefs: [parent], rules: 'x' }],
    [{ parentRefs: [parent], rules: [{ backendRefs: [null] }] }],
    [{ parentRefs: [parent], rules: [{ backendRefs: 'x', filters: [null] }] }],
    [{ parentRefs: [parent, null, 'x'], rules: [good] }],
    [{ parentRefs: [{ ...parent, port: 'http' }], rules: [good] }],
    [{ parentRefs: [parent], rules: [good], unknown: 1 }],
  ])('survives %j', (spec) => {
    expect(() => told(readStoredRoute(stored(spec))!)).not.toThrow()
  })
})
