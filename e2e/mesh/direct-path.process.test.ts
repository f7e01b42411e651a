import { needs } from '@weft/tools/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { PrivateMesh, sample } from './harness/private-mesh.ts'
import type { Shell } from './harness/shell.ts'

const policy = (rules: string, action = 'DENY'): string => `
apiVersion: weft.dev/v1alpha1
kind: AuthorizationPolicy
metadata: { name: rule }
spec:
  action: ${action}
  targetRefs: [{ kind: Service, name: near }]
  rules: ${rules}
`
const LIMITS = `
apiVersion: weft.dev/v1alpha1
kind: TrafficPolicy
metadata: { name: limits }
spec:
  targetRefs: [{ kind: Service, name: near }]
  connectionLimits: { connections: 10 }
`
interface Edge {
  readonly service: string
  readonly source: string
  readonly destination: string
  readonly security: string
  readonly successes: number
  readonly failures: number
  readonly bytesReceived: number
}

needs(
  'root',
  'bpf',
  'netns',
  'program:curl',
)('TCP between neighbours', () => {
  let mesh: PrivateMesh
  let client: Shell
  let other: Shell

  beforeAll(async () => {
    mesh = await PrivateMesh.up({ flags: ['--nodes', '2'] })
    const greeter = (service: string, node: string, more: string[] = []): void => {
      const flags = ['--node', node, '--own-network', '--service', service, '--port', '7000', '--protocol', 'tcp']
      mesh.run([...flags, ...more], [process.execPath, sample('greeter.ts')])
    }
    greeter('near', 'node1')
    greeter('far', 'node2')
    greeter('both', 'node1')
    greeter('both', 'node2')
    const http = ['--own-network', '--service', 'cart', '--port', '8080', '--protocol', 'http']
    mesh.run(http, [process.execPath, sample('cart.ts')])
    client = await mesh.shell(['--own-network', '--service', 'client'])
    other = await mesh.shell(['--own-network', '--service', 'other'])
    await mesh.untilReady(7)
  })
  afterAll(() => mesh?.end())

  const greet = async (shell: Shell, service: string): Promise<string> => {
    const line = `bash -c 'exec 3<>/dev/tcp/${service}/7000 && timeout 5 head -n 1 <&3' 2>&1`
    return (await shell.run(line)).out
  }
  /** Of the hooks of node 1. */
  const events = async (): Promise<Record<string, number>> => {
    const { out } = await mesh.runOutside(['curl', '-s', 'http://127.0.0.1:15020/metrics'])
    const found = out.matchAll(/^weft_kernel_events_total\{event="(\w+)"\} (\d+)$/gm)
    return Object.fromEntries([...found].map(([, name, value]) => [name!, Number(value)]))
  }
  /** How many connections went which way. */
  const waysOf = async (
    work: () => Promise<unknown>,
  ): Promise<{ direct: number; byAgent: number; refused: number }> => {
    const before = await events()
    await work()
    const after = await events()
    const since = (name: string): number => (after[name] ?? 0) - (before[name] ?? 0)
    return { direct: since('direct'), byAgent: since('redirected'), refused: since('refusedPolicy') }
  }
  const edges = async (service: string): Promise<Edge[]> => {
    const { rows } = await mesh.json<{ rows?: Edge[] }>(['stat', '--by', 'edge', '--window', '60s'])
    return (rows ?? []).filter((row) => row.service === `default/${service}`)
  }

  test('goes without the agent, and is told as `direct` with both identities', async () => {
    const ways = await waysOf(async () => {
      for (let i = 0; i < 5; i++) expect(await greet(client, 'near')).toBe('220 greeter ready\r\n')
    })

    expect(ways).toEqual({ direct: 5, byAgent: 0, refused: 0 })
    await vi.waitFor(async () => {
      expect(await edges('near')).toMatchObject([
        {
          source: 'spiffe://cluster.local/ns/default/sa/client',
          destination: 'spiffe://cluster.local/ns/default/sa/near',
          security: 'direct',
          successes: 5,
        },
      ])
    }, 10_000)
  })

  test('HTTP, another node, and a service that is on both nodes go by the agent', async () => {
    expect(
      await waysOf(async () => {
        expect((await client.curl('http://cart:8080/items')).status).toBe(200)
        expect(await greet(client, 'far')).toContain('220 greeter ready')
        expect(await greet(client, 'both')).toContain('220 greeter ready')
      }),
    ).toEqual({ direct: 0, byAgent: 3, refused: 0 })
    await vi.waitFor(async () => expect((await edges('far')).map(({ security }) => security)).toEqual(['mtls']), 10_000)
  })

  test('a policy that denies the caller is EPERM for it, ends what is open, and is told; others go on', async () => {
    const open = `bash -c 'exec 3<>/dev/tcp/near/7000; head -n 1 <&3; touch ${mesh.directory}/open; cat <&3; echo ended' > ${mesh.directory}/held 2>&1 &`
    await client.tell(open)
    await vi.waitFor(async () => void (await client.tell(`test -e ${mesh.directory}/open`)), 10_000)

    await mesh.apply(policy('[{ from: [{ identities: [default/client] }] }]'))

    expect(await client.tell(`sleep 0.3; cat ${mesh.directory}/held`)).toContain('ended')
    const ways = await waysOf(async () => {
      expect(await greet(client, 'near')).toContain('Operation not permitted')
      expect(await greet(other, 'near')).toContain('220 greeter ready')
    })
    // Its resolver gives two addresses, and the shell tries both.
    expect(ways).toEqual({ direct: 1, byAgent: 0, refused: 2 })
    await vi.waitFor(async () => {
      const denied = (await edges('near')).find(({ source }) => source.endsWith('/client'))
      expect(denied?.failures).toBe(2)
    }, 10_000)
  })

  test('a policy about requests, and a TrafficPolicy, send it to the agent', async () => {
    await mesh.apply(policy('[{ to: [{ methods: [DELETE] }] }]'))
    expect(await waysOf(() => greet(client, 'near'))).toEqual({ direct: 0, byAgent: 1, refused: 0 })

    await mesh.tell(['delete', 'authorizationpolicy', 'rule', '--wait'])
    await vi.waitFor(async () => expect((await waysOf(() => greet(client, 'near'))).direct).toBe(1), 10_000)

    await mesh.apply(LIMITS)
    expect(await waysOf(() => greet(client, 'near'))).toEqual({ direct: 0, byAgent: 1, refused: 0 })
    await mesh.tell(['delete', 'trafficpolicy', 'limits', '--wait'])
  })

  test('what is open outlives an agent that is killed, is known to the next, and ends by its policies', async () => {
    await vi.waitFor(async () => expect((await waysOf(() => greet(client, 'near'))).direct).toBe(1), 10_000)
    const said = `${mesh.directory}/said`
    const wait = `while ! test -e ${said}.go; do sleep 0.05; done`
    const talk = `exec 3<>/dev/tcp/near/7000; head -n 1 <&3; touch ${said}.open; ${wait}; echo still >&3; cat <&3; echo ended`
    await client.tell(`bash -c '${talk}' > ${said} 2>&1 &`)
    await vi.waitFor(async () => void (await client.tell(`test -e ${said}.open`)), 10_000)

    process.kill(mesh.pidOf('agent-node1'), 'SIGKILL')
    await vi.waitFor(async () => expect((await waysOf(() => greet(client, 'near'))).direct).toBe(1), 20_000)
    await client.tell(`printf '\r' > ${said}.go; sleep 0.3`)
    expect(await client.tell(`cat ${said}`), 'it goes on').not.toContain('ended')

    await mesh.apply(policy('[{ from: [{ identities: [default/client] }] }]'))
    expect(await client.tell(`sleep 0.3; cat ${said}`)).toContain('ended')
  })
})
