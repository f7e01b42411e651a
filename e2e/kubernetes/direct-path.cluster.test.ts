import { afterAll, beforeAll, expect, test } from 'vitest'
import { apply, cluster, eventually, execIn, kubectl, rolledOut } from './harness/cluster.ts'
import { LinkCapture } from './harness/link-capture.ts'
import { describeMesh, enrolled } from './harness/mesh.ts'
import { deployment, manifest, namespace, SAMPLES, service, serviceAccount } from './harness/objects.ts'

const NS = 'direct-path'
const REDIS = 'weft.test/redis:1'
const NODE1 = '198.18.0.1'
const NODE2 = '198.18.0.2'
const SECRET = 'between-neighbours-only'

/** What one agent counted, by direction, security, service and account of the caller. */
type Connections = Record<string, number>

describeMesh('TCP between pods', () => {
  let link: LinkCapture

  beforeAll(async () => {
    const sleep = { image: REDIS, command: ['sleep', '1000000'] }
    const redis = { port: 6379, targetPort: 6379, name: 'redis' }
    const accounts = ['near', 'far', 'other'].map((name) => serviceAccount(NS, name))
    await apply(
      manifest(
        namespace(NS),
        ...accounts,
        deployment(NS, 'redis', {
          image: REDIS,
          command: ['redis-server', '--save', '', '--bind', '0.0.0.0', '--protected-mode', 'no'],
          port: 6379,
          node: 'node1',
        }),
        service(NS, 'redis', 6379, 6379, { ports: [redis] }),
        deployment(NS, 'web', {
          image: SAMPLES,
          args: ['cart.js'],
          port: 8080,
          readyPath: '/items',
          node: 'node1',
        }),
        service(NS, 'web', 8080),
        deployment(NS, 'near', { ...sleep, node: 'node1', serviceAccount: 'near' }),
        deployment(NS, 'other', { ...sleep, node: 'node1', serviceAccount: 'other' }),
        deployment(NS, 'far', { ...sleep, node: 'node2', serviceAccount: 'far' }),
      ),
    )
    for (const name of ['redis', 'web', 'near', 'other', 'far']) await rolledOut(NS, `deploy/${name}`)
    await enrolled(NS)
    link = await LinkCapture.start('node1')
  })
  afterAll(async () => {
    link?.dispose()
    await kubectl('delete', 'namespace', NS, '--wait=false')
  })

  const redis = (from: string, ...words: string[]): Promise<string> =>
    execIn(NS, `deploy/${from}`, 'redis-cli', '-h', 'redis', ...words)
  const connections = async (node: string): Promise<Connections> => {
    const page = await cluster('run', 'curl', '-sS', '--max-time', '10', `http://${node}:15020/metrics`)
    const counted: Connections = {}
    for (const [, labels, value] of page.matchAll(/^weft_connections_opened_total\{(.*)\} (\d+)$/gm)) {
      const of = Object.fromEntries([...labels!.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, text]) => [name!, text!]))
      // Nobody in the mesh: the node's probes, which come and come.
      if (!of['service']!.startsWith(`${NS}/`) || of['source'] === '') continue
      counted[`${of['direction']} ${of['security']} ${of['service']} ${of['source']!.split('/').at(-1)}`] =
        Number(value)
    }
    return counted
  }
  /** Agents tell each second. */
  const settled = (node: string): Promise<Connections> =>
    eventually('the numbers rest', async () => {
      const before = await connections(node)
      await new Promise((resolve) => setTimeout(resolve, 2_500))
      expect(await connections(node)).toEqual(before)
      return before
    })
  const policy = (action: 'apply' | 'delete'): Promise<unknown> => {
    const spec = {
      action: 'DENY',
      targetRefs: [{ kind: 'Service', name: 'redis' }],
      rules: [{ from: [{ identities: [`${NS}/near`] }] }],
    }
    const object = {
      apiVersion: 'weft.dev/v1alpha1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'deny', namespace: NS },
    }
    if (action === 'apply') return apply(JSON.stringify({ ...object, spec }))
    return kubectl('-n', NS, 'delete', 'authorizationpolicies.weft.dev', 'deny')
  }

  test('of one node goes from one to the other, and no agent relays it', async () => {
    await eventually('it answers', async () => expect(await redis('near', 'PING')).toBe('PONG\n'))
    await redis('near', 'SET', 'secret', SECRET)
    const before = await settled(NODE1)
    for (let i = 0; i < 5; i++) expect(await redis('near', 'GET', 'secret')).toBe(`${SECRET}\n`)

    await eventually('it is told', async () => {
      const after = await connections(NODE1)
      const since = (name: string): number => (after[name] ?? 0) - (before[name] ?? 0)
      expect(since(`outbound direct ${NS}/redis near`)).toBe(5)
      expect(since(`inbound direct ${NS}/redis near`)).toBe(5)
      expect(since(`outbound mtls ${NS}/redis near`) + since(`inbound mtls ${NS}/redis near`)).toBe(0)
    })
  })

  test('of two nodes goes by the agents, encrypted', async () => {
    await eventually('it answers', async () => expect(await redis('far', 'GET', 'secret')).toBe(`${SECRET}\n`))

    await eventually('it is told', async () => {
      expect((await connections(NODE2))[`outbound mtls ${NS}/redis far`]).toBeGreaterThan(0)
      expect((await connections(NODE1))[`inbound mtls ${NS}/redis far`]).toBeGreaterThan(0)
    })
    await eventually('it is on the link', async () => expect(await link.tunnelled()).toBeGreaterThan(0))
    await link.stop()
    expect(link.saw(SECRET)).toBe(false)
    expect(await link.plaintext()).toEqual([])
  })

  test('which is HTTP goes by the agent, on one node too', async () => {
    expect(await execIn(NS, 'deploy/near', 'wget', '-qO-', 'http://web:8080/items')).toContain('item')

    await eventually('it is told', async () => {
      const counted = await connections(NODE1)
      expect(counted[`inbound mtls ${NS}/web near`]).toBeGreaterThan(0)
      expect(counted[`outbound direct ${NS}/web near`]).toBeUndefined()
    })
  })

  test('is refused with EPERM where a policy denies it, and ends where it is open', async () => {
    const waiting = redis('near', 'BLPOP', 'nothing', '0').then(
      () => 'answered',
      (error: unknown) => String(error),
    )
    await eventually('it waits', async () => expect(await redis('other', 'CLIENT', 'LIST')).toContain('cmd=blpop'))

    await policy('apply')

    await eventually('it is refused', async () => {
      await expect(redis('near', 'PING')).rejects.toThrow(/not permitted/)
    })
    expect(await waiting, 'the connection that was open').toMatch(/[Ee]rror|closed|abort/)
    expect(await redis('other', 'PING'), 'others are not denied').toBe('PONG\n')
    await policy('delete')
    await eventually('it answers again', async () => expect(await redis('near', 'PING')).toBe('PONG\n'))
  })
})
