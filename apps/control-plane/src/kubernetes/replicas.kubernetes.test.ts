import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Condition, KubernetesClient, KubernetesObject } from '@weft/kubernetes'
import { resourcePath } from '@weft/kubernetes'
import { RealApiServer } from '@weft/kubernetes/testing'
import { managementService, plainClientCredentials, rpcClient, type RpcClient } from '@weft/rpc'
import { needs } from '@weft/tools/testing'
import { installCrds } from '../store/kubernetes/testing/install-crds.ts'
import { policyNamed } from '../store/testing/store-contract.ts'
import { freeAddresses, Part } from '../testing/part.ts'

const NAMESPACE = 'weft-system'
const patience = { timeout: 40_000, interval: 100 }

interface Replica {
  readonly name: string
  readonly part: Part
  readonly management: RpcClient<typeof managementService>
  readonly readyUrl: string
}

type Policy = KubernetesObject & { readonly status?: { readonly conditions?: readonly Condition[] } }

needs('kube-apiserver')('two replicas of the control plane on a real API server', () => {
  let folder: string
  let api: RealApiServer
  let client: KubernetesClient
  let ca: Part
  let replicas: [Replica, Replica]

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'weft-replicas-'))
    api = await RealApiServer.start()
    client = await api.client()
    await installCrds(client)
    await client.create(resourcePath('v1', 'namespaces'), { metadata: { name: NAMESPACE } })
    const [caAddress, caMetrics] = (await freeAddresses(2)) as [string, string]
    const kubernetes = { platform: 'kubernetes', kubeconfig: api.kubeconfig, namespace: NAMESPACE }
    ca = new Part('ca', { ...kubernetes, listen: caAddress, 'metrics-listen': caMetrics })
    await ca.start()
    await client.create(resourcePath('v1', 'serviceaccounts', NAMESPACE), { metadata: { name: 'weft-control-plane' } })
    const tokenFile = join(folder, 'token')
    writeFileSync(tokenFile, await tokenOf('weft-control-plane'))
    replicas = [await replica('one'), await replica('two')]
    await Promise.all(replicas.map(({ part }) => part.start()))

    async function replica(name: string): Promise<Replica> {
      const [listen, rest, metrics, management] = (await freeAddresses(4)) as [string, string, string, string]
      const part = new Part('control-plane', {
        ...kubernetes,
        'state-dir': join(folder, name),
        replica: name,
        listen,
        'rest-listen': rest,
        'metrics-listen': metrics,
        'management-listen': management,
        'ca-address': caAddress,
        'join-token-file': tokenFile,
      })
      const door = rpcClient(managementService, management, plainClientCredentials())
      return { name, part, management: door, readyUrl: `http://${metrics}/healthz/ready` }
    }
  }, 90_000)
  afterAll(async () => {
    for (const { part, management } of replicas ?? []) {
      management.close()
      await part.end('SIGKILL')
    }
    await ca?.end('SIGKILL')
    await api?.[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })

  async function tokenOf(account: string): Promise<string> {
    const path = `${resourcePath('v1', 'serviceaccounts', NAMESPACE, account)}/token`
    await client.create(resourcePath('v1', 'nodes'), { metadata: { name: 'node1' } })
    const containers = [{ name: 'main', image: 'weft/control-plane:1' }]
    const pod = await client.create<KubernetesObject & { spec: object }>(resourcePath('v1', 'pods', NAMESPACE), {
      metadata: { name: account },
      spec: { serviceAccountName: account, nodeName: 'node1', containers },
    })
    // As kubelet asks for the tokens that it projects.
    const boundObjectRef = { apiVersion: 'v1', kind: 'Pod', name: account, uid: pod.metadata.uid }
    const spec = { audiences: ['weft-ca'], expirationSeconds: 3_600, boundObjectRef }
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec }
    const { status } = (await client.send({ method: 'POST', path, body })) as { status: { token: string } }
    return status.token
  }
  const policyPath = (name: string): string => resourcePath('weft.dev/v1alpha1', 'trafficpolicies', 'default', name)
  const acceptedOf = async (name: string) => {
    const policy = await client.get<Policy>(policyPath(name))
    return policy?.status?.conditions?.find(({ type }) => type === 'Accepted')?.status
  }
  const leaderOf = async (): Promise<Replica> => {
    const path = resourcePath('coordination.k8s.io/v1', 'leases', NAMESPACE, 'weft-control-plane')
    const lease = await client.get<KubernetesObject & { spec: { holderIdentity?: string } }>(path)
    const leader = replicas.find(({ name }) => name === lease?.spec.holderIdentity)
    expect(leader, `${lease?.spec.holderIdentity} leads`).toBeDefined()
    return leader!
  }
  const apply = (at: Replica, name: string, attempts = 1) =>
    at.management.apply({ resources: [JSON.stringify(policyNamed(name, attempts))], author: 'ann', dryRun: false })
  const namesAt = async ({ management }: Replica): Promise<string[]> => {
    const { resources } = await management.get({ kind: 'TrafficPolicy', namespace: '', name: '' })
    return resources.map((text) => (JSON.parse(text) as KubernetesObject).metadata.name)
  }

  test('both are ready; what is applied at one is at the other, and gets its condition', async () => {
    for (const { readyUrl } of replicas) expect((await fetch(readyUrl)).status).toBe(200)
    const answer = await apply(replicas[0], 'a')
    expect(answer.results[0]).toMatchObject({ outcome: 'created' })
    await vi.waitFor(async () => expect(await namesAt(replicas[1])).toEqual(['a']), patience)
    await vi.waitFor(async () => expect(await acceptedOf('a')).toBe('True'), patience)
  })

  test('go on while the API server is away, tell it in one line, and follow when it is back', async () => {
    const before = replicas.map(({ part }) => part.log.length)
    await api.stopServer()
    await new Promise((resolve) => setTimeout(resolve, 8_000))
    for (const replica of replicas) {
      expect((await fetch(replica.readyUrl)).status).toBe(200)
      expect(await namesAt(replica)).toEqual(['a'])
    }
    await expect(apply(replicas[0], 'b')).rejects.toThrow(/cannot reach the API server/)
    await api.startServer()
    await apply(replicas[0], 'b')
    for (const replica of replicas)
      await vi.waitFor(async () => expect(await namesAt(replica)).toEqual(['a', 'b']), patience)

    const linesOf = ({ part }: Replica, index: number): string[] =>
      part.log
        .slice(before[index])
        .split('\n')
        .filter((line) => line.includes('"warn"') || line.includes('"error"'))
    for (const [index, replica] of replicas.entries()) {
      const warnings = linesOf(replica, index).filter((line) => !line.includes('leads no longer'))
      expect(warnings.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual([
        'the API server does not answer; what was read from it stays in force',
      ])
    }
  })

  test(
    'the other writes conditions when the leader is killed, and at once when it drains',
    { timeout: 90_000 },
    async () => {
      await vi.waitFor(leaderOf, patience)
      const first = await leaderOf()
      const second = replicas.find((one) => one !== first)!
      await first.part.end('SIGKILL')
      await client.apply(policyPath('c'), policyNamed('c') as KubernetesObject, { fieldManager: 'kubectl' })
      await vi.waitFor(async () => expect(await acceptedOf('c')).toBe('True'), patience)
      expect(await leaderOf()).toBe(second)

      await first.part.start()
      await new Promise((resolve) => setTimeout(resolve, 4_000))
      const drainedAtMs = performance.now()
      await second.part.end('SIGTERM')
      await client.apply(policyPath('d'), policyNamed('d') as KubernetesObject, { fieldManager: 'kubectl' })
      await vi.waitFor(async () => expect(await acceptedOf('d')).toBe('True'), patience)
      expect(performance.now() - drainedAtMs, 'no lease had to run out').toBeLessThan(10_000)
      await second.part.start()
    },
  )

  test('two replicas that apply at once agree', async () => {
    await Promise.allSettled(replicas.map((one, index) => apply(one, 'same', index + 1)))
    const both = await Promise.all(
      replicas.map(async (one) => {
        await apply(one, 'same', 7)
        const { resources } = await one.management.get({ kind: 'TrafficPolicy', namespace: 'default', name: 'same' })
        return JSON.parse(resources[0]!) as Policy
      }),
    )
    expect(both[0]!.metadata.resourceVersion).toBe(both[1]!.metadata.resourceVersion)
  })
})
