import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { decodeModel, encodeModel, resourceName, type ModelOfKind, type ResourceKind } from '@weft/discovery'
import { serviceDefaults, type ServicePort } from '@weft/topology'
import { compileAuthorizationPolicy } from './compile/authorization-policy.ts'
import { RouteTable } from './compile/route-table.ts'
import { compileService } from './compile/service.ts'
import { compileTrafficPolicy } from './compile/traffic-policy.ts'
import { formatResources } from './format.ts'
import { parseResources } from './parse.ts'
import { ResourceProblems } from './problem.ts'
import { referenced, type Resource } from './resource.ts'
import type { ParentRef } from './schemas/references.ts'
import { statusOf } from './status/status-of.ts'
import {
  grantYaml,
  grpcRouteYaml,
  policyYaml,
  routeYaml,
  serviceYaml,
  tcpRouteYaml,
  trafficPolicyYaml,
} from './testing/examples.ts'
import { validateResource } from './validate.ts'

/** Values that people and their tools write into fields, right and wrong. */
const scalars = fc.oneof(
  fc.constantFrom(
    '',
    '/',
    '/a',
    '/a/*',
    '/v1*',
    '//',
    '/..;x',
    '/;a',
    '*',
    'shop/*',
    'shop/web',
    'GET',
    'http',
    '10s',
    '5h5h',
    '0s',
  ),
  fc.constantFrom(
    'Exact',
    'RegularExpression',
    'PathPrefix',
    '(',
    '[a-z]+',
    'a{999}',
    '(?i)x',
    'DENY',
    'cart',
    'a.b',
    '\u007f',
    'ü',
  ),
  fc.constantFrom<unknown>(0, 1, -1, 80, 404, 65535, 65536, 1.5, 1e9, true, false, null),
  fc.string({ maxLength: 12 }),
  fc.string({ minLength: 1, maxLength: 1100, unit: fc.constantFrom('.', '/', 'a', '+') }).map((text) => `/${text}*`),
)
const fields = fc.constantFrom(
  ...[
    'name',
    'namespace',
    'type',
    'value',
    'path',
    'paths',
    'headers',
    'methods',
    'ports',
    'identities',
    'from',
    'to',
    'weight',
  ],
  ...[
    'port',
    'codes',
    'attempts',
    'backoff',
    'request',
    'rules',
    'selector',
    'matchLabels',
    'targetRefs',
    'action',
    'retries',
  ],
)
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalars,
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fields, tie('value'), { maxKeys: 3 }),
  ),
}))

const examples = [
  serviceYaml,
  routeYaml,
  grpcRouteYaml,
  tcpRouteYaml,
  grantYaml,
  policyYaml,
  trafficPolicyYaml,
  richRoute(),
  richPolicy(),
]
/** A valid resource with some of its values replaced by others. */
const resources = fc
  .tuple(fc.constantFrom(...examples), fc.array(fc.tuple(fc.nat(), value), { maxLength: 3 }))
  .map(([yaml, changes]) => {
    const resource = parse(yaml)
    for (const [at, replacement] of changes) replaceAt(resource.spec, at, replacement)
    return resource as unknown
  })

function accepted(resource: unknown): Resource | null {
  try {
    return validateResource(resource)
  } catch (error) {
    expect(error).toBeInstanceOf(ResourceProblems)
    return null
  }
}

describe('whatever is written into a resource', () => {
  test('is refused with its problems, or compiles to what agents accept', () => {
    let acceptedCount = 0
    fc.assert(
      fc.property(resources, (written) => {
        const resource = accepted(written)
        if (resource === null) return
        acceptedCount++
        for (const [kind, model] of compile(resource)) {
          expect(decodeModel(kind, resourceName(kind, model), encodeModel(kind, model))).toEqual(model)
        }
      }),
      { numRuns: 600 },
    )
    expect(acceptedCount, 'the test would show little if nearly all were refused').toBeGreaterThan(50)
  })

  test('is read back from its file as it was written', () => {
    fc.assert(
      fc.property(resources, fc.constantFrom('yaml' as const, 'json' as const), (written, format) => {
        const resource = accepted(written)
        if (resource !== null) expect(parseResources(formatResources([resource], format), 'f')).toEqual([resource])
      }),
      { numRuns: 300 },
    )
  })
})

test('parseResources() answers any text with resources or with problems that have a place', () => {
  const pieces = fc.constantFrom(
    'apiVersion: v1\n',
    'kind: Service\n',
    'spec:\n',
    '  ',
    '- ',
    ': ',
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a',
    '\t',
    '"',
    "'",
    '|\n',
    '? ',
    '---\n',
    '!!x ',
    '#',
    '%YAML 9\n',
    '\u0000',
    '<<: ',
    'a',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 25 }), (text) => {
      try {
        parseResources(text.join(''), 'f')
      } catch (error) {
        expect(error).toBeInstanceOf(ResourceProblems)
        for (const problem of (error as ResourceProblems).problems) expect(problem.line).toBeGreaterThan(0)
      }
    }),
    { numRuns: 600 },
  )
})

function compile(resource: Resource): [ResourceKind, ModelOfKind[ResourceKind]][] {
  const { namespace } = resource.metadata
  const service = (name: string) => ({
    ...serviceDefaults,
    namespace,
    name,
    address4: '',
    address6: '',
    ports: [],
    selector: {},
  })
  switch (resource.kind) {
    case 'Service':
      return [['Service', compileService(resource, { address4: '198.19.0.1', address6: 'fd77::1' })]]
    case 'HTTPRoute':
    case 'GRPCRoute':
    case 'TCPRoute':
    case 'TLSRoute': {
      const services = new Map(
        // Names of services are labels; what is called otherwise is never there.
        resource.spec.parentRefs
          .filter(({ name }) => /^[a-z0-9-]{1,63}$/.test(name))
          .map((ref) => [
            referenced(ref, namespace),
            { ...service(ref.name), namespace: ref.namespace ?? namespace, ports: [portOf(ref)] },
          ]),
      )
      const table = new RouteTable({ routes: [resource], grants: [], services })
      expect(statusOf(resource, table, services).parents).toHaveLength(resource.spec.parentRefs.length)
      return [...services.values()]
        .flatMap((one) => table.routesOf(one))
        .map((route): [ResourceKind, ModelOfKind[ResourceKind]] => ['Route', route])
    }
    case 'ReferenceGrant':
      return []
    case 'TrafficPolicy':
      return resource.spec.targetRefs.map((ref) => [
        'TrafficPolicy',
        compileTrafficPolicy(service(ref.name), [resource])!,
      ])
    case 'AuthorizationPolicy':
      return [['AuthorizationPolicy', compileAuthorizationPolicy(resource, 'cluster.local')]]
  }
}

/** The port that a reference names. */
function portOf({ port = 80, sectionName = '' }: ParentRef): ServicePort {
  return { port, targetPort: port, name: sectionName, protocol: 'detect' }
}

/** Replaces the field or item that comes `at`-th (counted round) in a walk over all of them. */
function replaceAt(root: object, at: number, replacement: unknown): void {
  const places: [Record<string, unknown>, string][] = []
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const [key, child] of Object.entries(node)) {
      places.push([node as Record<string, unknown>, key])
      walk(child)
    }
  }
  walk(root)
  const place = places[at % Math.max(places.length, 1)]
  if (place !== undefined) place[0][place[1]] = replacement
}

function richRoute(): string {
  return routeYaml.replace(
    '    - backendRefs:',
    `    - matches:
        - path: { type: Exact, value: /a }
          method: GET
          headers: [{ name: x, type: RegularExpression, value: a+ }]
          queryParams: [{ name: q, value: '1' }]
      filters:
        - type: RequestHeaderModifier
          requestHeaderModifier: { set: [{ name: a, value: b }], remove: [c] }
      timeouts: { request: 10s, backendRequest: 1s }
      retry: { codes: [503], attempts: 2, backoff: 10ms }
      backendRefs:`,
  )
}

function richPolicy(): string {
  return policyYaml.replace(
    '          paths: [/items/*]',
    `          paths: [/items/*, /v1*]
          ports: [8080]
          headers: [{ name: x, value: a }]
    - from:
        - namespaces: [shop]
          notIdentities: [shop/web]
          unauthenticated: true`,
  )
}
