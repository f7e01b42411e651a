import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FakeApiServer, meshKinds } from '@weft/kubernetes/testing'
import { validateResource } from '@weft/resources'
import { silentLogger, type Logger } from '@weft/telemetry'
import { FakeClock, seededRandom } from '@weft/time/testing'
import { policyNamed, serviceNamed, storeContract } from '../testing/store-contract.ts'
import { KubernetesStore } from './kubernetes-store.ts'

let api: FakeApiServer
beforeEach(async () => {
  api = await FakeApiServer.start()
  api.register(...meshKinds)
})
afterEach(() => api[Symbol.asyncDispose]())

async function open(log: Logger = silentLogger, clock = new FakeClock()): Promise<KubernetesStore> {
  const store = new KubernetesStore(api.client(clock), { namespace: 'weft-system' }, clock, seededRandom(1), log)
  await store.start()
  return store
}

storeContract('KubernetesStore', open)

const policyRef = (name: string) => ({ kind: 'TrafficPolicy', namespace: 'default', name }) as const

test('KubernetesStore takes in what others change, and both replicas agree', async () => {
  const [one, other] = [await open(), await open()]
  const seen: number[] = []
  other.watch((revision) => seen.push(revision))

  const { revision } = await one.apply([policyNamed('a')], 'ann')
  api.put({ ...policyNamed('b'), apiVersion: 'weft.dev/v1alpha1' })

  await vi.waitFor(async () => expect((await other.list()).map(({ metadata }) => metadata.name)).toEqual(['a', 'b']))
  expect(seen[0]).toBe(revision)
  await vi.waitFor(() => expect(other.revision).toBe(one.revision))
  one.close()
  other.close()
})

test('KubernetesStore.apply() puts back what it changed when the server refuses a later one', async () => {
  const store = await open()
  await store.apply([policyNamed('changed', 1)], 'ann')
  const before = api.get('weft.dev/v1alpha1', 'trafficpolicies', 'default', 'changed') as { spec?: unknown }
  api.before = ({ verb, name, path }) => {
    if (
      verb === 'patch' &&
      name === 'bad' &&
      api.requests.filter((one) => one.path === path && one.verb === 'patch').length > 1
    )
      api.refuse(403, 'Forbidden', 'quota reached meanwhile')
  }

  const wanted = [policyNamed('changed', 9), policyNamed('made'), policyNamed('bad')]
  await expect(store.apply(wanted, 'bob')).rejects.toMatchObject({
    code: 'permission_denied',
    message: expect.stringMatching(/TrafficPolicy\/default\/bad: .*quota reached meanwhile; nothing was changed/),
  })

  expect(api.get('weft.dev/v1alpha1', 'trafficpolicies', 'default', 'made')).toBeNull()
  expect(api.get('weft.dev/v1alpha1', 'trafficpolicies', 'default', 'changed')).toMatchObject({ spec: before.spec })
  store.close()
})

test('KubernetesStore.apply() asks about all before it changes any', async () => {
  const store = await open()
  api.admit((_kind, object) => (object.metadata.name === 'bad' ? api.refuse(422, 'Invalid', 'spec.x: no') : object))

  await expect(store.apply([policyNamed('a'), policyNamed('bad')], 'ann')).rejects.toMatchObject({
    code: 'invalid_argument',
  })

  expect(api.list('weft.dev/v1alpha1', 'trafficpolicies')).toEqual([])
  store.close()
})

test('KubernetesStore.apply() says what it could not put back', async () => {
  const store = await open()
  api.before = ({ verb, name, path }) => {
    if (verb === 'delete') api.refuse(500, 'InternalError', 'etcd is away')
    if (
      verb === 'patch' &&
      name === 'b' &&
      api.requests.filter((one) => one.path === path && one.verb === 'patch').length > 1
    )
      api.refuse(500, 'InternalError', 'etcd is away')
  }

  await expect(store.apply([policyNamed('a'), policyNamed('b')], 'ann')).rejects.toThrow(
    /these could not be put back: TrafficPolicy\/default\/a \(.*etcd is away/,
  )
  store.close()
})

test('KubernetesStore leaves out what is malformed, says so once, and takes it in when it is mended', async () => {
  const warnings: string[] = []
  const log: Logger = {
    ...silentLogger,
    warn: (line, fields) => warnings.push(`${line}: ${String(fields?.['problem'])}`),
  }
  api.put({ ...policyNamed('bad'), spec: { targetRefs: [{ kind: 'Service', name: 'a' }], retries: { attempts: -1 } } })
  api.put(policyNamed('good'))
  const store = await open(log)

  expect((await store.list()).map(({ metadata }) => metadata.name)).toEqual(['good'])
  expect(store.rejected().map(({ problem }) => problem)).toEqual([
    'spec.retries.attempts: found -1, expected a whole number from 0 to 99',
  ])
  api.put({ ...policyNamed('bad'), spec: { targetRefs: [], retries: { attempts: -1 } } })
  api.put(policyNamed('bad'))

  await vi.waitFor(async () => expect(await store.list()).toHaveLength(2))
  expect(store.rejected()).toEqual([])
  expect(warnings.filter((line) => line.startsWith('a resource is malformed'))).toHaveLength(2)
  store.close()
})

test('KubernetesStore ignores routes of gateways, and of a mixed route takes the parents that are services', async () => {
  const route = (name: string, ...parents: object[]) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name },
    spec: { parentRefs: parents, rules: [{ backendRefs: [{ name: 'b', port: 80 }] }] },
  })
  const [gateway, service] = [{ name: 'edge' }, { group: '', kind: 'Service', name: 's' }]
  api.put(route('edge', gateway))
  api.put(route('both', gateway, service))
  const store = await open()

  expect(
    (await store.list()).map(({ metadata, spec }) => [
      metadata.name,
      (spec as unknown as { parentRefs: object[] }).parentRefs,
    ]),
  ).toEqual([['both', [service]]])
  expect(store.rejected()).toEqual([])
  store.close()
})

test('KubernetesStore works without the kinds of Gateway API, tells it once, and notices them', async () => {
  await api[Symbol.asyncDispose]()
  api = await FakeApiServer.start()
  api.register(...meshKinds.filter(({ apiVersion }) => apiVersion.startsWith('weft.dev')))
  const warnings: string[] = []
  const log: Logger = { ...silentLogger, warn: (_line, fields) => warnings.push(String(fields?.['why'])) }
  const clock = new FakeClock()
  const store = await open(log, clock)

  expect(warnings).toEqual([
    expect.stringContaining(
      'found no group gateway.networking.k8s.io, expected GRPCRoute in gateway.networking.k8s.io/v1',
    ),
  ])
  expect(store.unserved().map(({ kind }) => kind)).toContain('HTTPRoute')
  const told = warnings.length
  api.register(...meshKinds)
  api.put({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'r' },
    spec: { parentRefs: [{ group: '', kind: 'Service', name: 's' }], rules: [{}] },
  })
  clock.advance(11_000)

  await vi.waitFor(async () => expect(await store.list()).toHaveLength(1))
  expect(warnings).toHaveLength(told)
  store.close()
})

test('KubernetesStore goes on reading while the API server is away, and takes in what happened meanwhile', async () => {
  const lines: string[] = []
  const log: Logger = { ...silentLogger, warn: (line) => lines.push(line) }
  const store = await open(log)
  await store.apply([policyNamed('a')], 'ann')
  lines.length = 0

  await api.away()
  expect(await store.list()).toHaveLength(1)
  await expect(store.apply([policyNamed('b')], 'ann')).rejects.toMatchObject({ code: 'unavailable' })
  api.put(policyNamed('b'))
  await api.listen()

  await vi.waitFor(async () => expect(await store.list()).toHaveLength(2))
  store.close()
})

test('KubernetesStore reads every kind of Service that the cluster has', async () => {
  api.put({
    ...serviceNamed('odd'),
    spec: { type: 'LoadBalancer', clusterIP: '10.0.0.1', ports: [{ port: 53, protocol: 'UDP', targetPort: 'dns' }] },
  })
  api.put({ ...serviceNamed('name'), spec: { type: 'ExternalName', externalName: 'example.com' } })
  const store = await open()

  expect((await store.list()).map(({ spec }) => spec)).toEqual([
    { ports: [], type: 'ExternalName' },
    { ports: [{ port: 53, protocol: 'UDP', targetPort: 'dns' }], type: 'LoadBalancer' },
  ])
  expect(await store.get(policyRef('odd'))).toBeNull()
  store.close()
})

test('KubernetesStore.apply() tries again when another was first, unless a version was asked for', async () => {
  const store = await open()
  await store.apply([policyNamed('a')], 'ann')
  let patches = 0
  api.before = ({ verb }) => {
    if (verb === 'patch' && ++patches === 2) api.put(policyNamed('a', 5))
  }

  expect((await store.apply([policyNamed('a', 2)], 'bob')).outcomes).toEqual(['configured'])
  expect((await store.get(policyRef('a')))!.spec).toEqual(policyNamed('a', 2).spec)

  patches = 0
  const read = (await store.get(policyRef('a')))!
  await expect(store.apply([{ ...policyNamed('a', 3), metadata: read.metadata }], 'ann')).rejects.toMatchObject({
    code: 'conflict',
  })
  store.close()
})

test('KubernetesStore empties with a namespace that is deleted, and goes on', async () => {
  api.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } })
  api.put({ ...policyNamed('a'), metadata: { name: 'a', namespace: 'shop' } })
  api.put({ ...serviceNamed('s', 80, 'shop') })
  api.put(policyNamed('kept'))
  const store = await open()
  expect(await store.list()).toHaveLength(3)

  api.remove('v1', 'namespaces', '', 'shop')

  await vi.waitFor(async () => expect((await store.list()).map(({ metadata }) => metadata.name)).toEqual(['kept']))
  expect((await store.apply([policyNamed('kept', 9)], 'ann')).outcomes).toEqual(['configured'])
  store.close()
})

test('KubernetesStore names the versions of a kind that only others read, and takes the one that it can', async () => {
  await api[Symbol.asyncDispose]()
  api = await FakeApiServer.start()
  const [route] = meshKinds.filter(({ kind }) => kind === 'HTTPRoute')
  const [grpc] = meshKinds.filter(({ kind }) => kind === 'GRPCRoute')
  api.register({ ...route!, apiVersion: 'gateway.networking.k8s.io/v1beta1' })
  api.register({ ...grpc!, apiVersion: 'gateway.networking.k8s.io/v2' })
  api.register(...meshKinds.filter(({ apiVersion }) => apiVersion.startsWith('weft.dev')))
  api.put({
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'HTTPRoute',
    metadata: { name: 'old' },
    spec: { parentRefs: [{ group: '', kind: 'Service', name: 's' }], rules: [{}] },
  })
  const store = await open()

  expect((await store.list()).map(({ metadata }) => metadata.name)).toEqual(['old'])
  expect(store.unserved().find(({ kind }) => kind === 'GRPCRoute')?.why).toBe(
    'found group gateway.networking.k8s.io in v1beta1, v2, expected GRPCRoute in gateway.networking.k8s.io/v1',
  )
  const wanted = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GRPCRoute',
    metadata: { name: 'new' },
    spec: { parentRefs: [{ group: '', kind: 'Service', name: 's' }] },
  }
  await expect(store.apply([validateResource(wanted)], 'ann')).rejects.toThrow(
    /does not serve GRPCRoute: found group gateway.networking.k8s.io in .*; install its CustomResourceDefinition/,
  )
  store.close()
})

test('KubernetesStore is not there before it may read every kind: nothing read is not nothing stored', async () => {
  api.put(policyNamed('a'))
  let refused = 0
  api.before = ({ plural, verb }) => {
    if (plural === 'trafficpolicies' && verb === 'list' && ++refused <= 8)
      api.refuse(403, 'Forbidden', 'trafficpolicies is forbidden')
  }

  const store = await open()

  expect(refused).toBeGreaterThan(8)
  expect((await store.list()).map(({ metadata }) => metadata.name)).toEqual(['a'])
  store.close()

  api.before = ({ plural }) => {
    if (plural === 'trafficpolicies') api.refuse(403, 'Forbidden', 'trafficpolicies is forbidden')
  }
  await expect(open()).rejects.toMatchObject({ code: 'permission_denied' })
})

test('KubernetesStore waits for the kinds of ours: without them nobody knows what is forbidden', async () => {
  await api[Symbol.asyncDispose]()
  api = await FakeApiServer.start()
  const warnings: string[] = []
  const log: Logger = { ...silentLogger, warn: (line, fields) => warnings.push(`${line}: ${String(fields?.['kind'])}`) }
  const opening = open(log)
  await vi.waitFor(() => expect(warnings).toContain('waiting for a kind of ours: TrafficPolicy'))
  api.register(...meshKinds)
  api.put(policyNamed('a'))
  const store = await opening

  expect(await store.list()).toHaveLength(1)
  expect(warnings.filter((line) => line.startsWith('waiting'))).toHaveLength(2)
  store.close()
})
