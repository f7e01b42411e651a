import { needs } from '@weft/tools/testing'
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { WorkloadState } from './capture.ts'
import { cgroup2Mount, createCgroup, joinCgroup, removeCgroup } from './cgroup.ts'
import { findStrangerSockets } from './stranger-sockets.ts'
import { openCapture, ScratchNode, TestAgent, type ProbeWorkload } from './testing/index.ts'

const ADDRESS = '198.18.6.1'
const agentProgram = fileURLToPath(new URL('./testing/agent-process.ts', import.meta.url))

needs(
  'root',
  'bpf',
  'netns',
  'compiler',
)('life of a capture', () => {
  let node: ScratchNode
  let probe: ProbeWorkload
  let agents: ChildProcess[]

  beforeEach(async () => {
    agents = []
    node = new ScratchNode()
    await node.capture.prepare()
    node.capture.setDestinations([{ address: '198.19.7.1', port: 0 }])
    node.capture.attachAgent()
    node.capture.attachWorkloads()
    enrol('a')
    probe = node.probe(node.cgroupOf('a'), node.paths.netns)
  })
  afterEach(async () => {
    for (const agent of agents) agent.kill('SIGKILL')
    await node.dispose()
  })

  const enrol = (uid: string, ports: number[] = []): bigint =>
    node.capture.enrol({
      uid,
      cgroupPath: node.cgroupOf(uid),
      network: 'shared',
      netnsPath: '',
      address: ADDRESS,
      ports,
    })
  const stateOf = (uid: string): WorkloadState | undefined =>
    node.capture.readBack().workloads.find((workload) => workload.uid === uid)
  const startAgent = async (): Promise<{ agent: ChildProcess; how: unknown }> => {
    const agent = fork(agentProgram, [JSON.stringify(node.paths)], { serialization: 'advanced' })
    agents.push(agent)
    const [how] = (await once(agent, 'message')) as [unknown]
    return { agent, how }
  }

  test('an agent killed with -9 leaves its workloads held; the next one takes over what is pinned', async () => {
    const first = await startAgent()
    expect(await probe.say('tcp 198.19.7.1 80')).toMatch(/^ok 198.19.7.1:80 198.19.7.1 80 /)
    expect(await probe.say('listen 0.0.0.0 8080')).toBe('ok')
    const outsider = node.probe(node.paths.cgroup, node.paths.netns)
    expect(await outsider.say('tcp 127.0.0.1 8080')).toContain('inbound')

    first.agent.kill('SIGKILL')
    await once(first.agent, 'exit')

    expect(await probe.say('tcp 198.19.7.1 80')).toBe('EPERM connect')
    expect(await outsider.say('tcp 127.0.0.1 8080')).toBe('ECONNREFUSED connect')
    expect(stateOf('a')?.isEnrolled, 'the kernel still holds it').toBe(true)

    const second = await startAgent()
    expect(second.how).toBe('reused')
    expect(await probe.say('tcp 198.19.7.1 80')).toMatch(/^ok 198.19.7.1:80 198.19.7.1 80 /)
    expect(await outsider.say('tcp 127.0.0.1 8080')).toContain('inbound')
  })

  test('listeners that were handed on by an agent of another cgroup go on, also when that is gone', async () => {
    const { paths } = node
    const agent = new TestAgent(node, node.netns)
    await agent.listenOutbound()
    const next = { ...paths, agentCgroup: join(paths.cgroup, 'next') }
    createCgroup(next.agentCgroup)
    joinCgroup(next.agentCgroup, process.pid)
    await removeCgroup(paths.agentCgroup)

    const capture = openCapture(next)
    await capture.prepare()
    capture.attachAgent()
    expect(await probe.say('tcp 198.19.7.1 80')).toMatch(/^ok 198.19.7.1:80 198.19.7.1 80 /)
    expect(readdirSync(join(paths.pinDir, 'agents'))).toHaveLength(1)

    await agent.close()
    capture.close()
  })

  test('the links of a former agent go when nothing of it is left', async () => {
    const former = { ...node.paths, agentCgroup: join(node.paths.cgroup, 'former') }
    createCgroup(former.agentCgroup)
    const agent = fork(agentProgram, [JSON.stringify(former)], { serialization: 'advanced' })
    agents.push(agent)
    await once(agent, 'message')
    const pinned = (): string[] => readdirSync(join(node.paths.pinDir, 'agents'))

    node.capture.attachAgent()
    expect(pinned()).toEqual([String(node.addon.cgroupId(former.agentCgroup))])

    agent.kill('SIGKILL')
    await once(agent, 'exit')
    await removeCgroup(former.agentCgroup)
    await vi.waitFor(
      () => {
        node.capture.attachAgent()
        expect(pinned()).toEqual([])
      },
      { timeout: 10_000 },
    )
  })

  test('programs of another build are replaced, with what they knew, and no hook is ever empty', async () => {
    const { hash } = await node.capture.prepare()
    const before = node.capture.readBack()
    node.capture.close()
    renameSync(join(node.paths.pinDir, `programs-${hash}`), join(node.paths.pinDir, 'programs-0123'))

    const { how } = await node.capture.prepare()
    const between = node.capture.readBack()
    node.capture.attachAgent()
    node.capture.attachWorkloads()
    const after = node.capture.readBack()

    expect(how).toBe('replaced')
    expect(between.workloads.map(({ uid }) => uid)).toEqual(['a'])
    expect(between.destinations).toBe(1)
    expect(
      between.hooks.every((hook) => hook.isRunning),
      'the old programs still run',
    ).toBe(true)
    expect(
      after.hooks.map(({ linkId }) => linkId),
      'the links are the same',
    ).toEqual(before.hooks.map(({ linkId }) => linkId))
    expect(readdirSync(node.paths.pinDir).filter((name) => name.startsWith('programs-'))).toEqual([`programs-${hash}`])
    const agent = new TestAgent(node, node.netns)
    await agent.listenOutbound()
    expect(await probe.say('tcp 198.19.7.1 80')).toMatch(/^ok 198.19.7.1:80 198.19.7.1 80 /)
    await agent.close()
  })

  test('what a killed loader left halfway is cleared away', async () => {
    mkdirSync(join(node.paths.pinDir, 'programs-feed', 'progs'), { recursive: true })

    expect((await openCapture(node.paths).prepare()).how).toBe('reused')

    expect(existsSync(join(node.paths.pinDir, 'programs-feed'))).toBe(false)
  })

  test('readBack() tells when somebody took a hook off, and attaching again mends it', async () => {
    const link = node.addon.objectGet(join(node.paths.pinDir, 'links', 'mesh_connect4'))
    node.addon.linkDetach(link)
    node.addon.closeFd(link)

    const broken = node.capture.readBack()
    expect(broken.hooks.filter((hook) => !hook.isRunning).map(({ program }) => program)).toEqual(['mesh_connect4'])
    expect(broken.workloads[0]?.isEnrolled).toBe(false)

    node.capture.attachWorkloads()
    expect(stateOf('a')?.isEnrolled).toBe(true)
  })

  test('prepare() forgets a workload whose cgroup is gone', async () => {
    enrol('b', [9090])
    expect(stateOf('b')?.ports).toEqual([
      { address: ADDRESS, port: 9090, listeners: 0, isDeclared: true, isContested: false },
    ])
    await removeCgroup(node.cgroupOf('b'))

    const { gone } = await node.capture.prepare()

    expect(gone).toEqual(['b'])
    expect(stateOf('b')).toBeUndefined()
    expect(stateOf('a')?.isEnrolled).toBe(true)
  })

  test('a workload that comes back in another cgroup is enrolled there and nowhere else', () => {
    const first = enrol('b')
    const cgroupPath = node.cgroupOf('b-again')

    const second = node.capture.enrol({
      uid: 'b',
      cgroupPath,
      network: 'shared',
      netnsPath: '',
      address: ADDRESS,
      ports: [],
    })

    expect(second).not.toBe(first)
    expect(stateOf('b')?.cgroup).toBe(second)
    expect(node.capture.readBack().workloads).toHaveLength(2)
  })

  test('enrol() into a namespace that is not there changes nothing', () => {
    const cgroupPath = node.cgroupOf('b')
    const netnsPath = '/run/netns/weft-absent'

    expect(() =>
      node.capture.enrol({ uid: 'b', cgroupPath, network: 'own', netnsPath, address: ADDRESS, ports: [] }),
    ).toThrow('ENOENT')
    expect(stateOf('b')).toBeUndefined()
  })

  test('a declared port stays declared while programs come and go on it', async () => {
    enrol('a', [8080])
    expect(await probe.say('listen 0.0.0.0 8080')).toBe('ok')
    expect(stateOf('a')?.ports).toContainEqual({
      address: '',
      port: 8080,
      listeners: 1,
      isDeclared: true,
      isContested: false,
    })
    expect(node.capture.counters().undeclaredPorts).toBe(0)

    expect(await probe.say('unlisten')).toBe('ok')
    expect(stateOf('a')?.ports).toEqual([
      { address: ADDRESS, port: 8080, listeners: 0, isDeclared: true, isContested: false },
    ])
  })

  test('setDestinations() writes only what changed', () => {
    const first = { address: '198.19.7.1', port: 0 }

    expect(node.capture.setDestinations([first, { address: '198.19.7.2', port: 80 }])).toEqual({ added: 1, removed: 0 })
    expect(node.capture.setDestinations([first])).toEqual({ added: 0, removed: 1 })
    expect(node.capture.readBack().destinations).toBe(1)
  })

  test('a socket handed over by another workload carries the identity of whoever dials', async () => {
    const agent = new TestAgent(node, node.netns)
    await agent.listenOutbound()
    const path = join('/tmp', `${node.paths.netns}.sock`)
    enrol('b')
    const giver = node.probe(node.cgroupOf('b'), node.paths.netns)

    expect(await giver.say(`offer ${path}`)).toBe('ok')
    expect(await probe.say(`adopt ${path}`)).toBe('ok')
    expect(await probe.say('tcp 198.19.7.1 80')).toBe(`ok 198.19.7.1:80 198.19.7.1 80 ${stateOf('a')?.cgroup} 0`)
    await agent.close()
  })

  test('a connection from before the workload is not captured, and findStrangerSockets() names it', async () => {
    const path = join('/tmp', `${node.paths.netns}.sock`)
    const outside = node.probe(node.paths.cgroup, node.paths.netns)
    expect(await outside.say('listen 127.0.0.1 8099')).toBe('ok')
    expect(await findStrangerSockets(node.cgroupOf('a'), cgroup2Mount() ?? '')).toEqual([])

    expect(await outside.say(`offer ${path} 127.0.0.1 8099`)).toBe('ok')
    expect(await probe.say(`adopt ${path}`)).toBe('ok')

    const found = await findStrangerSockets(node.cgroupOf('a'), cgroup2Mount() ?? '')
    expect(found.map(({ pid }) => pid)).toEqual([probe.pid])
    expect(found[0]?.description).toMatch(/^tcp \S+ 127.0.0.1:\d+ 127.0.0.1:8099$/)
  })

  test('detachAll() takes every program off and leaves no pin', () => {
    const { pinDir, workloadsCgroup } = node.paths

    node.capture.detachAll()

    expect(existsSync(pinDir)).toBe(false)
    expect(readdirSync(workloadsCgroup, { withFileTypes: true }).filter((entry) => entry.isDirectory())).toHaveLength(1)
    expect(() => node.capture.readBack()).toThrow('before prepare or after close')
  })
})
