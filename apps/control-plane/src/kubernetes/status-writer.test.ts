import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Condition, KubernetesObject } from '@weft/kubernetes'
import { FakeApiServer, meshKinds } from '@weft/kubernetes/testing'
import { silentLogger, type Logger } from '@weft/telemetry'
import { FakeClock, seededRandom } from '@weft/time/testing'
import { AddressRange } from '../registry/address-range.ts'
import { Mesh } from '../mesh.ts'
import { KubernetesStore } from '../store/kubernetes/kubernetes-store.ts'
import { policyNamed, serviceNamed } from '../store/testing/store-contract.ts'
import { ClusterInventory } from './cluster-inventory.ts'
import { StatusWriter } from './status-writer.ts'

interface WithStatus extends KubernetesObject {
  readonly status?: {
    readonly conditions?: readonly Condition[]
    readonly parents?: readonly { readonly controllerName: string; readonly conditions: readonly Condition[] }[]
  }
}

const GATEWAY = 'gateway.networking.k8s.io/v1'
const parent = { group: '', kind: 'Service', name: 'cart' }
const route = (name: string, parentRefs: object[] = [parent], backend = 'cart') => ({
  apiVersion: GATEWAY,
  kind: 'HTTPRoute',
  metadata: { name },
  spec: { parentRefs, rules: [{ backendRefs: [{ name: backend, port: 80 }] }] },
})

/** Real time in small steps of the fake clock: requests come back in between. */
async function pass(clock: FakeClock, steps = 40): Promise<void> {
  for (let i = 0; i < steps; i++) {
    clock.advance(50)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

class Leader {
  isLeader = true
  #listeners: ((isLeader: boolean) => void)[] = []
  onChange(listener: (isLeader: boolean) => void): () => void {
    this.#listeners.push(listener)
    return () => {}
  }
  become(isLeader: boolean): void {
    this.isLeader = isLeader
    for (const listener of this.#listeners) listener(isLeader)
  }
}

let api: FakeApiServer
beforeEach(async () => {
  api = await FakeApiServer.start()
  api.register(...meshKinds)
})
const ends: (() => void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) end()
  await api[Symbol.asyncDispose]()
})

async function start(leader = new Leader(), log: Logger = silentLogger) {
  const clock = new FakeClock(false)
  // Connections break and come back at their own pace.
  const apiClock = new FakeClock()
  const client = api.client(apiClock)
  const store = new KubernetesStore(client, { namespace: 'weft-system' }, apiClock, seededRandom(1), silentLogger)
  const inventory = new ClusterInventory(client, apiClock, seededRandom(1), silentLogger)
  await Promise.all([store.start(), inventory.start()])
  const options = {
    trustDomain: 'cluster.local',
    serviceRange4: AddressRange.parse('198.19.0.0/16')!,
    serviceRange6: AddressRange.parse('fd77:6566:7400::/64')!,
  }
  const mesh = new Mesh(options, store, inventory, { hello: () => {} }, clock, silentLogger)
  await mesh.start()
  const writer = new StatusWriter(client, store, leader, mesh, clock, log)
  await writer.start()
  ends.push(() => (writer.stop(), store.close(), inventory.stop()))
  return { clock, leader, writer }
}

const routeOf = (name: string) => api.get<WithStatus>(GATEWAY, 'httproutes', 'default', name)!
const policyOf = (name: string) => api.get<WithStatus>('weft.dev/v1alpha1', 'trafficpolicies', 'default', name)!
const said = (conditions: readonly Condition[] = []) =>
  conditions.map(({ type, status, reason }) => `${type} ${status} ${reason}`)
const writes = () => api.requests.filter(({ subresource }) => subresource === 'status')

test('StatusWriter tells of routes and policies what became of them, and writes nothing twice', async () => {
  api.put({ ...serviceNamed('cart'), spec: { clusterIP: '10.0.0.1', ports: [{ port: 80, protocol: 'TCP' }] } })
  api.put(route('good'))
  api.put(route('lost', [parent], 'nowhere'))
  api.put(policyNamed('cart'))
  api.put(policyNamed('nowhere'))
  api.put({ ...policyNamed('bad'), spec: { targetRefs: [] } })
  const { clock } = await start()

  await pass(clock)

  expect(said(routeOf('good').status?.parents?.[0]?.conditions)).toEqual([
    'Accepted True Accepted',
    'ResolvedRefs True ResolvedRefs',
  ])
  expect(said(routeOf('lost').status?.parents?.[0]?.conditions)).toEqual([
    'Accepted True Accepted',
    'ResolvedRefs False BackendNotFound',
    // Both have every request; the other one goes before it.
    'weft.dev/Conflicted True Conflicted',
  ])
  expect(said(policyOf('cart').status?.conditions)).toEqual([
    'Accepted True Accepted',
    'ResolvedRefs True ResolvedRefs',
  ])
  expect(said(policyOf('nowhere').status?.conditions)).toEqual([
    'Accepted True Accepted',
    'ResolvedRefs False TargetNotFound',
  ])
  expect(said(policyOf('bad').status?.conditions)).toEqual(['Accepted False Invalid'])
  expect(policyOf('bad').status?.conditions?.[0]?.message).toBe(
    'spec.targetRefs: found an empty list, expected at least 1 item',
  )
  expect(policyOf('bad').metadata.generation).toBe(1)
  const { length } = writes()
  expect(length).toBe(5)

  await pass(clock)
  expect(writes(), 'what is said already is not written').toHaveLength(length)
})

test('StatusWriter follows what changes, and leaves what others wrote', async () => {
  const other = { parentRef: { name: 'edge' }, controllerName: 'example.com/edge', conditions: [] }
  api.put({ ...route('both', [{ name: 'edge' }, parent]), status: { parents: [other] } })
  const { clock } = await start()
  await pass(clock)
  const conditions = () =>
    routeOf('both').status?.parents?.find(({ controllerName }) => controllerName !== 'example.com/edge')?.conditions
  expect(said(conditions())[0]).toBe('Accepted False NoMatchingParent')

  api.put({ ...serviceNamed('cart'), spec: { clusterIP: '10.0.0.1', ports: [{ port: 80, protocol: 'TCP' }] } })
  await pass(clock)
  expect(said(conditions())).toEqual(['Accepted True Accepted', 'ResolvedRefs True ResolvedRefs'])
  expect(routeOf('both').status?.parents).toHaveLength(2)

  api.put({ ...routeOf('both'), spec: { parentRefs: [{ name: 'edge' }], rules: [] } } as KubernetesObject)
  await pass(clock)
  expect(routeOf('both').status?.parents).toEqual([other])
})

test('StatusWriter writes as leader alone, and everything that is open when it becomes one', async () => {
  api.put(policyNamed('nowhere'))
  const leader = new Leader()
  leader.isLeader = false
  const { clock } = await start(leader)
  await pass(clock)
  expect(writes()).toEqual([])

  leader.become(true)
  await pass(clock)
  expect(said(policyOf('nowhere').status?.conditions)[0]).toBe('Accepted True Accepted')
})

test('StatusWriter bounds how much it writes at once', async () => {
  for (let i = 0; i < 60; i++) api.put(policyNamed(`p${i}`))
  let flying = 0
  let most = 0
  api.before = async ({ subresource }) => {
    if (subresource !== 'status') return
    most = Math.max(most, ++flying)
    await new Promise((resolve) => setTimeout(resolve, 20))
    flying--
  }
  const { clock } = await start()

  await pass(clock, 12)
  expect(writes().length).toBeLessThan(40)
  await pass(clock, 150)
  await vi.waitFor(() => expect(writes()).toHaveLength(60))
  expect(most).toBeLessThanOrEqual(4)
})

test('StatusWriter tries again what the server refused, and tells it once', async () => {
  api.put(policyNamed('a'))
  api.before = ({ subresource }) => {
    if (subresource === 'status') api.refuse(403, 'Forbidden', 'trafficpolicies/status is forbidden')
  }
  const warnings: string[] = []
  const log: Logger = { ...silentLogger, warn: (line) => warnings.push(line) }
  const { clock } = await start(new Leader(), log)
  await pass(clock, 250)
  expect(writes().length).toBeGreaterThan(1)
  expect(warnings).toEqual(['cannot write a status; it is tried again'])

  api.before = () => {}
  await pass(clock, 150)
  expect(said(policyOf('a').status?.conditions)[0]).toBe('Accepted True Accepted')
})
