import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { ResourceProblems } from './problem.ts'
import { policyYaml, routeYaml, serviceYaml, trafficPolicyYaml } from './testing/examples.ts'
import { validateResource } from './validate.ts'

type Change = (spec: Record<string, never>) => void

function refusals(yaml: string, change: Change): string[] {
  const value = parse(yaml)
  change(value.spec)
  try {
    validateResource(value, 'request')
  } catch (error) {
    return (error as ResourceProblems).problems.map(({ field, message }) => `${field}: ${message}`)
  }
  return []
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the values are wrong on purpose
const cases = (yaml: string, table: [string, (spec: any) => void, RegExp | null][]) =>
  test.each(table)('%s', (_, change, expected) => {
    const found = refusals(yaml, change as Change)
    if (expected === null) expect(found).toEqual([])
    else expect(found).toEqual([expect.stringMatching(expected)])
  })

describe('validateResource() of a Service', () => {
  cases(serviceYaml, [
    ['as Kubernetes writes it', (s) => Object.assign(s.ports[0], { protocol: 'TCP' }) && (s.type = 'ClusterIP'), null],
    ['without ports', (s) => delete s.ports, /^spec\.ports: missing, expected a list/],
    [
      'with an empty list of ports',
      (s) => (s.ports = []),
      /^spec\.ports: found an empty list, expected at least 1 item/,
    ],
    [
      'with a UDP port',
      (s) => (s.ports[0].protocol = 'UDP'),
      /^spec\.ports\[0\]\.protocol: found "UDP".*, expected TCP/,
    ],
    ['with a named targetPort', (s) => (s.ports[0].targetPort = 'http'), /targetPort: found "http", expected a port/],
    [
      'with one port twice',
      (s) => s.ports.push({ ...s.ports[0], name: 'b' }),
      /ports\[1\]\.port: found 80 twice, expected each once/,
    ],
    ['with one name twice', (s) => s.ports.push({ ...s.ports[0], port: 81 }), /ports\[1\]\.name: found "http" twice/],
    [
      'with several ports of which one has no name',
      (s) => s.ports.push({ port: 81 }),
      /ports\[1\]\.name: missing, expected a name/,
    ],
  ])
})

describe('validateResource() of an HTTPRoute', () => {
  const rule = (s: { rules: Record<string, unknown>[] }) => s.rules[0]!
  cases(routeYaml, [
    [
      'for a Gateway',
      (s) => delete s.parentRefs[0].group,
      /parentRefs\[0\].group: found no group, which means gateway/,
    ],
    ['for callers of its own namespace', (s) => (s.parentRefs[0].namespace = 'shop'), null],
    ['with port and sectionName', (s) => Object.assign(s.parentRefs[0], { port: 80, sectionName: 'http' }), null],
    [
      'with a redirect of requests that have a backend',
      (s) => (rule(s)['filters'] = [{ type: 'RequestRedirect', requestRedirect: {} }]),
      /rules\[0\]\.backendRefs: found beside RequestRedirect, expected none/,
    ],
    [
      'with a redirect and a rewrite',
      (s) => {
        const filters = [
          { type: 'RequestRedirect', requestRedirect: {} },
          { type: 'URLRewrite', urlRewrite: {} },
        ]
        Object.assign(rule(s), { filters, backendRefs: [] })
      },
      /filters\[0\]\.type: found RequestRedirect beside URLRewrite/,
    ],
    [
      'that replaces a prefix which its matches do not name',
      (s) => {
        const path = { type: 'ReplacePrefixMatch', replacePrefixMatch: '/b' }
        const matches = [{ path: { type: 'Exact', value: '/a' } }]
        Object.assign(rule(s), { matches, filters: [{ type: 'URLRewrite', urlRewrite: { path } }] })
      },
      /urlRewrite\.path\.type: found ReplacePrefixMatch in a rule whose matches name no path prefix/,
    ],
    [
      'with a path that is none',
      (s) => {
        const path = { type: 'ReplaceFullPath', replaceFullPath: 'b' }
        Object.assign(rule(s), { filters: [{ type: 'URLRewrite', urlRewrite: { path } }] })
      },
      /replaceFullPath: found "b", expected a path that begins with \//,
    ],
    [
      'with a filter of a later day',
      (s) => (rule(s)['filters'] = [{ type: 'CORS' }]),
      /filters\[0\]\.type: found "CORS", expected one of RequestHeaderModifier, .*RequestMirror/,
    ],
    [
      'with a filter without its field',
      (s) => (rule(s)['filters'] = [{ type: 'RequestHeaderModifier' }]),
      /filters\[0\]\.requestHeaderModifier: missing/,
    ],
    [
      'with the field of another filter',
      (s) =>
        (rule(s)['filters'] = [
          { type: 'RequestHeaderModifier', requestHeaderModifier: {}, responseHeaderModifier: {} },
        ]),
      /responseHeaderModifier: found with type/,
    ],
    [
      'with one filter twice',
      (s) => (rule(s)['filters'] = [1, 2].map(() => ({ type: 'RequestHeaderModifier', requestHeaderModifier: {} }))),
      /filters\[1\]\.type: found "RequestHeaderModifier" twice/,
    ],
    [
      'with a bad duration',
      (s) => (rule(s)['timeouts'] = { request: '10 s' }),
      /timeouts\.request: found "10 s", expected a duration such as/,
    ],
    ['with a compound duration', (s) => (rule(s)['timeouts'] = { request: '1m30s' }), null],
    [
      'with attempts longer than the request',
      (s) => (rule(s)['timeouts'] = { request: '1s', backendRequest: '2s' }),
      /backendRequest: found 2s, expected at most the timeout of the request, 1s/,
    ],
    [
      'with attempts and no limit on the request',
      (s) => (rule(s)['timeouts'] = { request: '0s', backendRequest: '2s' }),
      null,
    ],
    [
      'with a relative path',
      (s) => (rule(s)['matches'] = [{ path: { value: 'a' } }]),
      /path\.value: found "a", expected a path that begins with/,
    ],
    [
      'with a path of two meanings',
      (s) => (rule(s)['matches'] = [{ path: { value: '/a/../b' } }]),
      /path\.value: found "\/a\/\.\.\/b", expected a path without/,
    ],
    [
      'with a regular expression that is none',
      (s) => (rule(s)['matches'] = [{ path: { type: 'RegularExpression', value: '(' } }]),
      /path\.value: /,
    ],
    [
      'with a back-reference in a header',
      (s) => (rule(s)['matches'] = [{ headers: [{ name: 'x', type: 'RegularExpression', value: '(a)\\1' }] }]),
      /headers\[0\]\.value: /,
    ],
    [
      'with one header twice',
      (s) => (rule(s)['matches'] = [{ headers: ['X', 'x'].map((name) => ({ name, value: '1' })) }]),
      /headers\[1\]\.name: found "x" twice/,
    ],
    [
      'with a method in lower case',
      (s) => (rule(s)['matches'] = [{ method: 'get' }]),
      /method: found "get".*, expected one of GET/,
    ],
    [
      'with a header value of two lines',
      (s) =>
        (rule(s)['filters'] = [
          { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'a', value: 'b\r\nc: d' }] } },
        ]),
      /value: found .*, expected text without control characters/,
    ],
    [
      'with a negative weight',
      (s) => (rule(s)['backendRefs'] = [{ name: 'a', port: 1, weight: -1 }]),
      /weight: found -1, expected a whole number from 0/,
    ],
    [
      'with a backend without port',
      (s) => (rule(s)['backendRefs'] = [{ name: 'a' }]),
      /backendRefs\[0\]\.port: missing, expected a port/,
    ],
    [
      'with retries of a reply that is no error',
      (s) => (rule(s)['retry'] = { codes: [200] }),
      /codes\[0\]: found 200, expected a whole number from 400 to 599/,
    ],
    ['with 17 rules', (s) => (s.rules = Array(17).fill(rule(s))), /rules: found 17 items, expected at most 16/],
  ])
})

describe('validateResource() of an AuthorizationPolicy', () => {
  cases(policyYaml, [
    ['without action', (s) => delete s.action, /^spec\.action: missing, expected one of ALLOW, DENY/],
    [
      'with a word that is no action',
      (s) => (s.action = 'ALOW'),
      /action: found "ALOW" \(did you mean ALLOW\?\), expected one of ALLOW, DENY/,
    ],
    ['that admits nobody', (s) => delete s.rules, null],
    [
      'that denies nothing',
      (s) => (s.action = 'DENY') && delete s.rules,
      /^spec\.rules: found none, expected at least one with action DENY/,
    ],
    ['for all workloads', (s) => delete s.targetRefs, null],
    [
      'with both ways to choose',
      (s) => (s.selector = { matchLabels: { a: 'b' } }),
      /^spec\.selector: found beside targetRefs/,
    ],
    [
      'with a selector of nothing',
      (s) => delete s.targetRefs && (s.selector = { matchLabels: {} }),
      /matchLabels: found no field, expected at least one/,
    ],
    ['with an empty from', (s) => (s.rules[0].from = []), /from: found an empty list, expected at least 1 item/],
    [
      'with a caller that could be anyone',
      (s) => (s.rules[0].from = [{}]),
      /from\[0\]: found no field, expected at least one of identities/,
    ],
    ['with no identity of a list', (s) => (s.rules[0].from = [{ identities: [] }]), /identities: found an empty list/],
    [
      'with a star in the middle',
      (s) => (s.rules[0].from = [{ identities: ['*/web'] }]),
      /identities\[0\]: found "\*\/web", expected an identity such as/,
    ],
    [
      'with all forms of identity',
      (s) =>
        (s.rules[0].from = [
          {
            identities: [
              '*',
              'shop/*',
              'shop/web',
              'shop/web-*',
              'spiffe://a.b/ns/x/sa/y',
              'spiffe://a.b/*',
              'spiffe://a*',
            ],
          },
        ]),
      null,
    ],
    ['with a namespace by prefix', (s) => (s.rules[0].from = [{ namespaces: ['shop-*', 'a', '*'] }]), null],
    [
      'with a namespace in capitals',
      (s) => (s.rules[0].from = [{ namespaces: ['Shop'] }]),
      /namespaces\[0\]: found "Shop", expected the name of a namespace/,
    ],
    [
      'with a relative path',
      (s) => (s.rules[0].to = [{ paths: ['a'] }]),
      /paths\[0\]: found "a", expected a path that begins with/,
    ],
    [
      'with a star in a path',
      (s) => (s.rules[0].to = [{ paths: ['/a*/b'] }]),
      /paths\[0\]: found "\/a\*\/b", expected a path/,
    ],
    [
      'with a path of two meanings',
      (s) => (s.rules[0].to = [{ paths: ['/a/./b'] }]),
      /paths\[0\]: found "\/a\/\.\/b", expected a path without empty or dot segments/,
    ],
    ['with an encoded path', (s) => (s.rules[0].to = [{ paths: ['/a%2fb'] }]), /paths\[0\]: found "\/a%2fb"/],
    [
      'with a method in lower case',
      (s) => (s.rules[0].to = [{ methods: ['get'] }]),
      /methods\[0\]: found "get", expected a method in upper case/,
    ],
    [
      'with text for true',
      (s) => (s.rules[0].from = [{ unauthenticated: 'yes' }]),
      /unauthenticated: found "yes", expected true or false/,
    ],
    [
      'for a Deployment',
      (s) => (s.targetRefs[0].kind = 'Deployment'),
      /targetRefs\[0\]\.kind: found "Deployment", expected Service/,
    ],
  ])
})

describe('validateResource() of a TrafficPolicy', () => {
  cases(trafficPolicyYaml, [
    ['without targets', (s) => delete s.targetRefs, /^spec\.targetRefs: missing/],
    [
      'with an unknown strategy',
      (s) => (s.loadBalancer = { type: 'peakewma' }),
      /type: found "peakewma" \(did you mean PeakEwma\?\), expected one of PeakEwma/,
    ],
    [
      'with 101 percent panic',
      (s) => (s.outlierDetection = { panicPercent: 101 }),
      /panicPercent: found 101, expected a whole number from 0 to 100/,
    ],
    [
      'with waits the wrong way round',
      (s) => (s.retries = { backoff: '2s', backoffMax: '1s' }),
      /backoffMax: found "1s", expected at least backoff, 2000ms/,
    ],
    [
      'with a first wait beyond the default longest',
      (s) => (s.retries = { backoff: '2s' }),
      /backoff: found "2s", expected at most backoffMax, 250ms/,
    ],
    [
      'with a number for a duration',
      (s) => (s.timeouts = { connect: 5 }),
      /connect: found 5, expected a duration such as/,
    ],
  ])
})

test('validateResource() keeps nothing that its caller could change later', () => {
  const value = parse(serviceYaml)
  const resource = validateResource(value)
  value.spec.ports[0].port = 99

  expect(resource).toMatchObject({ spec: { ports: [{ port: 80 }] } })
})

test.each([
  ['Gateway', { spec: { gatewayClassName: 'weft', listeners: [{ name: 'a', protocol: 'HTTP', port: 80 }] } }],
  ['ExternalService', {}],
  ['Secret', {}],
  ['ConfigMap', {}],
])('validateResource() refuses a %s in words: it is for weft proxy', (kind, more) => {
  const value = { apiVersion: 'gateway.networking.k8s.io/v1', kind, metadata: { name: 'edge' }, ...more }

  expect(() => validateResource(value)).toThrow(`kind: found ${kind}, which is for \`weft proxy -f\`, not for a mesh`)
})

test('validateResource() refuses what refers to kinds of weft proxy', () => {
  const route = parse(routeYaml)
  route.spec.parentRefs = [{ name: 'edge' }]
  expect(() => validateResource(route)).toThrow('spec.parentRefs[0].kind: found Gateway, expected Service in a mesh')

  const policy = parse(trafficPolicyYaml)
  policy.spec.targetRefs = [{ group: 'weft.dev', kind: 'ExternalService', name: 'origin' }]
  expect(() => validateResource(policy)).toThrow(
    'targetRefs[0].kind: found ExternalService, expected Service in a mesh',
  )
})
