import { FakeApiServer, meshKinds } from '@weft/kubernetes/testing'
import { FakeClock } from '@weft/time/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findingOf, type Finding } from '../output/findings.ts'
import { clusterChecks, type ClusterReader } from './cluster-checks.ts'
import { meshChecks } from './mesh-checks.ts'
import { noticeChecks } from './notice-checks.ts'

let api: FakeApiServer
let client: ClusterReader
/** What the fake server does not know: paths with their answers. */
let answers: Record<string, (body: unknown) => unknown>

beforeEach(async () => {
  api = await FakeApiServer.start()
  api.register(...meshKinds)
  answers = {
    '/version': () => ({ gitVersion: 'v1.36.3' }),
    '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews': () => ({ status: { allowed: true } }),
  }
  const real = api.client()
  client = {
    get: real.get.bind(real),
    list: real.list.bind(real),
    create: real.create.bind(real),
    remove: real.remove.bind(real),
    stream: real.stream.bind(real),
    send: async (asked) => (answers[asked.path] === undefined ? real.send(asked) : answers[asked.path]!(asked.body)),
  }
})
afterEach(async () => api[Symbol.asyncDispose]())

function node(name: string, kernelVersion = '6.12.1'): void {
  api.put({ apiVersion: 'v1', kind: 'Node', metadata: { name }, status: { nodeInfo: { kernelVersion } } } as never)
}

function crd(name: string, version: string, annotations = {}): void {
  const spec = { versions: [{ name: version, served: true }] }
  const metadata = { name, annotations }
  api.put({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata, spec } as never)
}

async function pre(id: string): Promise<Finding> {
  const check = clusterChecks(client, 'weft-system', 'weft/agent:1', new FakeClock()).find((one) => one.id === id)!
  return findingOf(check, check.severity)
}

const target = { cluster: true, kubeconfig: '/none', context: '', namespace: 'weft-system' } as const

async function mesh(id: string): Promise<Finding> {
  const check = meshChecks(client, target, new FakeClock()).find((one) => one.id === id)!
  return findingOf(check, check.severity)
}

test('ids of checks are unique, and every check has a hint', () => {
  const all = [
    ...clusterChecks(client, 'weft-system', 'i', new FakeClock()),
    ...meshChecks(client, target, new FakeClock()),
  ]
  for (const checks of [all.slice(0, 10), all.slice(10)]) {
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length)
  }
  expect(all.every(({ hint }) => hint.length > 10)).toBe(true)
})

test('cluster-version refuses what is too old', async () => {
  expect(await pre('cluster-version')).toMatchObject({ result: 'ok', found: 'v1.36.3' })
  answers['/version'] = () => ({ gitVersion: 'v1.25.9' })
  expect(await pre('cluster-version')).toMatchObject({ result: 'failed', found: 'v1.25.9' })
})

test('cluster-permissions names the rights that are missing', async () => {
  answers['/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'] = (body) => {
    const { resource } = (body as { spec: { resourceAttributes: { resource: string } } }).spec.resourceAttributes
    return { status: { allowed: resource !== 'daemonsets' && resource !== 'clusterroles' } }
  }

  expect(await pre('cluster-permissions')).toMatchObject({
    result: 'failed',
    found: 'not to create clusterroles.rbac.authorization.k8s.io, daemonsets.apps in weft-system',
  })
})

test('cluster-nodes names nodes with an old kernel', async () => {
  node('a')
  expect(await pre('cluster-nodes')).toMatchObject({ result: 'ok', found: '1 with 6.12.1' })
  node('b', '5.4.0-generic')
  expect(await pre('cluster-nodes')).toMatchObject({ result: 'failed', found: 'b has 5.4.0-generic' })
})

test('cluster-clocks compares the time of each kubelet with that of the API server', async () => {
  const lease = (name: string, renewTime: string) =>
    api.put({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name, namespace: 'kube-node-lease', managedFields: [{ time: '2026-11-22T10:00:00Z' }] },
      spec: { renewTime },
    } as never)
  expect(await pre('cluster-clocks')).toMatchObject({ result: 'warning' })
  lease('a', '2026-11-22T10:00:02.000000Z')
  expect(await pre('cluster-clocks')).toMatchObject({ result: 'ok' })
  lease('b', '2026-11-22T09:50:00.000000Z')

  expect(await pre('cluster-clocks')).toMatchObject({ result: 'failed', found: 'b is 600 s behind' })
})

test('cluster-gateway-api tells the version, or what is missing', async () => {
  expect(await pre('cluster-gateway-api')).toMatchObject({ result: 'warning', found: 'no httproutes' })
  const version = { 'gateway.networking.k8s.io/bundle-version': 'v1.6.3' }
  crd('httproutes.gateway.networking.k8s.io', 'v1', version)
  crd('grpcroutes.gateway.networking.k8s.io', 'v1', version)
  expect(await pre('cluster-gateway-api')).toMatchObject({ result: 'ok', found: 'v1.6.3' })
})

test('cluster-other-mesh finds a second mesh by its CNI plugin', async () => {
  expect(await pre('cluster-other-mesh')).toMatchObject({ result: 'ok' })
  api.put({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'istio-cni-node', namespace: 'istio-system' } })

  expect(await pre('cluster-other-mesh')).toMatchObject({
    result: 'warning',
    found: 'Istio (istio-system/istio-cni-node)',
  })
})

test('what only a node knows is a warning where no pod can look', async () => {
  node('a')
  api.before = ({ verb, plural }) => {
    if (verb === 'create' && plural === 'pods') api.refuse(403, 'Forbidden', 'no pods for you')
  }

  expect(await pre('cluster-btf')).toMatchObject({
    result: 'warning',
    found: expect.stringContaining('could not look at a'),
  })
})

test('mesh-parts and mesh-agents count what is ready', async () => {
  const scaled = (kind: string, name: string, spec: object, status: object) =>
    api.put({ apiVersion: 'apps/v1', kind, metadata: { name, namespace: 'weft-system' }, spec, status } as never)
  for (const name of ['weft-ca', 'weft-policy']) scaled('Deployment', name, { replicas: 2 }, { readyReplicas: 2 })
  expect((await mesh('mesh-parts')).found).toBe('weft-ca 2 of 2, weft-control-plane is not there, weft-policy 2 of 2')
  scaled('Deployment', 'weft-control-plane', { replicas: 2 }, { readyReplicas: 2 })
  expect(await mesh('mesh-parts')).toMatchObject({ result: 'ok' })

  scaled('DaemonSet', 'weft-agent', {}, { numberReady: 1, desiredNumberScheduled: 2 })
  const message = 'the CNI plugin is not installed'
  api.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'weft-agent-x',
      namespace: 'weft-system',
      labels: { 'app.kubernetes.io/part-of': 'weft', 'app.kubernetes.io/name': 'weft-agent' },
    },
    spec: { nodeName: 'node2' },
    status: { conditions: [{ type: 'Ready', status: 'False', message }] },
  } as never)

  expect(await mesh('mesh-agents')).toMatchObject({ result: 'failed', found: `1 of 2, node2: ${message}` })
})

test('mesh-routes names routes whose conditions are bad, and no others', async () => {
  const conditions = (status: string) => [
    { type: 'Accepted', status, reason: 'NoMatchingParent', message: 'there is no service' },
  ]
  const put = (name: string, controllerName: string, status: string) =>
    api.put({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name, namespace: 'shop' },
      status: { parents: [{ controllerName, conditions: conditions(status) }] },
    } as never)
  put('good', 'weft.dev/controller', 'True')
  put('theirs', 'example.com/other', 'False')
  expect(await mesh('mesh-routes')).toMatchObject({ result: 'ok', found: '1 routes' })
  put('bad', 'weft.dev/controller', 'False')

  expect(await mesh('mesh-routes')).toMatchObject({
    result: 'warning',
    found: 'HTTPRoute/shop/bad: Accepted NoMatchingParent: there is no service',
  })
})

test('mesh-crds and mesh-root tell what is missing', async () => {
  crd('trafficpolicies.weft.dev', 'v1alpha1')
  expect(await mesh('mesh-crds')).toMatchObject({ result: 'failed', found: 'no authorizationpolicies.weft.dev' })
  expect(await mesh('mesh-root')).toMatchObject({ result: 'failed', found: expect.stringContaining('weft-roots') })
})

test('mesh-policies names every policy that is not in force as its author meant it', async () => {
  const policy = (name: string, conditions: object[]) =>
    api.put({
      apiVersion: 'weft.dev/v1alpha1',
      kind: 'AuthorizationPolicy',
      metadata: { name, namespace: 'shop' },
      spec: { action: 'ALLOW' },
      status: { conditions },
    } as never)
  const condition = (type: string, status: string, reason: string, message: string) => ({
    type,
    status,
    reason,
    message,
  })
  policy('good', [condition('Accepted', 'True', 'Accepted', ''), condition('Other', 'False', 'Foreign', 'x')])
  expect(await mesh('mesh-policies')).toMatchObject({ result: 'ok', found: '1 policies' })
  policy('bad', [condition('Accepted', 'False', 'Invalid', 'spec.action: found "PERMIT"')])

  expect(await mesh('mesh-policies')).toMatchObject({
    result: 'failed',
    found: 'AuthorizationPolicy/shop/bad: Accepted Invalid: spec.action: found "PERMIT"',
  })
})

test('what agents say of their nodes is a check each; a node without an agent is not known', async () => {
  const nodes = [
    { name: 'a', connected: true, notices: [{ id: 'cni', text: '"/etc/cni/net.d" cannot be written (EROFS)' }] },
    { name: 'b', connected: true, notices: [{ id: 'disk', text: 'Cannot write /x: ENOSPC' }] },
  ]
  const all = noticeChecks(async () => ({ nodes }) as never)
  const found = await Promise.all(all.map(async (check) => findingOf(check, check.severity)))

  expect(found.map(({ id, result, found: text }) => `${id} ${result}: ${text}`)).toEqual([
    'mesh-cni failed: a: "/etc/cni/net.d" cannot be written (EROFS)',
    'mesh-cni-plugins ok: 2 nodes',
    'mesh-disk failed: b: Cannot write /x: ENOSPC',
  ])
  const away = noticeChecks(async () => ({ nodes: [{ name: 'a', connected: false, notices: [] }] }) as never)
  expect(await findingOf(away[0]!, 'failed')).toMatchObject({ result: 'warning', found: 'no agent answers for a' })
})

test('cluster-btf, cluster-cgroup2 and cluster-cni name the nodes that lack something, and what', async () => {
  const good = {
    hasBtf: true,
    hasCgroup2: true,
    cniConfigs: ['a.conflist'],
    cniPlugins: ['bridge'],
    isCniWritable: true,
  }
  const reports: Record<string, object> = {
    a: good,
    b: { ...good, hasBtf: false, isCniWritable: false, cniPlugins: ['bridge', 'linkerd-cni'] },
    c: { ...good, hasCgroup2: false, cniConfigs: null },
  }
  for (const name of Object.keys(reports)) node(name)
  const { get } = client
  client = {
    ...client,
    create: async () => ({}) as never,
    remove: async () => true,
    get: async (path) => (path.includes('/pods/') ? ({ status: { phase: 'Succeeded' } } as never) : get(path)),
    stream: async (path) => {
      const [, name = ''] = /weft-check-(\w)-/.exec(path)!
      return [Buffer.from(JSON.stringify(reports[name]))] as never
    },
  }

  const found = await Promise.all(
    ['cluster-btf', 'cluster-cgroup2', 'cluster-cni', 'cluster-cni-plugins'].map(async (id) => {
      const finding = await pre(id)
      return `${id} ${finding.result}: ${finding.found}`
    }),
  )
  expect(found).toEqual([
    'cluster-btf failed: b: no /sys/kernel/btf/vmlinux',
    'cluster-cgroup2 failed: c: no cgroup2 below /sys/fs/cgroup',
    'cluster-cni failed: b: /etc/cni/net.d or /opt/cni/bin cannot be written, c: no configuration in /etc/cni/net.d',
    'cluster-cni-plugins warning: b: linkerd-cni',
  ])
})
