import { expect, test, vi } from 'vitest'
import { silentLogger, type Logger } from '@weft/telemetry'
import { FakeClock, seededRandom } from '@weft/time/testing'
import { Informer, type InformerOptions } from './informer.ts'
import { type KubernetesObject, resourcePath } from './object.ts'
import { FakeApiServer, meshKinds } from './testing/index.ts'

type ConfigMap = KubernetesObject & { readonly data?: Readonly<Record<string, string>> }

const configMap = (name: string, x: string): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data: { x },
})

/** An informer, and what it told as `key=x`. */
function informerOf(api: FakeApiServer, more: Partial<InformerOptions<ConfigMap>> = {}) {
  const clock = new FakeClock()
  const options = { client: api.client(clock), path: resourcePath('v1', 'configmaps'), ...more }
  const informer = new Informer<ConfigMap>(options, clock, seededRandom(1), silentLogger)
  const told: string[] = []
  informer.onChange((key, object) => told.push(`${key}=${object === null ? 'gone' : object.data?.['x']}`))
  return { informer, told, clock, [Symbol.dispose]: () => informer.stop() }
}

test('Informer lists, then follows; each change is told once', async () => {
  await using api = await FakeApiServer.start()
  api.put(configMap('a', '1'))
  using made = informerOf(api)
  const { informer, told } = made

  await informer.start()
  expect(told).toEqual(['default/a=1'])
  expect(informer.get('default', 'a')).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap', data: { x: '1' } })
  await vi.waitFor(() => expect(api.watches).toBe(1))
  api.put(configMap('b', '1'))
  api.put(configMap('a', '2'))
  api.remove('v1', 'configmaps', 'default', 'b')

  await vi.waitFor(() => expect(told.slice(1)).toEqual(['default/b=1', 'default/a=2', 'default/b=gone']))
  expect(informer.resourceVersion).toBe(String(api.version))
  expect(informer.list()).toHaveLength(1)
})

test('Informer goes on after a broken connection with what happened meanwhile', async () => {
  await using api = await FakeApiServer.start()
  using made = informerOf(api)
  await made.informer.start()
  await vi.waitFor(() => expect(api.watches).toBe(1))

  await api.away()
  api.put(configMap('a', '1'))
  api.put(configMap('a', '2'))
  await api.listen()

  await vi.waitFor(() => expect(made.told).toEqual(['default/a=1', 'default/a=2']))
  expect(
    api.requests.filter(({ verb }) => verb === 'list'),
    'nothing was listed again',
  ).toHaveLength(1)
})

test('Informer lists again when history is gone, and tells only what differs; a name made anew as gone and new', async () => {
  await using api = await FakeApiServer.start()
  for (const name of ['same', 'changed', 'gone', 'anew']) api.put(configMap(name, '1'))
  using made = informerOf(api)
  await made.informer.start()
  await vi.waitFor(() => expect(api.watches).toBe(1))
  made.told.length = 0

  await api.away()
  api.put(configMap('changed', '2'))
  for (const name of ['gone', 'anew']) api.remove('v1', 'configmaps', 'default', name)
  api.put(configMap('anew', '2'))
  api.compact()
  await api.listen()

  await vi.waitFor(() => expect(made.told).toHaveLength(4))
  expect(made.told.toSorted()).toEqual([
    'default/anew=2',
    'default/anew=gone',
    'default/changed=2',
    'default/gone=gone',
  ])
  expect(made.told.indexOf('default/anew=gone')).toBeLessThan(made.told.indexOf('default/anew=2'))
})

test('Informer takes a bookmark as a place to go on from', async () => {
  await using api = await FakeApiServer.start()
  using made = informerOf(api, { labelSelector: 'app=a' })
  await made.informer.start()
  await vi.waitFor(() => expect(api.watches).toBe(1))

  api.put(configMap('other', '1'))
  api.bookmark()
  await vi.waitFor(() => expect(made.informer.resourceVersion).toBe(String(api.version)))
  api.compact()
  api.cutWatches(true)

  await vi.waitFor(() => expect(api.requests.filter(({ verb }) => verb === 'watch').length).toBeGreaterThan(1))
  expect(api.requests.filter(({ verb }) => verb === 'list')).toHaveLength(1)
})

test('Informer of an optional kind has none until the cluster knows it', async () => {
  await using api = await FakeApiServer.start()
  const path = resourcePath('weft.dev/v1alpha1', 'trafficpolicies')
  using made = informerOf(api, { path, isOptional: true })
  await made.informer.start()
  expect([made.informer.isServed, made.informer.size]).toEqual([false, 0])

  api.register(...meshKinds)
  api.put({ ...configMap('a', '1'), apiVersion: 'weft.dev/v1alpha1', kind: 'TrafficPolicy' })

  await vi.waitFor(() => expect(made.told).toEqual(['default/a=1']))
  expect(made.informer.isServed).toBe(true)
})

test('Informer.start() fails when it may not read', async () => {
  await using api = await FakeApiServer.start()
  api.before = () => api.refuse(403, 'Forbidden', 'configmaps is forbidden')
  using made = informerOf(api)

  await expect(made.informer.start()).rejects.toMatchObject({ code: 'permission_denied' })
})

test('Informer keeps no more objects than its limit', async () => {
  await using api = await FakeApiServer.start()
  for (let i = 0; i < 5; i++) api.put(configMap(`c${i}`, '1'))
  using made = informerOf(api, { objectsMax: 3 })

  await made.informer.start()

  expect(made.informer.size).toBe(3)
})

test('Informer does not believe at once that a kind is gone with all its objects', async () => {
  await using api = await FakeApiServer.start()
  api.register(...meshKinds)
  const policy = { ...configMap('a', '1'), apiVersion: 'weft.dev/v1alpha1', kind: 'TrafficPolicy' }
  api.put(policy)
  const path = resourcePath('weft.dev/v1alpha1', 'trafficpolicies')
  using made = informerOf(api, { path, isOptional: true })
  await made.informer.start()
  await vi.waitFor(() => expect(api.watches).toBe(1))

  let lists = 0
  api.before = ({ verb }) => {
    if (verb === 'list' && ++lists < 4) api.refuse(404, 'NotFound', 'starting')
    if (verb === 'watch' && lists === 0) api.refuse(410, 'Expired', 'compacted')
  }
  api.cutWatches()

  await vi.waitFor(() => expect(lists).toBe(4))
  expect(made.told).toEqual(['default/a=1'])

  api.before = ({ verb }) => {
    if (verb === 'list' || verb === 'watch') api.refuse(404, 'NotFound', 'removed')
  }
  api.cutWatches()
  await vi.waitFor(() => expect(made.told).toEqual(['default/a=1', 'default/a=gone']))
  expect(made.informer.isServed).toBe(false)
})

test('Informer tells the others of what one listener cannot bear', async () => {
  await using api = await FakeApiServer.start()
  for (const name of ['a', 'b', 'c']) api.put(configMap(name, '1'))
  const clock = new FakeClock()
  const errors: unknown[] = []
  const log: Logger = { ...silentLogger, error: (_line, fields) => errors.push(fields?.['object']) }
  const options = { client: api.client(clock), path: resourcePath('v1', 'configmaps') }
  const informer = new Informer<ConfigMap>(options, clock, seededRandom(1), log)
  informer.onChange((key) => {
    if (key === 'default/b') throw new Error('cannot read b')
  })
  const told: string[] = []
  informer.onChange((key) => told.push(key))

  await informer.start()
  informer.stop()

  expect(told).toEqual(['default/a', 'default/b', 'default/c'])
  expect(errors).toEqual(['default/b'])
})
