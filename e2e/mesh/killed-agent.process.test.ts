import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { needs } from '@weft/tools/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Command } from './harness/command.ts'
import { childrenOf, isAlive, parentOf } from './harness/kernel-state.ts'
import { SteadyLoad } from './harness/load.ts'
import { ip, PrivateMesh, sample } from './harness/private-mesh.ts'
import type { Shell } from './harness/shell.ts'

const GREETERS = 6
const OUTSIDE = '203.0.113.1'

needs(
  'root',
  'bpf',
  'netns',
  'program:curl',
  'program:ss',
)('the data plane is killed', () => {
  let mesh: PrivateMesh
  const shells = new Map<string, Shell>()
  beforeAll(async () => {
    // Three, so that most ways from one worker to another do not touch the one that is killed.
    mesh = await PrivateMesh.up({ flags: ['--workers', '3'] })
    mesh.run(['--service', 'cart', '--port', '8080', '--own-network'], [process.execPath, sample('cart.ts')])
    for (let i = 0; i < GREETERS; i++) {
      const flags = ['--service', 'greeter', '--port', '7000', '--own-network']
      mesh.run(flags, [process.execPath, sample('greeter.ts')])
    }
    shells.set('shared', await mesh.shell(['--service', 'probe']))
    shells.set('own', await mesh.shell(['--service', 'probe', '--own-network']))
    await mesh.untilReady(GREETERS + 3)
    // A way out of the mesh that would be open, were it not for the hooks.
    await ip('-n', mesh.netns, 'addr', 'add', OUTSIDE, 'dev', 'lo')
  })
  afterAll(() => mesh?.end())

  test('kill -9 of one worker breaks its own connections alone, and new ones work at once', async () => {
    const held = mesh.run(['--service', 'crowd'], [process.execPath, sample('held-connections.ts')])
    await held.until(/held 40\n/)
    const load = await SteadyLoad.start(mesh, { URL: 'http://cart:8080/items', KEEP_ALIVE: 'no' })
    const [victim] = mesh.workersOf('agent-node1')
    process.kill(victim!, 'SIGKILL')
    const killedAtMs = performance.now()
    const after = await shells.get('shared')!.curl('http://cart:8080/items')
    const nextMs = Math.round(performance.now() - killedAtMs)
    await sleep(1_000)

    const { failures, calls } = await load.stop()
    held.child.stdin!.end()
    const { cut } = JSON.parse((await held.until(/^\{.*\}$/m))[0]) as { cut: number }
    process.stdout.write(
      `worker killed: ${cut} of 40 held connections cut, ${failures.length} of ${calls} calls failed, the next call took ${nextMs} ms\n`,
    )
    expect(after.status).toBe(200)
    expect(cut).toBeLessThan(40)
    // What that worker had in hand at that moment: more of it on a machine that is slow, never what came afterwards.
    expect(failures.length).toBeLessThanOrEqual(Math.max(10, calls / 4))
  })

  test('kill -9 of the whole agent: whoever connects waits for the next one, and what was in flight alone fails', async () => {
    const load = await SteadyLoad.start(mesh, { URL: 'http://cart:8080/items', RATE: '20', KEEP_ALIVE: 'no' })
    const agent = mesh.pidOf('agent-node1')
    const killed = [agent, ...childrenOf(agent)]
    for (const pid of killed) process.kill(pid, 'SIGKILL')
    const killedAtMs = performance.now()
    // What one of them accepted before it was gone would be cut with it.
    await expect.poll(() => killed.some(isAlive), { interval: 2 }).toBe(false)
    const replies: string[] = []
    for (const shell of shells.values()) {
      const { status, body } = await shell.curl('--max-time 60 http://cart:8080/items')
      replies.push(status === 200 ? '' : `${status} ${body}`)
    }
    const awayMs = Math.round(performance.now() - killedAtMs)
    await sleep(1_000)

    const { failures, calls } = await load.stop()
    const { restarts } = mesh.parts().find(({ name }) => name === 'agent-node1')!
    process.stdout.write(
      `agent killed: ${failures.length} of ${calls} calls failed, the next ones took ${awayMs} ms\n${failures.map(({ what }) => `  ${what}\n`).join('')}`,
    )
    expect(restarts).toBe(1)
    expect(mesh.pidOf('agent-node1')).not.toBe(agent)
    expect(
      failures.filter(({ what }) => /EPERM|ECONNREFUSED/.test(what)),
      'refused',
    ).toEqual([])
    // On a machine that is so slow the control plane takes the node for lost meanwhile, and its workloads with it.
    if (awayMs > 5_000) return
    expect(replies).toEqual(['', ''])
    // What the agent had in hand at that moment: calls 20 times a second, each of a few milliseconds.
    expect(failures.length).toBeLessThanOrEqual(4)
  })

  test('kill -9 of the agent with its launcher: nothing leaves a workload until it is back, then all works again', async () => {
    const agent = mesh.pidOf('agent-node1')
    const launcher = parentOf(agent)
    // Known before, since nobody answers for names meanwhile.
    const [service] = (await shells.get('own')!.tell('getent ahostsv4 cart')).split(' ')
    const { workloads } = await mesh.status()
    const instance = workloads.find(({ workload }) => workload.name.startsWith('cart'))!.workload.address
    const outside = new Command(mesh.outside(['python3', '-m', 'http.server', '8888', '--bind', OUTSIDE]))
    const urls = ['http://cart:8080/items', `http://${instance}:8080/items`, `http://${OUTSIDE}:8888/`]
    for (const pid of [launcher, agent, ...childrenOf(agent)]) process.kill(pid, 'SIGKILL')
    const killedAtMs = performance.now()

    const tally = { refused: 0, passed: 0 }
    const tooEarly: string[] = []
    const last = new Map<string, string>()
    for (let isBack = false; !isBack;) {
      isBack = true
      for (const [network, shell] of shells) {
        for (const url of urls) {
          const { status, body } = await shell.curl(`--connect-timeout 2 --resolve cart:8080:${service} ${url}`)
          tally[status === 200 ? 'passed' : 'refused']++
          last.set(`${network} ${url}`, `${status} ${status === 200 ? '' : body.trim()}`)
          if (status !== 200) isBack = false
          // Without its agent a workload reaches nothing at all, in the mesh or out of it.
          else if (!isAgentBack(mesh.netns)) tooEarly.push(`${network} ${url}`)
        }
      }
      expect(performance.now() - killedAtMs, `the agent comes back: ${JSON.stringify([...last])}`).toBeLessThan(90_000)
    }
    const awayMs = Math.round(performance.now() - killedAtMs)
    await outside.end()
    process.stdout.write(
      `agent and launcher killed: ${tally.refused} calls refused until all passed again after ${awayMs} ms\n`,
    )
    expect(tooEarly).toEqual([])
    expect(tally.refused).toBeGreaterThan(5)
  })
})

/** Somebody listens at the port of the agent's outbound listener. */
function isAgentBack(netns: string): boolean {
  return (
    execFileSync('nsenter', [`--net=/run/netns/${netns}`, 'ss', '-Hltn', 'sport = :15001'], { encoding: 'utf8' }) !== ''
  )
}
