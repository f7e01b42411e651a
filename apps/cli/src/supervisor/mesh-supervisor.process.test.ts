import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@weft/host'
import { silentLogger } from '@weft/telemetry'
import { afterEach, expect, test } from 'vitest'
import { needs } from '@weft/tools/testing'
import { cgroupMount, processesIn } from '../machine/cgroups.ts'
import { listLinks, listNetns } from '../machine/ip.ts'
import { isAlive, type ProcessIdentity } from '../machine/process-identity.ts'
import { runProgram } from '../machine/program.ts'
import { readMeshFile } from '../mesh/mesh-file.ts'
import { interfaceNames, isNetnsOf, planMesh, type MeshPlan } from '../mesh/plan.ts'
import { MeshSupervisor, type Progress } from './mesh-supervisor.ts'
import { allParts, type PartSpec } from './part-specs.ts'

const MESH = 'supervisortest'
const made: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const undo of made.splice(0).toReversed()) await undo()
})

test('a mesh starts part by part, and ends with nothing of it left but what it stores', async () => {
  const plan = await planHere('proxy', 2)
  const { supervisor, progress } = superviseFakes(plan)

  await supervisor.start()
  const running = readMeshFile(plan)!
  await supervisor.end()

  const ready = progress.filter((each) => each.state === 'ready').map((each) => each.what)
  expect(ready).toEqual([
    'state directory',
    'ca',
    'control-plane',
    'policy',
    expect.stringMatching(/^agent/),
    expect.stringMatching(/^agent/),
  ])
  expect(running.state).toBe('running')
  expect(running.parts.map((part) => part.process !== null)).toEqual([true, true, true, true, true])
  expect(processesOf(running).some(isAlive), 'no process is left').toBe(false)
  expect(readMeshFile(plan), 'no mesh file').toBeNull()
  expect(existsSync(join(plan.stateDir, 'tokens')), 'no token').toBe(false)
  expect(existsSync(join(plan.stateDir, 'key-encryption-key')), 'the key stays with what it encrypts').toBe(true)
})

test('a part that dies is started again, and the mesh file tells its new process', async () => {
  const plan = await planHere('proxy', 1)
  const { supervisor, progress } = superviseFakes(plan, (spec) => (spec.name === 'policy' ? 'die' : 'ready'))

  await supervisor.start()
  const pids = new Set<number>()
  await until(() => {
    const policy = readMeshFile(plan)?.parts.find((part) => part.name === 'policy')
    if (policy?.process != null) pids.add(policy.process.pid)
    return pids.size > 1 && (policy?.restarts ?? 0) > 0
  })

  expect(progress.some((each) => each.what === 'policy' && each.state === 'restarting')).toBe(true)
})

test('a part that cannot start takes the mesh back and is quoted', async () => {
  const plan = await planHere('proxy', 1)
  const { supervisor } = superviseFakes(plan, (spec) => (spec.name === 'agent-node1' ? 'fail' : 'ready'))

  const failure = await supervisor.start().then(
    () => null,
    (error: Error) => error,
  )

  expect(failure?.message).toContain(
    'cannot start agent-node1: exit code 1; it said\n  error: cannot start error=no such key',
  )
  expect(readMeshFile(plan)).toBeNull()
})

test('two supervisors never own one state directory', async () => {
  const plan = await planHere('proxy', 1)
  await superviseFakes(plan).supervisor.start()

  const second = superviseFakes(plan).supervisor.start()

  await expect(second).rejects.toThrow(`process ${process.pid} runs or starts it`)
  expect(readMeshFile(plan)?.state, 'the first is untouched').toBe('running')
})

test('join tokens are single entries whose hash the CA is given, readable by their owner alone', async () => {
  const plan = await planHere('proxy', 1)
  await superviseFakes(plan).supervisor.start()

  const entries = JSON.parse(readFileSync(join(plan.stateDir, 'join-tokens.json'), 'utf8')) as {
    role: string
    sha256: string
  }[]

  expect(entries.map((entry) => entry.role)).toEqual(['control-plane', 'policy', 'node/node1'])
  expect(new Set(entries.map((entry) => entry.sha256)).size).toBe(3)
})

needs(
  'root',
  'netns',
  'cgroup2',
  'compiler',
)('with capture', () => {
  test('each agent runs in the cgroup and network namespace of its node, and all of it goes away', async () => {
    const plan = await planHere('ebpf', 2)
    const { supervisor } = superviseFakes(plan)

    await supervisor.start()
    const agents = readMeshFile(plan)!.parts.filter((part) => part.name.startsWith('agent-'))
    const inCgroup = await Promise.all(
      plan.nodes.map((node) => processesIn(join(plan.cgroupMount, node.cgroup, 'agent'))),
    )
    const namespaces = (await listNetns()).filter((name) => isNetnsOf(MESH, name))
    const ping = await runProgram([
      'ip',
      'netns',
      'exec',
      namespaces[0]!,
      'ip',
      '-4',
      '-brief',
      'address',
      'show',
      'eth0',
    ])
    await supervisor.end()

    for (const [index, agent] of agents.entries()) expect(inCgroup[index]).toContain(agent.process!.pid)
    expect(inCgroup.map(({ length }) => length)).toEqual([2, 2])
    expect(namespaces).toEqual([`weft-${MESH}-node2`])
    expect(ping).toContain('198.18.192.2/24')
    expect((await listNetns()).filter((name) => isNetnsOf(MESH, name))).toEqual([])
    expect((await listLinks()).filter(interfaceNames(MESH).isOurs)).toEqual([])
    expect(existsSync(join(plan.cgroupMount, plan.cgroup))).toBe(false)
    expect(await runProgram(['ip', 'route', 'show', 'table', 'local'])).not.toContain('198.18.194.0/24')
  })

  test('what a killed mesh left is taken away by the next start', async () => {
    const plan = await planHere('ebpf', 2)
    const killed = superviseFakes(plan)
    await killed.supervisor.start()
    const before = processesOf(readMeshFile(plan)!)
    killed.supervisor.kill()
    rmSync(join(plan.stateDir, 'supervisor.lock'))

    const { supervisor } = superviseFakes(plan)
    await supervisor.start()

    expect(before.some(isAlive)).toBe(false)
    expect(readMeshFile(plan)?.state).toBe('running')
  })
})

async function planHere(capture: 'ebpf' | 'proxy', nodes: number): Promise<MeshPlan> {
  const stateDir = mkdtempSync(join(tmpdir(), 'weft-supervisor-'))
  made.push(() => rmSync(stateDir, { recursive: true, force: true }))
  const settings = {
    nodes,
    trustDomain: 'cluster.local',
    capture,
    workers: 1,
    serviceRange4: '198.19.0.0/16',
    serviceRange6: 'fd77::/64',
    networkRange: '198.18.192.0/18',
    dnsUpstream: [],
    portBase: 35_000,
    ephemeral: false,
  }
  return planMesh({ mesh: MESH, stateDir }, settings, '', await cgroupMount())
}

function superviseFakes(plan: MeshPlan, behaviour: (spec: PartSpec) => string = () => 'ready') {
  const main = join(import.meta.dirname, 'testing/fake-part.ts')
  const fakes = allParts(plan).map((spec) => ({ ...spec, main, args: [behaviour(spec)] }))
  const stages = [[fakes[0]!], [fakes[1]!], [fakes[2]!], fakes.slice(3)]
  const progress: Progress[] = []
  const options = {
    clock: systemClock,
    random: () => 0,
    log: silentLogger,
    env: process.env,
    onProgress: (each: Progress) => void progress.push(each),
  }
  const supervisor = new MeshSupervisor(plan, options, stages)
  made.push(() => supervisor.end())
  return { supervisor, progress }
}

function processesOf(file: { parts: readonly { process: ProcessIdentity | null }[] }): ProcessIdentity[] {
  return file.parts.flatMap((part) => part.process ?? [])
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !holds(); i++) await systemClock.sleepUntil(systemClock.nowMs() + 20)
  expect(holds()).toBe(true)
}
