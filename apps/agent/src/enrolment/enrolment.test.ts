import { beforeEach, expect, test } from 'vitest'
import { silentLogger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { type Workload, workloadDefaults } from '@weft/topology'
import type { Capture, Destination, EnrolmentState } from '../capture/capture.ts'
import { WorkloadIdentities } from '../identity/workload-identities.ts'
import type { LocalWorkload } from '../worker/messages.ts'
import { WorkloadEnrolment } from './enrolment.ts'

const workload = (name: string, change: Partial<Workload> = {}): Workload => ({
  ...workloadDefaults,
  uid: `node1/default/${name}`,
  namespace: 'default',
  name,
  serviceAccount: name,
  labels: { app: name },
  node: 'node1',
  address: '198.18.2.1',
  hbonePort: 15008,
  ports: [],
  networkMode: 'shared',
  cgroupPath: `/weft/${name}`,
  netnsPath: '',
  allowPlaintext: false,
  publishPort: 0,
  state: 'starting',
  ...change,
})

/** A kernel that does as told, and can be told to fail. */
class FakeCapture implements Capture {
  readonly mapsDir = ''
  readonly mode = 'ebpf'
  readonly held = new Map<string, string>()
  destinations: readonly Destination[] = []
  readonly enrolments: Workload[] = []
  failure = ''
  async start(): Promise<void> {}
  async setDestinations(destinations: readonly Destination[]): Promise<void> {
    if (this.failure === 'destinations') throw new Error('map full')
    this.destinations = destinations
  }
  async enrol(workload: Workload) {
    const { uid } = workload
    this.enrolments.push(workload)
    if (this.failure === 'enrol') throw new Error('no such cgroup')
    this.held.set(uid, '')
    return { uid, cgroupId: 7n, proxySecret: '', environment: {} }
  }
  async unenrol(uid: string): Promise<void> {
    this.held.delete(uid)
  }
  async readBack(): Promise<ReadonlyMap<string, string>> {
    return this.held
  }
  counters(): Record<string, number> {
    return {}
  }
  async stop(): Promise<void> {}
}

let clock: FakeClock
let capture: FakeCapture
let enrolment: WorkloadEnrolment
let issued: string[]
let caFailure: string
let forgotten: string[]
let local: readonly LocalWorkload[]
let told: number[]
let states: readonly EnrolmentState[]

beforeEach(() => {
  clock = new FakeClock(false)
  capture = new FakeCapture()
  issued = []
  caFailure = ''
  forgotten = []
  local = []
  told = []
  states = []
  const identities = new WorkloadIdentities(
    async (identity) => {
      if (caFailure !== '') throw new Error(caFailure)
      issued.push(identity)
      return {
        chainPem: '',
        keyPem: '',
        rootsPem: '',
        notBeforeMs: clock.wallMs(),
        notAfterMs: clock.wallMs() + 86_400_000,
      }
    },
    { find: () => null, keep: () => {}, forget: () => {} },
    { onIdentity: () => {}, onForget: (identity) => forgotten.push(identity) },
    clock,
    () => 0.5,
    silentLogger,
  )
  enrolment = new WorkloadEnrolment(
    { node: 'node1', trustDomain: 'td' },
    capture,
    identities,
    { onLocal: (given) => (told.push(given.length), (local = given)), onStatus: (given) => (states = given) },
    clock,
    silentLogger,
  )
})

test('want() captures the workloads of this node only, each with its identity, and says so', async () => {
  const destinations = [{ address: '198.19.0.16', port: 0 }]
  enrolment.want(
    [workload('cart'), workload('far', { node: 'node2' }), workload('soon', { cgroupPath: '' })],
    destinations,
  )
  await enrolment.settled()

  expect([...capture.held.keys()]).toEqual(['node1/default/cart'])
  expect(capture.destinations).toEqual(destinations)
  expect(issued).toEqual(['spiffe://td/ns/default/sa/cart'])
  expect(local.map(({ uid, cgroupId }) => [uid, cgroupId])).toEqual([['node1/default/cart', 7n]])
  expect(states).toEqual([{ uid: 'node1/default/cart', enrolled: true, reason: '', environment: {} }])
})

test('the first of many workloads are told of before the last are captured, and a pass without news tells once', async () => {
  const names = Array.from({ length: 20 }, (_, i) => workload(`pod-${i}`, { cgroupPath: `/weft/${i}` }))
  enrolment.want(names, [])
  await enrolment.settled()
  expect(told).toEqual([8, 16, 20, 20])

  enrolment.reconcile()
  await enrolment.settled()
  expect(told.slice(4)).toEqual([20])
})

test('nothing is said of a workload before its capture was tried: the agent before may hold it', async () => {
  const gate = Promise.withResolvers<void>()
  const enrol = capture.enrol.bind(capture)
  capture.enrol = async (one) => {
    if (one.name === 'slow') await gate.promise
    return enrol(one)
  }
  enrolment.want([workload('cart'), workload('slow')], [])
  for (let i = 0; i < 20; i++) await Promise.resolve()

  expect(states.map(({ uid }) => uid)).toEqual(['node1/default/cart'])
  expect(enrolment.states()).toMatchObject([{ enrolled: true }, { enrolled: false, reason: 'not yet captured' }])

  gate.resolve()
  await enrolment.settled()
  expect(states.map(({ enrolled }) => enrolled)).toEqual([true, true])
})

test('a CA that is away holds nobody up: captured first, enrolled once the certificate is there', async () => {
  caFailure = 'the CA is away'
  enrolment.want([workload('cart')], [])
  await enrolment.settled()
  expect([...capture.held.keys()]).toEqual(['node1/default/cart'])
  expect(local).toHaveLength(1)
  expect(states).toMatchObject([{ enrolled: false, reason: 'the CA is away' }])

  caFailure = ''
  clock.advance(1_000)
  await enrolment.settled()
  expect(states).toMatchObject([{ enrolled: true, reason: '' }])
})

test('enrolNow() captures a workload besides the passes, once there is a configuration', async () => {
  expect(await enrolment.enrolNow(workload('cart'))).toBe('the agent has no configuration yet')
  enrolment.want([], [])
  await enrolment.settled()

  expect(await enrolment.enrolNow(workload('cart'))).toBe('')
  expect(local.map(({ workload }) => workload?.name)).toEqual(['cart'])
  capture.failure = 'enrol'
  expect(await enrolment.enrolNow(workload('other'))).toBe('no such cgroup')
})

test('a pass that began before does not let go of who was enrolled meanwhile', async () => {
  enrolment.want([], [])
  const enrolled = enrolment.enrolNow(workload('cart'))
  enrolment.reconcile()
  expect(await enrolled).toBe('')
  await enrolment.settled()
  expect([...capture.held.keys()]).toEqual(['node1/default/cart'])
})

test('a workload that got another network is captured there', async () => {
  enrolment.want([workload('cart', { netnsPath: '/proc/1/fd/7' })], [])
  await enrolment.settled()
  const moved = workload('cart', { netnsPath: '/proc/1/fd/8' })

  expect(await enrolment.enrolNow(moved)).toBe('')

  expect(capture.enrolments.map(({ netnsPath }) => netnsPath)).toEqual(['/proc/1/fd/7', '/proc/1/fd/8'])
})

test('a published workload also gets the identity of the ingress', async () => {
  enrolment.want([workload('web', { publishPort: 8088 })], [])
  await enrolment.settled()
  expect(issued).toEqual(['spiffe://td/ns/default/sa/web', 'spiffe://td/ns/default/sa/ingress'])
})

test('a workload that cannot be captured is reported with the reason and tried again', async () => {
  capture.failure = 'enrol'
  enrolment.want([workload('cart')], [])
  await enrolment.settled()
  expect(states).toMatchObject([{ enrolled: false, reason: 'no such cgroup' }])

  capture.failure = ''
  clock.advance(1_000)
  await enrolment.settled()
  expect(states).toMatchObject([{ enrolled: true, reason: '' }])
})

test('no workload counts as captured while destinations cannot be written', async () => {
  capture.failure = 'destinations'
  enrolment.want([workload('cart')], [])
  await enrolment.settled()
  expect(capture.held.size).toBe(0)
  expect(states).toMatchObject([{ enrolled: false, reason: 'cannot set destinations: map full' }])
})

test('what the kernel no longer has is reported within five seconds, and captured again', async () => {
  enrolment.want([workload('cart')], [])
  await enrolment.settled()
  const reports: (readonly EnrolmentState[])[] = []
  capture.held.set('node1/default/cart', 'hooks are missing: connect4')
  clock.advance(5_000)
  await enrolment.settled()
  reports.push(states)
  clock.advance(1_000)
  await enrolment.settled()

  expect(reports[0]).toMatchObject([{ enrolled: false, reason: 'hooks are missing: connect4' }])
  expect(states).toMatchObject([{ enrolled: true }])
})

test('a workload that goes loses capture, and its identity when nobody else has it', async () => {
  enrolment.want([workload('cart'), workload('cart', { uid: 'node1/default/cart2' })], [])
  await enrolment.settled()
  enrolment.want([workload('cart')], [])
  await enrolment.settled()
  expect(forgotten).toEqual([])
  enrolment.want([], [])
  await enrolment.settled()

  expect(capture.held.size).toBe(0)
  expect(forgotten).toEqual(['spiffe://td/ns/default/sa/cart'])
  expect(local).toEqual([])
})
