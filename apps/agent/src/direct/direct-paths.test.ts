import { beforeEach, expect, test } from 'vitest'
import type { DirectChange, DirectCounts, DirectEndpoint, DirectPath, DirectPlan, MayContinue } from '@weft/ebpf'
import { silentLogger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import type { TrafficCountData } from '../worker/messages.ts'
import { DirectPaths } from './direct-paths.ts'
import { AGENT_PORTS, from, OneNode, policy, TRUST_DOMAIN } from './testing/one-node.ts'

const VIP: DirectEndpoint = { address: '198.19.0.1', port: 80 }
const POD: DirectEndpoint = { address: '198.18.3.2', port: 6379 }
const SECOND_MS = 1_001

/** The kernel's side, as far as it is told and asked. */
class FakePath {
  unavailable = ''
  plan: DirectPlan | null = null
  reviews = 0
  open: { caller: bigint; callee: DirectEndpoint }[] = []
  numbers: DirectCounts[] = []
  failure = ''
  isCrowded = false
  sweeps = 0

  sweep(): number {
    return ++this.sweeps
  }

  apply(plan: DirectPlan, mayContinue: MayContinue | null): DirectChange {
    if (this.failure !== '') throw new Error(this.failure)
    this.plan = plan
    if (mayContinue !== null) this.reviews++
    const before = this.open.length
    if (mayContinue !== null) this.open = this.open.filter(({ caller, callee }) => mayContinue(caller, callee))
    return { revoked: 0, ended: before - this.open.length, skipped: 0 }
  }

  counts(): DirectCounts[] {
    return this.numbers
  }

  flows(): unknown[] {
    return this.open
  }

  forgetCounts(gone: DirectCounts): void {
    this.numbers = this.numbers.filter((one) => one !== gone)
  }
}

let node: OneNode
let client: bigint
let kernel: FakePath
let clock: FakeClock
let told: TrafficCountData[]

beforeEach(() => {
  node = new OneNode()
  client = node.add('client')
  node.add('redis', [{ port: 6379, protocol: 'tcp', name: '' }])
  node.addService('redis')
  kernel = new FakePath()
  clock = new FakeClock()
  told = []
})

async function start(off = ''): Promise<DirectPaths> {
  const paths = new DirectPaths(
    { node: 'node1', trustDomain: TRUST_DOMAIN, agentPorts: AGENT_PORTS, off },
    {
      path: () => kernel as unknown as DirectPath,
      configured: () => node.inputs(),
      local: () => node.local,
      onTraffic: (counts) => void told.push(...counts),
    },
    clock,
    silentLogger,
  )
  await paths.start()
  return paths
}
const verdict = (): string | undefined => kernel.plan?.callees[0]?.verdicts.get(client)
const counted = (change: Partial<DirectCounts>): DirectCounts => ({
  caller: client,
  asked: VIP,
  callee: POD,
  ...{ opened: 0, closed: 0, failed: 0, refused: 0, unproven: 0, sent: 0, received: 0 },
  ...change,
})

test('refresh() makes the kernel do as is configured, and asks about what is open only when an answer may differ', async () => {
  const paths = await start()
  expect([verdict(), kernel.reviews]).toEqual(['allow', 1])

  paths.refresh()
  expect(kernel.reviews).toBe(1)

  kernel.open = [{ caller: client, callee: POD }]
  node.policies = [policy({ rules: [{ from: [from('spiffe://cluster.local/ns/shop/sa/client')], to: [] }] })]
  paths.refresh()
  expect([verdict(), kernel.reviews, kernel.open]).toEqual(['refuse', 2, []])
})

test('refresh() that cannot take something back says so, and is tried again', async () => {
  const paths = await start()
  kernel.failure = 'the kernel said error 1'
  node.policies = [policy()]

  expect(() => paths.refresh()).toThrow('error 1')
  kernel.failure = ''
  paths.refresh()
  expect([verdict(), kernel.reviews]).toEqual(['refuse', 2])
})

test('where it is off nothing goes, and what went before ends', async () => {
  kernel.open = [{ caller: client, callee: POD }]
  await start('--direct-path off asks for it')

  expect(kernel.plan).toEqual({ services: [], callees: [] })
  expect(kernel.open).toEqual([])
})

test('where the kernel cannot end sockets nothing is written', async () => {
  kernel.unavailable = 'the kernel does not end sockets (error 95)'
  await start()

  expect(kernel.plan).toBeNull()
})

test('a workload that comes or whose certificate ends is noticed within a second', async () => {
  await start()
  node.local = node.local.map((local) => ({ ...local, isEnrolled: local.cgroupId !== client }))

  await clock.advance(SECOND_MS)

  expect(verdict()).toBeUndefined()
})

test('what the kernel counted is told once, for caller and callee, from the start of this life on', async () => {
  kernel.numbers = [counted({ opened: 7, closed: 7, sent: 70 })]
  await start()
  await clock.advance(SECOND_MS)
  expect(told).toEqual([])

  kernel.numbers = [counted({ opened: 9, closed: 8, sent: 75, received: 3, refused: 2, failed: 1 })]
  await clock.advance(SECOND_MS)
  await clock.advance(SECOND_MS)

  expect(told).toHaveLength(2)
  expect(told[0]).toMatchObject({
    direction: 'outbound',
    service: 'shop/redis',
    workload: 'node1/shop/redis/u',
    source: 'spiffe://cluster.local/ns/shop/sa/client',
    destination: 'spiffe://cluster.local/ns/shop/sa/redis',
    security: 'direct',
    protocol: 'tcp',
    successes: 1,
    failures: 3,
    faults: { denied: 2, connect_failed: 1 },
    bytesSent: 5,
    bytesReceived: 3,
    connectionsOpened: 2,
    connectionsOpen: 1,
  })
  expect(told[1]).toMatchObject({ direction: 'inbound', service: 'shop/redis' })
})

test('a caller whose connections are not recognised where they arrive goes by the agent from then on', async () => {
  await start()
  kernel.numbers = [counted({ opened: 1, closed: 1, unproven: 1 })]

  await clock.advance(SECOND_MS)

  expect(verdict()).toBeUndefined()
  expect(told[0]).toMatchObject({ successes: 0, failures: 1, faults: { connect_failed: 1 } })
})

test('numbers of a caller that is gone are forgotten', async () => {
  await start()
  kernel.numbers = [counted({ opened: 1 })]
  await clock.advance(SECOND_MS)

  node.local = node.local.filter(({ cgroupId }) => cgroupId !== client)
  kernel.numbers = [counted({ opened: 1, closed: 1 })]
  await clock.advance(SECOND_MS)

  expect(kernel.numbers).toEqual([])
})

test('entries that nobody took out are looked for each minute, where there are many', async () => {
  await start()
  for (let i = 0; i < 60; i++) await clock.advance(SECOND_MS)
  expect(kernel.sweeps).toBe(0)

  kernel.isCrowded = true
  for (let i = 0; i < 60; i++) await clock.advance(SECOND_MS)
  expect(kernel.sweeps).toBe(1)
})
