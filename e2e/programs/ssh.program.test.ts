import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nodeProgram } from './clients/run-node.ts'
import { hostOf, runClient } from './harness/client.ts'
import { note } from './harness/figures.ts'
import { expectMutualTls } from './harness/mutual-tls.ts'
import { programs } from './harness/program-suite.ts'
import { scratchDirectory } from './harness/scratch.ts'
import { startServer, type Server } from './harness/server.ts'
import { programPath } from './obtain/program-path.ts'

const PORT = 22022
const IDLE_S = 62

programs(
  'sshd',
  'ssh',
  'ssh-keygen',
)('ssh', () => {
  const directory = scratchDirectory('ssh')
  let server: Server
  beforeAll(async () => {
    for (const key of ['host', 'client']) {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', join(directory, key)])
    }
    copyFileSync(join(directory, 'client.pub'), join(directory, 'authorized'))
    // Where sshd gives up its privileges to; Debian makes it when the service starts, which it never does here.
    mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
    const settings = {
      HostKey: join(directory, 'host'),
      AuthorizedKeysFile: join(directory, 'authorized'),
      StrictModes: 'no',
      PermitRootLogin: 'prohibit-password',
      PasswordAuthentication: 'no',
      UsePAM: 'no',
      PidFile: 'none',
      TCPKeepAlive: 'no',
      ClientAliveInterval: '0',
    }
    const words = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])
    const command = [programPath('sshd'), '-D', '-e', '-f', '/dev/null', '-p', String(PORT), ...words]
    server = await startServer({ service: 'ssh', ports: [PORT], command })
  })
  afterAll(() => server?.stop())
  const ssh = (words: readonly string[], input = '') => {
    const settings = {
      BatchMode: 'yes',
      StrictHostKeyChecking: 'no',
      UserKnownHostsFile: '/dev/null',
      IdentitiesOnly: 'yes',
      TCPKeepAlive: 'no',
      ServerAliveInterval: '0',
      LogLevel: 'ERROR',
    }
    const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])
    const to = ['-F', '/dev/null', '-i', join(directory, 'client'), '-p', String(PORT), `root@${hostOf('ssh')}`]
    return runClient(['ssh', ...options, ...to, ...words], { input, timeoutMs: 85_000 })
  }

  test('the banner comes at once, though the client says nothing', async (context) => {
    const { code, out, err } = await runClient(nodeProgram('greeting.ts', hostOf('ssh'), String(PORT), '5'))

    expect(code, err).toBe(0)
    const { tookMs, greeting } = JSON.parse(out) as { tookMs: number[]; greeting: string }
    expect(greeting).toMatch(/^SSH-2\.0-/)
    expect(Math.max(...tookMs)).toBeLessThan(1_000)
    note(context, `${tookMs.join(', ')} ms`)
  })

  test('a command, its output and its exit code', async () => {
    const { code, out, err } = await ssh(['echo over ssh; exit 7'])

    expect([code, out], err).toEqual([7, 'over ssh\n'])
  })

  test('a pipe of 20 MiB in both directions', async () => {
    const data = Buffer.alloc(20 << 20, 'fourteen chars').toString('latin1')

    const { code, out, err } = await ssh(['cat'], data)

    expect(code, err).toBe(0)
    expect(out === data, `${out.length} characters came back`).toBe(true)
  })

  test(`sessions idle for ${IDLE_S} s without keepalives, then go on: the server waits, and the client waits`, async () => {
    const sleeps = ssh([`echo before; sleep ${IDLE_S}; echo after; exit 5`])
    const shell = `ssh() { command ssh -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \\
        -o TCPKeepAlive=no -o ServerAliveInterval=0 -o LogLevel=ERROR -F /dev/null -i ${join(directory, 'client')} "$@"; }
      { echo 'echo begins'; sleep ${IDLE_S}; echo 'echo goes on; exit 6'; } | ssh -p ${PORT} root@${hostOf('ssh')} sh`
    const types = runClient(['sh', '-c', shell], { timeoutMs: 85_000 })

    const [slept, typed] = await Promise.all([sleeps, types])

    expect([slept.code, slept.out], slept.err).toEqual([5, 'before\nafter\n'])
    expect([typed.code, typed.out], typed.err).toEqual([6, 'begins\ngoes on\n'])
    expect(slept.tookMs).toBeGreaterThan(IDLE_S * 1_000)
  })

  test('the mesh saw TCP and encrypted it', () => expectMutualTls('ssh', { protocol: 'tcp' }))
})
