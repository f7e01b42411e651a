import { unconnectedSocket } from '@weft/addon'
import { needs } from '@weft/tools/testing'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PortOwners } from './index.ts'
import { ip, ScratchNode, TestAgent, testPorts, type ProbeWorkload } from './testing/index.ts'

const POD = '198.18.5.1'
const NODE = '198.18.4.1'
const SHARED = '198.18.6.1'
const OTHER = '198.18.6.2'

needs(
  'root',
  'bpf',
  'netns',
  'compiler',
)('inbound capture of a workload with its own network', () => {
  let node: ScratchNode
  let agent: TestAgent
  let pod: string
  let podNetns: number
  let application: ProbeWorkload
  let foreigner: ProbeWorkload

  beforeAll(async () => {
    node = new ScratchNode()
    await node.capture.prepare()
    node.capture.attachAgent()
    node.capture.attachWorkloads()
    pod = `${node.paths.netns}-a`
    podNetns = node.addNetns(pod)
    node.joinNetns(node.paths.netns, NODE, pod, POD)
    const cgroupPath = node.cgroupOf('a')
    node.capture.enrol({
      uid: 'a',
      cgroupPath,
      network: 'own',
      netnsPath: `/run/netns/${pod}`,
      address: POD,
      ports: [],
    })
    application = node.probe(cgroupPath, pod)
    foreigner = node.probe(node.paths.cgroup, node.paths.netns)
    agent = new TestAgent(node, podNetns)
    await agent.listenOutbound()
    await agent.listenInbound(POD)
    await agent.listenHbone(POD)
    expect(await application.say('listen 0.0.0.0 8080')).toBe('ok')
  })
  afterAll(async () => {
    await agent?.close()
    await node?.dispose()
  })

  test('foreign plaintext to any port reaches the agent, which sees the port that was meant', async () => {
    expect(await foreigner.say(`tcp ${POD} 8080`)).toBe(`ok ${POD}:8080 inbound ::ffff:${POD} 8080`)
    expect(await foreigner.say(`tcp ${POD} 9`)).toBe(`ok ${POD}:9 inbound ::ffff:${POD} 9`)
  })

  test('the HBONE port leads to the HBONE listener', async () => {
    expect(await foreigner.say(`tcp ${POD} ${testPorts.hbone}`)).toBe(`ok ${POD}:${testPorts.hbone} hbone`)
  })

  test('IPv6 by the link-local address is refused: the agent has no listener for it', async () => {
    const address = /inet6 (fe80::\S+)\//.exec(ip('-n', pod, '-6', 'address', 'show', 'scope', 'link'))?.[1]
    const outside = node.probe(node.paths.cgroup, node.paths.netns)

    if (address !== undefined) expect(await outside.say(`tcp ${address} 8080`)).not.toContain('app')
  })

  test.each([
    [POD, 4],
    ['127.0.0.1', 4],
  ] as const)('the agent dials the application inside, by %s', async (host, family) => {
    const socket = unconnectedSocket(node.addon.tcpSocket(podNetns, family, ''))
    socket.connect({ host, port: 8080 })

    const [data] = (await once(socket, 'data')) as [Buffer]

    expect(String(data)).toBe('app')
    socket.destroy()
  })

  test('the workload reaches itself', async () => {
    expect(await application.say('tcp 127.0.0.1 8080')).toBe('ok 127.0.0.1:8080 app')
    expect(await application.say(`tcp ${POD} 8080`)).toBe(`ok ${POD}:8080 app`)
  })

  test('with the listeners gone nobody gets in, not even to the application; and it works again', async () => {
    await agent.close()

    expect(await foreigner.say(`tcp ${POD} 8080`)).toBe('ECONNREFUSED connect')
    expect(await foreigner.say(`tcp ${POD} ${testPorts.hbone}`)).toBe('ECONNREFUSED connect')
    expect(await application.say('tcp 127.0.0.1 8080'), 'the workload itself is not disturbed').toContain('app')

    await agent.listenInbound(POD)
    expect(await foreigner.say(`tcp ${POD} 8080`)).toContain('inbound')
  })
})

needs(
  'root',
  'bpf',
  'netns',
  'compiler',
)('inbound capture in the shared network', () => {
  let node: ScratchNode
  let agent: TestAgent
  let owner: ProbeWorkload
  let other: ProbeWorkload
  let outsider: ProbeWorkload
  let remote: ProbeWorkload
  let ownerId: bigint
  let otherId: bigint
  let owners: PortOwners

  beforeAll(async () => {
    node = new ScratchNode()
    await node.capture.prepare()
    node.capture.setNode({ addresses: [NODE] })
    node.capture.setDestinations([{ address: SHARED, port: 0 }])
    node.capture.attachAgent()
    node.capture.attachWorkloads()
    const { netns } = node.paths
    const far = `${netns}-far`
    node.addNetns(far)
    node.joinNetns(netns, NODE, far, '198.18.4.2')
    for (const address of [SHARED, OTHER]) {
      ip('-n', netns, 'address', 'add', `${address}/32`, 'dev', 'lo')
      ip('-n', far, 'route', 'add', `${address}/32`, 'via', NODE, 'src', '198.18.4.2', 'onlink', 'dev', deviceOf(far))
    }
    const enrol = (uid: string, address: string, ports: number[]): bigint =>
      node.capture.enrol({ uid, cgroupPath: node.cgroupOf(uid), network: 'shared', netnsPath: '', address, ports })
    ownerId = enrol('owner', SHARED, [8080])
    otherId = enrol('other', OTHER, [])
    owner = node.probe(node.cgroupOf('owner'), netns)
    other = node.probe(node.cgroupOf('other'), netns)
    outsider = node.probe(node.paths.cgroup, netns)
    remote = node.probe(node.paths.cgroup, far)
    agent = new TestAgent(node, node.netns)
    await agent.listenOutbound()
    await agent.listenInbound('')
    await agent.listenHbone(SHARED)
    expect(await owner.say('listen :: 8080')).toBe('ok')
    owners = new PortOwners(node.addon, node.capture.mapsDir)
  })
  afterAll(async () => {
    owners?.close()
    await agent?.close()
    await node?.dispose()
  })

  test.each(['127.0.0.1', NODE, SHARED, OTHER])(
    'a program outside the mesh is steered to the agent at %s',
    async (at) => {
      expect(await outsider.say(`tcp ${at} 8080`)).toBe(`ok ${at}:8080 inbound ::ffff:${at} 8080`)
    },
  )

  test('so it is by IPv6 and from another machine', async () => {
    expect(await outsider.say('tcp ::1 8080')).toBe('ok [::1]:8080 inbound ::1 8080')
    expect(await remote.say(`tcp ${SHARED} 8080`)).toBe(`ok ${SHARED}:8080 inbound ::ffff:${SHARED} 8080`)
  })

  test('other ports of the machine are left alone', async () => {
    expect(await outsider.say('listen 127.0.0.1 8099')).toBe('ok')

    expect(await remote.say(`tcp ${NODE} 8098`)).toBe('ECONNREFUSED connect')
    expect(await other.say('tcp 127.0.0.1 8099')).toBe('ok 127.0.0.1:8099 app')
    expect(await outsider.say('unlisten')).toBe('ok')
  })

  test.each(['127.0.0.1', '::1', NODE])('another workload that dials the port at %s is in the mesh', async (at) => {
    const shown = at === '::1' ? '[::1]' : at

    expect(await other.say(`tcp ${at} 8080`)).toBe(`ok ${shown}:8080 ${at} 8080 ${otherId} ${ownerId}`)
  })

  test.each(['127.0.0.1', '::1', NODE, SHARED])('the workload dials itself at %s', async (at) => {
    expect(await owner.say(`tcp ${at} 8080`)).toMatch(/ app$/)
  })

  test.each(['127.0.0.1', '::1', SHARED])('the agent dials the application at %s', async (host) => {
    const before = node.capture.counters().ownDials

    expect(await dial(host, 8080, ownerId)).toBe('app')
    expect(node.capture.counters().ownDials - before).toBe(1)
  })

  test('a port that was used by the agent lets nobody else in afterwards', async () => {
    const fd = node.addon.tcpSocket(node.netns, 4, '')
    owners.claim(fd, ownerId)
    const socket = unconnectedSocket(fd)
    socket.connect({ host: '127.0.0.1', port: 8080 })
    await once(socket, 'connect')
    const port = socket.localPort
    socket.resetAndDestroy()
    await once(socket, 'close')

    expect(await outsider.say(`tcp 127.0.0.1 8080 127.0.0.1`), `the agent had port ${port}`).toContain('inbound')
  })

  test('a port that nobody declared is protected from the moment somebody listens, and free afterwards', async () => {
    expect(await other.say('listen 127.0.0.1 8090')).toBe('ok')

    expect(await outsider.say('tcp 127.0.0.1 8090')).toContain('inbound')
    expect(await owner.say('tcp 127.0.0.1 8090')).toBe(`ok 127.0.0.1:8090 127.0.0.1 8090 ${ownerId} ${otherId}`)
    expect(await other.say('tcp 127.0.0.1 8090')).toBe('ok 127.0.0.1:8090 app')
    const state = node.capture.readBack().workloads.find(({ uid }) => uid === 'other')
    expect(state?.ports).toEqual([
      { address: '127.0.0.1', port: 8090, listeners: 1, isDeclared: false, isContested: false },
    ])

    expect(await other.say('unlisten')).toBe('ok')
    expect(await outsider.say('tcp 127.0.0.1 8090')).toBe('ECONNREFUSED connect')
    expect(node.capture.readBack().workloads.find(({ uid }) => uid === 'other')?.ports).toEqual([])
  })

  test('a dial of the agent reaches the workload that it is meant for, and no other', async () => {
    const before = node.capture.counters().misdirected
    const wrong = await Promise.all(['127.0.0.1', '::1', SHARED, OTHER].map((at) => dial(at, 8080, otherId)))

    expect(wrong).toEqual(['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED'])
    expect(node.capture.counters().misdirected - before).toBe(4)
    expect(await dial('127.0.0.1', 8080, 0n), 'a dial without a claim is a stranger').toContain('inbound')
  })

  test('of two workloads with the same port, each is reached where it listens', async () => {
    await owner.say('unlisten')
    expect(await owner.say('listen 127.0.0.1 8081 of-owner')).toBe('ok')
    expect(await other.say(`listen ${OTHER} 8081 of-other`)).toBe('ok')

    expect(await dial('127.0.0.1', 8081, ownerId)).toBe('of-owner')
    expect(await dial('127.0.0.1', 8081, otherId)).toBe('ECONNREFUSED')
    expect(await dial(OTHER, 8081, otherId)).toBe('of-other')
    expect(await dial(OTHER, 8081, ownerId)).toBe('ECONNREFUSED')
    expect([owners.ownerOf('127.0.0.1', 8081), owners.ownerOf(OTHER, 8081), owners.ownerOf(SHARED, 8081)]).toEqual([
      ownerId,
      otherId,
      0n,
    ])
  })

  test('a program of the machine gets no dial that is meant for a workload', async () => {
    expect(await outsider.say('listen 127.0.0.1 8082')).toBe('ok')

    expect(await dial('127.0.0.1', 8082, ownerId)).toBe('ECONNREFUSED')
    await outsider.say('unlisten')
  })

  test('where two workloads listen side by side neither is dialled, until both are gone', async () => {
    await owner.say('unlisten')
    await other.say('unlisten')
    expect(await owner.say('listen 0.0.0.0 8083 of-owner')).toBe('ok')
    expect(await other.say('listen 0.0.0.0 8083 of-other')).toBe('ok')

    expect(await dial('127.0.0.1', 8083, ownerId)).toBe('ECONNREFUSED')
    expect(await dial('127.0.0.1', 8083, otherId)).toBe('ECONNREFUSED')
    expect(owners.ownerOf('127.0.0.1', 8083)).toBe(0n)
    expect(await outsider.say('tcp 127.0.0.1 8083'), 'still protected').toContain('inbound')

    await owner.say('unlisten')
    expect(await dial('127.0.0.1', 8083, otherId), 'nobody counts whose sockets are left').toBe('ECONNREFUSED')
    await other.say('unlisten')
    expect(await other.say('listen 0.0.0.0 8083 of-other')).toBe('ok')
    expect(await dial('127.0.0.1', 8083, otherId)).toBe('of-other')
    await other.say('unlisten')
  })

  test('a workload that is enrolled anew keeps the ports on which it listens', async () => {
    const cgroupPath = node.cgroupOf('owner')
    const again = {
      uid: 'owner',
      cgroupPath,
      network: 'shared',
      netnsPath: '',
      address: SHARED,
      ports: [8080],
    } as const
    expect(await owner.say('listen :: 8080')).toBe('ok')
    node.capture.unenrol('owner')
    expect(await outsider.say('tcp 127.0.0.1 8080'), 'whoever listens owns the port').toContain('inbound')

    node.capture.enrol(again)

    expect(await dial('127.0.0.1', 8080, ownerId)).toBe('app')
  })

  test('a workload that takes the HBONE port disturbs nobody', async () => {
    expect(await other.say(`listen 0.0.0.0 ${testPorts.hbone}`)).toMatch(/^(ok|EADDRINUSE listen)$/)

    expect(await remote.say(`tcp ${SHARED} ${testPorts.hbone}`)).toBe(`ok ${SHARED}:${testPorts.hbone} hbone`)
    await other.say('unlisten')
  })

  test('without the inbound listener ports of workloads are closed, others are not', async () => {
    await agent.close()

    expect(await outsider.say('tcp 127.0.0.1 8080')).toBe('ECONNREFUSED connect')
    expect(await remote.say(`tcp ${SHARED} 8080`)).toBe('ECONNREFUSED connect')
    expect(await owner.say('tcp 127.0.0.1 8080')).toBe('ok 127.0.0.1:8080 app')
    expect(await outsider.say('listen 127.0.0.1 8099')).toBe('ok')
    expect(await outsider.say('tcp 127.0.0.1 8099')).toBe('ok 127.0.0.1:8099 app')

    await agent.listenInbound('')
    expect(await outsider.say('tcp 127.0.0.1 8080')).toContain('inbound')
  })

  /** Dials as the agent does, with the workload that it means; what it is told, or the error's name. */
  function dial(host: string, port: number, workload: bigint): Promise<string> {
    const fd = node.addon.tcpSocket(node.netns, host.includes(':') ? 6 : 4, '')
    if (workload !== 0n) owners.claim(fd, workload)
    const socket = unconnectedSocket(fd)
    return new Promise((resolve) => {
      let text = ''
      socket.on('data', (chunk) => (text += String(chunk)))
      socket.on('end', () => (socket.destroy(), resolve(text)))
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
      socket.connect({ host, port })
    })
  }

  function deviceOf(netns: string): string {
    return /\d+: (r[0-9a-f]{8})@/.exec(ip('-n', netns, 'link', 'show', 'type', 'veth'))?.[1] ?? ''
  }
})
