import { needs } from '@weft/tools/testing'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { WorkloadState } from './capture.ts'
import { createCgroup, removeCgroup } from './cgroup.ts'
import { openCapture, ScratchNode, TestAgent, testPorts, type ProbeWorkload } from './testing/index.ts'

const POD = '198.18.5.1'
const NODE = '198.18.4.1'
const SERVICE = '198.19.7.1'
const ELSEWHERE = '198.19.8.1'
const UID = 'node1/shop/cart/3a4b'

/** Where pods are, by cgroup driver and class of service; containers are one or two levels below. */
const places = [
  ['cgroupfs, guaranteed', 'kubepods/pod3a4b', 'c0ffee'],
  ['cgroupfs, burstable', 'kubepods/burstable/pod3a4b', 'c0ffee'],
  [
    'systemd',
    'kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod3a4b.slice',
    'cri-containerd-c0ffee.scope/init',
  ],
] as const

needs(
  'root',
  'bpf',
  'netns',
  'compiler',
)('a pod with hooks of its own', () => {
  let node: ScratchNode
  let agent: TestAgent
  let pod: string
  let podNetns: number

  beforeEach(async () => {
    node = new ScratchNode('pods')
    await node.capture.prepare()
    node.capture.setNode({ addresses: [NODE], probers: [NODE] })
    node.capture.setDestinations([{ address: SERVICE, port: 0 }])
    node.capture.attachAgent()
    node.capture.attachWorkloads()
    pod = `${node.paths.netns}-a`
    podNetns = node.addNetns(pod)
    node.joinNetns(node.paths.netns, NODE, pod, POD)
    agent = new TestAgent(node, podNetns)
  })
  afterEach(async () => {
    await agent.close()
    await node.dispose()
  })

  const at = (path: string): string => {
    createCgroup(join(node.paths.cgroup, path))
    return join(node.paths.cgroup, path)
  }
  const enrol = (cgroupPath: string, probedPorts: number[] = []): bigint =>
    node.capture.enrol({
      uid: UID,
      cgroupPath,
      network: 'own',
      netnsPath: `/run/netns/${pod}`,
      address: POD,
      ports: [],
      probedPorts,
    })
  const state = (): WorkloadState | undefined => node.capture.readBack().workloads.find(({ uid }) => uid === UID)

  test.each(places)(
    '%s: its containers are captured, and the pod is told as the caller',
    async (_, path, container) => {
      const cgroup = enrol(at(path))
      await agent.listenOutbound()
      const program = node.probe(at(join(path, container)), pod)

      expect(await program.say(`tcp ${SERVICE} 80`)).toBe(`ok ${SERVICE}:80 ${SERVICE} 80 ${cgroup} 0`)
      expect(state()).toMatchObject({ isEnrolled: true, missingHooks: [] })
    },
  )

  test('a neighbour in the next cgroup is not touched', async () => {
    enrol(at('kubepods/pod3a4b'))
    const neighbour = node.probe(at('kubepods/podffff/c0ffee'), pod)

    expect(await neighbour.say(`tcp ${SERVICE} 80`), 'no hook answers EPERM').not.toContain('EPERM')
  })

  test('without its agent it is refused, to the mesh and elsewhere, but reaches its node and a name server', async () => {
    enrol(at('kubepods/pod3a4b'))
    const program = node.probe(at('kubepods/pod3a4b/c0ffee'), pod)
    const server = node.probe(node.paths.cgroup, node.paths.netns)
    expect(await server.say(`listen ${NODE} 10250 kubelet`)).toBe('ok')

    expect(await program.say(`tcp ${SERVICE} 80`)).toBe('EPERM connect')
    expect(await program.say(`tcp ${ELSEWHERE} 80`)).toBe('EPERM connect')
    expect(await program.say(`tcp ${NODE} 10250`)).toBe(`ok ${NODE}:10250 kubelet`)
    expect(await program.say(`tcp ${ELSEWHERE} 53`), 'DNS is not ours').not.toContain('EPERM')
  })

  test('confined before it is a workload it is refused likewise, until it is enrolled or released', async () => {
    const cgroup = node.capture.confine(at('kubepods/pod3a4b'))
    const program = node.probe(at('kubepods/pod3a4b/c0ffee'), pod)
    expect(await program.say(`tcp ${ELSEWHERE} 80`)).toBe('EPERM connect')
    expect(await program.say(`tcp ${SERVICE} 80`)).toBe('EPERM connect')

    node.capture.release(cgroup)
    expect(await program.say(`tcp ${ELSEWHERE} 80`), 'no hook answers EPERM').not.toContain('EPERM')

    node.capture.confine(at('kubepods/pod3a4b'))
    enrol(at('kubepods/pod3a4b'))
    await agent.listenOutbound()
    expect(await program.say(`tcp ${SERVICE} 80`)).toMatch(/^ok /)
    node.capture.release(cgroup)
    expect(state(), 'who is enrolled stays').toMatchObject({ isEnrolled: true, missingHooks: [] })
  })

  test('DNS goes its own way, but a service of the mesh on port 53 is reached through the mesh', async () => {
    const cgroup = enrol(at('kubepods/pod3a4b'))
    await agent.listenOutbound()
    const program = node.probe(at('kubepods/pod3a4b/c0ffee'), pod)
    const server = node.probe(node.paths.cgroup, node.paths.netns)
    expect(await server.say(`listen ${NODE} 53 names`)).toBe('ok')

    expect(await program.say(`tcp ${NODE} 53`)).toBe(`ok ${NODE}:53 names`)
    expect(await program.say(`tcp ${SERVICE} 53`)).toBe(`ok ${SERVICE}:53 ${SERVICE} 53 ${cgroup} 0`)
  })

  test('what runs already is captured from then on, with sockets that it made before', async () => {
    const cgroupPath = at('kubepods/pod3a4b')
    const program = node.probe(at('kubepods/pod3a4b/c0ffee'), pod)
    expect(await program.say(`tcp ${SERVICE} 80`)).not.toContain('ok')
    await agent.listenOutbound()

    const cgroup = enrol(cgroupPath)

    expect(await program.say(`tcp ${SERVICE} 80`)).toBe(`ok ${SERVICE}:80 ${SERVICE} 80 ${cgroup} 0`)
  })

  test('a probed port answers its node as the program does; anybody else meets the agent there', async () => {
    enrol(at('kubepods/pod3a4b'), [8080])
    await agent.listenInbound(POD)
    const program = node.probe(at('kubepods/pod3a4b/c0ffee'), pod)
    const kubelet = node.probe(node.paths.cgroup, node.paths.netns)

    expect(await kubelet.say(`tcp ${POD} 8080`), 'nobody listens yet').toBe('ECONNREFUSED connect')
    expect(await program.say('listen 0.0.0.0 8080')).toBe('ok')
    expect(await kubelet.say(`tcp ${POD} 8080`)).toBe(`ok ${POD}:8080 app`)
    expect(await kubelet.say(`tcp ${POD} 8081`)).toContain('inbound')
    node.capture.setNode({ addresses: [NODE], probers: [] })
    expect(await kubelet.say(`tcp ${POD} 8080`)).toContain('inbound')
  })

  test('one listener takes what comes to any address of the pod', async () => {
    enrol(at('kubepods/pod3a4b'))
    const fd = node.owned(node.addon.tcpListen(podNetns, '::', testPorts.inbound, 16, false))
    node.capture.setListener({ kind: 'inbound', fd, address: 'fd00::5' })
    expect(node.capture.readBack().workloads[0]?.hasInboundListener).toBe(false)
    node.capture.setListener({ kind: 'inbound', fd, address: POD })
    expect(node.capture.readBack().workloads[0]?.hasInboundListener).toBe(true)
  })

  test('hooks outlive the agent, and the next one takes them over', async () => {
    const cgroupPath = at('kubepods/pod3a4b')
    enrol(cgroupPath)
    const program: ProbeWorkload = node.probe(at('kubepods/pod3a4b/c0ffee'), pod)
    node.capture.close()
    const before = linksOf(cgroupPath)

    const next = openCapture(node.paths, 'pods')
    const { how, gone } = await next.prepare()

    expect([how, gone]).toEqual(['reused', []])
    expect(next.readBack().workloads.map(({ uid, isEnrolled }) => [uid, isEnrolled])).toEqual([[UID, true]])
    expect(await program.say(`tcp ${SERVICE} 80`)).toBe('EPERM connect')
    expect(linksOf(cgroupPath)).toEqual(before)
    next.close()
    await node.capture.prepare()
  })

  test('a pod that is gone leaves nothing behind', async () => {
    const cgroup = enrol(at('kubepods/pod3a4b'))
    await removeCgroup(join(node.paths.cgroup, 'kubepods'))
    await vi.waitFor(() => expect(state()?.isEnrolled, 'the kernel takes its hooks off').toBe(false))
    node.capture.close()

    expect((await node.capture.prepare()).gone).toEqual([UID])

    expect(existsSync(pinOf('cgroups', cgroup))).toBe(false)
    expect(existsSync(pinOf('pods', cgroup))).toBe(false)
  })

  test('a pod that leaves the mesh runs on as if there were none', async () => {
    enrol(at('kubepods/pod3a4b'))
    const program = node.probe(at('kubepods/pod3a4b/c0ffee'), pod)
    expect(await program.say(`tcp ${SERVICE} 80`)).toBe('EPERM connect')

    node.capture.unenrol(UID)

    expect(await program.say(`tcp ${SERVICE} 80`)).not.toContain('EPERM')
    expect(['cgroups', 'pods'].flatMap((name) => readdirSync(join(node.paths.pinDir, name)))).toEqual([])
  })

  const pinOf = (kind: string, cgroup: bigint): string => join(node.paths.pinDir, kind, String(cgroup))
  const linksOf = (path: string): string[] => readdirSync(pinOf('cgroups', node.addon.cgroupId(path))).toSorted()
})
