import { afterAll, beforeAll, expect, test } from 'vitest'
import { apply, cluster, eventually, execIn, field, kubectl, rolledOut } from './harness/cluster.ts'
import { killAgent } from './harness/kill-agent.ts'
import { LinkCapture } from './harness/link-capture.ts'
import { describeMesh, enrolled, MESH } from './harness/mesh.ts'
import { BOX, deployment, manifest, namespace, podSpec, service, type Manifest } from './harness/objects.ts'

const NS = 'starts'
const BATCH = 20
const BATCHES = Number(process.env['WEFT_KUBERNETES_START_BATCHES'] ?? 10)

/** Connects with its first instruction, again and again, to the service and to the pod behind it, until it was answered. */
const hurry = (name: string, url: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: NS, labels: { app: 'hurry' } },
  spec: {
    ...podSpec('hurry', {
      image: BOX,
      command: ['sh', '-c', `until wget -qO- ${url} && wget -qO- http://target:8080/; do :; done`],
      node: 'node1',
    }),
    restartPolicy: 'Never',
  },
})

describeMesh('pods that connect with their first instruction', () => {
  let link: LinkCapture
  let url: string
  const deleted: Promise<unknown>[] = []

  beforeAll(async () => {
    const command = ['sh', '-c', 'mkdir /www && echo here >/www/index.html && exec httpd -f -p 8080 -h /www']
    await apply(
      manifest(
        namespace(NS),
        deployment(NS, 'target', { image: BOX, command, port: 8080, readyPath: '/', node: 'node2' }),
        service(NS, 'target', 8080),
      ),
    )
    await rolledOut(NS, 'deploy/target')
    await enrolled(NS)
    url = `http://${await field(NS, 'pods', '.items[0].status.podIP')}:8080/`
    link = await LinkCapture.start('node1')
  })

  afterAll(async () => {
    link.dispose()
    await kubectl('delete', 'namespace', NS, '--wait=false')
  })

  async function batch(index: number): Promise<void> {
    const names = Array.from({ length: BATCH }, (_, i) => `hurry-${index}-${i}`)
    await apply(manifest(...names.map((name) => hurry(name, url))))
    const pods = names.map((name) => `pod/${name}`)
    await kubectl('-n', NS, 'wait', '--for=jsonpath={.status.phase}=Succeeded', ...pods, '--timeout=120s')
    deleted.push(kubectl('-n', NS, 'delete', ...pods, '--grace-period=0', '--force', '--wait=false'))
  }

  /** Every other batch: two such run at a time, since most of a start is waiting. The agent is killed at each of one of them. */
  async function batches(first: number): Promise<void> {
    for (let index = first; index < BATCHES; index += 2) {
      if (first === 1) await killAgent(1)
      await batch(index)
    }
  }

  test(`${BATCH * BATCHES} of them, the agent killed meanwhile: no packet in plaintext`, async () => {
    await Promise.all([batches(0), batches(1)])
    await Promise.all(deleted)

    await link.stop()
    expect(await link.plaintext()).toEqual([])
    expect(await link.tunnelled()).toBeGreaterThan(0)
  }, 600_000)

  test('a node that boots with pods before its agent', async () => {
    const again = await LinkCapture.start('node1')
    try {
      await apply(manifest(deployment(NS, 'before', { ...spinning(url), node: 'node2' })))
      await rolledOut(NS, 'deploy/before')
      await cluster('node', 'restart', '2')
      await rolledOut(MESH, 'ds/weft-agent', 150)
      await rolledOut(NS, 'deploy/target', 150)
      await rolledOut(NS, 'deploy/before', 150)
      // What is said of the node's pods is from before the cut until its kubelet has looked at them.
      await eventually(
        'the pod from before reaches its target',
        async () => {
          const asks = ['timeout', '10', 'wget', '-qO-', 'http://target:8080/']
          expect(await execIn(NS, 'deploy/before', ...asks)).toBe('here\n')
        },
        120_000,
      )
      await again.stop()
      expect(await again.plaintext()).toEqual([])
    } finally {
      again.dispose()
    }
  }, 400_000)
})

function spinning(url: string): { image: string; command: string[] } {
  return { image: BOX, command: ['sh', '-c', `while :; do wget -qO- ${url} >/dev/null; sleep 0.1; done`] }
}
