import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DeltaClient } from '@weft/discovery'
import { memoryLink } from '@weft/discovery/testing'
import { systemClock } from '@weft/host'
import type { weft } from '@weft/proto'
import {
  plainClientCredentials,
  plainServerCredentials,
  replicasService,
  rpcClient,
  type RpcServer,
  serve,
  startRpcServer,
} from '@weft/rpc'
import { silentLogger } from '@weft/telemetry'
import { FakeClock, seededRandom } from '@weft/time/testing'
import { Mesh } from '../mesh.ts'
import { AddressRange } from '../registry/address-range.ts'
import { parseNodeSpec } from '../registry/node-spec.ts'
import { WorkloadRegistry } from '../registry/workload-registry.ts'
import { SqliteStore } from '../store/sqlite-store.ts'
import { TrafficWindow } from '../traffic/traffic-window.ts'
import { ReplicaFeed } from './replica-feed.ts'
import { ReplicaFollowers } from './replica-followers.ts'

const nodes = ['node1', 'node2'].map((name, i) => parseNodeSpec(`${name}=127.0.0.1,shared=198.18.${2 * i}.0/24`)!)
const ends: (() => void)[] = []
let one: Awaited<ReturnType<typeof replica>>
let two: Awaited<ReturnType<typeof replica>>
let known: string[]
let tell: () => void

beforeEach(async () => {
  ;[one, two] = [await replica(), await replica()]
  known = [one.address]
  tell = () => {}
  const replicas = { addresses: () => known, onChange: (listener: () => void) => ((tell = listener), () => {}) }
  const connect = (address: string) => rpcClient(replicasService, address, plainClientCredentials())
  const into = { progress: two.mesh.progress, traffic: two.traffic }
  const followers = new ReplicaFollowers(replicas, connect, into, systemClock, seededRandom(1), silentLogger)
  await followers.start()
  ends.push(() => followers.stop())
})
afterEach(() => {
  for (const end of ends.splice(0).toReversed()) end()
})

async function replica() {
  const clock = new FakeClock(false)
  const ranges = {
    serviceRange4: AddressRange.parse('198.19.0.0/16')!,
    serviceRange6: AddressRange.parse('fd77::/64')!,
  }
  const registry = new WorkloadRegistry(nodes, seededRandom(1))
  const store = new SqliteStore(':memory:', clock)
  const mesh = new Mesh({ trustDomain: 'td', ...ranges }, store, registry, { hello: () => {} }, clock, silentLogger)
  await mesh.start()
  const feed = new ReplicaFeed(mesh.progress, () => mesh.delta.revision)
  const listening = async (listen: string): Promise<RpcServer> => {
    const served = serve(replicasService, { follow: (_requests, replies, call) => feed.serve(replies, call.signal) })
    const server = await startRpcServer({ listen, credentials: plainServerCredentials(), services: [served] })
    ends.push(() => server.stop())
    return server
  }
  const server = await listening('127.0.0.1:0')
  return { mesh, feed, traffic: new TrafficWindow(), server, listening, address: `127.0.0.1:${server.port}` }
}

function agent(mesh: Mesh, node: string) {
  const link = memoryLink(mesh.delta)
  const options = { node, kinds: ['Service', 'Workload'] as const, version: '1', apply: async () => {} }
  const client = new DeltaClient(options, link.connect, new FakeClock(false), () => 0, silentLogger)
  void client.start()
  return client
}

const connected = ({ mesh }: { mesh: Mesh }): string[] =>
  mesh.progress.all().flatMap(({ node, connected: is, revision }) => (is ? [`${node} at ${revision}`] : []))

test('a replica knows the nodes of another, and how far they are', async () => {
  agent(one.mesh, 'node1')
  agent(two.mesh, 'node2')
  await vi.waitFor(() => expect(connected(two)).toEqual(['node1 at 1', 'node2 at 1']))

  expect(connected(one), 'nobody told it').toEqual(['node1 at 1'])
  const nothingWrong = { error: '', refusedRevision: 0, policyRevision: 0, notices: [] }
  expect(two.mesh.progress.all()).toMatchObject([nothingWrong, nothingWrong])
  const { complete, agents } = await two.mesh.progress.wait(1, 0)
  expect([complete, agents.map(({ node }) => node)], 'policies are behind').toEqual([false, ['node1', 'node2']])
})

test('a node that has all that its replica offers is shown with what the one asked offers', async () => {
  agent(one.mesh, 'node1')
  await vi.waitFor(() => expect(connected(two)).toEqual(['node1 at 1']))

  expect(two.mesh.progress.shown(7).map(({ node, revision }) => [node, revision])).toEqual([
    ['node1', 7],
    ['node2', 0],
  ])
  expect(two.mesh.progress.all()[0]!.revision, 'what is waited for').toBe(1)
})

test('a node that leaves another replica, or whose replica dies, is away until it is somewhere again', async () => {
  const first = agent(one.mesh, 'node1')
  await vi.waitFor(() => expect(connected(two)).toEqual(['node1 at 1']))
  first.stop()
  await vi.waitFor(() => expect(connected(two)).toEqual([]))

  agent(one.mesh, 'node1')
  await vi.waitFor(() => expect(connected(two)).toEqual(['node1 at 1']))
  one.server.stop()
  await vi.waitFor(() => expect(connected(two)).toEqual([]))
  await one.listening(one.address)
  await vi.waitFor(() => expect(connected(two), 'it is asked again').toEqual(['node1 at 1']), 10_000)
})

test('a replica that is one no more is not followed', async () => {
  agent(one.mesh, 'node1')
  await vi.waitFor(() => expect(connected(two)).toEqual(['node1 at 1']))
  known = []
  tell()

  expect(connected(two)).toEqual([])
})

test('what a node measured is told to whoever follows', async () => {
  const counts = [{ service: 'default/cart', successes: 3, protocol: 'http', direction: 'outbound' }]
  const report = { node: 'node1', counts } as weft.discovery.v1.TrafficReport.$Properties
  agent(one.mesh, 'node1')
  await vi.waitFor(() => expect(connected(two)).toHaveLength(1))
  one.feed.traffic(report)

  await vi.waitFor(() => {
    const sums = two.traffic.sum(60_000, systemClock.nowMs(), ({ service }) => service)
    expect(sums.get('default/cart')?.sum.successes).toBe(3)
  })
})
