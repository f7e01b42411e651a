import { expect, test } from 'vitest'
import { silentLogger, type Logger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { type KubernetesObject, resourcePath } from './object.ts'
import { FakeApiServer } from './testing/index.ts'

type ConfigMap = KubernetesObject & { readonly data?: Readonly<Record<string, string>> }

const all = resourcePath('v1', 'configmaps', 'default')
const path = (name: string): string => resourcePath('v1', 'configmaps', 'default', name)
const configMap = (name: string, data: Record<string, string> = {}): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
})

test('resourcePath() tells collections from objects, core from groups', () => {
  expect(resourcePath('v1', 'nodes', '', 'n1')).toBe('/api/v1/nodes/n1')
  expect(resourcePath('apps/v1', 'daemonsets', 'a', 'b')).toBe('/apis/apps/v1/namespaces/a/daemonsets/b')
})

test('KubernetesClient reads and writes objects, and tells refusals by code', async () => {
  await using api = await FakeApiServer.start()
  const client = api.client()

  const made = await client.create(all, configMap('a', { x: '1' }))
  expect(made.metadata).toMatchObject({ namespace: 'default', generation: 1 })
  await expect(client.create(all, configMap('a'))).rejects.toMatchObject({ code: 'already_exists', status: 409 })
  expect(await client.get(path('b'))).toBeNull()

  const replaced = await client.replace(path('a'), { ...made, data: { x: '2' } })
  await expect(client.replace(path('a'), { ...made, data: { x: '3' } })).rejects.toMatchObject({ code: 'conflict' })
  await client.patch(path('a'), { data: { y: '1' } })
  expect(await client.get(path('a'))).toMatchObject({ data: { x: '2', y: '1' } })
  expect(replaced.metadata.resourceVersion).not.toBe(made.metadata.resourceVersion)

  await expect(client.remove(path('a'), { resourceVersion: '1' })).rejects.toMatchObject({ code: 'conflict' })
  expect([await client.remove(path('a')), await client.remove(path('a'))]).toEqual([true, false])
})

test('KubernetesClient.apply() owns the fields it gives, drops those it gives no longer, and finds conflicts', async () => {
  await using api = await FakeApiServer.start()
  const client = api.client()
  const mine = { fieldManager: 'weft' }

  await client.apply(path('a'), configMap('a', { x: '1', y: '1' }), mine)
  await client.patch(path('a'), { data: { z: 'theirs' } }, { fieldManager: 'other' })
  const second = await client.apply<ConfigMap>(path('a'), configMap('a', { x: '2' }), mine)

  expect(second.data).toEqual({ x: '2', z: 'theirs' })
  const taking = configMap('a', { x: '2', z: 'mine' })
  await expect(client.apply(path('a'), taking, mine)).rejects.toMatchObject({ code: 'conflict' })
  const dry = await client.apply<ConfigMap>(path('a'), taking, { ...mine, force: true, dryRun: true })
  expect(dry.data).toEqual({ x: '2', z: 'mine' })
  expect((await client.get<ConfigMap>(path('a')))!.data).toEqual({ x: '2', z: 'theirs' })
})

test('KubernetesClient.list() reads page by page, and anew when the pages are forgotten', async () => {
  await using api = await FakeApiServer.start()
  for (let i = 0; i < 25; i++) api.put(configMap(`c${String(i).padStart(2, '0')}`))
  const client = api.client()

  const list = await client.list(all, { pageSize: 10 })
  expect(list.items.map(({ metadata }) => metadata.name)).toEqual(
    Array.from({ length: 25 }, (_, i) => `c${String(i).padStart(2, '0')}`),
  )
  expect(api.requests).toHaveLength(3)

  api.before = () => api.compact()
  expect((await client.list(all, { pageSize: 10 })).items).toHaveLength(25)
})

test('KubernetesClient tells once that the API server is away, and once that it is back', async () => {
  await using api = await FakeApiServer.start()
  const lines: string[] = []
  const log: Logger = { ...silentLogger, warn: (line) => lines.push(line), info: (line) => lines.push(line) }
  const clock = new FakeClock()
  const client = api.client(clock, log)
  await client.list(all)

  await api.away()
  for (let i = 0; i < 3; i++) await expect(client.list(all)).rejects.toMatchObject({ code: 'unavailable', status: 0 })
  await api.listen()
  await client.list(all)
  api.before = () => api.refuse(503, 'ServiceUnavailable', 'starting')
  await expect(client.list(all)).rejects.toMatchObject({ code: 'unavailable', status: 503 })
  api.before = () => {}
  clock.advance(10_000)
  expect(lines).toHaveLength(1)
  await client.list(all)
  clock.advance(10_000)

  expect(lines).toEqual([
    'the API server does not answer; what was read from it stays in force',
    'the API server answers again',
  ])
})
