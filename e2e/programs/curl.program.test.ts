import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostOf, runClient } from './harness/client.ts'
import { note } from './harness/figures.ts'
import { layout } from './harness/layout.ts'
import { expectMutualTls } from './harness/mutual-tls.ts'
import { startNginx } from './harness/nginx.ts'
import { programs } from './harness/program-suite.ts'
import { scratchDirectory } from './harness/scratch.ts'
import { startServer, type Server } from './harness/server.ts'

const ports = { http: 28180, http2: 28181, https: 28543 }
const CLOSED_PORT = 28199
const UPLOAD_BYTES = 64 << 20
const host = hostOf('web')
const url = `http://${host}:${ports.http}`

programs(
  'nginx',
  'curl',
  'openssl',
)('curl', () => {
  const directory = scratchDirectory('curl')
  const servers: Server[] = []
  beforeAll(async () => {
    servers.push(await startNginx('web', directory, ports))
    const absent = { service: 'absent', ports: [CLOSED_PORT], command: ['sleep', '600'], listens: false }
    servers.push(await startServer(absent))
  })
  afterAll(() => Promise.all(servers.map((server) => server.stop())))
  const curl = (...args: readonly string[]) => runClient(['curl', '-sS', '--max-time', '40', ...args])

  test('HTTP/1.1: body, status and exit code', async () => {
    const { code, out } = await curl('-w', '%{http_version} %{http_code}', `${url}/small`)

    expect([code, out]).toEqual([0, 'small\n1.1 200'])
  })

  test('the exit code of curl is the exit code of weft run', async () => {
    const { code } = await curl('-f', `${url}/nowhere`)

    expect(code, 'curl’s own for a status of 400 and above').toBe(22)
  })

  test('HTTP/2 by prior knowledge, twenty requests at once', async () => {
    const urls = `http://${host}:${ports.http2}/echo?n=[1-20]`
    // Each on a connection of its own: curl 7.88 greets a second time on one that it takes up again.
    const atOnce = ['--http2-prior-knowledge', '--parallel', '--parallel-immediate', '--parallel-max', '20']

    const { code, out, err } = await curl(...atOnce, '-w', '<%{http_version}>', urls)

    expect(code, err).toBe(0)
    expect(out.match(/<2>/g)).toHaveLength(20)
    for (let n = 1; n <= 20; n++) expect(out).toContain(`GET HTTP/2.0  n=${n}\n`)
  })

  test('an upload of 64 MiB that expects 100-continue arrives whole', async (context) => {
    const source = join(directory, 'up')
    const script = `head -c ${UPLOAD_BYTES} /dev/urandom > ${source} && curl -sSv --max-time 60 -H 'Expect: 100-continue' \\
      -T ${source} -w '%{http_code} %{time_total}' ${url}/upload/up`

    const { code, out, err } = await runClient(['sh', '-c', script])

    expect(code, err.slice(-500)).toBe(0)
    expect(err).toMatch(/^< HTTP\/1\.1 100 Continue/m)
    expect(out).toMatch(/^201 /)
    const sum = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')
    expect(sum(join(directory, 'www/upload/up'))).toBe(sum(source))
    note(context, `${Math.round(UPLOAD_BYTES / (1 << 20) / Number(out.split(' ')[1]))} MiB/s`)
  })

  test('HEAD: headers alone', async () => {
    const { code, out } = await curl('-I', `${url}/small`)

    expect(code).toBe(0)
    expect(out).toMatch(/^HTTP\/1\.1 200 [^]*\r\n\r\n$/)
  })

  test('IPv6: the name has an AAAA record, and it leads to the same server', async () => {
    const { code, out } = await curl('-6', '-w', '%{remote_ip}', `${url}/small`)

    expect(code).toBe(0)
    expect(out).toMatch(layout.nodes === 0 ? /^small\n::1$/ : /^small\nfd77:6566:7400:/)
  })

  test('names: short, with namespace, and in full', async () => {
    const names = layout.nodes === 0 ? [host] : ['web', 'web.default', 'web.default.svc.cluster.local']

    const { code, out } = await curl(...names.map((name) => `http://${name}:${ports.http}/small`))

    expect([code, out]).toEqual([0, 'small\n'.repeat(names.length)])
  })

  test('a name that nobody has fails as it would without a mesh', async () => {
    const { code } = await curl('http://no-such-service.invalid:80/')

    expect(code, 'curl’s own for a host that cannot be resolved').toBe(6)
  })

  test('nobody listens: a clear answer instead of a hang', async () => {
    const { code, out, err } = await curl('-i', `http://${hostOf('absent')}:${CLOSED_PORT}/`)

    if (layout.nodes === 0) {
      expect(code, 'curl’s own for a refused connection').toBe(7)
      return
    }
    expect(code, err).toBe(0)
    expect(out).toMatch(/^HTTP\/1\.1 50[23] /)
    expect(out).toMatch(/^weft-reason: /im)
    const body = JSON.parse(out.slice(out.indexOf('\r\n\r\n'))) as Record<string, unknown>
    expect(Object.keys(body).length).toBeGreaterThan(0)
  })

  test('the mesh saw HTTP and encrypted it', () => expectMutualTls('web', { protocol: 'http' }))
})
