import { describe, expect, test } from 'vitest'
import { parseResources } from './parse.ts'
import { ResourceProblems } from './problem.ts'
import { policyYaml, routeYaml, serviceYaml, trafficPolicyYaml } from './testing/examples.ts'

function problemsOf(text: string, limits = {}): string[] {
  try {
    parseResources(text, 'f.yaml', limits)
  } catch (error) {
    expect(error).toBeInstanceOf(ResourceProblems)
    return (error as ResourceProblems).message.split('\n')
  }
  throw new Error('nothing was refused')
}

describe('parseResources()', () => {
  test('reads every kind from documents of one file, comments and empty documents between', () => {
    const text = ['# first', serviceYaml, routeYaml, '', policyYaml, trafficPolicyYaml, ''].join('\n---\n')

    expect(parseResources(text, 'f.yaml').map((resource) => resource.kind)).toEqual([
      'Service',
      'HTTPRoute',
      'AuthorizationPolicy',
      'TrafficPolicy',
    ])
  })

  test('fills in the namespace and leaves out status and uid', () => {
    const text = `${serviceYaml}\nstatus: {loadBalancer: {}}`.replace('name: cart', 'name: cart\n  uid: 1-2')

    expect(parseResources(text, 'f.yaml')[0]).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'cart', namespace: 'default' },
      spec: { selector: { app: 'cart' }, ports: [{ name: 'http', port: 80, targetPort: 8080, appProtocol: 'http' }] },
    })
  })

  test('reads JSON, and a List', () => {
    const service = parseResources(serviceYaml, 'f.yaml')[0]!
    const list = { apiVersion: 'v1', kind: 'List', metadata: {}, items: [service] }

    expect(parseResources(JSON.stringify(service), 'f.json')).toEqual([service])
    expect(parseResources(JSON.stringify(list), 'f.json')).toEqual([service])
  })

  test('reports every problem of a file together, each at its place', () => {
    const text = `apiVersion: v1
kind: Service
metadata:
  name: Cart
spec:
  ports:
    - port: 0
      appProtocol: htp
---
apiVersion: weft.dev/v1alpha1
kind: AuthorizationPolicy
metadata: { name: p }
spec:
  action: ALLOW
  rules:
    - from:
        - identity: [shop/web]
---
kind: Servic
`
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(/^f\.yaml:4:9: metadata\.name: found "Cart", expected a name of lower-case letters/),
      'f.yaml:7:13: spec.ports[0].port: found 0, expected a port from 1 to 65535',
      expect.stringMatching(
        /^f\.yaml:8:20: spec\.ports\[0\]\.appProtocol: found "htp" \(did you mean http\?\), expected one of/,
      ),
      'f.yaml:17:11: spec.rules[0].from[0].identity: unknown field (did you mean identities?), expected one of identities, namespaces, notIdentities, notNamespaces, unauthenticated',
      'f.yaml:19:7: kind: found "Servic" (did you mean Service?), expected one of Service, HTTPRoute, GRPCRoute, ReferenceGrant, TrafficPolicy, AuthorizationPolicy, TCPRoute, TLSRoute',
    ])
  })

  test.each([
    ['', /^f\.yaml:1:1: found no resource, expected at least one/],
    ['---\n---\n', /found no resource/],
    ['just text', /^f\.yaml:1:1: found "just text", expected an object with apiVersion/],
    ['[1, 2]', /found a list, expected an object/],
    [
      serviceYaml.replace('kind: Service', 'kind: Service\nkind: Service'),
      /^f\.yaml:3:1: kind: found twice, expected each field once/,
    ],
    [
      serviceYaml.replace('port: 80', 'port: 80\n      port: 81'),
      /^f\.yaml:11:7: port: found twice, expected each field once/,
    ],
    ['? [a]\n: b', /^f\.yaml:1:3: found a key that is not text/],
    ['a: b: c', /^f\.yaml:1:\d+: not YAML: Nested mappings/],
    ['a: !!js/function "x"', /not YAML: Unresolved tag/],
    ['{"a": ', /not YAML/],
    [serviceYaml.replace('v1', 'v2'), /apiVersion: found "v2", expected v1 for Service/],
    [serviceYaml.replace('metadata:\n  name: cart', 'metadata: {}'), /metadata\.name: missing, expected a name of/],
    [serviceYaml.replace('port: 80', 'port: "80"'), /port: found "80", expected a port from 1 to 65535/],
    [serviceYaml.replace('selector:\n    app: cart', 'selector:'), /selector: found nothing, expected an object/],
    [serviceYaml.replace('app: cart', 'app: 1'), /spec\.selector\.app: found 1, expected at most 63 letters/],
    [
      serviceYaml.replace('app: cart', '"a b": cart'),
      /spec\.selector\["a b"\]: found "a b", expected a name of letters/,
    ],
    [serviceYaml.replace('name: cart', `name: ${'c'.repeat(64)}`), /metadata\.name: found "c+", expected at most 63/],
    [
      serviceYaml.replace('name: cart', 'name: a.b'),
      /metadata\.name: found "a.b", expected at most 63 lower-case letters/,
    ],
    [`${serviceYaml}\n---\n${serviceYaml}`, /metadata\.name: found Service\/default\/cart twice, expected each once/],
    ['kind: List\napiVersion: v2\nitems: []', /expected a List with apiVersion v1/],
    ['kind: List\napiVersion: v1\nitems: []\nmore: 1', /^f\.yaml:4:1: more: expected a List/],
    ['kind: List\napiVersion: v1\nitems: [{kind: X}]', /^f\.yaml:3:16: items\[0\]\.kind: found "X", expected one of/],
    [`__proto__: {}\n${serviceYaml}`, /__proto__: unknown field/],
  ])('refuses %j', (text, expected) => {
    expect(problemsOf(text)[0]).toMatch(expected)
  })

  test('refuses what would grow by aliases', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`),
    ].join('\n')

    expect(problemsOf(bomb)[0]).toMatch(/cannot be read: Excessive alias count/)
  })

  test('refuses what is nested too deep, too long or too much', () => {
    const deep = 'f.yaml:1:67: found maps and lists nested deeper than 64, expected fewer within each other'
    for (const depth of [5_000, 200_000]) expect(problemsOf('['.repeat(depth))).toEqual([deep])
    const block = Array.from({ length: 1_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')
    expect(problemsOf(block)[0]).toMatch(/^f\.yaml:6\d:\d+: found maps and lists nested deeper/)
    expect(problemsOf(`a: ${'['.repeat(50)}${']'.repeat(50)}`)[0], 'as deep as may be').not.toMatch(/nested/)
    expect(problemsOf('x'.repeat(11), { charactersMax: 10 })[0]).toMatch(/found 11 characters, expected at most 10/)
    expect(problemsOf('--- 1\n--- 2\n--- 3', { resourcesMax: 2 })[0]).toMatch(/found 3 documents, expected at most 2/)
  })

  test('takes time in proportion to the number of fields', () => {
    const wide = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n')

    expect(problemsOf(wide)[0]).toMatch(/kind: found nothing/)
  })

  test('points into what an alias stands for', () => {
    const text = `${serviceYaml.replace('app: cart', 'app: &x cart').replace('appProtocol: http', 'appProtocol: *x')}`

    expect(problemsOf(text)[0]).toMatch(/spec\.ports\[0\]\.appProtocol: found "cart"/)
  })
})
