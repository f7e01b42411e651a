import { unconnectedSocket } from '@weft/addon'
import { programs } from '@weft/bpf'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WorkloadNetwork, WorkloadState } from '../../capture.ts'
import { cgroup2Mount, createCgroup } from '../../cgroup.ts'
import { PortOwners } from '../../port-owners.ts'
import { findStrangerSockets } from '../../stranger-sockets.ts'
import { ip, ScratchNode, TestAgent, type ProbeWorkload } from '../index.ts'

/** What runs inside the old kernel: each check prints one line; the last line is the verdict. */
const DESTINATION = '198.19.7.1'
const ADDRESS = '198.18.5.1'
const OUTSIDE = '198.18.4.1'
let passed = 0
let failed = 0

async function check(name: string, action: () => Promise<unknown> | unknown, expected: unknown = true): Promise<void> {
  try {
    const found = await action()
    if (found !== expected) throw new Error(`found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`)
    passed++
    console.log(`ok   ${name}`)
  } catch (error) {
    failed++
    console.log(`FAIL ${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function checkNetwork(network: WorkloadNetwork): Promise<void> {
  const node = new ScratchNode()
  try {
    await check(`${network}: every program loads`, async () => (await node.capture.prepare()).how, 'loaded')
    node.capture.setNode({ addresses: [] })
    node.capture.setDestinations([
      { address: DESTINATION, port: 0 },
      { address: 'fd77:6566:7400::7', port: 0 },
    ])
    node.capture.attachAgent()
    node.capture.attachWorkloads()
    for (const { name, target } of programs.filter((program) => program.target !== 'pod'))
      await check(`${network}: ${name} is attached to the ${target}`, () => isRunning(node, name))
    const workload = prepareWorkload(node, network)
    const enrolled = (): WorkloadState | undefined => node.capture.readBack().workloads[0]
    if (network === 'own')
      await check('own: sklookup_pod is attached to the pod', () => (enrolled()?.podLinkId ?? 0) > 0)
    await check(`${network}: the workload is enrolled`, () => enrolled()?.isEnrolled)
    const agent = new TestAgent(node, workload.netns)
    await agent.listenOutbound()
    await agent.listenDns()
    await agent.listenInbound(network === 'own' ? ADDRESS : '')
    await checkTraffic(node, network, workload, agent)
  } finally {
    await node.dispose()
  }
  const left = [...readdirSync('/run/netns'), ...readdirSync('/sys/fs/bpf')].filter((name) => name.startsWith('weft-'))
  await check(`${network}: nothing is left behind`, () => left.join(' '), '')
}

/** Hooks on the cgroup of one pod, with its containers below, and none on a parent. */
async function checkPods(): Promise<void> {
  const node = new ScratchNode('pods')
  try {
    await node.capture.prepare()
    node.capture.setNode({ addresses: [], probers: [OUTSIDE] })
    node.capture.setDestinations([{ address: DESTINATION, port: 0 }])
    node.capture.attachAgent()
    node.capture.attachWorkloads()
    const pod = `${node.paths.netns}-a`
    const netns = node.addNetns(pod)
    node.joinNetns(node.paths.netns, OUTSIDE, pod, ADDRESS)
    const cgroupPath = join(node.paths.cgroup, 'kubepods/burstable/pod1')
    createCgroup(join(cgroupPath, 'container'))
    const place = { cgroupPath, network: 'own', netnsPath: `/run/netns/${pod}`, address: ADDRESS } as const
    const caller = node.capture.enrol({ uid: 'a', ...place, ports: [], probedPorts: [8080] })
    await check('pods: every hook runs', () => node.capture.readBack().workloads[0]?.missingHooks.join(' '), '')
    const agent = new TestAgent(node, netns)
    await agent.listenOutbound()
    await agent.listenInbound(ADDRESS)
    const container = node.probe(join(cgroupPath, 'container'), pod)
    const kubelet = node.probe(node.paths.cgroup, node.paths.netns)
    const captured = `ok ${DESTINATION}:80 ${DESTINATION} 80 ${caller} 0`
    await check('pods: a container is captured', () => container.say(`tcp ${DESTINATION} 80`), captured)
    await check('pods: the program listens', () => container.say('listen 0.0.0.0 8080'), 'ok')
    await check('pods: a probe is answered', () => kubelet.say(`tcp ${ADDRESS} 8080`), `ok ${ADDRESS}:8080 app`)
    await agent.close()
    await check('pods: without the agent: EPERM', () => container.say(`tcp ${DESTINATION} 80`), 'EPERM connect')
  } finally {
    await node.dispose()
  }
}

/** Two pods of one node, without the agent between them. */
async function checkDirect(): Promise<void> {
  const node = new ScratchNode('pods')
  const [port, callee] = [6379, '198.18.5.2']
  try {
    await node.capture.prepare()
    node.capture.setNode({ addresses: [], probers: [] })
    node.capture.setDestinations([DESTINATION, callee].map((address) => ({ address, port: 0 })))
    node.capture.attachAgent()
    node.capture.attachWorkloads()
    const { direct } = node.capture
    await check('direct: this kernel ends sockets', () => direct.unavailable, '')
    const pods = await Promise.all([ADDRESS, callee].map((address, i) => startPod(node, `p${i}`, address)))
    const [client, server] = pods as [Pod, Pod]
    node.joinNetns(client.netns, ADDRESS, server.netns, callee)
    const at = { address: callee, port }
    const service = { at: { address: DESTINATION, port: 80 }, endpoints: [at] }
    const plan = (verdict: 'allow' | 'refuse') => ({
      services: [service],
      callees: [{ ...at, verdicts: new Map([[client.cgroup, verdict]]) }],
    })
    await check('direct: the program listens', () => server.program.say(`serve 0.0.0.0 ${port}`), 'ok')
    direct.apply(plan('allow'), null)
    const held = `ok ${DESTINATION}:80 app`
    await check('direct: it is reached', () => client.program.say(`hold ${DESTINATION} 80`), held)
    await check('direct: without the agent', () => node.capture.counters().redirected, 0)
    const stranger = node.probe(node.paths.cgroup, client.netns)
    const steered = `ok ${callee}:${port} inbound ::ffff:${callee} ${port}`
    await check('direct: nobody else is let in', () => stranger.say(`tcp ${callee} ${port}`), steered)
    await check('direct: a refusal ends it', () => direct.apply(plan('refuse'), () => false).ended, 1)
    await check('direct: the program is told', () => client.program.say('held'), 'ECONNABORTED recv')
    await check('direct: EPERM', () => client.program.say(`tcp ${DESTINATION} 80`), 'EPERM connect')
    for (const { agent } of pods) await agent.close()
  } finally {
    await node.dispose()
  }
}

interface Pod {
  readonly netns: string
  readonly cgroup: bigint
  readonly agent: TestAgent
  readonly program: ProbeWorkload
}

async function startPod(node: ScratchNode, name: string, address: string): Promise<Pod> {
  const netns = `${node.paths.netns}-${name}`
  const agent = new TestAgent(node, node.addNetns(netns))
  const cgroupPath = join(node.paths.cgroup, name)
  createCgroup(cgroupPath)
  await agent.listenOutbound()
  await agent.listenInbound(address)
  const place = { cgroupPath, network: 'own', netnsPath: `/run/netns/${netns}`, address, ports: [] } as const
  const cgroup = node.capture.enrol({ uid: name, ...place })
  return { netns, cgroup, agent, program: node.probe(cgroupPath, netns) }
}

interface Workload {
  readonly netns: number
  readonly caller: bigint
  readonly probe: ProbeWorkload
  readonly foreigner: ProbeWorkload
}

function prepareWorkload(node: ScratchNode, network: WorkloadNetwork): Workload {
  const inside = network === 'own' ? `${node.paths.netns}-a` : node.paths.netns
  const outside = network === 'own' ? node.paths.netns : `${node.paths.netns}-b`
  const other = node.addNetns(network === 'own' ? inside : outside)
  node.joinNetns(outside, OUTSIDE, inside, ADDRESS)
  ip('-n', inside, 'link', 'add', 'dev0', 'type', 'veth', 'peer', 'name', 'dev1')
  const cgroupPath = node.cgroupOf('a')
  const netnsPath = `/run/netns/${inside}`
  const caller = node.capture.enrol({ uid: 'a', cgroupPath, network, netnsPath, address: ADDRESS, ports: [8080] })
  return {
    netns: network === 'own' ? other : node.netns,
    caller,
    probe: node.probe(node.cgroupOf('a/child'), inside),
    foreigner: node.probe(node.paths.cgroup, outside),
  }
}

async function checkTraffic(
  node: ScratchNode,
  network: WorkloadNetwork,
  { netns, caller, probe, foreigner }: Workload,
  agent: TestAgent,
): Promise<void> {
  const say = (name: string, command: string, expected: string): Promise<void> =>
    check(`${network}: ${name}`, () => probe.say(command), expected)
  const captured = `${DESTINATION} 80 ${caller} 0`
  await say('IPv4 is captured', `tcp ${DESTINATION} 80`, `ok ${DESTINATION}:80 ${captured}`)
  await say(
    'IPv6 is captured',
    'tcp fd77:6566:7400::7 80',
    `ok [fd77:6566:7400::7]:80 fd77:6566:7400::7 80 ${caller} 0`,
  )
  await say('IPv4 on IPv6 is captured', `tcp ::ffff:${DESTINATION} 80`, `ok [::ffff:${DESTINATION}]:80 ${captured}`)
  await say('MPTCP is captured', `tcp ${DESTINATION} 80 mptcp`, `ok ${DESTINATION}:80 ${captured}`)
  await say('Fast Open is captured', `tcp ${DESTINATION} 80 tfo`, `ok ${DESTINATION}:80 ${captured}`)
  await say(
    'a socket bound to a device is captured',
    `tcp ${DESTINATION} 80 device=dev0`,
    `ok ${DESTINATION}:80 ${captured}`,
  )
  await say('DNS is captured', 'udp 192.0.2.53 53', 'ok 192.0.2.53:53 answer')
  await say('connected DNS is captured', 'udp 2001:db8::53 53 connected', 'ok [2001:db8::53]:53 answer')
  await say('100 connections at once', `many 100 ${DESTINATION} 80`, 'ok 100')
  await say('the application listens', 'listen 0.0.0.0 8080', 'ok')
  await say('the workload dials itself', 'tcp 127.0.0.1 8080', 'ok 127.0.0.1:8080 app')
  const steered = `ok ${ADDRESS}:8080 inbound ::ffff:${ADDRESS} 8080`
  await check(`${network}: foreign plaintext is steered`, () => foreigner.say(`tcp ${ADDRESS} 8080`), steered)
  await check(`${network}: the agent dials the application`, () => dial(node, netns), 'app')
  await agent.close()
  await say('without the agent: EPERM', `tcp ${DESTINATION} 80`, 'EPERM connect')
  const closed = 'ECONNREFUSED connect'
  await check(`${network}: without the agent: closed`, () => foreigner.say(`tcp ${ADDRESS} 8080`), closed)
  const strangers = (): Promise<number> =>
    findStrangerSockets(node.cgroupOf('a'), cgroup2Mount() ?? '').then((found) => found.length)
  await check(`${network}: no socket of another cgroup`, strangers, 0)
}

async function dial(node: ScratchNode, netns: number): Promise<string> {
  const owners = new PortOwners(node.addon, node.capture.mapsDir)
  const fd = node.addon.tcpSocket(netns, 4, '')
  owners.claim(fd, node.addon.cgroupId(node.cgroupOf('a')))
  owners.close()
  const socket = unconnectedSocket(fd)
  socket.connect({ host: '127.0.0.1', port: 8080 })
  const [data] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  return String(data)
}

function isRunning(node: ScratchNode, program: string): boolean {
  return node.capture.readBack().hooks.some((hook) => hook.program === program && hook.isRunning)
}

console.log(
  `guest: kernel ${readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim()}, cgroup v2 at ${cgroup2Mount()}`,
)
const checks = [() => checkNetwork('shared'), () => checkNetwork('own'), checkPods, checkDirect]
for (const run of checks)
  await run().catch((error: unknown) => {
    failed++
    console.log(`FAIL ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  })
console.log(`${passed} passed, ${failed} failed`)
