import { setTimeout as sleep } from 'node:timers/promises'
import { needs } from '@weft/tools/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SteadyLoad } from './harness/load.ts'
import { PrivateMesh, sample } from './harness/private-mesh.ts'
import type { Shell } from './harness/shell.ts'

const denyDeletes = (name: string): string => `
apiVersion: weft.dev/v1alpha1
kind: AuthorizationPolicy
metadata: { name: ${name} }
spec:
  action: DENY
  targetRefs: [{ kind: Service, name: cart }]
  rules: [{ to: [{ methods: [DELETE] }] }]
`

needs(
  'root',
  'bpf',
  'netns',
  'program:curl',
)('a part that is killed changes nothing for running traffic', () => {
  let mesh: PrivateMesh
  let shell: Shell
  beforeAll(async () => {
    mesh = await PrivateMesh.up()
    mesh.run(['--service', 'cart', '--port', '8080'], [process.execPath, sample('cart.ts')])
    shell = await mesh.shell(['--service', 'probe', '--own-network'])
    await mesh.untilReady(2)
  })
  afterAll(() => mesh?.end())

  /** kill -9 of a part; resolves when it runs again. */
  const killAndAwait = async (part: string): Promise<void> => {
    process.kill(mesh.pidOf(part), 'SIGKILL')
    await expect
      .poll(
        () => {
          const found = mesh.parts().find(({ name }) => name === part)
          return (found?.restarts ?? 0) > 0 && found?.process !== null
        },
        { timeout: 30_000, interval: 200 },
      )
      .toBe(true)
  }

  describe.each(['control-plane', 'policy', 'ca'])('kill -9 of the %s', (part) => {
    test('no request fails while it is away nor when it is back', async () => {
      const load = await SteadyLoad.start(mesh, { URL: 'http://cart:8080/items' })
      const fresh = await SteadyLoad.start(mesh, { URL: 'http://cart:8080/items', RATE: '20', KEEP_ALIVE: 'no' })
      await killAndAwait(part)
      await sleep(1_000)

      const [kept, single] = [await load.stop(), await fresh.stop()]
      process.stdout.write(`${part}: ${kept.calls} kept and ${single.calls} new connections' calls\n`)
      expect([...kept.failures, ...single.failures]).toEqual([])
      expect(kept.calls).toBeGreaterThan(50)
    })

    test('afterwards a policy comes into force, and a new workload works', async () => {
      await mesh.untilReady(2)
      await mesh.apply(denyDeletes(`after-${part}`))
      expect(await shell.curl('-X DELETE http://cart:8080/items')).toMatchObject({ status: 403 })
      await mesh.tell(['delete', 'authorizationpolicy', `after-${part}`, '--wait'])
      expect(await shell.curl('-X DELETE http://cart:8080/items')).toMatchObject({ status: 200 })

      const args = ['run', '--service', `late-${part}`, '--', 'curl', '-sS', 'http://cart:8080/items']
      expect(await mesh.weft(args)).toMatchObject({ code: 0, out: expect.stringContaining('tea') })
    })
  })

  test('a workload started while the control plane is away waits for it or says why not', async () => {
    process.kill(mesh.pidOf('control-plane'), 'SIGKILL')

    const { code, out, err } = await mesh.weft([
      'run',
      '--service',
      'late',
      '--',
      'curl',
      '-s',
      'http://cart:8080/items',
    ])

    process.stdout.write(`started while the control plane was away: exit ${code} ${err.trim()}\n`)
    if (code === 0) expect(out).toContain('tea')
    else {
      expect(code).toBe(125)
      expect(err).toMatch(/control plane/)
    }
  })
})
