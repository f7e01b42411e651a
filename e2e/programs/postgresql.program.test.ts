import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostOf, runClient } from './harness/client.ts'
import { note } from './harness/figures.ts'
import { expectMutualTls } from './harness/mutual-tls.ts'
import { programs } from './harness/program-suite.ts'
import { asUser, giveTo, makeCertificate, scratchDirectory } from './harness/scratch.ts'
import { startServer, type Server } from './harness/server.ts'

const PORT = 25432
const connection = (tls: string) => `host=${hostOf('postgres')} port=${PORT} user=postgres dbname=postgres ${tls}`

programs(
  'postgres',
  'initdb',
  'psql',
  'pgbench',
  'openssl',
  'setpriv',
)('PostgreSQL', () => {
  const directory = scratchDirectory('postgresql')
  const data = join(directory, 'data')
  let server: Server
  beforeAll(async () => {
    mkdirSync(data)
    giveTo('postgres', data)
    const initialize = asUser('postgres', [
      'initdb',
      '-D',
      data,
      '-A',
      'trust',
      '--no-sync',
      '-E',
      'UTF8',
      '--locale=C',
    ])
    execFileSync(initialize[0]!, initialize.slice(1), { cwd: directory, stdio: 'pipe' })
    makeCertificate(data, 'postgres')
    giveTo('postgres', join(data, 'server.key'))
    giveTo('postgres', join(data, 'server.crt'))
    appendFileSync(join(data, 'pg_hba.conf'), 'host all all 0.0.0.0/0 trust\nhost all all ::/0 trust\n')
    const settings = { port: PORT, listen_addresses: '*', unix_socket_directories: '', ssl: 'on', fsync: 'off' }
    const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const command = asUser('postgres', ['postgres', '-D', data, ...words])
    server = await startServer({ service: 'postgres', ports: [PORT], command })
  }, 60_000)
  afterAll(() => server?.stop())
  const psql = (tls: string, sql: string) => runClient(['psql', '-X', '-A', '-t', '-c', sql, connection(tls)])
  const isEncrypted = 'SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()'

  test('TLS of its own: sslmode=require', async () => {
    const { code, out, err } = await psql('sslmode=require', isEncrypted)

    expect(code, err).toBe(0)
    expect(out.trim()).toMatch(/^t\|TLSv1\.[23]$/)
  })

  test('TLS of its own, verified against the server’s certificate and name', async () => {
    // The later word wins: the certificate is for this name, with a mesh or without.
    const name = hostOf('postgres') === 'postgres' ? '' : 'host=postgres hostaddr=127.0.0.1'
    const verified = `sslmode=verify-full sslrootcert=${join(data, 'server.crt')} ${name}`

    const { code, out, err } = await psql(verified, 'SELECT 6 * 7')

    expect([code, out.trim()], err).toEqual([0, '42'])
  })

  test('without TLS: sslmode=disable', async () => {
    const { code, out, err } = await psql('sslmode=disable', isEncrypted)

    expect([code, out.trim()], err).toEqual([0, 'f|'])
  })

  test('a megabyte in one answer, and an error is an error', async () => {
    const { out } = await psql('sslmode=require', "SELECT md5(repeat('weft', 250000)), length(repeat('weft', 250000))")
    const { out: rows } = await psql('sslmode=require', "SELECT repeat('x', 999) FROM generate_series(1, 1000)")
    const { code, err } = await psql('sslmode=require', 'SELECT 1 / 0')

    expect(out.trim()).toMatch(/^[0-9a-f]{32}\|1000000$/)
    expect(rows).toBe(`${'x'.repeat(999)}\n`.repeat(1_000))
    expect(code).toBe(1)
    expect(err).toContain('division by zero')
  })

  test.each(['sslmode=require', 'sslmode=disable'])('pgbench, ten clients for five seconds, %s', async (tls) => {
    const script = `pgbench -q -i -s 1 '${connection(tls)}' && pgbench -n -c 10 -j 2 -T 5 '${connection(tls)}'`

    const { code, out, err } = await runClient(['sh', '-c', script])

    expect(code, err).toBe(0)
    expect(out).toMatch(/number of failed transactions: 0 /)
    expect(Number(/tps = ([0-9.]+)/.exec(out)?.[1])).toBeGreaterThan(1)
    figures.push(`${tls} ${/tps = ([0-9.]+)/.exec(out)![1]} transactions/s`)
  })

  const figures: string[] = []
  test('the mesh saw TCP and encrypted it', async (context) => {
    for (const figure of figures) note(context, figure)
    // PostgreSQL does not read a client's last words of TLS, so that its kernel ends the connection by a reset: a failure
    // to whoever only sees octets.
    await expectMutualTls('postgres', { protocol: 'tcp', failures: 100 })
  })
})
