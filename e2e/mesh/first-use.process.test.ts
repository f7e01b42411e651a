import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { needs } from '@weft/tools/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tracesOf } from './harness/kernel-state.ts'
import { PrivateMesh } from './harness/private-mesh.ts'

needs(
  'root',
  'bpf',
  'netns',
  'program:python3',
  'program:curl',
)('the four lines of the README', () => {
  let mesh: PrivateMesh
  beforeAll(async () => {
    mesh = await PrivateMesh.create()
    mkdirSync(join(mesh.directory, 'www'))
    writeFileSync(join(mesh.directory, 'www/hello.txt'), 'hello from python\n')
  })
  afterAll(() => mesh?.end())

  test('`weft up` returns when everything is ready, and a second one finds it up', async () => {
    expect(await mesh.tell(['up'])).toContain('captured by eBPF')
    expect(await mesh.tell(['up'])).toContain('is up already')
    const { parts, nodes } = await mesh.status()
    expect(parts.map(({ name }) => name)).toEqual(['ca', 'control-plane', 'policy', 'agent-node1'])
    expect(nodes).toMatchObject([{ name: 'node1', connected: true }])
  })

  test('`weft run` makes an unmodified server a service that an unmodified curl reaches by name', async () => {
    const server = ['python3', '-m', 'http.server', '8080', '--directory', join(mesh.directory, 'www')]
    mesh.run(['--service', 'cart', '--port', '8080'], server)
    await mesh.untilReady(1)

    const { code, out } = await mesh.weft(['run', '--service', 'web', '--', 'curl', '-s', 'http://cart:8080/hello.txt'])

    expect([code, out]).toEqual([0, 'hello from python\n'])
  })

  test('`weft stat` shows the call, encrypted, under the identity of the service', async () => {
    await expect
      .poll(() => mesh.tell(['stat']), { timeout: 10_000, interval: 300 })
      .toMatch(/default\/cart +default\/cart +1\/1 +mTLS +100\.00%/)
  })

  test('a program ends as it would without weft: exit code, signal, absence', async () => {
    const run = (...program: string[]) => mesh.weft(['run', '--service', 'web', '--', ...program])

    expect(await run('sh', '-c', 'exit 7')).toMatchObject({ code: 7, signal: null })
    expect(await run('sh', '-c', 'kill -TERM $$')).toMatchObject({ code: null, signal: 'SIGTERM' })
    expect(await run('sh', '-c', 'kill -KILL $$')).toMatchObject({ code: null, signal: 'SIGKILL' })
    expect(await run('no-such-program')).toMatchObject({ code: 127 })
    expect(await run('/etc/passwd')).toMatchObject({ code: 126 })
  })

  test('a signal to `weft run` reaches the program, which may answer it as it likes', async () => {
    const script = `trap 'echo bye; exit 9' TERM; echo ready; while :; do sleep 0.05; done`
    const polite = mesh.run(['--service', 'web'], ['sh', '-c', script])
    const plain = mesh.run(['--service', 'web'], ['sh', '-c', 'echo ready; exec sleep 60'])
    await polite.until(/ready/)
    await plain.until(/ready/)

    expect(await polite.end('SIGTERM')).toMatchObject({ code: 9, out: 'ready\nbye\n' })
    expect(await plain.end('SIGTERM')).toMatchObject({ code: null, signal: 'SIGTERM' })
  })

  test('standard input, working environment and --env reach the program', async () => {
    const flags = ['--service', 'web', '--env', 'GREETING=hi there', '--env', 'SELF={address}']

    const { out } = await mesh.weft(
      ['run', ...flags, '--', 'sh', '-c', 'tr a-z A-Z; echo "$GREETING $SELF"'],
      'shout\n',
    )

    expect(out).toMatch(/^SHOUT\nhi there 198\.18\.2\.\d+\n$/)
  })

  test('namespace, service account and labels are what the mesh knows the program by', async () => {
    const program = mesh.run(
      ['--service', 'bank', '--namespace', 'shop', '--service-account', 'teller', '--label', 'tier=gold'],
      ['sleep', '60'],
    )
    const { workloads } = await mesh.untilReady(2)

    const bank = workloads.find(({ workload }) => workload.name.startsWith('bank'))?.workload
    expect(bank).toMatchObject({ namespace: 'shop', serviceAccount: 'teller', labels: { tier: 'gold' } })
    await program.end()
  })

  test('several instances of one service share its calls', async () => {
    const instances = [1, 2, 3].map((n) => {
      const directory = join(mesh.directory, `pod${n}`)
      mkdirSync(directory)
      writeFileSync(join(directory, 'name'), `pod${n}\n`)
      const flags = ['--service', 'pods', '--port', '8080', '--own-network']
      return mesh.run(flags, ['python3', '-m', 'http.server', '8080', '--directory', directory])
    })
    await mesh.untilReady(4)

    // Several at a time: one after the other, the fastest instance may well get them all.
    const line = 'seq 60 | xargs -P 6 -I{} curl -s http://pods:8080/name'
    const { out } = await mesh.weft(['run', '--service', 'web', '--', 'sh', '-c', line])

    expect(new Set(out.trim().split('\n'))).toEqual(new Set(['pod1', 'pod2', 'pod3']))
    await Promise.all(instances.map((instance) => instance.end()))
  })

  test('`weft down` ends the programs and leaves nothing on the machine', async () => {
    const { ended } = mesh.run(['--service', 'idle'], ['sleep', '60'])
    await mesh.untilReady(2)

    expect(await mesh.tell(['down', '--purge'])).toContain('is down')

    expect((await ended).signal).toBe('SIGTERM')
    await sleep(200)
    expect(tracesOf(mesh.name)).toEqual([])
  })
})
