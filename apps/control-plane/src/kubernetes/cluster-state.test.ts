import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EndpointSlice, KubernetesService, Node, Pod, WebhookObject } from '@weft/cluster'
import { decodeModel, encodeModel } from '@weft/discovery'
import type { Service, Workload } from '@weft/topology'
import { ClusterState } from './cluster-state.ts'

const word = fc.constantFrom('a', 'b')
const maybe = <T>(item: fc.Arbitrary<T>, none: T): fc.Arbitrary<T> => fc.oneof(item, fc.constant(none))
const condition = (type: string, isTrue: boolean) => ({ type, status: isTrue ? 'True' : 'False' })

const pods: fc.Arbitrary<Pod> = fc
  .record({
    name: word,
    namespace: word,
    uid: fc.constantFrom('1', '2'),
    labels: fc.dictionary(fc.constantFrom('app', 'weft.dev/mesh'), fc.constantFrom('a', 'enabled', 'disabled'), {
      noNullPrototype: true,
    }),
    nodeName: maybe(fc.constantFrom('n1', 'n2'), ''),
    hostNetwork: fc.boolean(),
    podIP: maybe(fc.constantFrom('10.0.0.1', '10.0.0.2', 'fd00::1'), ''),
    phase: fc.constantFrom('Running', 'Running', 'Succeeded', 'Failed', 'Pending'),
    isReady: fc.boolean(),
    isEnrolled: fc.boolean(),
    isEnding: fc.boolean(),
    made: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'),
  })
  .map(
    ({ name, namespace, uid, labels, nodeName, hostNetwork, podIP, phase, isReady, isEnrolled, isEnding, made }) => ({
      metadata: {
        name,
        namespace,
        uid,
        labels,
        creationTimestamp: made,
        ...(isEnding ? { deletionTimestamp: made } : {}),
      },
      spec: { nodeName, hostNetwork, containers: [{ name: 'c', ports: [{ containerPort: 80, name: 'web' }] }] },
      status: {
        phase,
        podIP,
        podIPs: podIP === '' ? [] : [{ ip: podIP }],
        conditions: [condition('Ready', isReady), condition('weft.dev/Enrolled', isEnrolled)],
      },
    }),
  )

const services: fc.Arbitrary<KubernetesService> = fc
  .record({
    name: word,
    namespace: word,
    clusterIP: fc.constantFrom('10.96.0.1', 'None', 'fd00::96'),
    type: fc.constantFrom('ClusterIP', 'ExternalName'),
    isSelecting: fc.boolean(),
    trafficDistribution: fc.constantFrom('PreferSameNode', 'PreferClose', 'else'),
  })
  .map(({ name, namespace, clusterIP, type, isSelecting, trafficDistribution }) => ({
    metadata: { name, namespace },
    spec: {
      type,
      clusterIP,
      clusterIPs: [clusterIP],
      trafficDistribution,
      ...(isSelecting ? { selector: { app: 'a' } } : {}),
      ports: [{ port: 443, name: 'web', targetPort: 'web' }],
    },
  }))

const slices: fc.Arbitrary<EndpointSlice> = fc
  .record({
    name: word,
    namespace: word,
    service: maybe(word, ''),
    addressType: fc.constantFrom('IPv4', 'IPv6', 'FQDN'),
    isRepeating: fc.boolean(),
    nodeName: fc.constantFrom('n1', 'n2'),
    address: fc.constantFrom('10.0.0.1', '192.0.2.1', 'fd00::2', 'db.example'),
    ready: fc.boolean(),
  })
  .map(({ name, namespace, service, addressType, isRepeating, nodeName, address, ready }) => ({
    metadata: {
      name,
      namespace,
      labels: {
        ...(service === '' ? {} : { 'kubernetes.io/service-name': service }),
        ...(isRepeating ? { 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io' } : {}),
      },
    },
    addressType,
    endpoints: [{ addresses: [address], conditions: { ready }, nodeName }],
    ports: [{ name: 'web', port: 8443 }],
  }))

const nodes: fc.Arbitrary<Node> = fc
  .record({ name: fc.constantFrom('n1', 'n2'), zone: maybe(word, '') })
  .map(({ name, zone }) => ({ metadata: { name, labels: { 'topology.kubernetes.io/zone': zone } } }))

const webhooks: fc.Arbitrary<WebhookObject> = fc
  .record({ name: word, service: word, namespace: word, port: fc.constantFrom(443, 8443) })
  .map(({ name, ...service }) => ({
    metadata: { name },
    webhooks: [
      { clientConfig: { service: { name: service.service, namespace: service.namespace, port: service.port } } },
    ],
  }))

type Event = (state: ClusterState) => void
/** An event with where it happens: of several at one place the last one holds. */
interface Told {
  readonly place: string
  readonly event: Event
  readonly isGone: boolean
}

function events<T extends { metadata: { name: string; namespace?: string } }>(
  kind: string,
  objects: fc.Arbitrary<T>,
  set: (state: ClusterState, key: string, object: T | null) => void,
): fc.Arbitrary<Told> {
  return fc.tuple(objects, fc.integer({ min: 0, max: 3 })).map(([object, dice]) => {
    const { name, namespace } = object.metadata
    const key = namespace === undefined ? name : `${namespace}/${name}`
    const isGone = dice === 0
    return { place: `${kind} ${key}`, isGone, event: (state) => set(state, key, isGone ? null : object) }
  })
}

const told = fc.oneof(
  { weight: 5, arbitrary: events('pod', pods, (state, key, pod) => state.setPod(key, pod)) },
  { weight: 2, arbitrary: events('service', services, (state, key, service) => state.setService(key, service)) },
  { weight: 2, arbitrary: events('slice', slices, (state, key, slice) => state.setSlice(key, slice)) },
  events('node', nodes, (state, key, node) => state.setNode(key, node)),
  events('webhook', webhooks, (state, key, object) => state.setWebhooks(`validating/${key}`, object)),
  events(
    'namespace',
    fc.record({ name: word, mesh: fc.constantFrom('enabled', 'disabled', '') }).map(({ name, mesh }) => ({
      metadata: { name, labels: { 'weft.dev/mesh': mesh } },
    })),
    (state, key, namespace) => state.setNamespace(key, namespace),
  ),
)

const byUid = (state: ClusterState): Map<string, Workload> =>
  new Map([...state.pods.workloads()].map((workload) => [workload.uid, workload] as const).toSorted())

describe('ClusterState', () => {
  test('after any changes holds what follows from the objects that are left, and told of every difference', () => {
    fc.assert(
      fc.property(fc.array(told, { maxLength: 40 }), (sequence) => {
        const mirror = new Map<string, Workload>()
        let offered: readonly Service[] = []
        const state: ClusterState = new ClusterState((uid) => {
          if (uid === '') offered = state.services
          else if (state.pods.get(uid) === null) mirror.delete(uid)
          else mirror.set(uid, state.pods.get(uid)!)
        })
        const last = new Map<string, Told>()
        for (const one of sequence) {
          one.event(state)
          last.delete(one.place)
          last.set(one.place, one)
        }
        const scratch = new ClusterState(() => {})
        for (const { event, isGone } of [...last.values()].toReversed()) if (!isGone) event(scratch)

        expect(byUid(state)).toEqual(byUid(scratch))
        expect(state.services).toEqual(scratch.services)
        expect(new Map([...mirror].toSorted())).toEqual(byUid(state))
        expect(offered).toEqual(state.services)
      }),
      { numRuns: 300 },
    )
  })

  test('holds only what agents take in, and no address twice', () => {
    fc.assert(
      fc.property(fc.array(told, { maxLength: 30 }), (sequence) => {
        const state = new ClusterState(() => {})
        for (const { event } of sequence) event(state)

        const owners = new Map<string, string>()
        for (const workload of state.pods.workloads()) {
          expect(decodeModel('Workload', workload.uid, encodeModel('Workload', workload))).toEqual(workload)
          if (workload.networkMode === 'shared') continue
          expect(owners.get(workload.address), workload.address).toBe(undefined)
          owners.set(workload.address, workload.uid)
        }
        for (const service of state.services) {
          const name = `${service.namespace}/${service.name}`
          expect(decodeModel('Service', name, encodeModel('Service', service))).toEqual(service)
        }
      }),
      { numRuns: 100 },
    )
  })
})

describe('of pods that claim one address', () => {
  const pod = (name: string, change: Partial<Pod['metadata']> = {}, node = 'n1'): Pod => ({
    metadata: { name, namespace: 'a', uid: name, creationTimestamp: '2026-01-01T00:00:00Z', ...change },
    spec: { nodeName: node, containers: [] },
    status: { phase: 'Running', podIP: '10.0.0.9', conditions: [condition('Ready', true)] },
  })
  const holder = (...claims: Pod[]): string[] => {
    const state = new ClusterState(() => {})
    state.setNode('n1', { metadata: { name: 'n1' } })
    for (const one of claims) state.setPod(`a/${one.metadata.name}`, one)
    return [...state.pods.workloads()].map(({ name }) => name)
  }

  test('the one whose node is there holds it, before one of a node that is gone', () => {
    expect(holder(pod('old', { creationTimestamp: '2026-02-02T00:00:00Z' }, 'gone'), pod('new'))).toEqual(['new'])
  })

  test('one that runs holds it before one that ends, then the youngest', () => {
    expect(holder(pod('new'), pod('ending', { deletionTimestamp: '2026-03-03T00:00:00Z' }))).toEqual(['new'])
    expect(holder(pod('old'), pod('young', { creationTimestamp: '2026-02-02T00:00:00Z' }))).toEqual(['young'])
  })

  test('one that has ended holds nothing', () => {
    const ended: Pod = { ...pod('job'), status: { phase: 'Succeeded', podIP: '10.0.0.9' } }

    expect(holder(ended, pod('new'))).toEqual(['new'])
    expect(holder(ended)).toEqual([])
  })
})

test('a pod on a node that was deleted is given work only when nobody else is left', () => {
  const state = new ClusterState(() => {})
  state.setNode('n1', { metadata: { name: 'n1', labels: { 'topology.kubernetes.io/zone': 'z' } } })
  state.setPod('a/p', {
    metadata: { name: 'p', namespace: 'a', uid: 'u' },
    spec: { nodeName: 'n1', containers: [] },
    status: { phase: 'Running', podIP: '10.0.0.9', conditions: [condition('Ready', true)] },
  })
  const before = state.pods.get('n1/a/p/u')!
  state.setNode('n1', null)
  const after = state.pods.get('n1/a/p/u')!

  expect([before.state, before.zone]).toEqual(['ready', 'z'])
  expect([after.state, after.zone]).toEqual(['terminating', ''])
})

test('problemsOf() names slices of a service that cannot be used', () => {
  const state = new ClusterState(() => {})
  const metadata = { name: 's', namespace: 'a', labels: { 'kubernetes.io/service-name': 'db' } }
  state.setSlice('a/s', { metadata, addressType: 'FQDN', endpoints: [{ addresses: ['db.example'] }], ports: [] })

  expect(state.problemsOf('a/db')).toEqual([expect.stringContaining('EndpointSlice a/s: addressType: found "FQDN"')])
  state.setSlice('a/s', null)
  expect(state.problemsOf('a/db')).toEqual([])
})

test('a heartbeat of a node changes nothing', () => {
  const changed: string[] = []
  const state = new ClusterState((uid) => changed.push(uid))
  const node = (at: string): Node => ({
    metadata: { name: 'n1', resourceVersion: at, labels: { 'topology.kubernetes.io/zone': 'z' } },
    status: { addresses: [{ type: 'InternalIP', address: '198.18.0.1' }] },
  })
  state.setNode('n1', node('1'))
  state.setPod('a/p', {
    metadata: { name: 'p', namespace: 'a', uid: 'u' },
    spec: { nodeName: 'n1', containers: [] },
    status: { phase: 'Running', podIP: '10.0.0.9' },
  })
  changed.length = 0
  state.setNode('n1', node('2'))

  expect(changed).toEqual([])
  expect(state.nodes).toEqual([{ name: 'n1', address: '198.18.0.1' }])
})

test('parts of the mesh are never in it, whatever their labels say', () => {
  const state = new ClusterState(() => {}, 'weft-system')
  const labels = { 'weft.dev/mesh': 'enabled' }
  for (const namespace of ['weft-system', 'shop']) {
    state.setNamespace(namespace, { metadata: { name: namespace, labels } })
    state.setPod(`${namespace}/p`, {
      metadata: { name: 'p', namespace, uid: 'u', labels },
      spec: { nodeName: 'n1', containers: [] },
      status: { podIP: namespace === 'shop' ? '10.0.0.1' : '10.0.0.2' },
    })
  }

  expect([...state.pods.workloads()].map(({ namespace, hbonePort }) => [namespace, hbonePort])).toEqual([
    ['weft-system', 0],
    ['shop', 15008],
  ])
  expect(['weft-system', 'shop'].map((namespace) => state.pods.mayHold('n1', namespace, 'default'))).toEqual([
    false,
    true,
  ])
})
