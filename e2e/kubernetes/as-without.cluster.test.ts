import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apply, cluster, eventually, execIn, kubectl, rolledOut, spawnInCluster } from './harness/cluster.ts'
import { enrolled, hasMesh } from './harness/mesh.ts'
import {
  BOX,
  container,
  deployment,
  manifest,
  namespace,
  podSpec,
  SAMPLES,
  service,
  type Manifest,
} from './harness/objects.ts'

const NS = 'usual'
/** Of the service `web`: of the cluster's range. */
const WEB_IP = '198.18.143.80'
const PLAINTEXT = { 'weft.dev/allow-plaintext': 'true' }
const sleeping = ['sleep', '1000000']
const serve = (text: string, port = 8080): string[] => [
  ...['sh', '-c', `mkdir -p /www && echo ${text} >/www/index.html && exec httpd -f -p ${port} -h /www`],
]
const fetching = (url: string): string[] => ['timeout', '10', 'wget', '-qO-', url]
const fetched = (from: string, url: string): Promise<string> => execIn(NS, from, ...fetching(url))

/** What people do with pods all day: none of it may change because a pod is in the mesh. */
describe('as without a mesh', () => {
  beforeAll(async () => {
    await apply(
      manifest(
        namespace(NS),
        deployment(NS, 'web', { image: BOX, command: serve('web'), port: 8080, readyPath: '/', node: 'node2' }),
        service(NS, 'web', 80, 8080, { clusterIP: WEB_IP }),
        deployment(NS, 'client', {
          image: BOX,
          command: sleeping,
          node: 'node1',
          podMore: { hostAliases: [{ ip: WEB_IP, hostnames: ['alias.test'] }] },
        }),
      ),
    )
    await rolledOut(NS, 'deploy/web')
    await rolledOut(NS, 'deploy/client')
    await enrolled(NS)
  })

  afterAll(() => kubectl('delete', 'namespace', NS, '--wait=false'))

  describe('probes', () => {
    const probed = (name: string, image: string, command: Manifest, probe: Manifest): Promise<void> => {
      const probes = { startupProbe: probe, readinessProbe: probe, livenessProbe: { ...probe, failureThreshold: 1 } }
      return apply(manifest(deployment(NS, name, { image, more: { ...command, ...probes } }))).then(() =>
        rolledOut(NS, `deploy/${name}`, 60),
      )
    }
    const every = { periodSeconds: 1 }

    test.each<[string, string, Manifest, Manifest]>([
      ['http', BOX, { command: serve('x') }, { httpGet: { path: '/', port: 8080 }, ...every }],
      ['tcp', SAMPLES, { args: ['greeter.js'] }, { tcpSocket: { port: 7000 }, ...every }],
      ['grpc', SAMPLES, { args: ['healthy.js'] }, { grpc: { port: 9090 }, ...every }],
      ['exec', BOX, { command: sleeping }, { exec: { command: ['true'] }, ...every }],
    ])('%s: startup, readiness and liveness', async (kind, image, command, probe) => {
      await probed(`probe-${kind}`, image, command, probe)
      await new Promise((resolve) => setTimeout(resolve, 3_000))

      const restarts = '{.items[*].status.containerStatuses[*].restartCount}'
      expect(await kubectl('-n', NS, 'get', 'pods', '-l', `app=probe-${kind}`, '-o', `jsonpath=${restarts}`)).toBe('0')
    })
  })

  test('kubectl exec, logs and port-forward', async () => {
    expect(await execIn(NS, 'deploy/web', 'cat', '/www/index.html')).toBe('web\n')
    await kubectl('-n', NS, 'logs', 'deploy/web')

    const forward = spawnInCluster('kubectl', '-n', NS, 'port-forward', 'deploy/web', '18080:8080')
    try {
      await eventually('it forwards', async () => {
        expect(await cluster('run', '/bin/busybox', 'wget', '-qO-', 'http://127.0.0.1:18080/')).toBe('web\n')
      })
    } finally {
      forward.kill('SIGTERM')
    }
  })

  test('an init container reaches a service, and so does a Job, which then ends', async () => {
    const fetchWeb = { image: BOX, command: fetching('http://web/') }
    await apply(
      manifest({
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'job', namespace: NS },
        spec: {
          backoffLimit: 0,
          template: {
            spec: {
              ...podSpec('job', { ...fetchWeb, podMore: { initContainers: [container('first', fetchWeb)] } }),
              restartPolicy: 'Never',
            },
          },
        },
      }),
    )

    await kubectl('-n', NS, 'wait', '--for=condition=complete', 'job/job', '--timeout=60s')
    expect(await kubectl('-n', NS, 'logs', 'job/job', '-c', 'first')).toBe('web\n')
    expect(await kubectl('-n', NS, 'logs', 'job/job', '-c', 'job')).toBe('web\n')
  })

  test('a native sidecar serves its pod over loopback, and is served by it', async () => {
    const sidecar = {
      ...container('sidecar', { image: BOX, command: serve('sidecar', 9000) }),
      restartPolicy: 'Always',
    }
    const main = {
      ...{ image: BOX, command: serve('main'), port: 8080, readyPath: '/' },
      podMore: { initContainers: [sidecar] },
    }
    await apply(manifest(deployment(NS, 'pair', main), service(NS, 'pair', 80, 8080)))
    await rolledOut(NS, 'deploy/pair')

    const exec = ['-n', NS, 'exec', 'deploy/pair']
    expect(await kubectl(...exec, '-c', 'pair', '--', ...fetching('http://127.0.0.1:9000/'))).toBe('sidecar\n')
    await eventually('the sidecar is served by the service of its pod', async () => {
      expect(await kubectl(...exec, '-c', 'sidecar', '--', ...fetching('http://pair/'))).toBe('main\n')
    })
  })

  test('pods of a StatefulSet are reached by their names', async () => {
    await apply(
      manifest(service(NS, 'named', 8080, 8080, { clusterIP: 'None' }), {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name: 'named', namespace: NS },
        spec: {
          replicas: 2,
          serviceName: 'named',
          podManagementPolicy: 'Parallel',
          selector: { matchLabels: { app: 'named' } },
          template: {
            metadata: { labels: { app: 'named' } },
            spec: podSpec('named', { image: BOX, command: serve('$(hostname)'), port: 8080, readyPath: '/' }),
          },
        },
      }),
    )
    await rolledOut(NS, 'sts/named')

    for (const name of ['named-0', 'named-1'])
      await eventually(`${name} answers`, async () => {
        expect(await fetched('deploy/client', `http://${name}.named:8080/`)).toBe(`${name}\n`)
      })
  })

  test('hostAliases are as they were written', async () => {
    expect(await execIn(NS, 'deploy/client', 'sh', '-c', 'grep alias.test /etc/hosts')).toContain(WEB_IP)
    expect(await fetched('deploy/client', 'http://alias.test/')).toBe('web\n')
  })

  test('a pod on the network of its node reaches others, and is reached', async () => {
    const host = { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }
    await apply(
      manifest(
        deployment(NS, 'host', {
          image: BOX,
          command: serve('host', 18090),
          port: 18090,
          node: 'node2',
          podMore: host,
        }),
        service(NS, 'host', 80, 18090),
        deployment(NS, 'open', { image: BOX, command: serve('open'), port: 8080, podAnnotations: PLAINTEXT }),
        service(NS, 'open', 80, 8080),
      ),
    )
    await rolledOut(NS, 'deploy/host')
    await rolledOut(NS, 'deploy/open')

    expect(await fetched('deploy/client', 'http://host/')).toBe('host\n')
    expect(await fetched('deploy/host', 'http://open/'), 'which lets plaintext in').toBe('open\n')
    // What a probe asks for is let in from the node, and this pod has the node's address.
    if (hasMesh) await expect(fetched('deploy/host', 'http://web/index.html'), 'which does not').rejects.toThrow()
  })

  test.each(['Cluster', 'Local'])(
    'a node port with externalTrafficPolicy %s leads to a pod that lets plaintext in',
    async (policy) => {
      const name = `port-${policy.toLowerCase()}`
      const web = { image: BOX, command: serve(name), port: 8080, node: 'node2', podAnnotations: PLAINTEXT }
      await apply(
        manifest(
          deployment(NS, name, web),
          service(NS, name, 80, 8080, { type: 'NodePort', externalTrafficPolicy: policy }),
        ),
      )
      await rolledOut(NS, `deploy/${name}`)
      const port = await kubectl('-n', NS, 'get', 'service', name, '-o', 'jsonpath={.spec.ports[0].nodePort}')
      const from = (node: number): Promise<string> =>
        cluster('run', 'timeout', '5', '/bin/busybox', 'wget', '-qO-', `http://198.18.0.${node}:${port}/`)

      await eventually('the node of the pod answers', async () => expect(await from(2)).toBe(`${name}\n`))
      if (policy === 'Cluster') expect(await from(1)).toBe(`${name}\n`)
      else await expect(from(1)).rejects.toThrow()
    },
  )

  test('the address of a load balancer is served inside the cluster too', async () => {
    const address = '198.18.200.80'
    await apply(manifest(service(NS, 'balanced', 80, 8080, { type: 'LoadBalancer', selector: { app: 'web' } })))
    const status = { status: { loadBalancer: { ingress: [{ ip: address }] } } }
    const patch = ['--subresource=status', '--type=merge', '-p', JSON.stringify(status)]
    await kubectl('-n', NS, 'patch', 'service', 'balanced', ...patch)

    await eventually('it answers', async () => {
      expect(await fetched('deploy/client', `http://${address}/`)).toBe('web\n')
    })
  })

  test('a pod that is disabled by its own label talks as before, in and out', async () => {
    await apply(
      manifest(
        deployment(NS, 'out', {
          image: BOX,
          command: serve('out'),
          port: 8080,
          podLabels: { 'weft.dev/mesh': 'disabled' },
        }),
        service(NS, 'out', 80, 8080),
      ),
    )
    await rolledOut(NS, 'deploy/out')

    expect(await fetched('deploy/client', 'http://out/'), 'into the mesh nobody asked for').toBe('out\n')
    expect(await fetched('deploy/out', 'http://out/')).toBe('out\n')
    if (hasMesh) await expect(fetched('deploy/out', 'http://web/')).rejects.toThrow()
  })
})
