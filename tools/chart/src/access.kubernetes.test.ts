import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readChart, renderChart } from '@weft/chart'
import { resourcePath, type KubernetesClient, type KubernetesObject } from '@weft/kubernetes'
import { RealApiServer } from '@weft/kubernetes/testing'
import { buildCsr, generatePrivateKey, makeSvid } from '@weft/mtls'
import {
  certificatesService,
  discoveryService,
  managementService,
  meshClientCredentials,
  plainClientCredentials,
  rpcClient,
  type RpcClient,
} from '@weft/rpc'
import { needs } from '@weft/tools/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { accessReport } from './audit.ts'
import { CHART } from './generate.ts'
import { accessRules, chartParts } from './parts.ts'
import { freeAddresses, RunningPart } from './testing/running-part.ts'

const root = join(import.meta.dirname, '../../..')
const NAMESPACE = 'weft-system'
const GATEWAY = 'gateway.networking.k8s.io'
const WEB = 'spiffe://cluster.local/ns/default/sa/web'

needs('kube-apiserver')('the parts on a real API server, with the roles of the chart and no others', () => {
  let folder: string
  let api: RealApiServer
  let admin: KubernetesClient
  let parts: Record<'ca1' | 'ca2' | 'controlPlane' | 'policy', RunningPart>
  let addresses: string[]
  let roots: string
  let management: RpcClient<typeof managementService>

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'weft-access-'))
    api = await RealApiServer.start({ auditedGroup: `system:serviceaccounts:${NAMESPACE}` })
    admin = await api.client()
    await installChart()
    await bind('weft-control-plane', 'node1')
    await bind('weft-policy', 'node1')
    await bind('weft-agent', 'node1')
    addresses = await freeAddresses(10)
    const [ca1, ca2, discovery, policy, ...rest] = addresses as [string, string, string, string, ...string[]]
    const of = async (account: string, settings: Record<string, string>): Promise<Record<string, string>> => ({
      platform: 'kubernetes',
      kubeconfig: api.kubeconfigFor(account, await tokenOf(account, {})),
      ...settings,
    })
    const joining = async (account: string): Promise<Record<string, string>> => {
      const file = join(folder, `${account}.token`)
      writeFileSync(file, await podToken(account))
      return of(account, { 'state-dir': join(folder, account), 'ca-address': ca1, 'join-token-file': file })
    }
    parts = {
      ca1: new RunningPart('ca', await of('weft-ca', { listen: ca1, 'metrics-listen': rest[0]!, owner: 'weft-ca' })),
      ca2: new RunningPart('ca', await of('weft-ca', { listen: ca2, 'metrics-listen': rest[1]!, owner: 'weft-ca' })),
      controlPlane: new RunningPart('control-plane', {
        ...(await joining('weft-control-plane')),
        ...{ listen: discovery, 'metrics-listen': rest[2]!, 'rest-listen': rest[3]!, 'management-listen': rest[4]! },
      }),
      policy: new RunningPart('policy', {
        ...(await joining('weft-policy')),
        ...{ listen: policy, 'metrics-listen': rest[5]!, 'control-plane-address': discovery },
      }),
    }
    management = rpcClient(managementService, rest[4]!, plainClientCredentials())
    await Promise.all(Object.values(parts).map((part) => part.start()))
    roots = await rootsPublished()
  }, 120_000)
  afterAll(async () => {
    management?.close()
    for (const part of Object.values(parts ?? {})) await part.kill()
    await api?.[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })

  test('two CAs that start at once have one root', () => {
    const made = [parts.ca1.log, parts.ca2.log].join().match(/made a new root/g)
    expect(made).toHaveLength(1)
  })

  test('the token of an agent makes it the node that its pod runs on, with certificates of that node’s pods alone', async () => {
    await putPod('default', 'web-1', 'web', 'node1')
    await putPod('default', 'db-1', 'db', 'node2')
    const node = await join1(addresses[1]!, await podToken('weft-agent'))
    expect(node.identity).toBe('spiffe://cluster.local/weft/node/node1')

    const issue = (identity: string): Promise<{ identity: string }> => node.issue(addresses[0]!, identity)
    expect((await issue(WEB)).identity).toBe(WEB)
    await expect(issue('spiffe://cluster.local/ns/default/sa/db')).rejects.toMatchObject({ code: 'not_registered' })
  })

  test.each<[string, () => Promise<string>, string]>([
    ['that is bound to no pod', () => tokenOf('weft-agent', { audiences: ['weft-ca'] }), 'token_unbound'],
    [
      'for the API server',
      () => podToken('weft-agent', ['https://kubernetes.default.svc.cluster.local']),
      'token_unknown',
    ],
    ['of the CA', async () => (await bind('weft-ca', 'node1'), podToken('weft-ca')), 'account_unknown'],
    ['of a pod that is gone', goneToken, 'token_unknown'],
  ])('a token %s is refused', async (_, token, code) => {
    await expect(join1(addresses[0]!, await token())).rejects.toMatchObject({ code })
  })

  test('a pod that its agent has enrolled says so', async () => {
    const node = await join1(addresses[0]!, await podToken('weft-agent'))
    const path = resourcePath('v1', 'pods', 'default', 'web-1')
    const { uid } = (await admin.get(path))!.metadata
    const discovery = rpcClient(discoveryService, addresses[2]!, meshClientCredentials(node.source, [CONTROL_PLANE]))
    const stream = discovery.subscribe()
    await stream.write({ hello: { node: 'node1', kinds: ['Service', 'Workload', 'Route'], held: {}, version: '0' } })
    await stream.write({ status: { workloads: [{ uid: `node1/default/web-1/${uid}`, enrolled: true }] } })

    await vi.waitFor(async () => expect(await conditionsOf(path)).toContain('weft.dev/Enrolled'), { timeout: 10_000 })

    stream.cancel()
    discovery.close()
  })

  test('a resource is applied, told of in its status, kept in former versions, and deleted', async () => {
    await applyPolicy(1)
    await applyPolicy(2)
    const path = resourcePath('weft.dev/v1alpha1', 'trafficpolicies', 'default', 'p')
    await vi.waitFor(async () => expect(await conditionsOf(path)).toContain('Accepted'), { timeout: 8_000 })
    await management.apply({ resources: [JSON.stringify(denyAll)], author: 'ann', dryRun: false })
    const deny = resourcePath('weft.dev/v1alpha1', 'authorizationpolicies', 'default', 'deny')
    await vi.waitFor(async () => expect(await conditionsOf(deny)).toContain('Accepted'), { timeout: 8_000 })
    for (let attempts = 3; attempts < 14; attempts++) await applyPolicy(attempts)
    await management.delete({ kind: 'TrafficPolicy', namespace: 'default', name: 'p' })
    expect(await admin.get(path)).toBeNull()
  })

  test('the root survives a restart of everything; what else is lost of it is made anew under it', async () => {
    const secret = resourcePath('v1', 'secrets', NAMESPACE, 'weft-ca')
    await admin.patch(secret, { data: { 'issuing.json': null } })
    await admin.patch(resourcePath('v1', 'configmaps', NAMESPACE, 'weft-roots'), { data: { 'roots.pem': 'damaged' } })
    for (const part of [parts.ca1, parts.ca2]) await part.kill()
    // The owner is another for one of them, which it writes down.
    const [, , , , ...rest] = addresses
    const settings = { listen: addresses[1]!, 'metrics-listen': rest[1]!, platform: 'kubernetes' }
    const kubeconfig = api.kubeconfigFor('weft-ca', await tokenOf('weft-ca', {}))
    const keptCa = new RunningPart('ca', { ...settings, kubeconfig })
    await api.stopServer()
    await api.startServer()
    const keyVersion = async (): Promise<string | undefined> =>
      (await admin.get(resourcePath('v1', 'secrets', NAMESPACE, 'weft-ca-key')))?.metadata.resourceVersion
    const before = await keyVersion()

    await Promise.all([parts.ca1.start(), keptCa.start()])

    expect(await rootsPublished()).toBe(roots)
    await vi.waitFor(async () => expect(await keyVersion()).not.toBe(before), { timeout: 90_000, interval: 500 })
    await keptCa.kill()
  })

  test('nobody was refused anything, and no rule is for nothing', async () => {
    // Leases and conditions are written a moment after.
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    // No agent runs here, and no kinds of the Gateway API are served.
    for (const part of chartParts.filter(({ key }) => key !== 'agent')) {
      const account = part.name
      const rules = (await accessRules(root, part)).filter(({ group }) => group !== GATEWAY)
      const { forbidden, unused } = accessReport(api.auditLog, account, rules, NAMESPACE)
      expect(forbidden, account).toEqual([])
      expect(
        unused.filter((rule) => !Object.hasOwn(rare, rule)),
        account,
      ).toEqual([])
    }
  })

  /** Kinds, accounts and roles; nothing runs them here. */
  async function installChart(): Promise<void> {
    const installed = [
      'Namespace',
      'CustomResourceDefinition',
      'ServiceAccount',
      'ClusterRole',
      'ClusterRoleBinding',
      'Role',
      'RoleBinding',
    ]
    const manifests = renderChart(
      readChart(join(root, CHART)),
      { name: 'weft', namespace: NAMESPACE },
      { namespace: { create: true } },
    )
    for (const manifest of manifests.filter(({ kind }) => installed.includes(kind))) {
      const { name, namespace = '' } = manifest.metadata
      const path = resourcePath(manifest.apiVersion, pluralOf(manifest.kind), namespace, name)
      await admin.apply(path, manifest as KubernetesObject, { fieldManager: 'test' })
    }
  }

  /** A pod of a part, on a node. */
  async function bind(account: string, node: string): Promise<void> {
    await putPod(NAMESPACE, account, account, node)
  }

  async function putPod(namespace: string, name: string, serviceAccountName: string, nodeName: string): Promise<void> {
    const node = { metadata: { name: nodeName } }
    await admin.create(resourcePath('v1', 'nodes'), node).catch(() => {})
    const containers = [{ name: 'c', image: 'x' }]
    const pod = { metadata: { name, namespace }, spec: { nodeName, serviceAccountName, containers } }
    await admin.create<KubernetesObject>(resourcePath('v1', 'pods', namespace), pod as KubernetesObject)
  }

  async function tokenOf(account: string, spec: object): Promise<string> {
    const path = `${resourcePath('v1', 'serviceaccounts', NAMESPACE, account)}/token`
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { audiences: [], ...spec } }
    const { status } = (await admin.send({ method: 'POST', path, body })) as { status: { token: string } }
    return status.token
  }

  /** As kubelet projects it. */
  async function podToken(account: string, audiences = ['weft-ca']): Promise<string> {
    const pod = await admin.get(resourcePath('v1', 'pods', NAMESPACE, account))
    const { uid } = pod!.metadata
    return tokenOf(account, { audiences, boundObjectRef: { kind: 'Pod', apiVersion: 'v1', name: account, uid } })
  }

  async function goneToken(): Promise<string> {
    const token = await podToken('weft-agent')
    const body = { gracePeriodSeconds: 0 }
    await admin.send({ method: 'DELETE', path: resourcePath('v1', 'pods', NAMESPACE, 'weft-agent'), body })
    await bind('weft-agent', 'node1')
    return token
  }

  async function rootsPublished(): Promise<string> {
    const map = await admin.get<KubernetesObject & { data: Record<string, string> }>(
      resourcePath('v1', 'configmaps', NAMESPACE, 'weft-roots'),
    )
    return map?.data['roots.pem'] ?? ''
  }

  async function join1(address: string, token: string) {
    const key = generatePrivateKey()
    const client = rpcClient(certificatesService, address, meshClientCredentials({ rootsPem: roots }, [CA]))
    try {
      const { identity, chain } = await client.join({ token, csr: buildCsr(key), hosts: [] })
      const svid = makeSvid({ key, chainPem: chain, rootsPem: roots })
      const source = { current: () => svid, onChange: () => () => {} }
      const issue = async (at: string, workload: string): Promise<{ identity: string }> => {
        const issuer = rpcClient(certificatesService, at, meshClientCredentials(source, [CA]))
        return issuer.issue({ identity: workload, csr: buildCsr(generatePrivateKey()) }).finally(() => issuer.close())
      }
      return { identity, source, issue }
    } finally {
      client.close()
    }
  }

  async function applyPolicy(attempts: number): Promise<void> {
    const spec = { targetRefs: [{ kind: 'Service', name: 'web' }], retries: { attempts } }
    const metadata = { name: 'p', namespace: 'default' }
    const policy = { apiVersion: 'weft.dev/v1alpha1', kind: 'TrafficPolicy', metadata, spec }
    await management.apply({ resources: [JSON.stringify(policy)], author: 'ann', dryRun: false })
  }

  async function conditionsOf(path: string): Promise<string[]> {
    const found = await admin.get<KubernetesObject & { status?: { conditions?: { type: string }[] } }>(path)
    return (found?.status?.conditions ?? []).map(({ type }) => type)
  }
})

const pluralOf = (kind: string): string => `${kind.toLowerCase()}s`
/** What takes a fault at the wrong moment, and why it is needed all the same. */
const rare: Readonly<Record<string, string>> = {
  'update of weft.dev authorizationpolicies,trafficpolicies':
    'puts back what was applied when a later resource of the same batch is refused',
}
const CA = 'spiffe://cluster.local/weft/ca'
const CONTROL_PLANE = 'spiffe://cluster.local/weft/control-plane'
const denyAll = {
  apiVersion: 'weft.dev/v1alpha1',
  kind: 'AuthorizationPolicy',
  metadata: { name: 'deny', namespace: 'default' },
  spec: { action: 'DENY', rules: [{ from: [{ namespaces: ['other'] }] }] },
}
