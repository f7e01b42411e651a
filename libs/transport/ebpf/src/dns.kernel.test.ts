import { needs } from '@weft/tools/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkloadNetwork } from './capture.ts'
import { ScratchNode, TestAgent, type ProbeWorkload } from './testing/index.ts'

const OWN_PORT = 35153

for (const network of ['shared', 'own'] satisfies WorkloadNetwork[])
  needs(
    'root',
    'bpf',
    'netns',
    'compiler',
  )(`DNS capture of a workload with its ${network} network`, () => {
    let node: ScratchNode
    let agent: TestAgent
    let netnsName: string
    let probe: ProbeWorkload
    let cgroupPath: string

    beforeAll(async () => {
      node = new ScratchNode()
      await node.capture.prepare()
      node.capture.attachAgent()
      node.capture.attachWorkloads()
      netnsName = network === 'shared' ? node.paths.netns : `${node.paths.netns}-a`
      const netns = network === 'shared' ? node.netns : node.addNetns(netnsName)
      cgroupPath = node.cgroupOf('a')
      enrol(0)
      probe = node.probe(cgroupPath, netnsName)
      agent = new TestAgent(node, netns)
      await agent.listenOutbound()
      await agent.listenDns()
      await agent.listenDns(OWN_PORT)
    })
    afterAll(async () => {
      await agent?.close()
      await node?.dispose()
    })

    const enrol = (dnsPort: number): void => {
      const netnsPath = `/run/netns/${netnsName}`
      node.capture.enrol({ uid: 'a', cgroupPath, network, netnsPath, address: '198.18.5.1', ports: [], dnsPort })
    }

    test.each([
      ['unconnected IPv4', 'udp 192.0.2.53 53', 'ok 192.0.2.53:53 answer'],
      ['connected IPv4', 'udp 192.0.2.53 53 connected', 'ok 192.0.2.53:53 answer'],
      ['unconnected IPv6', 'udp 2001:db8::53 53', 'ok [2001:db8::53]:53 answer'],
      ['connected IPv6', 'udp 2001:db8::53 53 connected', 'ok [2001:db8::53]:53 answer'],
      ['IPv4 on an IPv6 socket', 'udp 192.0.2.53 53 mapped', 'ok [::ffff:192.0.2.53]:53 answer'],
      ['a resolver on loopback', 'udp 127.0.0.53 53', 'ok 127.0.0.53:53 answer'],
      ['TCP IPv4', 'tcp 192.0.2.53 53', 'ok 192.0.2.53:53 answer'],
      ['TCP IPv6', 'tcp 2001:db8::53 53', 'ok [2001:db8::53]:53 answer'],
    ])('%s: the agent answers, the server that was asked is shown', async (_, question, answer) => {
      expect(await probe.say(question)).toBe(answer)
    })

    test('a workload with a DNS port of its own is answered there', async () => {
      const before = node.capture.counters().dns

      enrol(OWN_PORT)
      expect(await probe.say('udp 192.0.2.53 53')).toBe('ok 192.0.2.53:53 answer')
      expect(await probe.say('tcp 192.0.2.53 53')).toBe('ok 192.0.2.53:53 answer')

      enrol(0)
      expect(node.capture.counters().dns - before).toBe(2)
    })

    test('datagrams to other ports pass', async () => {
      const before = node.capture.counters().passed

      expect(await probe.say('udp 192.0.2.53 54')).toMatch(/^(ENETUNREACH|EHOSTUNREACH) sendto$/)
      expect(node.capture.counters().passed - before).toBe(1)
    })

    test('without the agent a query goes to the server that was asked', async () => {
      await agent.close()
      const before = node.capture.counters().dnsPassed

      expect(await probe.say('udp 192.0.2.53 53')).toMatch(/^(ENETUNREACH|EHOSTUNREACH) sendto$/)
      expect(await probe.say('tcp 127.0.0.53 53')).toBe('ECONNREFUSED connect')

      expect(node.capture.counters().dnsPassed - before).toBe(2)
    })
  })
