import { describe, expect, test } from 'vitest'
import { appProtocolOf } from './app-protocol.ts'
import { isMeshWanted, whyNotWanted } from './enrolment.ts'
import { meshNodeOf, placeOf } from './node.ts'
import type { EndpointSlice, KubernetesService, Pod } from './objects.ts'
import { ownerOf } from './owner.ts'
import { plaintextOf } from './plaintext.ts'
import { podPorts } from './pod-ports.ts'
import { workloadOfPod } from './pod-workload.ts'
import { podProbes } from './probes.ts'
import { serviceModel } from './service.ts'
import { sliceEndpoints, sliceProblem } from './slice.ts'
import { trimPod, trimService, trimWebhook } from './trim.ts'
import { webhookTargets } from './webhooks.ts'

const enabled = { 'weft.dev/mesh': 'enabled' }
const disabled = { 'weft.dev/mesh': 'disabled' }
const place = { region: 'r', zone: 'z' }

function podOf(
  change: { meta?: Partial<Pod['metadata']>; spec?: Partial<Pod['spec']>; status?: Pod['status'] } = {},
): Pod {
  return {
    metadata: { name: 'cart-7d9f-x', namespace: 'shop', uid: 'u1', labels: { app: 'cart' }, ...change.meta },
    spec: { nodeName: 'n1', serviceAccountName: 'cart', containers: [{ name: 'c' }], ...change.spec },
    status: { phase: 'Running', podIP: '10.0.0.1', conditions: [{ type: 'Ready', status: 'True' }], ...change.status },
  }
}
const conditions = (ready: boolean, enrolled?: boolean) => [
  { type: 'Ready', status: ready ? 'True' : 'False' },
  ...(enrolled === undefined ? [] : [{ type: 'weft.dev/Enrolled', status: enrolled ? 'True' : 'False' }]),
]
const stateOf = (pod: Pod, namespaceLabels = {}) => {
  const workload = workloadOfPod(pod, { namespaceLabels, place })
  return workload === null ? null : [workload.hbonePort, workload.state]
}
const ending = { deletionTimestamp: '2026-01-01T00:00:00Z' }

describe('whether a pod is wanted in the mesh', () => {
  test('is told by its own label, else by that of its namespace', () => {
    expect(isMeshWanted(podOf(), undefined)).toBe(false)
    expect(isMeshWanted(podOf(), enabled)).toBe(true)
    expect(isMeshWanted(podOf({ meta: { labels: disabled } }), enabled)).toBe(false)
    expect(isMeshWanted(podOf({ meta: { labels: enabled } }), disabled)).toBe(true)
    expect(isMeshWanted(podOf({ meta: { labels: { 'weft.dev/mesh': 'yes' } } }), {})).toBe(false)
  })

  test('is no for a pod on the network of its node, and the reason is told', () => {
    const pod = podOf({ spec: { hostNetwork: true }, meta: { labels: enabled } })

    expect(isMeshWanted(pod, enabled)).toBe(false)
    expect(whyNotWanted(pod, enabled)).toContain('hostNetwork')
    expect(whyNotWanted(podOf(), {})).toBe('neither it nor its namespace has the label weft.dev/mesh: enabled')
    expect(whyNotWanted(podOf(), enabled)).toBe('')
  })
})

describe('workloadOfPod()', () => {
  test('of which no kubelet has been heard for long serves while nobody else is ready', () => {
    const said = (reason: string | undefined, containersReady: string): Pod =>
      podOf({
        status: {
          phase: 'Running',
          podIP: '10.0.0.1',
          conditions: [
            { type: 'Ready', status: 'False', ...(reason === undefined ? {} : { reason }) },
            { type: 'ContainersReady', status: containersReady },
          ],
        },
      })

    expect(stateOf(said(undefined, 'True'))).toEqual([0, 'terminating'])
    expect(stateOf(said('ReadinessGatesNotReady', 'True'))).toEqual([0, 'starting'])
    expect(stateOf(said('ContainersNotReady', 'False'))).toEqual([0, 'starting'])
    expect(stateOf(said(undefined, 'False'))).toEqual([0, 'starting'])
  })

  test('is plaintext for a pod outside the mesh, and never for one that is to be in it', () => {
    expect(stateOf(podOf())).toEqual([0, 'ready'])
    expect(stateOf(podOf(), enabled)).toEqual([15008, 'starting'])
    expect(stateOf(podOf({ status: { conditions: conditions(true, false) } }), enabled)).toEqual([15008, 'starting'])
    expect(stateOf(podOf({ status: { conditions: conditions(true, true) } }), enabled)).toEqual([15008, 'ready'])
  })

  test('stays with the mesh until the agent has let go of it', () => {
    expect(stateOf(podOf({ status: { conditions: conditions(true, true) } }))).toEqual([15008, 'ready'])
    expect(stateOf(podOf({ status: { conditions: conditions(true, false) } }))).toEqual([0, 'ready'])
  })

  test('goes on serving while it ends, as long as it is ready', () => {
    const meta = ending
    expect(stateOf(podOf({ meta }))).toEqual([0, 'terminating'])
    expect(stateOf(podOf({ meta, status: { conditions: conditions(false) } }))).toEqual([0, 'draining'])
    expect(stateOf(podOf({ meta }), enabled), 'never was in it').toEqual([15008, 'draining'])
  })

  test('is nothing without node or address, nor after the end', () => {
    expect(stateOf(podOf({ spec: { nodeName: '' } }))).toBe(null)
    expect(workloadOfPod({ ...podOf(), status: { phase: 'Pending' } }, { namespaceLabels: {}, place })).toBe(null)
    for (const phase of ['Succeeded', 'Failed']) expect(stateOf(podOf({ status: { phase } }))).toBe(null)
  })

  test('says where and whose it is', () => {
    const status = { podIP: 'fd00::1', podIPs: [{ ip: 'fd00::1' }, { ip: '10.0.0.1' }] }
    expect(workloadOfPod(podOf({ status }), { namespaceLabels: {}, place })).toMatchObject({
      uid: 'n1/shop/cart-7d9f-x/u1',
      name: 'cart-7d9f-x',
      serviceAccount: 'cart',
      node: 'n1',
      address: '10.0.0.1',
      address6: 'fd00::1',
      networkMode: 'own',
      ...place,
    })
    const onHost = podOf({ spec: { hostNetwork: true, serviceAccountName: '' } })
    expect(workloadOfPod(onHost, { namespaceLabels: enabled, place })).toMatchObject({
      networkMode: 'shared',
      hbonePort: 0,
      serviceAccount: 'default',
    })
  })

  test('is the same of a pod of which only what is read was kept', () => {
    const probe = { httpGet: { port: 'web', path: 'healthz' } }
    const full = podOf({
      meta: { ...ending, annotations: { 'weft.dev/allow-plaintext': 'web', other: 'x' }, labels: enabled },
      spec: { containers: [{ name: 'c', ports: [{ containerPort: 80, name: 'web' }], livenessProbe: probe }] },
      status: { conditions: [...conditions(true, true), { type: 'PodScheduled', status: 'True' }] },
    })
    const around = { namespaceLabels: {}, place }

    expect(workloadOfPod(trimPod(full), around)).toEqual(workloadOfPod(full, around))
    expect(trimPod(full).status!.conditions).toHaveLength(2)
  })
})

test('ownerOf() names what people made', () => {
  const made = (kind: string, name: string, labels = {}) =>
    ownerOf({
      metadata: { name: 'p', labels, ownerReferences: [{ apiVersion: 'v1', kind, name, uid: '1', controller: true }] },
    })

  expect(made('ReplicaSet', 'cart-7d9f', { 'pod-template-hash': '7d9f' })).toBe('Deployment/cart')
  expect(made('ReplicaSet', 'cart')).toBe('ReplicaSet/cart')
  expect(made('StatefulSet', 'db')).toBe('StatefulSet/db')
  expect(ownerOf({ metadata: { name: 'p' } })).toBe('')
})

test('podPorts() are TCP ports of containers and sidecars, not of other init containers', () => {
  const pod = podOf({
    spec: {
      containers: [
        {
          name: 'c',
          ports: [{ containerPort: 80 }, { containerPort: 53, protocol: 'UDP' }, { containerPort: 80, name: 'web' }],
        },
      ],
      initContainers: [
        { name: 'once', ports: [{ containerPort: 1 }] },
        { name: 'side', restartPolicy: 'Always', ports: [{ containerPort: 90, name: 'admin' }] },
      ],
    },
  })

  expect(podPorts(pod).map(({ port, name }) => `${port} ${name}`)).toEqual(['80 web', '90 admin'])
})

test('podProbes() are what the kubelet asks of the pod itself, each once', () => {
  const pod = podOf({
    spec: {
      containers: [
        {
          name: 'c',
          ports: [{ containerPort: 8080, name: 'web' }],
          livenessProbe: { httpGet: { port: 'web', path: 'live' } },
          readinessProbe: { httpGet: { port: 8080, path: '/live' } },
          startupProbe: { tcpSocket: { port: 9090 } },
          lifecycle: {
            preStop: { httpGet: { port: '8443', scheme: 'HTTPS' } },
            postStart: { httpGet: { port: 1, host: 'example.com' } },
          },
        },
        {
          name: 'd',
          livenessProbe: { grpc: { port: 50051, service: 'shop' } },
          readinessProbe: { httpGet: { port: 'nowhere' } },
        },
      ],
    },
  })

  expect(podProbes(pod).map(({ type, port, path }) => `${type} ${port} ${path}`)).toEqual([
    'http 8080 /live',
    'tcp 9090 ',
    'https 8443 /',
    'grpc 50051 shop',
  ])
})

test('plaintextOf() lets nobody in by what it cannot read', () => {
  const containers = [{ name: 'c', ports: [{ containerPort: 9100, name: 'metrics' }] }]
  const of = (text: string) =>
    plaintextOf(podOf({ meta: { annotations: { 'weft.dev/allow-plaintext': text } }, spec: { containers } }))

  expect(of('true')).toEqual({ all: true, ports: [], problem: '' })
  expect(of('80, metrics')).toEqual({ all: false, ports: [80, 9100], problem: '' })
  expect(of('True')).toMatchObject({ all: false, ports: [] })
  expect(of('80,http,99999').ports).toEqual([80])
  expect(of('80,http,99999').problem).toContain('found "http", "99999", expected true, false')
  expect(plaintextOf(podOf())).toEqual({ all: false, ports: [], problem: '' })
})

test('appProtocolOf() believes appProtocol, then names of octets, else looks at them', () => {
  expect(appProtocolOf('kubernetes.io/h2c', 'http')).toBe('http2')
  expect(appProtocolOf('example.com/own', 'http')).toBe('detect')
  expect(appProtocolOf(undefined, 'grpc-api'), 'HTTP is recognised, and may be TLS').toBe('detect')
  expect(appProtocolOf(undefined, 'https')).toBe('tls')
  expect(appProtocolOf(undefined, 'httpbin')).toBe('detect')
  expect(appProtocolOf('', 'redis')).toBe('tcp')
  expect(appProtocolOf('constructor', 'toString')).toBe('detect')
})

describe('serviceModel()', () => {
  const service = (spec: Partial<KubernetesService['spec']>): KubernetesService => ({
    metadata: { name: 'cart', namespace: 'shop' },
    spec: { clusterIP: '10.96.0.1', selector: { app: 'cart' }, ports: [{ port: 80 }], ...spec },
  })
  const slice = (more: Partial<EndpointSlice>, managedBy = '', name = 's'): EndpointSlice => ({
    metadata: { name, namespace: 'shop', labels: { 'endpointslice.kubernetes.io/managed-by': managedBy } },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['192.0.2.1'] }],
    ports: [{ name: 'web', port: 8080 }],
    ...more,
  })
  const around = { namespaceLabels: enabled, slices: [] as EndpointSlice[], webhookPorts: [], placeOfNode: () => place }

  test('has both families, several ports by number or name, TCP alone', () => {
    const model = serviceModel(
      service({
        clusterIPs: ['10.96.0.1', 'fd00::1'],
        ports: [
          { port: 80, name: 'http', targetPort: 'web' },
          { port: 53, protocol: 'UDP' },
          { port: 9090, name: 'x', targetPort: 0 },
        ],
      }),
      around,
    )

    expect(model).toMatchObject({ address4: '10.96.0.1', address6: 'fd00::1', isHeadless: false, isMeshed: true })
    expect(model!.ports).toEqual([
      { port: 80, targetPort: 'web', name: 'http', protocol: 'detect' },
      { port: 9090, targetPort: 9090, name: 'x', protocol: 'detect' },
    ])
  })

  test('has the addresses of load balancers that the cluster serves itself, and external ones', () => {
    const ingress = [{ ip: '198.18.200.2' }, { ip: '198.18.200.3', ipMode: 'Proxy' }, { hostname: 'lb.test' }]
    const one = service({ type: 'LoadBalancer', externalIPs: ['198.18.200.1'] })
    const told = { ...one, status: { loadBalancer: { ingress } } }

    expect(serviceModel(trimService(told), around)).toMatchObject({ sharedAddresses: ['198.18.200.1', '198.18.200.2'] })
    expect(serviceModel(trimService(one), around)).toMatchObject({ sharedAddresses: ['198.18.200.1'] })
    expect(serviceModel(trimService(service({})), around)).toMatchObject({ sharedAddresses: [] })
  })

  test('knows headless ones, other names, and what a Service asks of its traffic', () => {
    expect(serviceModel(service({ clusterIP: 'None', clusterIPs: ['None'] }), around)).toMatchObject({
      address4: '',
      isHeadless: true,
    })
    expect(serviceModel(service({ type: 'ExternalName' }), around)).toBe(null)
    const asked = { trafficDistribution: 'PreferSameNode', sessionAffinity: 'ClientIP', publishNotReadyAddresses: true }
    expect(serviceModel(service(asked), around)).toMatchObject({
      distribution: 'node',
      isSticky: true,
      publishNotReady: true,
    })
    const local = { trafficDistribution: 'PreferClose', internalTrafficPolicy: 'Local' }
    expect(serviceModel(service(local), around)!.distribution).toBe('onlyNode')
  })

  test('takes written endpoints, but not those that only repeat the selector', () => {
    const slices = [
      slice({}, 'endpointslice-controller.k8s.io'),
      slice({ endpoints: [{ addresses: ['192.0.2.2'] }] }, 'me', 't'),
    ]
    const addresses = (spec: Partial<KubernetesService['spec']>) =>
      serviceModel(service(spec), { ...around, slices })!.endpoints.map(({ address }) => address)

    expect(addresses({})).toEqual(['192.0.2.2'])
    expect(addresses({ selector: {} })).toEqual(['192.0.2.1', '192.0.2.2'])
  })

  test('reads the conditions of endpoints, and their families alone', () => {
    const states = [
      {},
      { ready: false },
      { ready: false, serving: true, terminating: true },
      { ready: false, serving: false, terminating: true },
    ].map(
      (one) =>
        sliceEndpoints(slice({ endpoints: [{ addresses: ['192.0.2.1'], conditions: one }] }), () => null)[0]!.state,
    )

    expect(states).toEqual(['ready', 'starting', 'terminating', 'draining'])
    expect(
      sliceEndpoints(slice({ addressType: 'FQDN', endpoints: [{ addresses: ['db.example'] }] }), () => null),
    ).toEqual([])
    expect(sliceProblem(slice({ addressType: 'FQDN' }))).toBe(
      'EndpointSlice shop/s: addressType: found "FQDN", expected IPv4 or IPv6; its endpoints are not used',
    )
    expect(sliceEndpoints(slice({ addressType: 'IPv6' }), () => null)).toEqual([])
    expect(sliceEndpoints(slice({ endpoints: null, ports: null }), () => null)).toEqual([])
  })
})

test('webhookTargets() are the ports that the API server calls', () => {
  const own = { name: 'hook', namespace: 'shop' }

  expect(
    webhookTargets({ metadata: { name: 'w' }, webhooks: [{ clientConfig: { service: own } }, { clientConfig: {} }] }),
  ).toEqual([{ service: 'shop/hook', port: 443 }])
  const conversion = { webhook: { clientConfig: { service: { ...own, port: 8443 }, caBundle: 'x' } } }
  const definition = { metadata: { name: 'c' }, spec: { conversion, versions: [] } }
  expect(webhookTargets(trimWebhook(definition))).toEqual(webhookTargets(definition))
  expect(JSON.stringify(trimWebhook(definition))).not.toContain('caBundle')
  expect(webhookTargets({ metadata: { name: 'c' }, spec: { conversion } })).toEqual([
    { service: 'shop/hook', port: 8443 },
  ])
  expect(webhookTargets({ metadata: { name: 'v1.x' }, spec: { service: null } })).toEqual([])
})

test('placeOf() and meshNodeOf() read what a node says of itself', () => {
  const node = {
    metadata: { name: 'n1', labels: { 'topology.kubernetes.io/zone': 'a', 'topology.kubernetes.io/region': 'eu' } },
    status: {
      addresses: [
        { type: 'Hostname', address: 'n1' },
        { type: 'InternalIP', address: '198.18.0.1' },
      ],
    },
  }

  expect(placeOf(node)).toEqual({ region: 'eu', zone: 'a' })
  expect(meshNodeOf(node)).toEqual({ name: 'n1', address: '198.18.0.1' })
  expect(placeOf({ metadata: { name: 'n2' } })).toEqual({ region: '', zone: '' })
})
