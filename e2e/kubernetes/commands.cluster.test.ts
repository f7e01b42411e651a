import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apply, cluster, eventually, execIn, field, kubectl, rolledOut } from './harness/cluster.ts'
import { gatewayApi } from './harness/gateway-api.ts'
import { describeMesh, enrolled } from './harness/mesh.ts'
import { BOX, deployment, manifest, namespace, service } from './harness/objects.ts'
import { weft, weftCheck } from './harness/weft.ts'

const NS = 'commands'
const serve = (text: string): string[] => [
  ...['sh', '-c', `mkdir -p /www && echo ${text} >/www/index.html && exec httpd -f -p 8080 -h /www`],
]
const route = `
apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata: { name: elsewhere, namespace: ${NS} }
spec:
  parentRefs: [{ group: '', kind: Service, name: front, port: 8080 }]
  rules: [{ backendRefs: [{ name: two, port: 8080 }] }]
`

/** By the kubeconfig that kubectl has, as kubectl is used. */
describeMesh('weft on a cluster', () => {
  const dir = mkdtempSync(join(tmpdir(), 'weft-commands-'))
  const file = join(dir, 'route.yaml')

  beforeAll(async () => {
    writeFileSync(file, route)
    await gatewayApi()
    const server = { image: BOX, port: 8080, readyPath: '/' }
    await apply(
      manifest(
        namespace(NS),
        deployment(NS, 'one', { ...server, command: serve('one'), node: 'node2' }),
        deployment(NS, 'two', { ...server, command: serve('two'), node: 'node2' }),
        deployment(NS, 'client', { image: BOX, command: ['sleep', '1000000'], node: 'node1' }),
        service(NS, 'two', 8080),
        service(NS, 'front', 8080, 8080, { selector: { app: 'one' } }),
      ),
    )
    for (const name of ['one', 'two', 'client']) await rolledOut(NS, `deploy/${name}`)
    await enrolled(NS)
  })

  afterAll(async () => {
    rmSync(dir, { recursive: true })
    await kubectl('delete', 'namespace', NS, '--wait=false')
  })

  const fetched = (): Promise<string> =>
    execIn(NS, 'deploy/client', 'timeout', '5', 'wget', '-qO-', 'http://front:8080/')

  test('apply --wait puts a TCPRoute in force on both nodes, get shows it, delete takes it away', async () => {
    expect(await fetched()).toBe('one\n')

    // A replica learns within ten seconds that the cluster has a new kind.
    await eventually('it is in force', async () =>
      expect(await weft('apply', '-f', file, '--wait')).toContain('elsewhere'),
    )
    expect(await fetched()).toBe('two\n')
    const accepted = '.status.parents[0].conditions[?(@.type=="Accepted")].status'
    await eventually('its status says so', async () =>
      expect(await field(NS, 'tcproute/elsewhere', accepted)).toBe('True'),
    )
    expect(await weft('get', 'tcproute', '-n', NS)).toMatch(/elsewhere.*in force/)
    expect(await weft('get', 'tcproute', 'elsewhere', '-n', NS, '-o', 'yaml')).toContain('name: two')

    await weft('delete', 'tcproute', 'elsewhere', '-n', NS)
    await eventually('it is gone', async () => expect(await fetched()).toBe('one\n'))
    expect(await kubectl('-n', NS, 'get', 'tcproutes', '-o', 'name')).toBe('')
  })

  test('what is wrong in a file is refused with its place, and nothing of the file is stored', async () => {
    const bad = join(dir, 'bad.yaml')
    writeFileSync(
      bad,
      `${route}---\n${route.replace('elsewhere', 'wrong').replace('port: 8080 }] }]', 'port: none }] }]')}`,
    )

    await expect(weft('apply', '-f', bad)).rejects.toThrow(/bad\.yaml:.*port/)
    expect(await kubectl('-n', NS, 'get', 'tcproutes', '-o', 'name')).not.toContain('wrong')
  })

  test('status, stat and check tell how the mesh is', async () => {
    const status = JSON.parse(await weft('status', '-o', 'json')) as {
      nodes: { name: string; connected: boolean }[]
      workloads: { workload: { namespace: string }; enrolled: boolean }[]
    }
    expect(status.nodes.map(({ name, connected }) => [name, connected])).toEqual([
      ['node1', true],
      ['node2', true],
    ])
    const own = status.workloads.filter(({ workload }) => workload.namespace === NS)
    expect(own.map((one) => one.enrolled)).toEqual([true, true, true])

    await eventually('the calls are counted', async () => {
      await fetched()
      const { rows } = JSON.parse(await weft('stat', '-n', NS, '-o', 'json')) as { rows: { name: string }[] }
      expect(JSON.stringify(rows)).toContain(`${NS}/front`)
    })
    await eventually('every check holds', async () => {
      const failed = [...(await weftCheck())].filter(([, { result }]) => result === 'failed')
      expect(failed.map(([id, { found }]) => `${id}: ${found}`)).toEqual([])
    })
  })

  test('a context is chosen as kubectl does it', async () => {
    const context = (await cluster('run', 'kubectl', 'config', 'current-context')).trim()

    expect(await weft('status', '--context', context)).toContain('node1')
    await expect(weft('status', '--context', 'nowhere')).rejects.toThrow(/nowhere/)
  })
})
