import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { systemClock, systemRandom } from '@weft/host'
import { silentLogger, type Logger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { needs } from '@weft/tools/testing'
import { KubernetesClient } from './client.ts'
import { inClusterEndpoint } from './in-cluster.ts'
import { Informer } from './informer.ts'
import { LeaderElection } from './leader-election.ts'
import { type KubernetesObject, resourcePath } from './object.ts'
import { RealApiServer } from './testing/index.ts'

type ConfigMap = KubernetesObject & { readonly data?: Readonly<Record<string, string>> }

const all = resourcePath('v1', 'configmaps', 'default')
const path = (name: string): string => resourcePath('v1', 'configmaps', 'default', name)
const configMap = (name: string, data: Record<string, string>): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, labels: { test: 'weft' } },
  data,
})
const patience = { timeout: 20_000, interval: 20 }

needs('kube-apiserver')('a real API server', () => {
  let api: RealApiServer
  let client: KubernetesClient
  let folder: string
  const lines: string[] = []
  const log: Logger = { ...silentLogger, warn: (line) => lines.push(line), info: (line) => lines.push(line) }
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'weft-kubernetes-'))
    api = await RealApiServer.start()
    client = await api.client(log)
  })
  afterAll(async () => {
    await api[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })

  test('takes what the client sends, and refuses by the codes that are expected', async () => {
    const made = await client.create(all, configMap('a', { x: '1' }))
    await expect(client.create(all, configMap('a', {}))).rejects.toMatchObject({ code: 'already_exists' })
    await client.replace(path('a'), { ...made, data: { x: '2' } })
    await expect(client.replace(path('a'), made)).rejects.toMatchObject({ code: 'conflict' })
    await expect(client.remove(path('a'), { resourceVersion: '1' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(client.create(all, configMap('A B', {}))).rejects.toMatchObject({
      code: 'invalid_argument',
      causes: [expect.objectContaining({ field: 'metadata.name' })],
    })
    expect(await client.get(path('nothing'))).toBeNull()
    expect(await client.remove(path('a'))).toBe(true)
  })

  test('applies as the fake one does', async () => {
    const mine = { fieldManager: 'weft' }
    await client.apply(path('s'), configMap('s', { x: '1', y: '1' }), mine)
    await client.patch(path('s'), { data: { z: 'theirs' } }, { fieldManager: 'other' })
    const second = await client.apply<ConfigMap>(path('s'), configMap('s', { x: '2' }), mine)
    expect(second.data).toEqual({ x: '2', z: 'theirs' })
    const taking = configMap('s', { z: 'mine' })
    await expect(client.apply(path('s'), taking, mine)).rejects.toMatchObject({ code: 'conflict' })
    const dry = await client.apply<ConfigMap>(path('s'), taking, { ...mine, force: true, dryRun: true })
    expect(dry.data).toEqual({ z: 'mine' })
    expect((await client.get<ConfigMap>(path('s')))!.data).toEqual({ x: '2', z: 'theirs' })
    await client.remove(path('s'))
  })

  test('is followed without a miss or a repeat over its own death', { timeout: 60_000 }, async () => {
    const options = { client, path: resourcePath('v1', 'configmaps'), labelSelector: 'test=weft' }
    const informer = new Informer<ConfigMap>(options, systemClock, systemRandom, log)
    const told: string[] = []
    informer.onChange((key, object) => told.push(`${key}=${object?.data?.['x'] ?? 'gone'}`))
    await informer.start()
    lines.length = 0

    await client.apply(path('f'), configMap('f', { x: '1' }), { fieldManager: 'weft' })
    await vi.waitFor(() => expect(told).toEqual(['default/f=1']), patience)
    await api.stopServer()
    await vi.waitFor(() => expect(lines).toHaveLength(1), patience)
    await api.startServer()
    await client.apply(path('f'), configMap('f', { x: '2' }), { fieldManager: 'weft' })
    await client.remove(path('f'))

    // A server that starts knows no history: what came and went before the informer was back may be missing.
    await vi.waitFor(() => expect(told.at(-1)).toBe('default/f=gone'), patience)
    expect(['default/f=1', 'default/f=2', 'default/f=gone'].filter((one) => told.includes(one))).toEqual(told)
    informer.stop()
    const awayAndBack = [
      'the API server does not answer; what was read from it stays in force',
      'the API server answers again',
    ]
    await vi.waitFor(() => expect(lines).toEqual(awayAndBack), patience)
  })

  test('gives large lists in pages, and bookmarks', async () => {
    for (let i = 0; i < 30; i++) await client.create(all, configMap(`p${i}`, {}))
    const list = await client.list(all, { labelSelector: 'test=weft', pageSize: 7 })
    expect(new Set(list.items.map(({ metadata }) => metadata.name)).size).toBe(30)
    await client.send({ method: 'DELETE', path: all, query: { labelSelector: 'test=weft' } })
  })

  test('makes one leader of two, and the other when that one gives up', async () => {
    const elect = (identity: string): LeaderElection => {
      const options = { client, namespace: 'default', name: 'weft', identity, leaseMs: 3_000, renewMs: 300 }
      return new LeaderElection(options, systemClock, systemRandom, silentLogger)
    }
    const [a, b] = [elect('a'), elect('b')]
    await a.start()
    await b.start()
    expect([a.isLeader, b.isLeader]).toEqual([true, false])
    await a.release()
    await vi.waitFor(() => expect([a.isLeader, b.isLeader]).toEqual([false, true]), patience)
    b.stop()
  })

  test('is reached by a program that gives credentials, as kubectl runs it', async () => {
    const config = JSON.parse(readFileSync(api.kubeconfig, 'utf8')) as {
      users: { user: { token?: string; exec?: object } }[]
    }
    const status = { token: config.users[0]!.user.token }
    const credential = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status }
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'printf',
      args: ['%s', JSON.stringify(credential)],
      interactiveMode: 'Never',
    }
    config.users[0]!.user = { exec }
    writeFileSync(join(folder, 'exec'), JSON.stringify(config))

    const byProgram = await KubernetesClient.load({ kubeconfig: join(folder, 'exec') }, systemClock, silentLogger)
    expect((await byProgram.list('/api/v1/namespaces')).items.length).toBeGreaterThan(0)
    expect(byProgram.namespace).toBe('default')
    byProgram.close()
  })

  test('is reached with the account of a pod, whose token is read anew', async () => {
    const config = JSON.parse(readFileSync(api.kubeconfig, 'utf8')) as {
      clusters: { cluster: { server: string; 'certificate-authority': string } }[]
      users: { user: { token: string } }[]
    }
    const { cluster } = config.clusters[0]!
    const server = new URL(cluster.server)
    process.env['KUBERNETES_SERVICE_HOST'] = server.hostname
    process.env['KUBERNETES_SERVICE_PORT'] = server.port
    writeFileSync(join(folder, 'ca.crt'), readFileSync(cluster['certificate-authority']))
    writeFileSync(join(folder, 'token'), 'expired')
    writeFileSync(join(folder, 'namespace'), 'weft-system\n')
    const clock = new FakeClock()
    const endpoint = await inClusterEndpoint(clock, folder)
    const inPod = new KubernetesClient(endpoint, {}, clock, silentLogger)

    expect(inPod.namespace).toBe('weft-system')
    await expect(inPod.list('/api/v1/namespaces')).rejects.toMatchObject({ code: 'unauthenticated' })
    writeFileSync(join(folder, 'token'), `${config.users[0]!.user.token}\n`)
    clock.advance(60_000)
    expect((await inPod.list('/api/v1/namespaces')).items.length).toBeGreaterThan(0)
    inPod.close()
  })

  test('is told from a kubeconfig that is wrong', async () => {
    const load = (kubeconfig: string, context = '') =>
      KubernetesClient.load({ kubeconfig, context }, systemClock, silentLogger)
    await expect(load('/nowhere')).rejects.toThrow(/cannot read the kubeconfig \/nowhere: .*ENOENT/)
    await expect(load(api.kubeconfig, 'other')).rejects.toThrow('found context "other", expected one of test')
  })
})
