import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostOf, runClient } from './harness/client.ts'
import { note } from './harness/figures.ts'
import { expectMutualTls } from './harness/mutual-tls.ts'
import { programs } from './harness/program-suite.ts'
import { startServer, type Server } from './harness/server.ts'

const PORT = 26379
const at = ['-h', hostOf('redis'), '-p', String(PORT)]

programs(
  'redis-server',
  'redis-cli',
  'redis-benchmark',
)('redis', () => {
  let server: Server
  beforeAll(async () => {
    const command = [
      'redis-server',
      '--port',
      String(PORT),
      '--protected-mode',
      'no',
      '--save',
      '',
      '--loglevel',
      'warning',
    ]
    server = await startServer({ service: 'redis', ports: [PORT], command })
  })
  afterAll(() => server?.stop())

  test('PING, SET and GET with an exit code of 0', async () => {
    const commands = 'PING\nSET colour green\nGET colour\nINCR visits\nINCR visits\nDEL colour\nGET colour\n'

    const { code, out } = await runClient(['redis-cli', ...at], { input: commands })

    expect(code).toBe(0)
    expect(out.trim().split('\n')).toEqual(
      ['PONG', 'OK', 'green', '1', '2', '1', ''].slice(0, out.trim().split('\n').length),
    )
    expect(out).toContain('PONG\nOK\ngreen\n1\n2\n1\n')
  })

  test('a value of 8 MiB comes back as it was', async () => {
    const script = `head -c 8388608 /dev/urandom | base64 -w0 > big && sha256sum < big
      redis-cli ${at.join(' ')} -x SET big < big && redis-cli ${at.join(' ')} GET big | tr -d '\\n' | sha256sum; rm -f big`

    const { out } = await runClient(['sh', '-c', script])

    const [before, ok, after] = out.trim().split('\n')
    expect(ok).toBe('OK')
    expect(after).toBe(before)
  })

  test('pipelining: 10,000 commands in one go, none lost', async () => {
    const commands = 'SET key value\r\nINCR counter\r\n'.repeat(5_000)

    const { code, out } = await runClient(['redis-cli', ...at, '--pipe'], { input: commands })

    expect(code).toBe(0)
    expect(out).toMatch(/errors: 0, replies: 10000/)
  })

  test('redis-benchmark: 20,000 requests over 50 connections', async (context) => {
    const load = ['-q', '-n', '20000', '-c', '50', '-t', 'set,get']

    const { code, out } = await runClient(['redis-benchmark', ...at, ...load])

    expect(code).toBe(0)
    for (const command of ['SET', 'GET']) {
      const rate = new RegExp(`${command}: ([0-9.]+) requests per second, p50=([0-9.]+)`).exec(
        out.split('\r').join('\n'),
      )
      expect(rate, out).not.toBeNull()
      note(context, `${command} ${Math.round(Number(rate![1]))}/s, p50 ${rate![2]} ms`)
    }
  })

  test('pub/sub: what is published reaches a subscriber that only listens', async () => {
    const cli = `redis-cli ${at.join(' ')}`
    const script = `${cli} SUBSCRIBE news & listener=$!
      until [ "$(${cli} PUBLISH news first)" = 1 ]; do sleep 0.1; done
      ${cli} PUBLISH news second; sleep 0.5; kill $listener`

    const { out } = await runClient(['sh', '-c', script])

    expect(out).toMatch(/message\nnews\nfirst\n/)
    expect(out).toMatch(/message\nnews\nsecond\n/)
  })

  test('the mesh saw it as TCP and encrypted it', () => expectMutualTls('redis', { protocol: 'tcp' }))
})
