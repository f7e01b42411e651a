import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { isApiFailure, type KubernetesClient, type KubernetesObject, resourcePath } from '@weft/kubernetes'
import { RealApiServer } from '@weft/kubernetes/testing'
import { kindTable, type Resource, type StoredKind, validateResource } from '@weft/resources'
import { policyYaml, trafficPolicyYaml } from '@weft/resources/testing'
import { kubernetesProgram, needs } from '@weft/tools/testing'
import { installCrds } from './testing/install-crds.ts'

type Spec = Record<string, unknown>

const targets = [{ kind: 'Service', name: 'cart' }]
const traffic = (spec: Spec): Spec => ({ targetRefs: targets, ...spec })
const paths = (...paths: string[]): Spec => ({ action: 'ALLOW', rules: [{ to: [{ paths }] }] })

/** What is right and wrong, by kind; the reader and the API server must say the same. */
const samples: [kind: StoredKind, title: string, spec: Spec][] = [
  ['TrafficPolicy', 'a target alone', traffic({})],
  ['TrafficPolicy', 'no target', { targetRefs: [] }],
  ['TrafficPolicy', 'a target twice', { targetRefs: [...targets, ...targets] }],
  [
    'TrafficPolicy',
    'a target of another kind',
    { targetRefs: [{ kind: 'ExternalService', group: 'weft.dev', name: 'a' }] },
  ],
  ['TrafficPolicy', 'a target of another group', { targetRefs: [{ kind: 'Service', group: 'weft.dev', name: 'a' }] }],
  ['TrafficPolicy', 'an unknown field', traffic({ loadBalancing: {} })],
  ['TrafficPolicy', 'a duration', traffic({ timeouts: { connect: '1m30s' } })],
  ['TrafficPolicy', 'a duration without unit', traffic({ timeouts: { connect: '10' } })],
  ['TrafficPolicy', 'too many attempts', traffic({ retries: { attempts: 100 } })],
  ['TrafficPolicy', 'half an attempt', traffic({ retries: { attempts: 0.5 } })],
  ['TrafficPolicy', 'backoffs in order', traffic({ retries: { backoff: '100ms', backoffMax: '1s' } })],
  ['TrafficPolicy', 'backoffs out of order', traffic({ retries: { backoff: '2s', backoffMax: '1s' } })],
  ['TrafficPolicy', 'a backoff above the default maximum', traffic({ retries: { backoff: '251ms' } })],
  ['TrafficPolicy', 'a maximum below the default backoff', traffic({ retries: { backoffMax: '24ms' } })],
  ['TrafficPolicy', 'ejections out of order', traffic({ outlierDetection: { ejectBase: '61s' } })],
  ['TrafficPolicy', 'ejections in order', traffic({ outlierDetection: { ejectBase: '61s', ejectMax: '1h' } })],
  ['TrafficPolicy', 'choices of the default', traffic({ loadBalancer: { choices: 3 } })],
  ['TrafficPolicy', 'choices without meaning', traffic({ loadBalancer: { type: 'RoundRobin', choices: 3 } })],
  ['TrafficPolicy', 'decay without meaning', traffic({ loadBalancer: { type: 'Random', ewmaDecay: '1s' } })],
  ['TrafficPolicy', 'keys without hashing', traffic({ loadBalancer: { hashKeys: [{ type: 'SourceAddress' }] } })],
  [
    'TrafficPolicy',
    'keys with hashing',
    traffic({ loadBalancer: { type: 'Maglev', hashKeys: [{ type: 'SourceAddress' }] } }),
  ],
  [
    'TrafficPolicy',
    'a key without name',
    traffic({ loadBalancer: { type: 'Maglev', hashKeys: [{ type: 'Header' }] } }),
  ],
  [
    'TrafficPolicy',
    'an address with name',
    traffic({ loadBalancer: { type: 'Maglev', hashKeys: [{ type: 'SourceAddress', name: 'a' }] } }),
  ],
  [
    'TrafficPolicy',
    'a header with ttl',
    traffic({ loadBalancer: { type: 'Maglev', hashKeys: [{ type: 'Header', name: 'a', ttl: '1s' }] } }),
  ],
  [
    'TrafficPolicy',
    'a cookie with ttl',
    traffic({ loadBalancer: { type: 'Maglev', hashKeys: [{ type: 'Cookie', name: 'a', ttl: '1s' }] } }),
  ],
  [
    'TrafficPolicy',
    'slow start of hashing',
    traffic({ loadBalancer: { type: 'RingHash', slowStart: { window: '1s' } } }),
  ],
  ['TrafficPolicy', 'more warm than there may be', traffic({ connectionLimits: { connections: 4, warm: 5 } })],
  ['TrafficPolicy', 'more warm than the default', traffic({ connectionLimits: { warm: 1025 } })],
  ['TrafficPolicy', 'warm ones', traffic({ connectionLimits: { connections: 5, warm: 5 } })],
  ['AuthorizationPolicy', 'an action alone', { action: 'ALLOW' }],
  ['AuthorizationPolicy', 'no action', {}],
  ['AuthorizationPolicy', 'another action', { action: 'AUDIT' }],
  ['AuthorizationPolicy', 'DENY without rules', { action: 'DENY' }],
  ['AuthorizationPolicy', 'DENY with an empty list', { action: 'DENY', rules: [] }],
  ['AuthorizationPolicy', 'DENY of all', { action: 'DENY', rules: [{}] }],
  [
    'AuthorizationPolicy',
    'targets and selector',
    { action: 'ALLOW', targetRefs: targets, selector: { matchLabels: { a: 'b' } } },
  ],
  ['AuthorizationPolicy', 'a target twice', { action: 'ALLOW', targetRefs: [...targets, ...targets] }],
  [
    'AuthorizationPolicy',
    'a label with prefix',
    { action: 'ALLOW', selector: { matchLabels: { 'example.com/a_b.c': '' } } },
  ],
  ['AuthorizationPolicy', 'a label with two', { action: 'ALLOW', selector: { matchLabels: { 'a/b/c': 'd' } } }],
  [
    'AuthorizationPolicy',
    'a label too long',
    { action: 'ALLOW', selector: { matchLabels: { ['a'.repeat(64)]: 'd' } } },
  ],
  [
    'AuthorizationPolicy',
    'a label long enough',
    { action: 'ALLOW', selector: { matchLabels: { ['a'.repeat(63)]: 'd' } } },
  ],
  ['AuthorizationPolicy', 'no labels', { action: 'ALLOW', selector: { matchLabels: {} } }],
  ['AuthorizationPolicy', 'an empty source', { action: 'ALLOW', rules: [{ from: [{}] }] }],
  [
    'AuthorizationPolicy',
    'an identity',
    { action: 'ALLOW', rules: [{ from: [{ identities: ['spiffe://a.b/ns/c/sa/d'] }] }] },
  ],
  ['AuthorizationPolicy', 'a star within', { action: 'ALLOW', rules: [{ from: [{ identities: ['a*/b'] }] }] }],
  [
    'AuthorizationPolicy',
    'paths',
    paths('/', '/*', '/a', '/a/', '/a/*', '/v1*', '/.well-known/x', '/a;b/c', '/..a', '/..*'),
  ],
  ...['a', '//', '/a//b', '/..', '/./a', '/a/..;x/b', '/;a', '/a?b', '/a%2f', '/*a', '/a b', '/...', '/a/;'].map(
    (path): [StoredKind, string, Spec] => ['AuthorizationPolicy', `path ${path}`, paths(path)],
  ),
  ['AuthorizationPolicy', 'a port too large', { action: 'ALLOW', rules: [{ to: [{ ports: [65536] }] }] }],
  ['AuthorizationPolicy', 'a method in lower case', { action: 'ALLOW', rules: [{ to: [{ methods: ['get'] }] }] }],
  ['AuthorizationPolicy', 'a header', { action: 'ALLOW', rules: [{ to: [{ headers: [{ name: 'a', value: 'b' }] }] }] }],
  [
    'AuthorizationPolicy',
    'a header without name',
    { action: 'ALLOW', rules: [{ to: [{ headers: [{ value: 'b' }] }] }] },
  ],
]

const objectOf = (kind: StoredKind, spec: unknown): KubernetesObject =>
  ({ apiVersion: kindTable[kind].apiVersions[0], kind, metadata: { name: 'sample' }, spec }) as KubernetesObject

/** What the reader finds wrong; '' for nothing. */
function readerSays(object: KubernetesObject): string {
  try {
    validateResource(object)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

needs('kube-apiserver')('CustomResourceDefinitions in a real API server', () => {
  let api: RealApiServer
  let client: KubernetesClient
  beforeAll(async () => {
    api = await RealApiServer.start()
    client = await api.client()
    await installCrds(client)
  })
  afterAll(() => api[Symbol.asyncDispose]())

  /** What the API server finds wrong; '' for nothing. */
  async function serverSays(object: KubernetesObject): Promise<string> {
    const { apiVersions, plural } = kindTable[object.kind as StoredKind]
    const path = resourcePath(apiVersions[0]!, plural, 'default')
    const query = { dryRun: 'All', fieldValidation: 'Strict' }
    try {
      await client.send({ method: 'POST', path, query, body: object })
      return ''
    } catch (error) {
      if (isApiFailure(error, 'invalid_argument')) return error.message
      throw error
    }
  }

  test.each(samples)('%s with %s is right or wrong for both', async (kind, _title, spec) => {
    const object = objectOf(kind, spec)
    const [reader, server] = [readerSays(object), await serverSays(object)]
    expect(server !== '', `reader: ${reader || 'fine'}; server: ${server || 'fine'}`).toBe(reader !== '')
  })

  test('samples changed at random are right or wrong for both', { timeout: 60_000 }, async () => {
    const examples = [trafficPolicyYaml, policyYaml].map((yaml) => parse(yaml) as Resource)
    const words = fc.constantFrom<unknown>(
      '',
      '/',
      '/a/*',
      '*',
      'shop/*',
      'GET',
      '10s',
      'DENY',
      'cart',
      'a.b',
      'ü',
      0,
      1,
      -1,
      80,
      65536,
      1.5,
      true,
      [],
      {},
    )
    const changes = fc.array(fc.tuple(fc.nat(), words), { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...examples), changes, async (example, changed) => {
        const spec = structuredClone(example.spec) as unknown as Spec
        for (const [at, value] of changed) replaceAt(spec, at, value)
        const object = objectOf(example.kind, spec)
        const [reader, server] = [readerSays(object), await serverSays(object)]
        expect(server !== '', `reader: ${reader || 'fine'}; server: ${server || 'fine'}`).toBe(reader !== '')
      }),
      { numRuns: 200 },
    )
  })

  test('say what is wrong with field and expectation', async () => {
    const said = await serverSays(objectOf('TrafficPolicy', traffic({ connectionLimits: { connections: 4, warm: 5 } })))
    expect(said).toContain('spec.connectionLimits.warm: Invalid value: expected at most connections (1024 when absent)')
  })

  test('are explained by kubectl, found by short names, and shown in columns', async () => {
    const kubectl = (...args: string[]): string =>
      execFileSync(kubernetesProgram('kubectl')!, [`--kubeconfig=${api.kubeconfig}`, ...args], { encoding: 'utf8' })
    const explained = kubectl('explain', 'trafficpolicy.spec.retries.attempts')
    expect(explained).toMatch(/FIELD: attempts <integer>/)
    expect(explained).toContain('How often it is tried again at most; 2 when absent, 0 for never.')
    expect(kubectl('explain', 'authorizationpolicy')).toContain('Who may call what.')

    const path = resourcePath('weft.dev/v1alpha1', 'authorizationpolicies', 'default')
    await client.create(path, objectOf('AuthorizationPolicy', { action: 'DENY', targetRefs: targets, rules: [{}] }))
    const shown = kubectl('get', 'wap')
    expect(shown).toMatch(/^NAME +ACTION +TARGET +ACCEPTED +AGE\nsample +DENY +cart/)
    expect(kubectl('get', 'weft', '--no-headers')).toContain('sample')
    await client.remove(`${path}/sample`)
  })

  test('keep status apart from the rest', async () => {
    const path = resourcePath('weft.dev/v1alpha1', 'trafficpolicies', 'default')
    const condition = {
      type: 'Accepted',
      status: 'True',
      reason: 'Accepted',
      message: '',
      lastTransitionTime: '2026-11-22T10:00:00Z',
    }
    await client.create(path, objectOf('TrafficPolicy', traffic({})))
    const after = await client.patchStatus(`${path}/sample`, { status: { conditions: [condition] }, spec: null })
    expect(after).toMatchObject({ spec: traffic({}), status: { conditions: [condition] }, metadata: { generation: 1 } })
    await client.remove(`${path}/sample`)
  })
})

/** Replaces one of the values of an object, whichever `at` means. */
function replaceAt(spec: Spec, at: number, value: unknown): void {
  const places: (() => void)[] = []
  const visit = (part: unknown): void => {
    if (part === null || typeof part !== 'object') return
    for (const key of Object.keys(part)) {
      places.push(() => void ((part as Spec)[key] = value))
      visit((part as Spec)[key])
    }
  }
  visit(spec)
  places[at % places.length]?.()
}
