import { validateResource, type Resource } from '@weft/resources'
import { expect, test } from 'vitest'
import { referenceWarnings } from './reference-warnings.ts'

const services = new Map([
  ['default/cart', { ports: [{ port: 8080, name: 'web' }] }],
  ['shop/catalog', { ports: [] }],
])

function warningsOf(apiVersion: string, kind: string, spec: unknown): string[] {
  const resource = validateResource({ apiVersion, kind, metadata: { name: 'x', namespace: 'default' }, spec })
  return referenceWarnings(resource as Resource, services)
}

const route = (parent: object, backend: object): string[] =>
  warningsOf('gateway.networking.k8s.io/v1', 'HTTPRoute', {
    parentRefs: [{ group: '', kind: 'Service', ...parent }],
    rules: [{ backendRefs: [{ port: 8080, ...backend }] }],
  })

test('what is there draws no warning', () => {
  expect(route({ name: 'cart', port: 8080 }, { name: 'cart' })).toEqual([])
  expect(route({ name: 'cart', sectionName: 'web' }, { name: 'cart' })).toEqual([])
  expect(route({ name: 'cart' }, { name: 'gone', weight: 0 }), 'a share of nothing').toEqual([])
})

test.each([
  [{ name: 'crat' }, { name: 'cart' }, 'spec.parentRefs[0]: there is no service default/crat'],
  [{ name: 'crat' }, { name: 'cart' }, 'did you mean default/cart'],
  [{ name: 'cart', port: 81 }, { name: 'cart' }, 'service default/cart has no port 81, but 8080'],
  [{ name: 'cart', sectionName: 'api' }, { name: 'cart' }, 'has no port named api, but web'],
  [{ name: 'cart' }, { name: 'catalog' }, 'spec.rules[0].backendRefs[0]: there is no service default/catalog'],
  [{ name: 'cart' }, { name: 'catalog', namespace: 'shop' }, 'has no port 8080, but none at all'],
])('%j %j draws one', (parent, backend, expected) => {
  const warnings = route(parent, backend)

  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toContain(expected)
})

test.each([
  ['TrafficPolicy', {}],
  ['AuthorizationPolicy', { action: 'DENY', rules: [{}] }],
])('a %s for a service that is not there draws one', (kind, spec) => {
  const warnings = warningsOf('weft.dev/v1alpha1', kind, {
    targetRefs: [
      { kind: 'Service', name: 'cart' },
      { kind: 'Service', name: 'cartt' },
    ],
    ...spec,
  })

  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toMatch(/^spec\.targetRefs\[1\]: there is no service default\/cartt.*; the policy has no effect/)
})
