import { needs } from '@weft/tools/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PrivateMesh, sample, type Status } from './harness/private-mesh.ts'

const ADMIT = `
apiVersion: weft.dev/v1alpha1
kind: AuthorizationPolicy
metadata: { name: open-cart }
spec:
  action: ALLOW
  targetRefs: [{ kind: Service, name: cart }]
  rules: [{ from: [{ unauthenticated: true }] }]
`

needs(
  'root',
  'bpf',
  'netns',
  'program:curl',
)('programs outside the mesh', () => {
  let mesh: PrivateMesh
  let status: Status
  const addressOf = (service: string): string =>
    status.workloads.find(({ workload }) => workload.name.startsWith(service))!.workload.address
  const curl = async (url: string) => {
    const args = ['-s', '--max-time', '8', '-D', '-', '-w', '\n%{http_code}', url]
    const { code, out } = await mesh.runOutside(['curl', ...args])
    return { exit: code, status: Number(out.slice(out.lastIndexOf('\n') + 1)), text: out }
  }
  beforeAll(async () => {
    mesh = await PrivateMesh.up()
    const cart = (name: string, port: number, ...flags: string[]) =>
      mesh.run(
        ['--service', name, '--port', String(port), '--env', `PORT=${port}`, ...flags],
        [process.execPath, sample('cart.ts')],
      )
    cart('cart', 8080)
    cart('pod', 8080, '--own-network')
    cart('open', 8081, '--allow-plaintext')
    cart('shop', 8082, '--publish', '9000')
    mesh.run(['--service', 'greeter', '--port', '7000'], [process.execPath, sample('greeter.ts')])
    status = await mesh.untilReady(5)
  })
  afterAll(() => mesh?.end())

  test.each([
    ['the address of a workload that shares the node’s network', () => `http://${addressOf('cart')}:8080/items`],
    ['loopback, where its program really listens', () => 'http://127.0.0.1:8080/items'],
    ['a workload with a network of its own', () => `http://${addressOf('pod')}:8080/items`],
  ])('are refused over HTTP with 403 and the reason, at %s', async (_, url) => {
    const reply = await curl(url())

    expect(reply.status).toBe(403)
    const reason = JSON.parse(/^weft-reason: (.*)$/im.exec(reply.text)![1]!) as Record<string, string>
    expect(reason).toMatchObject({ code: 'plaintext_refused', layer: 'authz' })
  })

  test('are cut off over TCP before the server has said a word', async () => {
    const { out } = await mesh.runOutside(['curl', '-s', '--max-time', '8', `telnet://${addressOf('greeter')}:7000`])

    expect(out).toBe('')
  })

  test('leave a line in the agent’s log and a count in its metrics', async () => {
    expect(await mesh.tell(['logs', 'agent-node1', '--lines', '100'])).toMatch(
      /"message":"refused".*"service":"default\/cart".*"fault":"plaintext_refused"/,
    )
    await expect
      .poll(async () => (await mesh.runOutside(['curl', '-s', 'http://127.0.0.1:15020/metrics'])).out, {
        timeout: 5_000,
        interval: 300,
      })
      .toMatch(/weft_faults_total\{direction="inbound".*service="default\/cart".*fault="plaintext_refused"\} [1-9]/)
  })

  test('are told why by `weft explain`', async () => {
    const { code, out } = await mesh.weft(['explain', '-', 'cart'])

    expect(code).toBe(6)
    expect(out).toContain('plaintext_refused')
    expect(out).toContain('refused\n')
  })

  test('are admitted by a workload started with --allow-plaintext, and explain says so', async () => {
    expect(await curl(`http://${addressOf('open')}:8081/items`)).toMatchObject({ status: 200 })
    expect((await mesh.weft(['explain', '-', 'open'])).code).toBe(0)
  })

  test('are admitted by a policy that says `unauthenticated: true`, as long as it stands', async () => {
    const url = `http://${addressOf('cart')}:8080/items`
    await mesh.apply(ADMIT)
    expect(await curl(url)).toMatchObject({ status: 200 })
    expect((await mesh.weft(['explain', '-', 'cart'])).code).toBe(0)

    await mesh.tell(['delete', 'authorizationpolicy', 'open-cart', '--wait'])
    expect(await curl(url)).toMatchObject({ status: 403 })
  })

  test('come in by a published port as the identity `ingress`, which policies can name', async () => {
    expect(await curl('http://127.0.0.1:9000/items')).toMatchObject({ status: 200 })

    await mesh.apply(`
apiVersion: weft.dev/v1alpha1
kind: AuthorizationPolicy
metadata: { name: no-ingress }
spec:
  action: DENY
  targetRefs: [{ kind: Service, name: shop }]
  rules: [{ from: [{ identities: [default/ingress] }] }]
`)
    const reply = await curl('http://127.0.0.1:9000/items')
    expect(reply.status).toBe(403)
    expect(reply.text).toContain('no-ingress')
  })
})
