import { beforeEach, expect, test } from 'vitest'
import { weft } from '@weft/proto'
import { validateResource } from '@weft/resources'
import { silentLogger } from '@weft/telemetry'
import { FakeClock, seededRandom } from '@weft/time/testing'
import { Mesh } from '../mesh.ts'
import { AddressRange } from '../registry/address-range.ts'
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
