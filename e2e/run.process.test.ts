import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { needs } from '@weft/tools/testing'
import { sample, TestMesh, until } from './testing/test-mesh.ts'

needs('root', 'bpf', 'netns', 'cgroup2', 'compiler')('weft up and run with capture', () => meshSuite('ebpf'))
describe('weft up and run by explicit proxy', () => meshSuite('proxy'))

function meshSuite(capture: 'ebpf' | 'proxy'): void {
  const mesh = new TestMesh(`run${capture}`, capture)
  const own = capture === 'ebpf' ? ['--own-network'] : []
  const server = (service: string, node: string): string[] => {
    const env = ['--env', 'HOST={address}', '--env', `PORT=8080`, '--env', `INSTANCE=${service}`]
    return ['--service', service, '--node', node, '--port', '8080', ...own, ...env, '--', ...sample('cart.ts')]
  }
  const curl = (service: string, ...more: string[]): string[] => [
    'run',
    '--service',
    'caller',
    '--',
    'curl',
    '-sS',
    '-m',
    '10',
    ...more,
    `http://${service}:8080/items`,
  ]

  beforeAll(() => {
    const { code, err } = mesh.up()
    expect([code, err.replace(/^weft: explicit proxy.*\n/, '')]).toEqual([0, ''])
  })
  afterAll(() => mesh.remove())

  test('up again does nothing; with other settings it is refused and nothing changes', () => {
    expect(mesh.up()).toMatchObject({ code: 0, out: expect.stringContaining('is up already') })
    const other = mesh.weft(['up', '--capture', capture, '--nodes', '1'])
    expect(other).toMatchObject({
      code: 8,
      err: expect.stringContaining('runs with other settings: nodes is 2, asked for 1'),
    })
    expect(mesh.weft(['status']).code).toBe(0)
  })

  test('a program keeps its words, directory, input, output and exit code', () => {
    const { code, out, err } = mesh.weft(
      [
        'run',
        '--service',
        'job',
        '--env',
        'GREETING=hi',
        '--',
        'sh',
        '-c',
        'cat; pwd; echo "$GREETING" "$@"; echo oops >&2; exit 7',
        'sh',
        'a b',
        '-x',
      ],
      'input\n',
    )

    expect(out).toBe(`input\n${process.cwd()}\nhi a b -x\n`)
    expect(err).toBe('oops\n')
    expect(code).toBe(7)
  })

  test('a program that dies by a signal takes weft run with it by the same', () => {
    expect(mesh.weft(['run', '--service', 'job', '--', 'sh', '-c', 'kill -USR1 $$'])).toMatchObject({
      signal: 'SIGUSR1',
    })
  })

  test('what cannot be run leaves nothing behind', () => {
    expect(mesh.weft(['run', '--service', 'job', '--', 'no-such-program']).code).toBe(127)
    expect(mesh.weft(['run', '--service', 'job', '--', '/etc/passwd']).code).toBe(126)
    expect(mesh.weft(['run', '--service', 'job', '--node', 'node7', '--', 'true'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('expected one of node1, node2'),
    })
    expect(readdirSync(join(mesh.stateDir, 'runs'))).toEqual([])
  })

  test('a call by name reaches the other node, encrypted between the identities of the two programs', async () => {
    const cart = mesh.run(server('cart', 'node2'))
    await mesh.untilReady('cart')
    await until(() => mesh.weft(curl('cart', '-f')).code === 0)

    const { out } = mesh.weft(curl('cart'))
    await until(() => edges(mesh).some((row) => row.source.endsWith('/sa/caller') && row.destination !== ''))

    expect(JSON.parse(out)).toEqual({ items: ['tea', 'lamp'] })
    const edge = edges(mesh).find((row) => row.source.endsWith('/sa/caller') && row.destination !== '')!
    expect(edge).toMatchObject({ security: 'mtls', destination: 'spiffe://cluster.local/ns/default/sa/cart' })
    cart.process.kill('SIGTERM')
    expect(await cart.ended, 'told to end, it ends as the sample does').toMatchObject({
      code: 0,
      signal: null,
      err: '',
    })
  })

  test('apply --wait is in force when it returns, explain agrees, delete --wait takes it back', async () => {
    const cart = mesh.run(server('shop', 'node1'))
    await mesh.untilReady('shop')
    await until(() => mesh.weft(curl('shop', '-f')).code === 0)
    const policy = {
      apiVersion: 'weft.dev/v1alpha1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'closed' },
      spec: { action: 'DENY', targetRefs: [{ kind: 'Service', name: 'shop' }], rules: [{}] },
    }

    const applied = mesh.weft(['apply', '-f', '-', '--wait'], JSON.stringify(policy))
    const refused = mesh.weft(curl('shop', '-o', '/dev/null', '-w', '%{http_code}'))
    const explained = mesh.weft(['explain', 'caller', 'shop'])
    const read = mesh.weft(['get', 'authorizationpolicy', 'closed', '-o', 'yaml'])
    const again = mesh.weft(['apply', '-f', '-'], read.out)
    const deleted = mesh.weft(['delete', 'authorizationpolicy', 'closed', '--wait'])
    const allowed = mesh.weft(curl('shop', '-f'))
    cart.process.kill('SIGTERM')
    await cart.ended

    expect(applied).toMatchObject({ code: 0, out: expect.stringContaining('is in force on 2 agents') })
    expect(refused.out).toBe('403')
    expect(explained).toMatchObject({ code: 6, out: expect.stringContaining('AuthorizationPolicy/default/closed') })
    expect(again.out, 'what get prints, apply reads').toBe('AuthorizationPolicy/default/closed unchanged\n')
    expect(deleted.code).toBe(0)
    expect(allowed.code).toBe(0)
  })

  test('a killed weft run takes its program along, and the supervisor removes the rest', async () => {
    const cart = mesh.run(server('victim', 'node1'))
    await mesh.untilReady('victim')
    const [file] = readdirSync(join(mesh.stateDir, 'runs'))
    const { cgroup } = JSON.parse(readFileSync(join(mesh.stateDir, 'runs', file!), 'utf8')) as { cgroup: string }

    cart.process.kill('SIGKILL')

    await until(() => readdirSync(join(mesh.stateDir, 'runs')).length === 0)
    if (capture === 'ebpf') expect(existsSync(cgroup)).toBe(false)
    await until(() => mesh.workloads().length === 0)
  })

  test('a killed control plane changes nothing for traffic, and the workload is known again when it is back', async () => {
    const cart = mesh.run(server('steady', 'node2'))
    await mesh.untilReady('steady')
    const loop = `for i in $(seq 40); do curl -sS -f -m 5 -o /dev/null http://steady:8080/items || exit 1; sleep 0.1; done`
    const caller = mesh.run(['--service', 'caller', '--', 'sh', '-c', loop])
    await mesh.untilReady('caller')
    const before = mesh.workloads().map(({ uid }) => uid)
    const { parts } = mesh.json<{ parts: { name: string; process: { pid: number } }[] }>(['status'])

    process.kill(parts.find(({ name }) => name === 'control-plane')!.process.pid, 'SIGKILL')
    await sleep(500)
    const outcome = await caller.ended
    await until(() => mesh.weft(['status']).code === 0)
    await until(() =>
      mesh.workloads().some(({ uid, state }) => before.includes(uid) && uid.includes('/steady-') && state === 'ready'),
    )

    expect(outcome).toMatchObject({ code: 0, err: '' })
    expect(mesh.json<{ parts: { name: string; restarts: number }[] }>(['status']).parts).toContainEqual(
      expect.objectContaining({ name: 'control-plane', restarts: 1 }),
    )
    cart.process.kill('SIGTERM')
    await cart.ended
  })

  test('down ends the programs, and leaves nothing but what is stored', async () => {
    const cart = mesh.run(server('last', 'node1'))
    await mesh.untilReady('last')

    const down = mesh.weft(['down'])

    expect(down).toMatchObject({ code: 0, err: '' })
    expect((await cart.ended).code).toBe(0)
    expect(readdirSync(mesh.stateDir).toSorted()).toEqual([
      'agent-node1',
      'agent-node2',
      'ca',
      'control-plane',
      'key-encryption-key',
      'logs',
      'policy',
    ])
    expect(mesh.weft(['status']).code).toBe(4)
    expect(mesh.weft(['down']).out).toContain('was not running')
  })
}

function edges(mesh: TestMesh): { source: string; destination: string; security: string }[] {
  return mesh.json<{ rows: { source: string; destination: string; security: string }[] }>([
    'stat',
    '--by',
    'edge',
    '--window',
    '60s',
  ]).rows
}
