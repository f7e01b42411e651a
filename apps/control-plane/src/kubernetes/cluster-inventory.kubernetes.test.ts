import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ENROLLED_CONDITION, type KubernetesService, type Pod } from '@weft/cluster'
import { systemClock, systemRandom } from '@weft/host'
import { type KubernetesClient, resourcePath } from '@weft/kubernetes'
import { RealApiServer } from '@weft/kubernetes/testing'
import { silentLogger } from '@weft/telemetry'
import { needs } from '@weft/tools/testing'
import { ClusterInventory } from './cluster-inventory.ts'

const PATIENCE = { timeout: 10_000, interval: 20 }

needs('kube-apiserver')('ClusterInventory on a real API server', () => {
  let server: RealApiServer
  let client: KubernetesClient
  let replicas: ClusterInventory[]

  beforeAll(async () => {
    server = await RealApiServer.start()
    client = await server.client()
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop', labels: { 'weft.dev/mesh': 'enabled' } },
    }
    await client.create(resourcePath('v1', 'namespaces'), namespace)
    const labels = { 'topology.kubernetes.io/zone': 'z1', 'topology.kubernetes.io/region': 'r1' }
    await client.create(resourcePath('v1', 'nodes'), {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n1', labels },
    })
    replicas = await Promise.all(
      [1, 2].map(async () => new ClusterInventory(await server.client(), systemClock, systemRandom, silentLogger)),
    )
    await Promise.all(replicas.map((replica) => replica.start()))
  })

  afterAll(async () => {
    for (const replica of replicas ?? []) replica.stop()
    client?.close()
    await server?.[Symbol.asyncDispose]()
  })

  async function makePod(name: string, podIP: string, isReady = true): Promise<Pod> {
    const path = resourcePath('v1', 'pods', 'shop')
    const made = await client.create(path, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'shop', labels: { app: 'cart' } },
      spec: { nodeName: 'n1', containers: [{ name: 'c', image: 'x', ports: [{ containerPort: 8080, name: 'web' }] }] },
    } as unknown as Pod)
    return setStatus(made, { phase: 'Running', podIP, podIPs: [{ ip: podIP }], conditions: [readiness(isReady)] })
  }

  /** As the kubelet does: its own conditions, merged into what others wrote. */
  function setStatus(pod: Pod, status: unknown): Promise<Pod> {
    const { namespace, name } = pod.metadata
    return client.send({
      method: 'PATCH',
      path: `${resourcePath('v1', 'pods', namespace, name)}/status`,
      contentType: 'application/strategic-merge-patch+json',
      body: { metadata: { uid: pod.metadata.uid }, status },
    }) as Promise<Pod>
  }

  const readiness = (isReady: boolean) => ({ type: 'Ready', status: isReady ? 'True' : 'False' })
  const uidOf = ({ metadata }: Pod): string => `n1/shop/${metadata.name}/${metadata.uid}`
  const conditionOf = async (name: string) => {
    const pod = await client.get<Pod>(resourcePath('v1', 'pods', 'shop', name))
    return pod?.status?.conditions?.find(({ type }) => type === ENROLLED_CONDITION)
  }
  const stateAt = (replica: number, uid: string) => {
    const workload = replicas[replica]!.get(uid)
    return workload === null ? null : [workload.hbonePort, workload.state, workload.zone]
  }
  const reportOf = (uid: string, enrolled: boolean, reason = '') => ({ uid, enrolled, reason, environment: {} })
  const remove = (name: string): Promise<unknown> =>
    client.send({
      method: 'DELETE',
      path: resourcePath('v1', 'pods', 'shop', name),
      body: { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0 },
    })

  test('what an agent reports to one replica becomes a condition of the pod, from which the other learns it', async () => {
    const pod = await makePod('cart-0', '10.0.0.1')
    const uid = uidOf(pod)
    await vi.waitFor(() => expect(stateAt(1, uid)).toEqual([15008, 'starting', 'z1']), PATIENCE)
    replicas[0]!.report('n1', [reportOf(uid, true)])
    await vi.waitFor(() => expect(stateAt(1, uid)).toEqual([15008, 'ready', 'z1']), PATIENCE)

    expect(await conditionOf('cart-0')).toMatchObject({ status: 'True', reason: 'Enrolled' })
    const since = (await conditionOf('cart-0'))!.lastTransitionTime
    expect(replicas[1]!.enrolmentOf(uid)).toMatchObject({ enrolled: true, reason: '' })
    await setStatus(pod, { conditions: [readiness(false)] })
    await vi.waitFor(() => expect(stateAt(0, uid)).toEqual([15008, 'starting', 'z1']), PATIENCE)
    expect(await conditionOf('cart-0'), 'the kubelet leaves it as it is').toMatchObject({
      status: 'True',
      lastTransitionTime: since,
    })
    await setStatus(pod, { conditions: [readiness(true)] })
    await vi.waitFor(() => expect(stateAt(0, uid)).toEqual([15008, 'ready', 'z1']), PATIENCE)

    replicas[1]!.report('n1', [reportOf(uid, false, 'its HBONE listener is gone')])
    await vi.waitFor(() => expect(stateAt(0, uid)).toEqual([15008, 'starting', 'z1']), PATIENCE)
    const after = await client.get<Pod>(resourcePath('v1', 'pods', 'shop', 'cart-0'))
    expect(await conditionOf('cart-0')).toMatchObject({ status: 'False', message: 'its HBONE listener is gone' })
    expect(after!.status!.conditions!.map(({ type }) => type).toSorted()).toEqual(['Ready', ENROLLED_CONDITION])
    expect(after!.status!.podIP, 'nothing else of the status is touched').toBe('10.0.0.1')
  })

  test('a report about a pod that was made anew under the same name changes nothing of the new one', async () => {
    const old = await makePod('cart-1', '10.0.0.2')
    await remove('cart-1')
    const pod = await makePod('cart-1', '10.0.0.3')
    await vi.waitFor(() => expect(stateAt(0, uidOf(pod))).not.toBe(null), PATIENCE)
    replicas[0]!.report('n1', [reportOf(uidOf(old), true)])
    // The other is asked too, so that it is known when the first has been heard.
    replicas[0]!.report('n1', [reportOf(uidOf(pod), false, 'not yet')])
    await vi.waitFor(async () => expect(await conditionOf('cart-1')).toMatchObject({ message: 'not yet' }), PATIENCE)

    const path = `${resourcePath('v1', 'pods', 'shop', 'cart-1')}`
    const wrong = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'cart-1', namespace: 'shop', uid: old.metadata.uid! },
      status: { conditions: [{ type: ENROLLED_CONDITION, status: 'True', lastTransitionTime: null }] },
    }
    await expect(
      client.applyStatus(path, wrong, { fieldManager: 'weft-control-plane', force: true }),
    ).rejects.toMatchObject({
      code: 'invalid_argument',
      message: expect.stringContaining('uid'),
    })
  })

  test('Services come with their addresses, endpoints that were written and webhooks that lead to them', async () => {
    const service: KubernetesService = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'hook', namespace: 'shop' },
      spec: {
        selector: { app: 'cart' },
        ports: [{ name: 'https', port: 443, targetPort: 'web' }],
        trafficDistribution: 'PreferSameZone',
        type: 'LoadBalancer',
      },
    }
    const made = await client.create(resourcePath('v1', 'services', 'shop'), service)
    await client.patchStatus(
      resourcePath('v1', 'services', 'shop', 'hook'),
      { status: { loadBalancer: { ingress: [{ ip: '198.18.200.7' }] } } },
      { fieldManager: 'a-load-balancer' },
    )
    await client.create(resourcePath('v1', 'services', 'shop'), {
      ...service,
      metadata: { name: 'db', namespace: 'shop' },
      spec: { clusterIP: 'None', ports: [{ name: 'pg', port: 5432 }] },
    })
    await client.create(resourcePath('discovery.k8s.io/v1', 'endpointslices', 'shop'), {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'db-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'db' } },
      addressType: 'IPv4',
      ports: [{ name: 'pg', port: 15432 }],
      endpoints: [
        { addresses: ['192.0.2.9'], conditions: { ready: false, serving: true, terminating: true }, nodeName: 'n1' },
      ],
    } as never)
    await client.create(resourcePath('admissionregistration.k8s.io/v1', 'validatingwebhookconfigurations'), {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'hook' },
      webhooks: [
        {
          name: 'hook.example.com',
          clientConfig: { service: { namespace: 'shop', name: 'hook' } },
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
          failurePolicy: 'Ignore',
          rules: [{ apiGroups: ['none'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['nones'] }],
        },
      ],
    } as never)

    await vi.waitFor(() => {
      const [db, hook] = replicas[0]!.services().filter(({ namespace }) => namespace === 'shop')
      expect(hook).toMatchObject({
        address4: made.spec.clusterIP,
        sharedAddresses: ['198.18.200.7'],
        ports: [{ port: 443, targetPort: 'web', protocol: 'tls' }],
        distribution: 'zone',
        isMeshed: true,
        webhookPorts: [443],
      })
      expect(db).toMatchObject({
        isHeadless: true,
        endpoints: [{ address: '192.0.2.9', port: 15432, portName: 'pg', state: 'terminating', zone: 'z1' }],
      })
    }, PATIENCE)
  })

  test('both replicas come to the same revision and the same model, also over an API server that dies', async () => {
    const pod = await makePod('cart-2', '10.0.0.4')
    await server.stopServer()
    replicas[0]!.report('n1', [reportOf(uidOf(pod), true)])
    await server.startServer()
    await vi.waitFor(() => expect(stateAt(1, uidOf(pod))).toEqual([15008, 'ready', 'z1']), {
      ...PATIENCE,
      timeout: 60_000,
    })
    await remove('cart-2')
    await vi.waitFor(() => expect(stateAt(1, uidOf(pod))).toBe(null), PATIENCE)

    await vi.waitFor(() => {
      const [a, b] = replicas.map((replica) => replica.workloads().toSorted((x, y) => (x.uid < y.uid ? -1 : 1)))
      expect(a).toEqual(b)
      expect(replicas[0]!.services()).toEqual(replicas[1]!.services())
      expect(replicas[0]!.revision).toBe(replicas[1]!.revision)
      expect(replicas[0]!.revision).toBeGreaterThan(0)
    }, PATIENCE)
  })

  test('a namespace that leaves the mesh lets its pods go once their agent did', async () => {
    const pod = await makePod('cart-3', '10.0.0.5')
    const uid = uidOf(pod)
    replicas[0]!.report('n1', [reportOf(uid, true)])
    await vi.waitFor(() => expect(stateAt(0, uid)).toEqual([15008, 'ready', 'z1']), PATIENCE)
    await client.patch(resourcePath('v1', 'namespaces', '', 'shop'), {
      metadata: { labels: { 'weft.dev/mesh': null } },
    })
    await vi.waitFor(() => expect(replicas[0]!.services().some(({ isMeshed }) => isMeshed)).toBe(false), PATIENCE)
    expect(stateAt(0, uid), 'captured as long as its agent says so').toEqual([15008, 'ready', 'z1'])
    replicas[0]!.report('n1', [])
    await vi.waitFor(() => expect(stateAt(0, uid)).toEqual([0, 'ready', 'z1']), PATIENCE)

    expect(await conditionOf('cart-3')).toMatchObject({ status: 'False', reason: 'NotWanted' })
  })
})
