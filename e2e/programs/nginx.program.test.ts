import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostOf, runClient } from './harness/client.ts'
import { expectMutualTls } from './harness/mutual-tls.ts'
import { startNginx } from './harness/nginx.ts'
import { programs } from './harness/program-suite.ts'
import { scratchDirectory } from './harness/scratch.ts'
import type { Server } from './harness/server.ts'

const ports = { http: 28080, http2: 28081, https: 28443 }
const url = `http://${hostOf('nginx')}:${ports.http}`
const text = Array.from({ length: 5_000 }, (_, line) => `line ${line} of a text that compresses well\n`).join('')

programs(
  'nginx',
  'curl',
  'openssl',
)('nginx', () => {
  const directory = scratchDirectory('nginx')
  let server: Server
  beforeAll(async () => {
    server = await startNginx('nginx', directory, ports)
    writeFileSync(join(directory, 'www/text.txt'), text)
  })
  afterAll(() => server?.stop())
  const curl = (...args: readonly string[]) => runClient(['curl', '-sS', '--max-time', '20', ...args])

  test('keep-alive: three requests, one connection', async () => {
    const { code, out } = await curl('-w', '%{num_connects} ', `${url}/small`, `${url}/echo?a=1`, `${url}/small`)

    expect(code).toBe(0)
    expect(out).toBe('small\n1 GET HTTP/1.1  a=1\n0 small\n0 ')
  })

  test('gzip, chunked: the body unpacks to what the file holds', async () => {
    const { out } = await curl('--compressed', `${url}/text.txt`)
    const { out: head } = await curl('-H', 'Accept-Encoding: gzip', '-D', '-', '-o', '/dev/null', `${url}/text.txt`)

    expect(out === text, out.slice(0, 200)).toBe(true)
    expect(head).toMatch(/^content-encoding: gzip\r$/im)
    expect(head).toMatch(/^transfer-encoding: chunked\r$/im)
  })

  test('304 when nothing changed, 206 for a range, 416 for an impossible one', async () => {
    const script = `etag=$(curl -sSI ${url}/text.txt | tr -d '\\r' | sed -n 's/^[Ee][Tt]ag: //p')
      curl -sS -o /dev/null -w '%{http_code} %{size_download}\\n' -H "If-None-Match: $etag" ${url}/text.txt
      curl -sS -r 10-19 -w ' %{http_code} %{size_download}\\n' ${url}/text.txt
      curl -sS -r 99999999- -o /dev/null -w '%{http_code}\\n' ${url}/text.txt`

    const { code, out } = await runClient(['sh', '-c', script])

    expect(code).toBe(0)
    expect(out).toBe(`304 0\n${text.slice(10, 20)} 206 10\n416\n`)
  })

  test('HEAD has the length and no body; the connection stays usable', async () => {
    const { code, out } = await curl('-I', `${url}/text.txt`, `${url}/small`)

    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`^content-length: ${text.length}\r$`, 'im'))
    expect(out.match(/^HTTP\/1\.1 200 /gm)).toHaveLength(2)
  })

  test('POST, statuses and redirects are the server’s own', async () => {
    const note = ['-H', 'X-Note: kept']

    const { out } = await curl(...note, '-d', 'a=1&b=2', `${url}/echo`)
    const { out: statuses } = await curl('-w', '%{http_code} ', `${url}/status/`, `${url}/nowhere`, '-o', '/dev/null')
    const { out: moved } = await curl('-L', '-w', '%{num_redirects}', `${url}/moved`)

    expect(out).toBe('POST HTTP/1.1 kept \n')
    expect(statuses).toContain('418')
    expect(statuses).toContain('404')
    expect(moved, 'the Location of nginx leads back through the mesh').toBe('small\n1')
  })

  test('chunked upload: PUT without a length arrives whole', async () => {
    writeFileSync(join(directory, 'up.txt'), text)

    const { out } = await curl(
      '-w',
      '%{http_code}',
      '-H',
      'Transfer-Encoding: chunked',
      '-T',
      join(directory, 'up.txt'),
      `${url}/upload/up.txt`,
    )
    const { out: back } = await curl(`${url}/upload/up.txt`)

    expect(out).toMatch(/^20[14]$/)
    expect(back === text, back.slice(0, 200)).toBe(true)
  })

  test('TLS of its own passes through: the client checks nginx’s certificate', async () => {
    const trust = ['--cacert', join(directory, 'server.crt')]
    const resolve = hostOf('nginx') === 'nginx' ? [] : ['--connect-to', `nginx:${ports.https}:localhost:${ports.https}`]

    const { code, out, err } = await curl(...trust, ...resolve, `https://nginx:${ports.https}/small`)

    expect([code, out], err).toEqual([0, 'small\n'])
  })

  test('the mesh saw HTTP and encrypted it', () => expectMutualTls('nginx', { protocol: 'http' }))
})
