import { directSlots, layouts, maximums } from '@weft/bpf'
import { needs } from '@weft/tools/testing'
import { execFileSync } from 'node:child_process'
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCgroup } from './cgroup.ts'
import type { DirectCallee, DirectEndpoint, DirectVerdict } from './direct.ts'
import type { DirectPath } from './direct-path.ts'
import { encodeAddress, encodeU32, encodeU64 } from './entries.ts'
import { KernelMap } from './kernel-map.ts'
import { openCapture, ScratchNode, TestAgent, type ProbeWorkload } from './testing/index.ts'

const CLIENT = '198.18.5.1'
const SERVER = '198.18.5.2'
const OTHER = '198.18.5.3'
const SERVICE = '198.19.7.1'
const SERVICE6 = 'fd77:6566:7400::7'
const PORT = 6379
const AT_SERVER: DirectEndpoint = { address: SERVER, port: PORT }
const AT_OTHER: DirectEndpoint = { address: OTHER, port: PORT }

interface Pod {
  readonly name: string
  readonly address: string
  readonly netns: string
  readonly cgroupPath: string
  readonly cgroup: bigint
  readonly agent: TestAgent
  readonly program: ProbeWorkload
}

needs(
  'root',
  'bpf',
  'netns',
  'compiler',
)('the way without the agent', () => {
  let node: ScratchNode
  let direct: DirectPath
  let client: Pod
  let server: Pod
  let other: Pod
  const pods: Pod[] = []

  beforeEach(async () => {
    node = new ScratchNode('pods')
    await node.capture.prepare()
    node.capture.setNode({ addresses: [], probers: [] })
    const meshed = [SERVICE, SERVICE6, CLIENT, SERVER, OTHER]
    node.capture.setDestinations(meshed.map((address) => ({ address, port: 0 })))
    node.capture.attachAgent()
    node.capture.attachWorkloads()
    direct = node.capture.direct
    client = await pod('a', CLIENT)
    server = await pod('b', SERVER)
    other = await pod('c', OTHER)
    for (const [one, two] of [
      [client, server],
      [client, other],
      [other, server],
    ] as const)
      node.joinNetns(one.netns, one.address, two.netns, two.address)
  })
  afterEach(async () => {
    for (const { agent } of pods.splice(0)) await agent.close()
    await node.dispose()
  })

  const pod = async (name: string, address: string): Promise<Pod> => {
    const netns = `${node.paths.netns}-${name}`
    const fd = node.addNetns(netns)
    const cgroupPath = join(node.paths.cgroup, `kubepods/pod${name}`)
    createCgroup(join(cgroupPath, 'container'))
    const agent = new TestAgent(node, fd)
    await agent.listenOutbound()
    await agent.listenInbound(address)
    const place = { cgroupPath, network: 'own', netnsPath: `/run/netns/${netns}`, address, ports: [] } as const
    const cgroup = node.capture.enrol({ uid: `node1/shop/${name}/1`, ...place })
    const program = node.probe(join(cgroupPath, 'container'), netns)
    const made = { name, address, netns, cgroupPath, cgroup, agent, program }
    pods.push(made)
    return made
  }
  const callee = (at: DirectEndpoint, verdicts: [Pod, DirectVerdict][]): DirectCallee => ({
    ...at,
    verdicts: new Map(verdicts.map(([{ cgroup }, verdict]) => [cgroup, verdict])),
  })
  const allow = (verdict: DirectVerdict = 'allow'): void =>
    void direct.apply(
      {
        services: [
          { at: AT_SERVER, endpoints: [AT_SERVER] },
          { at: { address: SERVICE, port: 80 }, endpoints: [AT_SERVER] },
          { at: { address: SERVICE6, port: 80 }, endpoints: [AT_SERVER] },
        ],
        callees: [callee(AT_SERVER, [[client, verdict]])],
      },
      () => verdict === 'allow',
    )
  /** What the agent answers when it is asked, which tells that it was. */
  const byAgent = (to: string, port: number): string => `ok ${to}:${port} ${to} ${port} ${client.cgroup} 0`

  test('an allowed pair goes directly, by address and by service, and no packet meets the agent', async () => {
    await server.program.say(`listen 0.0.0.0 ${PORT}`)
    expect(await client.program.say(`tcp ${SERVER} ${PORT}`)).toBe(byAgent(SERVER, PORT))

    allow()

    expect(await client.program.say(`tcp ${SERVER} ${PORT}`)).toBe(`ok ${SERVER}:${PORT} app`)
    expect(await client.program.say(`tcp ${SERVICE} 80`), 'sees whom it asked').toBe(`ok ${SERVICE}:80 app`)
    expect(await client.program.say(`tcp ::ffff:${SERVICE} 80`)).toBe(`ok [::ffff:${SERVICE}]:80 app`)
    const mapped = await client.program.say(`tcp ${SERVICE6} 80`)
    expect(mapped, 'IPv4 behind an address of IPv6').toBe(`ok [${SERVICE6}]:80 app`)
    expect(await client.program.say(`tcp ${SERVER} ${PORT + 1}`), 'another port').toBe(byAgent(SERVER, PORT + 1))
    const { redirected, direct: sent, directAdmitted, steered } = node.capture.counters()
    expect({ redirected, sent, directAdmitted, steered }).toEqual({
      redirected: 2,
      sent: 4,
      directAdmitted: 4,
      steered: 0,
    })
  })

  test('what is sent and received is counted for caller and callee, octet by octet', async () => {
    await server.program.say(`serve 0.0.0.0 ${PORT}`)
    allow()

    expect(await client.program.say(`hold ${SERVICE} 80 hello`)).toBe(`ok ${SERVICE}:80 app`)
    const open = direct.flows()
    await client.program.say('release')
    await server.program.say('unlisten')
    await vi.waitFor(() => expect(direct.flows()).toEqual([]))

    expect(open).toMatchObject([{ caller: client.cgroup, callee: AT_SERVER, source: { address: CLIENT } }])
    const asked = { address: SERVICE, port: 80 }
    const numbers = { opened: 1, closed: 1, failed: 0, refused: 0, unproven: 0, sent: 5, received: 3 }
    expect(direct.counts()).toEqual([{ caller: client.cgroup, asked, callee: AT_SERVER, ...numbers }])
  })

  test('a refused pair gets EPERM, and what nothing is written of goes by the agent', async () => {
    await server.program.say(`listen 0.0.0.0 ${PORT}`)
    allow('refuse')

    expect(await client.program.say(`tcp ${SERVER} ${PORT}`)).toBe('EPERM connect')
    expect(await client.program.say(`tcp ${SERVICE} 80`)).toBe('EPERM connect')
    expect(await other.program.say(`tcp ${SERVER} ${PORT}`)).toContain(`${SERVER} ${PORT} ${other.cgroup} 0`)
    expect(direct.counts().map(({ refused }) => refused)).toEqual([1, 1])
  })

  test('what nobody filed meets the agent, from a neighbour or from outside', async () => {
    await server.program.say(`listen 0.0.0.0 ${PORT}`)
    allow()
    const stranger = node.probe(node.paths.cgroup, other.netns)
    const impostor = node.probe(node.paths.cgroup, client.netns)

    const steered = `ok ${SERVER}:${PORT} inbound ::ffff:${SERVER} ${PORT}`
    expect(await stranger.say(`tcp ${SERVER} ${PORT}`)).toBe(steered)
    expect(await impostor.say(`tcp ${SERVER} ${PORT}`), 'from the very address of who may').toBe(steered)
  })

  test('an entry lets one connection in, by its four ends, and once that stands nobody', async () => {
    await server.program.say(`listen 0.0.0.0 ${PORT}`)
    const [first, second] = [41000, 41001]
    const range = `echo ${first} ${second} > /proc/sys/net/ipv4/ip_local_port_range`
    execFileSync('nsenter', [`--net=/run/netns/${client.netns}`, 'sh', '-c', range])
    const impostor = node.probe(node.paths.cgroup, client.netns)
    const flows = new KernelMap(node.addon, join(node.capture.mapsDir, 'direct_flows'), 1)
    const file = (isTaken: number): void => {
      for (const port of [first, second]) {
        const [key, value] = [new Uint8Array(layouts.flow), new Uint8Array(layouts.direct_flow)]
        key.set(encodeAddress(CLIENT), 8)
        key.set(encodeAddress(SERVER), 24)
        key.set(encodeU32(port | (PORT << 16)), 40)
        value.set(encodeU32(isTaken), 36)
        flows.set(key, value)
      }
    }

    file(0)
    expect(await impostor.say(`tcp ${SERVER} ${PORT}`)).toBe(`ok ${SERVER}:${PORT} app`)
    file(1)
    expect(await impostor.say(`tcp ${SERVER} ${PORT}`)).toContain('inbound')
    flows.close()
  })

  test('a policy that changes forbids at once and ends what is open', async () => {
    await server.program.say(`serve 0.0.0.0 ${PORT}`)
    allow()
    expect(await client.program.say(`hold ${SERVICE} 80`)).toBe(`ok ${SERVICE}:80 app`)
    expect(await client.program.say('held')).toBe('ok open')

    allow('refuse')

    expect(await client.program.say('held')).toBe('ECONNABORTED recv')
    expect(await client.program.say(`tcp ${SERVER} ${PORT}`)).toBe('EPERM connect')
    expect(direct.flows()).toEqual([])
  })

  test('what goes by the agent from now on, but is not forbidden, stays open', async () => {
    await server.program.say(`serve 0.0.0.0 ${PORT}`)
    allow()
    await client.program.say(`hold ${SERVICE} 80`)

    expect(direct.apply({ services: [], callees: [] }, () => true)).toEqual({ revoked: 1, ended: 0, skipped: 0 })

    expect(await client.program.say('held')).toBe('ok open')
    expect(await client.program.say(`tcp ${SERVER} ${PORT}`)).toBe(byAgent(SERVER, PORT))
  })

  test('without the agent it is refused, as everything is', async () => {
    await server.program.say(`listen 0.0.0.0 ${PORT}`)
    allow()

    await client.agent.close()

    expect(await client.program.say(`tcp ${SERVER} ${PORT}`)).toBe('EPERM connect')
    expect(await client.program.say(`tcp ${SERVICE} 80`)).toBe('EPERM connect')
  })

  test('a service spreads over those that listen, and goes by the agent when none does', async () => {
    const at = { address: SERVICE, port: 80 }
    await server.program.say(`listen 0.0.0.0 ${PORT} b`)
    await other.program.say(`listen 0.0.0.0 ${PORT} c`)
    const verdicts: [Pod, DirectVerdict][] = [[client, 'allow']]
    const callees = [callee(AT_SERVER, verdicts), callee(AT_OTHER, verdicts)]
    direct.apply({ services: [{ at, endpoints: [AT_SERVER, AT_OTHER] }], callees }, null)

    const seen = new Set<string>()
    for (let i = 0; i < 40; i++) seen.add(await client.program.say(`tcp ${SERVICE} 80`))
    expect([...seen].sort()).toEqual([`ok ${SERVICE}:80 b`, `ok ${SERVICE}:80 c`])

    await other.program.say('unlisten')
    for (let i = 0; i < 10; i++) expect(await client.program.say(`tcp ${SERVICE} 80`)).toBe(`ok ${SERVICE}:80 b`)
    await server.program.say('unlisten')
    expect(await client.program.say(`tcp ${SERVICE} 80`)).toBe(byAgent(SERVICE, 80))
  })

  test('a program that listens on loopback alone is reached by the agent', async () => {
    await server.program.say(`listen 127.0.0.1 ${PORT}`)
    allow()

    expect(await client.program.say(`tcp ${SERVER} ${PORT}`)).toBe(byAgent(SERVER, PORT))
  })

  test('a program that listened before it was enrolled is seen', async () => {
    node.capture.unenrol(`node1/shop/b/1`)
    await server.program.say(`listen 0.0.0.0 ${PORT}`)
    const { cgroupPath, address } = server
    const netnsPath = `/run/netns/${server.netns}`
    node.capture.enrol({ uid: `node1/shop/b/1`, cgroupPath, network: 'own', netnsPath, address, ports: [] })
    allow()

    expect(await client.program.say(`tcp ${SERVER} ${PORT}`)).toBe(`ok ${SERVER}:${PORT} app`)
  })

  test('MPTCP and a socket bound to another address go by the agent', async () => {
    await server.program.say(`listen 0.0.0.0 ${PORT}`)
    allow()

    expect(await client.program.say(`tcp ${SERVER} ${PORT} mptcp`)).toBe(byAgent(SERVER, PORT))
    expect(await client.program.say(`tcp ${SERVER} ${PORT} ${CLIENT}`)).toBe(`ok ${SERVER}:${PORT} app`)
    expect(await client.program.say(`tcp ${SERVER} ${PORT} 127.0.0.1`)).not.toContain('app')
  })

  test('no room to file: by the agent while the number is known, refused where it is not, never unproven', async () => {
    await server.program.say(`listen 0.0.0.0 ${PORT}`)
    allow()
    const open = new KernelMap(node.addon, join(node.capture.mapsDir, 'direct_open'), 1)
    const flows = new KernelMap(node.addon, join(node.capture.mapsDir, 'direct_flows'), 1)
    const filed = encodeU32(directSlots.filed)

    expect(direct.isCrowded).toBe(false)
    open.set(filed, encodeU64(BigInt(maximums.directFlows)))
    expect(direct.isCrowded).toBe(true)
    expect(await client.program.say(`tcp ${SERVER} ${PORT}`)).toBe(byAgent(SERVER, PORT))
    expect(node.capture.counters().directFull).toBe(1)

    open.set(filed, encodeU64(0n))
    const key = new Uint8Array(layouts.flow)
    for (let i = 0; i < maximums.directFlows; i++) {
      key.set(encodeU32(i), 8)
      flows.set(key, new Uint8Array(layouts.direct_flow))
    }
    const steered = `ok ${SERVER}:${PORT} inbound ::ffff:${SERVER} ${PORT}`
    expect(await client.program.say(`tcp ${SERVER} ${PORT}`)).toBe(steered)
    open.close()
    flows.close()
  })

  test('a workload that leaves takes its connections and grants along', async () => {
    await server.program.say(`serve 0.0.0.0 ${PORT}`)
    allow()
    await client.program.say(`hold ${SERVER} ${PORT}`)

    node.capture.unenrol('node1/shop/b/1')

    expect(await client.program.say('held')).toBe('ECONNABORTED recv')
    expect(direct.flows()).toEqual([])
    expect(await client.program.say(`tcp ${SERVICE} 80`), 'nothing is written of it any more').toBe(
      byAgent(SERVICE, 80),
    )
  })

  test('a program that ends leaves no entry', async () => {
    await server.program.say(`serve 0.0.0.0 ${PORT}`)
    allow()
    await client.program.say(`hold ${SERVER} ${PORT}`)
    expect(direct.flows()).toHaveLength(1)

    client.program.stop()

    await vi.waitFor(() => expect(direct.flows()).toEqual([]))
    expect(direct.sweep()).toBe(0)
  })

  test('another life of the agent lets nothing new by until it knows, and keeps what is open and may be', async () => {
    await server.program.say(`serve 0.0.0.0 ${PORT}`)
    allow()
    await client.program.say(`hold ${SERVER} ${PORT}`)

    const next = openCapture(node.paths, 'pods')
    await next.prepare()
    expect(await client.program.say(`tcp ${SERVER} ${PORT}`)).toBe(byAgent(SERVER, PORT))
    const { cgroupPath, netns, address } = client
    const place = { cgroupPath, network: 'own', netnsPath: `/run/netns/${netns}`, address, ports: [] } as const
    next.enrol({ uid: 'node1/shop/a/1', ...place })
    next.direct.apply({ services: [], callees: [] }, () => true)
    expect(await client.program.say('held')).toBe('ok open')
    next.direct.apply({ services: [], callees: [] }, () => false)
    expect(await client.program.say('held')).toBe('ECONNABORTED recv')
    next.close()
  })

  test('programs of another build let nothing new by, and hand over what is open', async () => {
    await server.program.say(`serve 0.0.0.0 ${PORT}`)
    allow()
    await client.program.say(`hold ${SERVER} ${PORT}`)
    const { programsHash } = node.capture.readBack()
    renameSync(join(node.paths.pinDir, `programs-${programsHash}`), join(node.paths.pinDir, 'programs-0123'))

    const next = openCapture(node.paths, 'pods')
    expect((await next.prepare()).how).toBe('replaced')

    expect(await client.program.say(`tcp ${SERVER} ${PORT}`), 'by the old programs').toBe(byAgent(SERVER, PORT))
    expect(next.direct.flows()).toMatchObject([{ caller: client.cgroup, callee: AT_SERVER }])
    for (const { name, cgroupPath, netns, address } of [client, server]) {
      const place = { cgroupPath, network: 'own', netnsPath: `/run/netns/${netns}`, address, ports: [] } as const
      next.enrol({ uid: `node1/shop/${name}/1`, ...place })
    }
    next.direct.apply({ services: [], callees: [] }, () => true)
    expect(await client.program.say('held')).toBe('ok open')
    next.direct.apply({ services: [], callees: [] }, () => false)
    expect(await client.program.say('held')).toBe('ECONNABORTED recv')
    expect(next.direct.flows()).toEqual([])
    next.close()
  })
})
