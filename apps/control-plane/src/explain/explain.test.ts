import { beforeEach, describe, expect, test } from 'vitest'
import { weft } from '@weft/proto'
import { validateResource } from '@weft/resources'
import { silentLogger } from '@weft/telemetry'
import { FakeClock, seededRandom } from '@weft/time/testing'
import { type Service, serviceDefaults, type Workload, workloadDefaults } from '@weft/topology'
import { Mesh } from '../mesh.ts'
import { AddressRange } from '../registry/address-range.ts'
import type { Inventory } from '../registry/inventory.ts'
import { parseNodeSpec } from '../registry/node-spec.ts'
import { WorkloadRegistry, type Registration } from '../registry/workload-registry.ts'
import { SqliteStore } from '../store/sqlite-store.ts'
import { Explainer } from './explain.ts'

const registration: Registration = {
  uid: '',
  namespace: 'default',
  service: 'cart',
  serviceAccount: 'cart',
  node: 'node1',
  ports: [8080],
  protocol: 'http',
  labels: {},
  networkMode: 'shared',
  allowPlaintext: false,
  publishPort: 0,
}

let mesh: Mesh
let explainer: Explainer
const explain = (source: string, destination: string, method = '', path = '') =>
  explainer.explain(new weft.management.v1.ExplainRequest({ source, destination, method, path }))
const enrolled = { enrolled: true, reason: '', environment: {} }

beforeEach(async () => {
  const clock = new FakeClock()
  const registry = new WorkloadRegistry([parseNodeSpec('node1=127.0.0.1,shared=198.18.2.0/24')!], seededRandom(1))
  const ranges = {
    serviceRange4: AddressRange.parse('198.19.0.0/16')!,
    serviceRange6: AddressRange.parse('fd77:6566:7400::/64')!,
  }
  const store = new SqliteStore(':memory:', clock)
  mesh = new Mesh({ trustDomain: 'td', ...ranges }, store, registry, { hello: () => {} }, clock, silentLogger)
  explainer = new Explainer(mesh, 'td')
  await mesh.start()
  registry.enrol(registry.register(registration).uid, 'node1', enrolled)
  registry.enrol(
    registry.register({ ...registration, service: 'web', serviceAccount: 'shop', ports: [] }).uid,
    'node1',
    enrolled,
  )
  await mesh.changed()
})

test('explain() follows a call of a workload without ports, under its own service account', async () => {
  const { allowed, steps } = await explain('web', 'cart', 'GET', '/')
  expect(allowed).toBe(true)
  expect(steps!.map((step) => step.layer)).toEqual(['capture', 'resolve', 'route', 'balance', 'authz'])
  expect(steps![0]!.message).toContain('calls as spiffe://td/ns/default/sa/shop')
})

test('explain() names the rule that denies', async () => {
  const policy = validateResource({
    apiVersion: 'weft.dev/v1alpha1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'no-delete', namespace: 'default' },
    spec: { action: 'DENY', rules: [{ to: [{ methods: ['DELETE'] }] }] },
  })
  await mesh.store.apply([policy], 'test')
  await mesh.changed()

  expect((await explain('web', 'cart', 'GET', '/')).allowed).toBe(true)
  const { allowed, steps } = await explain('web', 'cart', 'DELETE', '/')
  expect(allowed).toBe(false)
  expect(steps!.at(-1)!.rule).toBe('AuthorizationPolicy/default/no-delete#0')
})

test('explain() warns of a policy whose service is not there', async () => {
  const policy = validateResource({
    apiVersion: 'weft.dev/v1alpha1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'mistyped', namespace: 'default' },
    spec: { action: 'DENY', targetRefs: [{ kind: 'Service', name: 'crat' }], rules: [{}] },
  })
  await mesh.store.apply([policy], 'test')
  await mesh.changed()

  const { allowed, steps } = await explain('web', 'cart', 'GET', '/')
  expect(allowed).toBe(true)
  expect(steps!.find(({ layer }) => layer === 'resources')).toMatchObject({
    ok: true,
    rule: 'AuthorizationPolicy/default/mistyped',
    message: expect.stringContaining('there is no service default/crat (did you mean default/cart'),
  })
})

test('explain() stops where a call would: unknown name, unknown port, plaintext', async () => {
  expect((await explain('web', 'card')).steps!.at(-1)).toMatchObject({ layer: 'resolve', ok: false })
  expect((await explain('web', 'card')).steps!.at(-1)!.message).toContain('did you mean default/cart')
  expect((await explain('web', 'cart:81')).steps!.at(-1)!.message).toContain('has no port 81: expected one of 8080')
  expect((await explain('-', 'cart')).steps!.at(-1)).toMatchObject({ layer: 'plaintext', ok: false })
})

describe('of pods', () => {
  const web = { port: 80, targetPort: 'web', name: '', protocol: 'http' } as const
  const service = (change: Partial<Service> = {}): Service => ({
    ...serviceDefaults,
    namespace: 'shop',
    name: 'cart',
    address4: '10.96.0.1',
    address6: '',
    ports: [web],
    selector: { app: 'cart' },
    ...change,
  })
  const pod = (name: string, change: Partial<Workload> = {}): Workload => ({
    ...workloadDefaults,
    uid: `n1/shop/${name}/u`,
    namespace: 'shop',
    name,
    serviceAccount: 'cart',
    labels: { app: 'cart' },
    node: 'n1',
    address: '10.0.0.1',
    hbonePort: 15008,
    ports: [{ port: 8080, protocol: 'detect', name: 'web' }],
    networkMode: 'own',
    cgroupPath: '',
    netnsPath: '',
    allowPlaintext: false,
    publishPort: 0,
    owner: 'Deployment/cart',
    state: 'ready',
    ...change,
  })

  async function explainPods(services: readonly Service[], pods: readonly Workload[], source = 'shop/cart') {
    const inventory: Partial<Inventory> = {
      nodes: [],
      revision: 1,
      workloads: () => pods,
      get: (uid) => pods.find((one) => one.uid === uid) ?? null,
      services: () => services,
      problemsOf: ({ endpoints }) => (endpoints.length > 0 ? ['EndpointSlice shop/s: addressType: found "FQDN"'] : []),
      enrolmentOf: (uid) => ({
        ...enrolled,
        enrolled: pods.find((one) => one.uid === uid)!.hbonePort > 0,
        reason: 'no label',
      }),
      watch: () => () => {},
    }
    const clock = new FakeClock()
    const store = new SqliteStore(':memory:', clock)
    const options = {
      trustDomain: 'td',
      serviceRange4: AddressRange.parse('198.19.0.0/16')!,
      serviceRange6: AddressRange.parse('fd77::/64')!,
    }
    const cluster = new Mesh(options, store, inventory as Inventory, { hello: () => {} }, clock, silentLogger)
    await cluster.start()
    const request = { source, destination: 'cart.shop', method: 'GET', path: '/' }
    return new Explainer(cluster, 'td').explain(new weft.management.v1.ExplainRequest(request))
  }

  test('explain() finds a caller by what made it, and a named port where a pod has it', async () => {
    const { allowed, steps } = await explainPods([service()], [pod('cart-7d9f-x')])

    expect(allowed).toBe(true)
    expect(steps![0]!.message).toContain('n1/shop/cart-7d9f-x/u on n1 is captured')
    expect(steps!.at(-1)!.message).toContain('at cart-7d9f-x, port 8080')
  })

  test('explain() says who is outside the mesh, caller or callee', async () => {
    const outside = pod('cart-old', { hbonePort: 0 })
    const { allowed, steps } = await explainPods([service()], [outside], 'shop/cart-old')

    expect(allowed).toBe(true)
    expect(steps![0]!.message).toContain('is outside the mesh: no label; it proves no identity and speaks plaintext')
    expect(steps!.find(({ layer }) => layer === 'balance')!.message).toContain('outside the mesh, in plaintext')
    expect(steps!.at(-1)!.message).toContain('no policy holds there')

    const mixed = await explainPods([service()], [outside, pod('cart-new', { owner: '' })], 'shop/cart-old')
    expect(mixed.steps!.at(-1), 'plaintext to those in the mesh').toMatchObject({ layer: 'plaintext', ok: false })
  })

  test('explain() lets those that end serve when nobody else is left, and finds endpoints that were written down', async () => {
    const ending = await explainPods([service()], [pod('cart-1', { state: 'terminating' })])
    const endpoint = {
      address: '192.0.2.1',
      port: 5432,
      portName: '',
      state: 'ready',
      node: '',
      region: '',
      zone: '',
    } as const
    const written = await explainPods(
      [service({ selector: {}, endpoints: [endpoint], isHeadless: true, address4: '' })],
      [],
    )

    expect(ending.allowed).toBe(true)
    expect(written.steps!.find(({ layer }) => layer === 'resolve')!.message).toContain('headless')
    expect(written.steps!.find(({ layer }) => layer === 'resources')).toMatchObject({
      message: 'EndpointSlice shop/s: addressType: found "FQDN"',
      rule: 'Service/shop/cart',
    })
    expect(written.steps!.find(({ layer }) => layer === 'balance')!.message).toContain(
      '192.0.2.1:5432 outside the mesh',
    )
  })
})
