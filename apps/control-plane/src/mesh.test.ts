import { describe, expect, test } from 'vitest'
import { type Delta, DeltaClient, type DeltaClientOptions } from '@weft/discovery'
import { memoryLink } from '@weft/discovery/testing'
import { validateResource, type Resource } from '@weft/resources'
import { silentLogger } from '@weft/telemetry'
import { FakeClock, seededRandom } from '@weft/time/testing'
import type { Workload } from '@weft/topology'
import { Mesh } from './mesh.ts'
import { AddressRange } from './registry/address-range.ts'
import { parseNodeSpec } from './registry/node-spec.ts'
import { WorkloadRegistry, type Registration } from './registry/workload-registry.ts'
import type { ResourceStore } from './store/resource-store.ts'
import { SqliteStore } from './store/sqlite-store.ts'

const settle = async (): Promise<void> => {
  for (let i = 0; i < 200; i++) await Promise.resolve()
}
const service = (name: string, port = 80): Resource =>
  validateResource({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ port }] },
  })
const registration = (change: Partial<Registration> = {}): Registration => ({
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
  ...change,
})

function world(store: ResourceStore = new SqliteStore(':memory:', new FakeClock())) {
  const clock = new FakeClock(false)
  const registry = new WorkloadRegistry([parseNodeSpec('node1=127.0.0.1,shared=198.18.2.0/24')!], seededRandom(1))
  const ranges = {
    serviceRange4: AddressRange.parse('198.19.0.0/16')!,
    serviceRange6: AddressRange.parse('fd77::/64')!,
  }
  const mesh = new Mesh({ trustDomain: 'td', ...ranges }, store, registry, { hello: () => {} }, clock, silentLogger)
  return { clock, registry, store, mesh }
}

function agent({ mesh }: { mesh: Mesh }, options: Partial<DeltaClientOptions> = {}) {
  const link = memoryLink(mesh.delta)
  const held = new Map<string, unknown>()
  const apply = async ({ upserts, removals }: Delta): Promise<void> => {
    for (const key of removals) held.delete(key)
    for (const { kind, name, value } of upserts) held.set(`${kind}/${name}`, value)
  }
  const kinds = ['Service', 'Workload', 'Route', 'TrafficPolicy'] as const
  const client = new DeltaClient(
    { node: 'node1', kinds, version: '1', apply, ...options },
    link.connect,
    new FakeClock(false),
    () => 0,
    silentLogger,
  )
  void client.start()
  return { client, held, link }
}

describe('Mesh', () => {
  test('brings a stored service and a running workload to the agents', async () => {
    const here = world()
    await here.mesh.start()
    const { held } = agent(here)
    await here.store.apply([service('web')], 'ann')
    const { uid } = here.registry.register(registration())
    here.registry.attach(uid, 'cg', '')
    await settle()

    expect([...held.keys()].toSorted()).toEqual(['Service/default/cart', 'Service/default/web', `Workload/${uid}`])
    expect(held.get('Service/default/cart')).toMatchObject({
      address4: expect.stringMatching(/^198\.19\.0\./),
      ports: [{ port: 8080, targetPort: 8080, protocol: 'http' }],
      selector: { app: 'cart' },
    })
    expect(held.get(`Workload/${uid}`)).toMatchObject({ cgroupPath: 'cg', state: 'starting' })
  })

  test('gives a service the same addresses whatever else comes and goes', async () => {
    const here = world()
    await here.mesh.start()
    await here.store.apply([service('a'), service('b')], 'ann')
    await settle()
    const before = here.mesh.model.services.get('default/b')!.address4
    await here.store.remove({ kind: 'Service', namespace: 'default', name: 'a' }, 'ann')
    await settle()

    expect(here.mesh.model.services.get('default/b')!.address4).toBe(before)
  })

  test('keeps what workloads imply over a restart', async () => {
    const first = world()
    await first.mesh.start()
    const workload = first.registry.register(registration())
    await settle()
    const again = world(first.store)
    again.registry.restore([workload])
    await again.mesh.start()

    expect(again.mesh.model.services.get('default/cart')).toEqual(first.mesh.model.services.get('default/cart'))
    expect(again.mesh.delta.revision).toBe(first.mesh.delta.revision)
  })

  test('sends no calls to a client that runs under the name of a service', async () => {
    const here = world()
    await here.mesh.start()
    here.registry.register(registration())
    const client = here.registry.register(registration({ ports: [] }))
    await settle()

    expect(here.mesh.instances().get('default/cart')).toMatchObject({ all: 1 })
    expect(client.labels).toEqual({})
  })

  test('is ready with a workload once its node captures it, and only by the word of that node', async () => {
    const here = world()
    await here.mesh.start()
    const { client } = agent(here)
    const { uid } = here.registry.register(registration())
    await settle()
    client.reportStatus({ policyRevision: 1, workloads: [{ uid, enrolled: true }] })
    await settle()

    expect(here.registry.get(uid)!.state).toBe('ready')
    expect(here.mesh.progress.all()).toMatchObject([{ node: 'node1', connected: true, policyRevision: 1 }])
  })

  test('tells agents of a change that comes while the store is read', async () => {
    const store = new SqliteStore(':memory:', new FakeClock())
    const list = store.list.bind(store)
    let isFirst = true
    store.list = async () => {
      const read = await list()
      if (isFirst) await store.apply([service('late')], 'ann')
      isFirst = false
      return read
    }
    const here = world(store)
    await here.store.apply([service('early')], 'ann')
    await here.mesh.start()
    await here.mesh.changed()
    await settle()

    expect([...here.mesh.model.services.keys()]).toEqual(['default/early', 'default/late'])
  })

  test('goes on serving what it has when the store cannot be read, and reads it when it can', async () => {
    const here = world()
    await here.mesh.start()
    await here.store.apply([service('a')], 'ann')
    await settle()
    const list = here.store.list.bind(here.store)
    here.store.list = () => Promise.reject(new Error('disk I/O error'))
    await here.store.apply([service('b')], 'ann')
    await settle()
    const during = [...here.mesh.model.services.keys()]
    here.store.list = list
    await here.mesh.changed()

    expect(during).toEqual(['default/a'])
    expect([...here.mesh.model.services.keys()]).toEqual(['default/a', 'default/b'])
  })
})

describe('Progress.wait()', () => {
  test('is complete once every connected node has the revision and its policies', async () => {
    const here = world()
    await here.mesh.start()
    const { client } = agent(here)
    await settle()
    const { revision } = await here.store.apply([service('a')], 'ann')
    const waiting = here.mesh.progress.wait(revision, 1000)
    await settle()
    client.reportStatus({ policyRevision: revision, workloads: [] })

    expect(await waiting).toMatchObject({
      complete: true,
      agents: [{ node: 'node1', revision, policyRevision: revision }],
    })
  })

  test('says at the deadline who is behind', async () => {
    const here = world()
    await here.mesh.start()
    agent(here, { apply: () => new Promise(() => {}) })
    await settle()
    const { revision } = await here.store.apply([service('a')], 'ann')
    const waiting = here.mesh.progress.wait(revision, 1000)
    await settle()
    here.clock.advance(1000)

    expect(await waiting).toMatchObject({
      complete: false,
      agents: [{ node: 'node1', revision: 0, error: 'has not acknowledged revision 2 yet' }],
    })
  })

  test('ends early when the change is refused, but not for the refusal of an earlier one', async () => {
    const here = world()
    await here.mesh.start()
    const apply = async ({ revision }: Delta): Promise<void> => {
      if (revision === 2) throw new Error('found a, expected b')
    }
    const { client } = agent(here, { apply })
    await settle()
    const bad = await here.store.apply([service('a')], 'ann')
    const refused = await here.mesh.progress.wait(bad.revision, 1000)
    const good = await here.store.apply([service('a', 81)], 'ann')
    const waiting = here.mesh.progress.wait(good.revision, 1000)
    client.reportStatus({ policyRevision: good.revision, workloads: [] })

    expect(refused).toMatchObject({ complete: false, agents: [{ error: 'refused: found a, expected b' }] })
    expect(await waiting).toMatchObject({ complete: true })
  })

  test('counts the policies that a node reported before it acknowledged anything', async () => {
    const here = world()
    await here.mesh.start()
    const gate = Promise.withResolvers<void>()
    const { client } = agent(here, { apply: () => gate.promise })
    client.reportStatus({ policyRevision: 1, workloads: [] })
    await settle()
    gate.resolve()
    await settle()

    expect(await here.mesh.progress.wait(1, 1000)).toMatchObject({ complete: true })
  })

  test('says what is wrong with the policy service when a node lacks the policies', async () => {
    const here = world()
    await here.mesh.start()
    agent(here)
    await settle()
    const { revision } = await here.store.apply([service('a')], 'ann')
    const first = here.mesh.progress.wait(revision, 1000)
    await settle()
    here.clock.advance(1000)
    agent(here, {
      node: 'policy',
      kinds: ['AuthorizationPolicy'],
      apply: () => Promise.reject(new Error('bad policy')),
    })
    await settle()

    expect(await first).toMatchObject({
      agents: [{ error: 'the policy service is not connected to the control plane' }],
    })
    expect(await here.mesh.progress.wait(revision, 1000)).toMatchObject({
      complete: false,
      agents: [{ error: 'the policy service refused: bad policy' }],
    })
  })

  test('is complete without any node', async () => {
    const here = world()
    await here.mesh.start()

    expect(await here.mesh.progress.wait(1, 1000)).toEqual({ complete: true, agents: [] })
  })
})

test('a workload that comes and goes leaves the encoded services as they are', async () => {
  const here = world()
  await here.mesh.start()
  await here.store.apply([service('a')], 'ann')
  await settle()
  const before = here.mesh.model.encoded.find(({ kind }) => kind === 'Service')
  const workloads: Workload[] = [here.registry.register(registration({ ports: [] }))]
  await settle()

  expect(here.registry.workloads()).toEqual(workloads)
  expect([...here.mesh.delta.table.keys()]).toContain(`Workload/${workloads[0]!.uid}`)
  expect(here.mesh.model.encoded.find(({ kind }) => kind === 'Service')).toBe(before)
})

test('a change that comes after a later one of what runs has a number of its own', async () => {
  const here = world()
  // As on a cluster, where pods and policies are watched apart and share one row of numbers.
  Object.defineProperty(here.registry, 'revision', { get: () => 500 })
  await here.mesh.start()
  expect(here.mesh.model.revision).toBe(500)

  await here.store.apply([service('late')], 'ann')
  await here.mesh.changed()

  expect(here.store.revision).toBeLessThan(500)
  expect([...here.mesh.model.services.keys()]).toEqual(['default/late'])
  expect(here.mesh.model.revision, 'agents that acknowledged 500 do not have it').toBeGreaterThan(500)
})
