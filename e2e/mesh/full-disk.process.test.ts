import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { needs } from '@weft/tools/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Command, runToEnd } from './harness/command.ts'
import { childrenOf } from './harness/kernel-state.ts'
import { SteadyLoad } from './harness/load.ts'
import { PrivateMesh, sample } from './harness/private-mesh.ts'
import type { Shell } from './harness/shell.ts'

const DISKS = ['control-plane', 'agent-node1']
const DISK_KIB = 1_024

const deny = (name: string, path: string): string => `
apiVersion: weft.dev/v1alpha1
kind: AuthorizationPolicy
metadata: { name: ${name} }
spec:
  action: DENY
  targetRefs: [{ kind: Service, name: cart }]
  rules: [{ to: [{ paths: [${path}] }] }]
`

needs(
  'root',
  'bpf',
  'netns',
  'program:curl',
)('a disk that is full', () => {
  let mesh: PrivateMesh
  let shell: Shell
  const mounted: string[] = []
  beforeAll(async () => {
    mesh = await PrivateMesh.create({
      async prepare(stateDir) {
        for (const part of DISKS) {
          const path = join(stateDir, part)
          mkdirSync(path, { recursive: true, mode: 0o700 })
          const { code, err } = await runToEnd([
            'mount',
            '-t',
            'tmpfs',
            '-o',
            `size=${DISK_KIB}k,mode=0700`,
            'weft-e2e',
            path,
          ])
          expect([code, err]).toEqual([0, ''])
          mounted.push(path)
        }
      },
    })
    await mesh.up()
    mesh.run(['--service', 'cart', '--port', '8080'], [process.execPath, sample('cart.ts')])
    shell = await mesh.shell(['--service', 'web', '--own-network'])
    await mesh.untilReady(2)
  })
  afterAll(async () => {
    for (const path of mounted) await runToEnd(['umount', '--lazy', path])
    await mesh?.end()
  })

  const fillerOf = (part: string): string => join(mesh.stateDir, part, 'filler')
  /** Leaves not an octet free. */
  const fill = async (part: string): Promise<void> => {
    await runToEnd(['dd', 'if=/dev/zero', `of=${fillerOf(part)}`, 'bs=4k'])
    expect(() => writeFileSync(join(mesh.stateDir, part, 'more'), Buffer.alloc(4_096))).toThrow(/ENOSPC/)
    rmSync(join(mesh.stateDir, part, 'more'), { force: true })
  }
  const free = (part: string): void => rmSync(fillerOf(part))
  const statusAt = async (path: string): Promise<number> => (await shell.curl(`http://cart:8080${path}`)).status

  test('of the control plane: apply says so, what is stored stays, traffic goes on', async () => {
    await mesh.apply(deny('first', '/one'))
    const load = await SteadyLoad.start(mesh, { URL: 'http://cart:8080/items' })
    await fill('control-plane')

    // Large, so that no page with room left can take it.
    const big = deny('second', `/two, ${Array.from({ length: 200 }, (_, i) => `/${'x'.repeat(900)}${i}`).join(', ')}`)
    const { code, err } = await mesh.weft(['apply', '-f', '-', '--wait'], big)
    process.stdout.write(`apply on a full disk: exit ${code}, ${err.trim()}\n`)
    const stored = await mesh.tell(['get', 'authorizationpolicy', '-o', 'json'])
    const { failures } = await load.stop()

    expect(code).not.toBe(0)
    expect(err).toMatch(/full|space|ENOSPC/i)
    expect(stored).toContain('"first"')
    expect(stored).not.toContain('"second"')
    expect(failures).toEqual([])
    expect([await statusAt('/one'), await statusAt('/two')]).toEqual([403, 404])

    free('control-plane')
    await mesh.apply(deny('second', '/two'))
    expect([await statusAt('/one'), await statusAt('/two')]).toEqual([403, 403])
  })

  test('of the agent: changes come into force all the same, and the lost snapshot is reported', async () => {
    const load = await SteadyLoad.start(mesh, { URL: 'http://cart:8080/items' })
    await fill('agent-node1')
    await mesh.apply(deny('third', '/three'))
    expect(await statusAt('/three')).toBe(403)

    await expect
      .poll(async () => (await mesh.runOutside(['curl', '-s', 'http://127.0.0.1:15020/metrics'])).out, {
        timeout: 10_000,
      })
      .toMatch(/weft_snapshot_write_failures_total [1-9]/)
    expect(await mesh.tell(['logs', 'agent-node1', '--lines', '200'])).toMatch(/snapshot.*(ENOSPC|space)/i)
    expect((await load.stop()).failures).toEqual([])
    free('agent-node1')
    await mesh.apply(deny('fourth', '/four'))
    expect(await statusAt('/four')).toBe(403)
  })

  test('an agent that starts again while the control plane is away goes by its last good snapshot', async () => {
    // Until the snapshot of the last change is written.
    await sleep(2_000)
    process.kill(mesh.pidOf('control-plane'), 'SIGKILL')
    // In the way of its return.
    const script = `require('net').createServer((s) => s.destroy()).listen(15010, '127.0.0.1', () => console.log('taken'))`
    const inTheWay = new Command(mesh.outside([process.execPath, '-e', script]))
    await inTheWay.until(/taken/)
    const agent = mesh.pidOf('agent-node1')
    for (const pid of [agent, ...childrenOf(agent)]) process.kill(pid, 'SIGKILL')

    await expect.poll(() => statusAt('/items'), { timeout: 20_000, interval: 200 }).toBe(200)
    expect(await Promise.all(['/one', '/two', '/three', '/four'].map(statusAt))).toEqual([403, 403, 403, 403])
    await inTheWay.end()
  })
})
