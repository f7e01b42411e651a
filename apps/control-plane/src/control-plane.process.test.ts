import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '@weft/host'
import type { weft } from '@weft/proto'
import { needs } from '@weft/tools/testing'
import { READER, RunningMesh } from './testing/running-mesh.ts'
import type { TestAgent } from './testing/test-agent.ts'

let dir: string
let mesh: RunningMesh

const prepare = async (): Promise<void> => {
  dir = mkdtempSync(join(tmpdir(), 'weft-control-'))
  mesh = await RunningMesh.prepare(dir)
}
const end = async (): Promise<void> => {
  await mesh.end()
  rmSync(dir, { recursive: true, force: true })
}

const service = (name: string, port = 80) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ port }] },
  })
const policy = (name: string) =>
  JSON.stringify({
    apiVersion: 'weft.dev/v1alpha1',
    kind: 'AuthorizationPolicy',
    metadata: { name },
    spec: {
      action: 'ALLOW',
      targetRefs: [{ kind: 'Service', name: 'cart' }],
      rules: [{ from: [{ identities: ['default/web'] }] }],
    },
  })
const register = { namespace: 'default', service: 'cart', node: 'node1', ports: [8080], protocol: 'http' }

/** Looks again every few milliseconds until it holds. */
async function until(what: string, holds: () => boolean): Promise<void> {
  const deadlineMs = systemClock.nowMs() + 15_000
  while (!holds()) {
    if (systemClock.nowMs() > deadlineMs) throw new Error(`waited in vain until ${what}; ${mesh.controlPlane.log}`)
    await systemClock.sleepUntil(systemClock.nowMs() + 5)
  }
}

/** A program that registers, and what it is told. */
function run(request: weft.management.v1.Register.$Properties) {
  const call = mesh.management.run()
  const updates: weft.management.v1.RunUpdate[] = []
  const ended = (async () => {
    for await (const update of call) updates.push(update)
  })()
  ended.catch(() => {})
  void call.write({ register: request })
  const uid = (): string => updates.find((update) => update.registered)?.registered?.uid ?? ''
  return { call, updates, ended, uid }
}

/** What a program of that user gets; the user has no name. */
function statusAs(user: number): string {
  const words = ['-s', '-o', '/dev/null', '-w', '%{http_code}', `${mesh.restUrl}/api/v1/status`]
  return execFileSync('curl', words, { uid: user, env: {}, encoding: 'utf8' })
}

needs('root', 'program:curl')('the dashboard and REST', () => {
  beforeAll(async () => {
    await prepare()
    await mesh.start()
  })
  afterAll(end)

  test('are for root and named readers, not for every user of the machine', () => {
    expect([statusAs(0), statusAs(READER), statusAs(READER + 1)]).toEqual(['200', '200', '403'])
  })
})

describe('a mesh', () => {
  let agent: TestAgent
  beforeAll(async () => {
    await prepare()
    await mesh.start()
    agent = await mesh.agent()
  })
  afterAll(end)

  test('a reference to a service that is not there is a warning, also when only checked', async () => {
    const mistyped = policy('mistyped').replace('"name":"cart"', '"name":"crat"')
    const request = { resources: [service('cart'), mistyped], author: 'ann', dryRun: true }

    const { results } = await mesh.management.apply(request)

    expect(results.map(({ warnings }) => warnings)).toEqual([
      [],
      [expect.stringContaining('spec.targetRefs[0]: there is no service default/crat (did you mean default/cart')],
    ])
  })

  test('an applied change reaches every agent, policies too, and the wait for it ends then', async () => {
    const { revision, results } = await mesh.management.apply({
      resources: [service('shop'), policy('p')],
      author: 'ann',
    })
    const { complete, agents } = await mesh.management.wait({ revision, timeoutMs: 10_000 })

    expect(results.map(({ resource, outcome }) => [resource, outcome])).toEqual([
      ['Service/default/shop', 'created'],
      ['AuthorizationPolicy/default/p', 'created'],
    ])
    expect([complete, agents.map(({ node, error }) => [node, error])]).toEqual([true, [['node1', '']]])
    expect([...agent.held.keys()]).toEqual(
      expect.arrayContaining(['AuthorizationPolicy/default/p', 'Service/default/shop']),
    )
  })

  test('a change with one bad resource is refused whole, with every problem', async () => {
    const bad = service('Cart').replace('"ports"', '"port"')

    await expect(mesh.management.apply({ resources: [service('ghost'), bad] })).rejects.toMatchObject({
      message: expect.stringMatching(
        /metadata\.name: found "Cart"[\s\S]*spec\.port: unknown field \(did you mean ports\?\)/,
      ),
    })
    await expect(mesh.management.get({ kind: 'services', name: 'ghost' })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a program is a workload for as long as it holds its registration', async () => {
    const program = run(register)
    await until('it is registered', () => program.uid() !== '')
    void program.call.write({ attach: { cgroupPath: 'weft/cart', netnsPath: '' } })
    const key = `Workload/${program.uid()}`
    await until(
      'its agent knows its cgroup',
      () => (agent.held.get(key) as { cgroupPath?: string })?.cgroupPath === 'weft/cart',
    )
    agent.report([{ uid: program.uid(), enrolled: true }])
    await until('it is told so', () => program.updates.some((update) => update.enrolled))
    const status = await mesh.management.status({})
    void program.call.write({ leave: {} })
    await program.ended
    await until('it is gone', () => !agent.held.has(key))

    expect(status.workloads).toMatchObject([
      {
        enrolled: true,
        identity: 'spiffe://cluster.local/ns/default/sa/cart',
        services: ['default/cart'],
        workload: { state: 'ready', address: expect.stringMatching(/^198\.18\.2\./) },
      },
    ])
    expect(
      agent.deltas.some((delta) => delta.upserts.some(({ value }) => 'state' in value && value.state === 'draining')),
    ).toBe(true)
  })

  test('a node speaks for itself only', async () => {
    const call = agent.discovery.subscribe()
    void call.write({ hello: { node: 'node2', kinds: ['Service'], version: '1' } })
    const report = agent.discovery.report()
    void report.write({ node: 'node2', counts: [] })

    await expect(call[Symbol.asyncIterator]().next()).rejects.toThrow(/found "node2" from node\/node1/)
    await expect(report.reply).rejects.toThrow(/TrafficReport.node: found "node2" from node\/node1/)
    await expect(
      agent.discovery.checkIdentity({ node: 'node1', identity: 'spiffe://cluster.local/ns/a/sa/b' }),
    ).rejects.toThrow(/found node\/node1, expected spiffe:\/\/cluster.local\/weft\/ca/)
  })

  test('REST answers loopback names only, with JSON errors', async () => {
    const get = (path: string, host?: string) =>
      new Promise<{ status: number; body: string }>((resolve, reject) => {
        const headers = host === undefined ? {} : { host }
        request(`${mesh.restUrl}${path}`, { headers }, (response) => {
          let body = ''
          response.setEncoding('utf8').on('data', (text: string) => (body += text))
          response.on('end', () => resolve({ status: response.statusCode!, body }))
        })
          .on('error', reject)
          .end()
      })
    const rebound = await get('/api/v1/status', 'evil.example')
    const unknown = await get('/api/v1/resources/servces')
    const status = await get('/api/v1/status')
    const page = await get('/')

    expect([rebound.status, JSON.parse(rebound.body)]).toMatchObject([403, { code: 'denied' }])
    expect([unknown.status, JSON.parse(unknown.body)]).toMatchObject([
      400,
      { message: expect.stringContaining('found "servces"') },
    ])
    expect(JSON.parse(status.body)).toMatchObject({ mesh: 'default', nodes: [{ name: 'node1', connected: true }] })
    expect(page).toMatchObject({ status: 200, body: expect.stringContaining('<!doctype html>') })
    expect(await (await fetch(mesh.metricsUrl)).text()).toContain('weft_')
  })

  test('a killed control plane changes nothing, and one that comes back takes nothing away', async () => {
    await mesh.management.apply({ resources: [service('web'), policy('p')] })
    const program = run(register)
    const wanted = ['Service/default/web', 'AuthorizationPolicy/default/p', 'Service/default/cart']
    await until(
      'the agent has all',
      () => program.uid() !== '' && [...wanted, `Workload/${program.uid()}`].every((key) => agent.held.has(key)),
    )
    const before = new Map(agent.held)
    await systemClock.sleepUntil(systemClock.nowMs() + 200)
    await mesh.controlPlane.end('SIGKILL')
    await program.ended.catch(() => {})
    const count = agent.deltas.length
    await mesh.controlPlane.start()
    await until(
      'the agent is back',
      () => agent.main.lastError === '' && mesh.controlPlane.log.includes('"node":"node1"'),
    )
    const again = run({ ...register, uid: program.uid() })
    await until('the program is registered again', () => again.uid() !== '')
    const { revision } = await mesh.management.apply({ resources: [service('late')] })
    const { complete } = await mesh.management.wait({ revision, timeoutMs: 10_000 })

    expect(again.uid()).toBe(program.uid())
    expect(complete).toBe(true)
    expect(agent.deltas.slice(count).flatMap((delta) => delta.removals)).toEqual([])
    for (const [key, value] of before) expect(agent.held.get(key)).toEqual(value)
    again.call.cancel()
  })

  test('the policy service starts and serves without the control plane', async () => {
    const { revision } = await mesh.management.apply({ resources: [policy('p')] })
    await until('the policies are in force', () => agent.policy.revision >= revision)
    await systemClock.sleepUntil(systemClock.nowMs() + 400)
    await mesh.controlPlane.end('SIGKILL')
    await mesh.policy.end('SIGKILL')
    await mesh.policy.start()
    await until('the agent is back', () => agent.policy.lastError === '' && mesh.policy.log !== '')
    const decided = await agent.policies.decide({
      namespace: 'default',
      services: ['cart'],
      port: 80,
      source: 'spiffe://cluster.local/ns/default/sa/other',
    })

    expect(agent.held.has('AuthorizationPolicy/default/p')).toBe(true)
    expect(decided).toMatchObject({ allowed: false, rule: 'AuthorizationPolicy/default/p', revision })
  })
})

needs('root', 'program:mount')('with a disk of its own', () => {
  let mounted = ''
  beforeAll(prepare)
  afterAll(async () => {
    await mesh.controlPlane.end('SIGKILL')
    if (mounted !== '') execFileSync('umount', [mounted])
    await end()
  })

  test('a full disk refuses a change, loses nothing and stops nothing', async () => {
    mounted = mesh.controlPlaneDir
    mkdirSync(mounted, { mode: 0o700 })
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=0700', 'tmpfs', mounted])
    await mesh.start()
    const agent = await mesh.agent()
    await mesh.management.apply({ resources: [service('before')] })
    await until('the agent has it', () => agent.held.has('Service/default/before'))
    const ballast = join(mounted, 'ballast')
    fill(ballast)
    const many = Array.from({ length: 60 }, (_, i) => service(`s${i}`))
    const refusal = await mesh.management.apply({ resources: many }).catch((error: Error & { code?: string }) => error)
    const kept = await mesh.management.get({ kind: 'Service' })
    rmSync(ballast)
    const { revision } = await mesh.management.apply({ resources: [service('after')] })
    await until('the agent has what came after', () => agent.held.has('Service/default/after'))
    await mesh.controlPlane.end('SIGKILL')
    await mesh.controlPlane.start()

    expect(refusal).toMatchObject({ code: 'store_full', message: expect.stringContaining('nothing was changed') })
    expect(kept.resources.map((text) => JSON.parse(text).metadata.name)).toEqual(['before'])
    expect(await mesh.management.get({ kind: 'Service' })).toMatchObject({
      revision,
      resources: [/* both */ expect.anything(), expect.anything()],
    })
  })
})

/** Takes all the room that is left. */
function fill(path: string): void {
  for (let size = 1024 * 1024; size >= 512; size = Math.floor(size / 2)) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(size), { flag: 'a' })
    } catch {
      continue
    }
  }
}
