import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apply, eventually, execIn, kubectl, rolledOut } from './harness/cluster.ts'
import { LinkCapture } from './harness/link-capture.ts'
import { enrolled, hasMesh } from './harness/mesh.ts'
import { deployment, manifest, namespace, service } from './harness/objects.ts'

const NS = 'programs'
const SECRET = 'nobody-may-read-this-row'
const REDIS = 'weft.test/redis:1'
const POSTGRESQL = 'weft.test/postgresql:1'
const BIN = '/usr/lib/postgresql/15/bin'
const startPostgres = `export PATH=${BIN}:/bin
initdb -D /data/db -A trust -U postgres >/dev/null
echo 'host all all 0.0.0.0/0 trust' >>/data/db/pg_hba.conf
exec postgres -D /data/db -k /tmp -c listen_addresses=0.0.0.0`
const user = { securityContext: { runAsUser: 65532, runAsGroup: 65532 } }
const volumes = [{ name: 'data', emptyDir: {} }]
const data = { ...user, volumeMounts: [{ name: 'data', mountPath: '/data' }] }
const shared = { podMore: { volumes, securityContext: { fsGroup: 65532 } }, more: data }

describe('programs of others, server and client on different nodes', () => {
  let link: LinkCapture

  beforeAll(async () => {
    link = await LinkCapture.start('node1')
    const sleep = { command: ['sleep', '1000000'], node: 'node2' }
    await apply(
      manifest(
        namespace(NS),
        deployment(NS, 'redis', {
          image: REDIS,
          command: ['redis-server', '--save', '', '--bind', '0.0.0.0', '--protected-mode', 'no'],
          port: 6379,
          node: 'node1',
        }),
        deployment(NS, 'postgresql', {
          image: POSTGRESQL,
          command: ['sh', '-c', startPostgres],
          port: 5432,
          node: 'node1',
          ...shared,
        }),
        service(NS, 'redis', 6379),
        service(NS, 'postgresql', 5432),
        deployment(NS, 'redis-client', { image: REDIS, ...sleep }),
        deployment(NS, 'postgresql-client', { image: POSTGRESQL, ...sleep }),
      ),
    )
    for (const name of ['redis', 'postgresql', 'redis-client', 'postgresql-client'])
      await rolledOut(NS, `deploy/${name}`)
    await enrolled(NS)
  })

  afterAll(async () => {
    link.dispose()
    await kubectl('delete', 'namespace', NS, '--wait=false')
  })

  const sql = (query: string): Promise<string> =>
    execIn(NS, 'deploy/postgresql-client', `${BIN}/psql`, '-h', 'postgresql', '-U', 'postgres', '-Atc', query)
  const redis = (...words: string[]): Promise<string> =>
    execIn(NS, 'deploy/redis-client', 'redis-cli', '-h', 'redis', ...words)

  test('redis keeps what it is told', async () => {
    await eventually('it answers', async () => expect(await redis('PING')).toBe('PONG\n'))
    await redis('SET', 'secret', SECRET)

    expect(await redis('GET', 'secret')).toBe(`${SECRET}\n`)
  })

  test('PostgreSQL runs a transaction', async () => {
    await eventually('it answers', async () => expect(await sql('SELECT 1')).toBe('1\n'))
    await sql(`CREATE TABLE t (x text); INSERT INTO t SELECT '${SECRET}' FROM generate_series(1, 1000)`)

    expect(await sql('SELECT count(*), min(x) FROM t')).toBe(`1000|${SECRET}\n`)
  })

  test('none of it could be read on the link', async () => {
    await link.stop()

    expect(link.saw(SECRET), 'only without a mesh').toBe(!hasMesh)
    if (hasMesh) expect(await link.plaintext()).toEqual([])
  })
})
