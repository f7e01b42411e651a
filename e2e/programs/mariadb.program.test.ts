import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nodeProgram } from './clients/run-node.ts'
import { hostOf, runClient } from './harness/client.ts'
import { note } from './harness/figures.ts'
import { expectMutualTls } from './harness/mutual-tls.ts'
import { programs } from './harness/program-suite.ts'
import { giveTo, scratchDirectory } from './harness/scratch.ts'
import { startServer, type Server } from './harness/server.ts'

const PORT = 23306
const INSERTS = 1_000

programs(
  'mariadbd',
  'mariadb',
  'mariadb-install-db',
)('MariaDB, whose server speaks first', () => {
  const directory = scratchDirectory('mariadb')
  let server: Server
  beforeAll(async () => {
    const data = join(directory, 'data')
    mkdirSync(data)
    giveTo('mysql', data)
    const install = ['--no-defaults', `--datadir=${data}`, '--user=mysql', '--skip-test-db']
    execFileSync('mariadb-install-db', [...install, '--auth-root-authentication-method=normal'], { stdio: 'pipe' })
    const users = join(directory, 'users.sql')
    const statements = [
      'CREATE DATABASE shop',
      "CREATE USER weaver IDENTIFIED BY 'loom'",
      'GRANT ALL ON shop.* TO weaver',
    ]
    writeFileSync(users, statements.map((statement) => `${statement};\n`).join(''))
    const files = [`--datadir=${data}`, `--socket=${data}/socket`, `--pid-file=${data}/pid`, `--init-file=${users}`]
    const network = [`--port=${PORT}`, '--bind-address=0.0.0.0', '--skip-name-resolve']
    const small = ['--innodb-buffer-pool-size=32M', '--innodb-flush-log-at-trx-commit=2', '--performance-schema=OFF']
    const command = ['mariadbd', '--no-defaults', '--user=mysql', ...files, ...network, ...small]
    server = await startServer({ service: 'mariadb', ports: [PORT], command })
  }, 90_000)
  afterAll(() => server?.stop())
  const mariadb = (input: string) => {
    const login = [
      '--user=weaver',
      '--password=loom',
      `--host=${hostOf('mariadb')}`,
      `--port=${PORT}`,
      '--protocol=tcp',
    ]
    return runClient(['mariadb', '--no-defaults', ...login, '--batch', '--skip-column-names', 'shop'], { input })
  }

  test('the greeting comes at once, though the client says nothing', async (context) => {
    const { code, out, err } = await runClient(nodeProgram('greeting.ts', hostOf('mariadb'), String(PORT), '5'))

    expect(code, err).toBe(0)
    const { tookMs, greeting } = JSON.parse(out) as { tookMs: number[]; greeting: string }
    expect(greeting).toContain('MariaDB')
    expect(Math.max(...tookMs)).toBeLessThan(1_000)
    note(context, `${tookMs.join(', ')} ms`)
  })

  test('connects, logs in, queries', async () => {
    const { code, out, err } = await mariadb('SELECT 6 * 7;\nSELECT CURRENT_USER();\n')

    expect([code, out], err).toEqual([0, '42\nweaver@%\n'])
  })

  test('1,000 inserts, one statement after the other', async (context) => {
    const rows = Array.from({ length: INSERTS }, (_, id) => `INSERT INTO thread VALUES (${id}, REPEAT('w', ${id}));`)
    const check = 'SELECT COUNT(*), SUM(LENGTH(fibre)) FROM thread;'
    const create = 'CREATE TABLE thread (id INT PRIMARY KEY, fibre TEXT);'

    const { code, out, err, tookMs } = await mariadb(`${[create, ...rows, check].join('\n')}\n`)

    expect([code, out], err).toEqual([0, `${INSERTS}\t${(INSERTS * (INSERTS - 1)) / 2}\n`])
    note(context, `${(tookMs / 1_000).toFixed(1)} s, start of the client included`)
  })

  test('a wrong password is refused by MariaDB itself', async () => {
    const login = ['--user=weaver', '--password=wrong', `--host=${hostOf('mariadb')}`, `--port=${PORT}`]

    const { code, err } = await runClient(['mariadb', '--no-defaults', ...login, '-e', 'SELECT 1'])

    expect(code).toBe(1)
    expect(err).toContain('ERROR 1045')
  })

  test('the mesh saw TCP and encrypted it', () => expectMutualTls('mariadb', { protocol: 'tcp' }))
})
