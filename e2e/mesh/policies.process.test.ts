import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { needs } from '@weft/tools/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PrivateMesh, sample } from './harness/private-mesh.ts'
import type { Shell } from './harness/shell.ts'

const policy = (name: string, action: 'ALLOW' | 'DENY', rules: string, service = 'cart'): string => `
apiVersion: weft.dev/v1alpha1
kind: AuthorizationPolicy
metadata: { name: ${name} }
spec:
  action: ${action}
  targetRefs: [{ kind: Service, name: ${service} }]
  rules: ${rules}
`
const CHANGES = 20

needs(
  'root',
  'bpf',
  'netns',
  'program:curl',
)('AuthorizationPolicy', () => {
  let mesh: PrivateMesh
  let web: Shell
  let bank: Shell
  beforeAll(async () => {
    mesh = await PrivateMesh.up()
    mesh.run(['--service', 'cart', '--port', '8080'], [process.execPath, sample('cart.ts')])
    mesh.run(['--service', 'cart', '--port', '8081', '--env', 'PORT=8081'], [process.execPath, sample('cart.ts')])
    mesh.run(['--service', 'greeter', '--port', '7000'], [process.execPath, sample('greeter.ts')])
    web = await mesh.shell(['--service', 'web'])
    bank = await mesh.shell(['--service', 'teller', '--namespace', 'bank', '--own-network'])
    await mesh.untilReady(5)
  })
  afterAll(() => mesh?.end())

  const items = 'http://cart.default:8080/items'
  const statusOf = async (shell: Shell, args: string): Promise<number> => (await shell.curl(args)).status
  /** The first line that the greeter says, '' when it was cut off before. */
  const greeting = (shell: Shell): Promise<string> =>
    shell.run(`bash -c 'exec 3<>/dev/tcp/greeter.default/7000 && timeout 5 head -n 1 <&3'`).then(({ out }) => out)

  // Each rule takes the place of the one before, of the same name.
  describe('of HTTP', () => {
    test('denies an identity and no other, and says which rule it was', async () => {
      await mesh.apply(policy('rule', 'DENY', '[{ from: [{ identities: [default/web] }] }]'))

      const denied = await web.curl(`-D - ${items}`)
      expect(denied.status).toBe(403)
      expect(denied.body).toMatch(/weft-reason: \{"code":"denied".*rule/i)
      expect(await statusOf(bank, items)).toBe(200)
    })

    test('allows a namespace and nobody else', async () => {
      await mesh.apply(policy('rule', 'ALLOW', '[{ from: [{ namespaces: [bank] }] }]'))

      expect([await statusOf(bank, items), await statusOf(web, items)]).toEqual([200, 403])
    })

    test('tells ports apart', async () => {
      await mesh.apply(policy('rule', 'DENY', '[{ to: [{ ports: [8081] }] }]'))

      expect([await statusOf(web, items), await statusOf(web, 'http://cart:8081/items')]).toEqual([200, 403])
    })

    test('tells methods apart on one connection', async () => {
      await mesh.apply(policy('rule', 'DENY', '[{ to: [{ methods: [DELETE] }] }]'))

      const out = await web.tell(
        `curl -s -o /dev/null -w '%{http_code} ' ${items} --next -s -o /dev/null -w '%{http_code} ' -X DELETE ${items}`,
      )
      expect(out).toBe('200 403 ')
    })

    test('tells paths apart, however they are written', async () => {
      await mesh.apply(policy('rule', 'ALLOW', '[{ to: [{ paths: [/items] }] }]'))

      expect(await statusOf(web, items)).toBe(200)
      // The program itself knows no such thing.
      expect(await statusOf(web, `${items}?page=2`)).toBe(404)
      expect(await statusOf(web, 'http://cart:8080/other')).toBe(403)
      expect(await statusOf(web, '--path-as-is http://cart:8080/items/../other')).not.toBe(200)
    })
  })

  describe('of TCP', () => {
    test('denies an identity and no other', async () => {
      await mesh.apply(policy('rule', 'DENY', '[{ from: [{ identities: [default/web] }] }]', 'greeter'))

      expect([await greeting(web), await greeting(bank)]).toEqual(['', expect.stringContaining('220 ')])
    })

    test('allows a namespace and nobody else', async () => {
      await mesh.apply(policy('rule', 'ALLOW', '[{ from: [{ namespaces: [bank] }] }]', 'greeter'))

      expect([await greeting(web), await greeting(bank)]).toEqual(['', expect.stringContaining('220 ')])
    })

    test('denies a port', async () => {
      await mesh.apply(policy('rule', 'DENY', '[{ to: [{ ports: [7000] }] }]', 'greeter'))

      expect([await greeting(web), await greeting(bank)]).toEqual(['', ''])
    })

    test('ends a connection that was allowed before', async () => {
      await mesh.tell(['delete', 'authorizationpolicy', 'rule', '--wait'])
      const settings = ['--env', 'COUNT=1', '--env', 'GREETER_HOST=greeter']
      const held = mesh.run(['--service', 'web', ...settings], [process.execPath, sample('held-connections.ts')])
      await held.until(/held 1\n/)
      await mesh.apply(policy('rule', 'DENY', '[{ from: [{ identities: [default/web] }] }]', 'greeter'))

      held.child.stdin!.end()
      await held.until(/"cut":1/)
    })
  })

  test(`apply --wait returns when the change is in force: the very next request sees it, ${CHANGES} times`, async () => {
    const seen: number[] = []
    const tookMs: number[] = []
    for (let i = 0; i < CHANGES; i++) {
      const rules =
        i % 2 === 0 ? '[{ from: [{ identities: [default/web] }] }]' : '[{ from: [{ identities: [default/nobody] }] }]'
      const startedMs = performance.now()
      await mesh.apply(policy('flip', 'DENY', rules))
      tookMs.push(Math.round(performance.now() - startedMs))
      seen.push(await statusOf(web, items))
    }
    process.stdout.write(`apply --wait took ${tookMs.toSorted((a, b) => a - b)[CHANGES >> 1]} ms in the median\n`)
    expect(seen).toEqual(Array.from({ length: CHANGES }, (_, i) => (i % 2 === 0 ? 403 : 200)))
    await mesh.tell(['delete', 'authorizationpolicy', 'flip', '--wait'])
  })

  test('a bad file changes nothing, not even with good resources in it, and is named with line and column', async () => {
    const file = join(mesh.directory, 'policies.yaml')
    const good = policy('good', 'DENY', '[{}]')
    writeFileSync(file, `${good}---\n${policy('bad', 'DENY', '[{ from: [{ identites: [default/web] }] }]')}`)

    const { code, err } = await mesh.weft(['apply', '-f', file, '--wait'])

    expect(code).toBe(3)
    expect(err).toMatch(/policies\.yaml:17:22: .*identites.*did you mean identities/)
    expect(await statusOf(web, items)).toBe(200)
    expect(await mesh.tell(['get', 'authorizationpolicy', '-o', 'json'])).not.toContain('good')
  })
})
