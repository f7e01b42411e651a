import type { Namespace, Pod } from '@weft/cluster'
import { silentLogger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { beforeEach, expect, test } from 'vitest'
import { LocalPods, type Objects } from './local-pods.ts'
import type { HeldNamespace } from './pod-namespaces.ts'

const ADDRESS = '198.18.65.7'

/** Objects that a test changes by hand. */
class FakeObjects<T extends Pod | Namespace> implements Objects<T> {
  items: T[] = []
  list(): T[] {
    return this.items
  }
  get(namespace: string, name: string): T | null {
    return this.items.find(({ metadata }) => metadata.name === name && (metadata.namespace ?? '') === namespace) ?? null
  }
}

let pods: FakeObjects<Pod>
let namespaces: FakeObjects<Namespace>
let cgroups: Set<string>
let alive: Set<string>
let closed: string[]
let confined: string[]
let isUnasked: boolean
let clock: FakeClock
let local: LocalPods

const podOf = (
  name: string,
  change: { labels?: Record<string, string>; spec?: object; status?: object; uid?: string } = {},
): Pod => ({
  metadata: { name, namespace: 'shop', uid: change.uid ?? `uid-${name}`, labels: change.labels ?? {} },
  spec: { nodeName: 'node1', serviceAccountName: name, containers: [], ...change.spec },
  status: { phase: 'Running', podIP: ADDRESS, ...change.status },
})
const namespaceOf = (name: string, mesh = ''): Namespace => ({
  metadata: { name, labels: mesh === '' ? {} : { 'weft.dev/mesh': mesh } },
})
const heldAt = (path: string): HeldNamespace => ({ path, inode: 1n, close: () => void closed.push(path) })
const names = (): string[] => local.workloads().map(({ name }) => name)

beforeEach(() => {
  pods = new FakeObjects()
  namespaces = new FakeObjects()
  namespaces.items = [namespaceOf('shop', 'enabled'), namespaceOf('weft-system', 'enabled'), namespaceOf('other')]
  cgroups = new Set()
  alive = new Set()
  closed = []
  confined = []
  isUnasked = false
  clock = new FakeClock(false)
  local = new LocalPods(
    'weft-system',
    { pods, namespaces },
    {
      cgroupOf: (uids) => uids.find((uid) => cgroups.has(uid)) ?? null,
      namespaceOf: (cgroup) => (alive.has(cgroup) ? heldAt(`/proc/1/fd/${cgroup}`) : null),
      isAlive: (cgroup) => alive.has(cgroup),
      isUnasked: () => isUnasked,
      confine: (cgroup) => void confined.push(cgroup),
      release: (cgroup) => void (confined = confined.filter((one) => one !== cgroup)),
    },
    () => {},
    clock,
    silentLogger,
  )
})

const runs = (...uids: string[]): void => {
  for (const uid of uids) {
    cgroups.add(uid)
    alive.add(uid)
  }
}

test('pods that run are taken with their places; the label of the pod counts before that of its namespace', () => {
  pods.items = [
    podOf('cart'),
    podOf('no', { labels: { 'weft.dev/mesh': 'disabled' } }),
    podOf('host', { spec: { hostNetwork: true } }),
    {
      ...podOf('yes', { labels: { 'weft.dev/mesh': 'enabled' } }),
      metadata: { ...podOf('yes').metadata, namespace: 'other', labels: { 'weft.dev/mesh': 'enabled' } },
    },
    { ...podOf('ca'), metadata: { ...podOf('ca').metadata, namespace: 'weft-system' } },
  ]
  runs('uid-cart', 'uid-no', 'uid-host', 'uid-yes', 'uid-ca')

  local.refresh()

  expect(names()).toEqual(['cart', 'yes'])
  expect(local.workloads()[0]).toMatchObject({
    uid: 'node1/shop/cart/uid-cart',
    serviceAccount: 'cart',
    address: ADDRESS,
    hbonePort: 15008,
    networkMode: 'own',
    cgroupPath: 'uid-cart',
    netnsPath: '/proc/1/fd/uid-cart',
  })
  expect(local.outside()).toEqual([
    { uid: 'node1/shop/host/uid-host', reason: 'it uses the network of its node (hostNetwork)' },
    { uid: 'node1/weft-system/ca/uid-ca', reason: 'it is a part of the mesh itself' },
  ])
  expect(local.namespaces()).toEqual(['other', 'shop'])
})

test('a pod without a process is looked for again, and told of meanwhile', () => {
  pods.items = [podOf('cart')]
  local.refresh()
  expect(local.outside()).toMatchObject([{ reason: 'its cgroup is not found' }])
  cgroups.add('uid-cart')
  clock.advance(1_000)
  expect(local.outside()).toMatchObject([{ reason: `no process in its cgroup has a network with ${ADDRESS}` }])
  alive.add('uid-cart')
  clock.advance(1_000)
  expect([names(), local.outside()]).toEqual([['cart'], []])
})

test('a starting pod comes by CNI, with the address that it was given', () => {
  const pod = podOf('cart', { status: { phase: 'Pending', podIP: undefined } })
  pods.items = [pod]
  cgroups.add('uid-cart')
  local.refresh()
  expect(local.outside()).toMatchObject([{ reason: 'it has no network yet' }])

  expect(local.add(pod, ['198.18.65.9', 'fd00::9'], heldAt('/netns'), 'c1')).toMatchObject({
    address: '198.18.65.9',
    address6: 'fd00::9',
    netnsPath: '/netns',
  })

  local.refresh()
  expect(local.workloads()).toMatchObject([{ address: '198.18.65.9', netnsPath: '/netns' }])
})

test('a pod deleted by force is held until its last process has ended', () => {
  pods.items = [podOf('cart')]
  runs('uid-cart')
  local.refresh()
  pods.items = []
  local.refresh()
  expect(names()).toEqual(['cart'])

  alive.clear()
  clock.advance(1_000)
  expect([names(), closed]).toEqual([[], ['/proc/1/fd/uid-cart']])
})

test('a pod that ended leaves when it has; one of the same name is another', () => {
  pods.items = [podOf('job')]
  runs('uid-job')
  local.refresh()
  pods.items = [podOf('job', { status: { phase: 'Succeeded' } })]
  local.refresh()
  expect(names(), 'a process is left').toEqual(['job'])
  alive.clear()
  local.refresh()
  expect(names()).toEqual([])

  pods.items = [podOf('job', { uid: 'uid-next' })]
  runs('uid-next')
  local.refresh()
  expect(local.workloads().map(({ uid }) => uid)).toEqual(['node1/shop/job/uid-next'])
})

test('who is not wanted any more leaves at once', () => {
  pods.items = [podOf('cart')]
  runs('uid-cart')
  local.refresh()
  namespaces.items = [namespaceOf('shop')]
  local.refresh()
  expect(names()).toEqual([])
  expect(local.namespaces()).toEqual([])
})

test('only the sandbox that a pod has now can be taken down', () => {
  const pod = podOf('cart')
  pods.items = [pod]
  cgroups.add('uid-cart')
  local.add(pod, [ADDRESS], heldAt('/first'), 'c1')
  local.add(pod, [ADDRESS], heldAt('/second'), 'c2')
  expect(closed).toEqual(['/first'])

  local.removed('shop', 'cart', 'c1')
  expect(names()).toEqual(['cart'])
  alive.add('uid-cart')
  local.removed('shop', 'cart', 'c2')
  expect(names(), 'a process is left').toEqual(['cart'])
  alive.clear()
  local.removed('shop', 'cart', 'c2')
  expect([names(), closed]).toEqual([[], ['/first', '/second']])
})

test('where CNI does not ask, a pod is confined as soon as it has a cgroup, and let go when it is wanted no more', () => {
  const starting = podOf('cart', { status: { phase: 'Pending', podIP: undefined } })
  pods.items = [starting, podOf('host', { spec: { hostNetwork: true }, status: { podIP: undefined } })]
  cgroups.add('uid-host')
  local.refresh()
  clock.advance(1_000)
  expect(confined).toEqual([])

  isUnasked = true
  local.refresh()
  cgroups.add('uid-cart')
  clock.advance(20)
  expect(confined).toEqual(['uid-cart'])
  expect(local.outside().map(({ reason }) => reason)).toContain('it has no network yet')

  pods.items = [{ ...starting, metadata: { ...starting.metadata, labels: { 'weft.dev/mesh': 'disabled' } } }]
  local.refresh()
  expect(confined).toEqual([])
})

test('a pod that is confined is captured when it has its network', () => {
  isUnasked = true
  pods.items = [podOf('cart', { status: { phase: 'Pending', podIP: undefined } })]
  cgroups.add('uid-cart')
  local.refresh()
  expect(names()).toEqual([])

  runs('uid-cart')
  pods.items = [podOf('cart')]
  local.refresh()
  expect(names()).toEqual(['cart'])
  expect(confined).toEqual(['uid-cart'])
})
