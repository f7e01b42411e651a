import { beforeAll, describe, expect, test } from 'vitest'
import type { KubernetesService, Pod } from '@weft/cluster'
import { DeltaClient, type Delta } from '@weft/discovery'
import { memoryLink } from '@weft/discovery/testing'
import { systemClock } from '@weft/host'
import { silentLogger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { Mesh } from '../mesh.ts'
import type { Inventory } from '../registry/inventory.ts'
import { AddressRange } from '../registry/address-range.ts'
import { SqliteStore } from '../store/sqlite-store.ts'
import { ClusterState } from './cluster-state.ts'

const PODS = 10_000
const SERVICES = 1_000
const WARM_UP = 20
const CHANGES = 50

/** A cluster without an API server: what informers would tell is told by the test. */
class ToldInventory implements Partial<Inventory> {
  readonly registrar = null
  readonly nodes = []
  readonly listeners = new Set<(uid: string) => void>()
  readonly state = new ClusterState((uid) => this.listeners.forEach((tell) => tell(uid)))
  revision = 1
  workloads = () => [...this.state.pods.workloads()]
  get = (uid: string) => this.state.pods.get(uid)
  services = () => this.state.services
  watch = (listener: (uid: string) => void) => (this.listeners.add(listener), () => {})
}

function podOf(i: number, isReady: boolean): Pod {
  const app = `app-${i % SERVICES}`
  return {
    metadata: {
      name: `${app}-${i}`,
      namespace: 'shop',
      uid: `00000000-0000-0000-0000-${String(i).padStart(12, '0')}`,
      labels: {
        app,
        'pod-template-hash': `7d9f${i % SERVICES}`,
        'app.kubernetes.io/part-of': 'shop',
        tier: `t${i % 3}`,
      },
    },
    spec: {
      nodeName: `n${i % 200}`,
      serviceAccountName: app,
      containers: [{ name: 'c', ports: [{ containerPort: 8080, name: 'web' }] }],
    },
    status: {
      phase: 'Running',
      podIP: `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`,
      conditions: ['Ready', 'weft.dev/Enrolled'].map((type) => ({ type, status: isReady ? 'True' : 'False' })),
    },
  }
}

function serviceOf(i: number): KubernetesService {
  return {
    metadata: { name: `app-${i}`, namespace: 'shop' },
    spec: {
      clusterIP: `10.96.${i >> 8}.${i & 255}`,
      selector: { app: `app-${i}` },
      ports: [{ port: 80, name: 'http', targetPort: 'web' }],
    },
  }
}

describe(`of ${PODS} pods and ${SERVICES} services`, () => {
  const inventory = new ToldInventory()
  let mesh: Mesh

  beforeAll(async () => {
    const { state } = inventory
    state.setNamespace('shop', { metadata: { name: 'shop', labels: { 'weft.dev/mesh': 'enabled' } } })
    for (let i = 0; i < 200; i++) state.setNode(`n${i}`, { metadata: { name: `n${i}` } })
    for (let i = 0; i < SERVICES; i++) state.setService(`shop/app-${i}`, serviceOf(i))
    for (let i = 0; i < PODS; i++) state.setPod(`shop/app-${i % SERVICES}-${i}`, podOf(i, true))
    const ranges = {
      serviceRange4: AddressRange.parse('198.19.0.0/16')!,
      serviceRange6: AddressRange.parse('fd77::/64')!,
    }
    const clock = new FakeClock(false)
    const store = new SqliteStore(':memory:', clock)
    mesh = new Mesh(
      { trustDomain: 'td', ...ranges },
      store,
      inventory as unknown as Inventory,
      { hello: () => {} },
      clock,
      silentLogger,
    )
    await mesh.start()
  })

  test('one pod that changes is one small message, made once for all agents, and everything else stays as it is', async () => {
    const agents = await Promise.all([0, 1].map((i) => subscribe(`n${i}`)))
    const encoded = mesh.model.encoded
    const times: number[] = []
    for (let i = 0; i < WARM_UP + CHANGES; i++) {
      agents.forEach((agent) => agent.reset())
      const before = systemClock.nowMs()
      inventory.revision++
      inventory.state.setPod(`shop/app-${i % SERVICES}-${i}`, podOf(i, false))
      await mesh.changed()
      times.push(systemClock.nowMs() - before)
      await settle()
      expect(agents.map(({ upserts }) => upserts)).toEqual([1, 1])
    }
    const median = times.slice(WARM_UP).toSorted((a, b) => a - b)[CHANGES / 2]!
    const [first, second] = agents

    expect(mesh.model.encoded, 'no service was compiled').toBe(encoded)
    expect(first!.bytes).toBe(second!.bytes)
    expect(first!.bytes).toBeLessThan(700)
    expect(median, 'generous: a compilation of everything takes hundreds').toBeLessThan(20)
  })

  test('one service that changes leaves the workloads alone', async () => {
    const agent = await subscribe('n9')
    agent.reset()
    const before = systemClock.nowMs()
    inventory.revision++
    const changed = serviceOf(7)
    inventory.state.setService('shop/app-7', { ...changed, spec: { ...changed.spec, sessionAffinity: 'ClientIP' } })
    await mesh.changed()
    const tookMs = systemClock.nowMs() - before
    await settle()

    expect(agent.upserts).toBe(1)
    expect(agent.bytes).toBeLessThan(400)
    expect(tookMs).toBeLessThan(500)
  })

  async function subscribe(node: string) {
    const link = memoryLink(mesh.delta)
    let upsertsTotal = 0
    let [upsertsBefore, bytesBefore] = [0, 0]
    const client = new DeltaClient(
      {
        node,
        kinds: ['Service', 'Workload', 'Route', 'TrafficPolicy'],
        version: '1',
        apply: async ({ upserts }: Delta) => void (upsertsTotal += upserts.length),
      },
      link.connect,
      new FakeClock(false),
      () => 0,
      silentLogger,
    )
    void client.start()
    while (upsertsTotal < PODS + SERVICES) await settle()
    return {
      get upserts() {
        return upsertsTotal - upsertsBefore
      },
      get bytes() {
        return link.receivedBytes - bytesBefore
      },
      reset: () => void ([upsertsBefore, bytesBefore] = [upsertsTotal, link.receivedBytes]),
    }
  }
})

async function settle(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve))
  await new Promise<void>((resolve) => setImmediate(resolve))
}
