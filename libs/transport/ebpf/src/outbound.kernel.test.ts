import { needs } from '@weft/tools/testing'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { WorkloadNetwork } from './capture.ts'
import { ip, ScratchNode, TestAgent, testPorts, type ProbeWorkload } from './testing/index.ts'

const EGRESS = '198.18.251.9'
const NODE = '198.18.251.1'

for (const network of ['shared', 'own'] satisfies WorkloadNetwork[])
  needs(
    'root',
    'bpf',
    'netns',
    'compiler',
  )(`outbound capture of a workload with its ${network} network`, () => {
    let node: ScratchNode
    let agent: TestAgent
    let netnsName: string
    let netns: number
    let probe: ProbeWorkload
    let caller: bigint

    beforeAll(async () => {
      node = new ScratchNode()
      await node.capture.prepare()
      node.capture.setNode({ addresses: [NODE] })
      node.capture.setDestinations([
        ...[1, 2, 3, 4].map((last) => ({ address: `198.19.7.${last}`, port: 0 })),
        { address: '198.19.8.1', port: 80 },
        { address: 'fd77:6566:7400::7', port: 0 },
      ])
      node.capture.attachAgent()
      node.capture.attachWorkloads()
      netnsName = network === 'shared' ? node.paths.netns : `${node.paths.netns}-a`
      netns = network === 'shared' ? node.netns : node.addNetns(netnsName)
      for (const address of [EGRESS, NODE, '198.18.5.1', '198.19.8.1'])
        ip('-n', netnsName, 'address', 'add', `${address}/32`, 'dev', 'lo')
      ip('-n', netnsName, 'route', 'add', 'default', 'dev', 'lo')
      const cgroupPath = node.cgroupOf('a')
      caller = enrol('a', cgroupPath)
      probe = node.probe(cgroupPath, netnsName)
      agent = new TestAgent(node, netns)
      await agent.listenOutbound()
    })
    afterEach(() => expect(node.capture.counters().mapFull, 'no entry found no room').toBe(0))
    afterAll(async () => {
      await agent?.close()
      await node?.dispose()
    })

    const enrol = (uid: string, cgroupPath: string): bigint => {
      const netnsPath = `/run/netns/${netnsName}`
      return node.capture.enrol({ uid, cgroupPath, network, netnsPath, address: '198.18.5.1', ports: [] })
    }

    test.each([
      ['IPv4', '198.19.7.1', '198.19.7.1:8080', '198.19.7.1'],
      ['IPv6', 'fd77:6566:7400::7', '[fd77:6566:7400::7]:8080', 'fd77:6566:7400::7'],
      ['IPv4 on an IPv6 socket', '::ffff:198.19.7.1', '[::ffff:198.19.7.1]:8080', '198.19.7.1'],
    ])('%s: the agent learns where and who, the program sees whom it asked', async (_, asked, peer, original) => {
      expect(await probe.say(`tcp ${asked} 8080`)).toBe(`ok ${peer} ${original} 8080 ${caller} 0`)
    })

    test('a destination with a port is of the mesh on that port only', async () => {
      expect(await probe.say('tcp 198.19.8.1 80')).toBe(`ok 198.19.8.1:80 198.19.8.1 80 ${caller} 0`)
      expect(await probe.say('tcp 198.19.8.1 81')).toBe('ECONNREFUSED connect')
    })

    test('what is not of the mesh passes, and a refusal there is told as it is', async () => {
      const server = createServer((socket) => void socket.end('outside'))
      server.listen({ fd: node.addon.tcpListen(netns, EGRESS, 8080, 16, false) })
      await once(server, 'listening')

      expect(await probe.say(`tcp ${EGRESS} 8080`)).toBe(`ok ${EGRESS}:8080 outside`)
      expect(await probe.say(`tcp ${EGRESS} 8081`)).toBe('ECONNREFUSED connect')
      server.close()
    })

    test('a socket bound to an address of its own is captured too', async () => {
      expect(await probe.say('tcp 198.19.7.2 80 198.18.5.1')).toBe(`ok 198.19.7.2:80 198.19.7.2 80 ${caller} 0`)
    })

    test('a socket bound to a device is captured too', async () => {
      ip('-n', netnsName, 'link', 'add', 'dummy0', 'type', 'veth', 'peer', 'name', 'dummy1')

      expect(await probe.say('tcp 198.19.7.2 80 device=dummy0')).toBe(`ok 198.19.7.2:80 198.19.7.2 80 ${caller} 0`)
    })

    test('MPTCP is no way around', async () => {
      const answer = await probe.say('tcp 198.19.7.1 80 mptcp')

      expect(answer).toBe(`ok 198.19.7.1:80 198.19.7.1 80 ${caller} 0`)
    })

    test('TCP Fast Open is no way around, also where every listener of the machine takes it', async () => {
      ip('netns', 'exec', netnsName, 'sh', '-c', 'echo 1031 > /proc/sys/net/ipv4/tcp_fastopen')

      for (let attempt = 0; attempt < 3; attempt++)
        expect(await probe.say('tcp 198.19.7.1 80 tfo')).toBe(`ok 198.19.7.1:80 198.19.7.1 80 ${caller} 0`)
    })

    test('a program in a cgroup that the workload made is that workload', async () => {
      const child = node.probe(node.cgroupOf('a/deep/deeper'), netnsName)

      expect(await child.say('tcp 198.19.7.1 80')).toBe(`ok 198.19.7.1:80 198.19.7.1 80 ${caller} 0`)
    })

    test('a program that is not enrolled reaches loopback and the node, nothing else', async () => {
      const stranger = node.probe(node.cgroupOf('stranger'), netnsName)

      expect(await stranger.say('tcp 198.19.7.1 80')).toBe('EPERM connect')
      expect(await stranger.say(`tcp ${EGRESS} 80`)).toBe('EPERM connect')
      expect(await stranger.say(`udp ${EGRESS} 80`)).toBe('EPERM sendto')
      expect(await stranger.say('tcp 127.0.0.1 81')).toBe('ECONNREFUSED connect')
      expect(await stranger.say(`tcp ${NODE} 81`)).toBe('ECONNREFUSED connect')
    })

    test('whoever connects to the outbound listener straight has no original destination', async () => {
      const outside = node.probe(node.paths.cgroup, netnsName)

      expect(await probe.say(`tcp 127.0.0.1 ${testPorts.outbound}`)).toBe(`ok 127.0.0.1:${testPorts.outbound} none`)
      expect(await outside.say(`tcp 127.0.0.1 ${testPorts.outbound}`)).toBe(`ok 127.0.0.1:${testPorts.outbound} none`)
    })

    test('1,000 connections opened at once each reach their destination', async () => {
      const before = node.capture.counters()

      expect(await probe.say('many 1000 198.19.7.1 80')).toBe('ok 1000')

      const after = node.capture.counters()
      expect([after.redirected - before.redirected, after.taken - before.taken]).toEqual([1000, 1000])
    })

    test('the original destination is never mixed up when few ports are used again and again', async () => {
      const [, right, wrong] = (await probe.say('mix 4000 198.19.7. 80 3')).split(' ').map(Number)

      expect(wrong, 'answers of another connection').toBe(0)
      expect(right, 'nearly all get through; a reset in flight may cost one').toBeGreaterThan(3900)
    })

    test('without the agent everything beyond the node is refused, and works again when it listens', async () => {
      await agent.close()

      expect(await probe.say('tcp 198.19.7.1 80')).toBe('EPERM connect')
      expect(await probe.say('tcp fd77:6566:7400::7 80')).toBe('EPERM connect')
      expect(await probe.say(`tcp ${EGRESS} 80`)).toBe('EPERM connect')
      expect(await probe.say(`udp ${EGRESS} 80 connected`)).toBe('EPERM connect')
      expect(await probe.say(`udp ${EGRESS} 80`)).toBe('EPERM sendto')
      expect(await probe.say('tcp 127.0.0.1 81')).toBe('ECONNREFUSED connect')
      expect(await probe.say(`tcp ${NODE} 81`)).toBe('ECONNREFUSED connect')

      await agent.listenOutbound()
      expect(await probe.say('tcp 198.19.7.1 80')).toBe(`ok 198.19.7.1:80 198.19.7.1 80 ${caller} 0`)
    })

    test('somebody else on the port of the absent agent is not taken for it', async () => {
      await agent.close()
      const outside = node.probe(node.paths.cgroup, netnsName)
      expect(await outside.say(`listen 127.0.0.1 ${testPorts.outbound}`)).toBe('ok')

      expect(await probe.say('tcp 198.19.7.1 80')).toBe('EPERM connect')

      expect(await outside.say('unlisten')).toBe('ok')
      await agent.listenOutbound()
      expect(await probe.say('tcp 198.19.7.1 80')).toBe(`ok 198.19.7.1:80 198.19.7.1 80 ${caller} 0`)
    })

    test('a workload that is unenrolled is confined to the node from the next connection on', async () => {
      node.capture.unenrol('a')
      expect(await probe.say('tcp 198.19.7.1 80')).toBe('EPERM connect')

      enrol('a', node.cgroupOf('a'))
      expect(await probe.say('tcp 198.19.7.1 80')).toBe(`ok 198.19.7.1:80 198.19.7.1 80 ${caller} 0`)
    })
  })
