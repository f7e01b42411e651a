import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostOf, runClient } from './harness/client.ts'
import { expectMutualTls } from './harness/mutual-tls.ts'
import { programs } from './harness/program-suite.ts'
import { scratchDirectory } from './harness/scratch.ts'
import { startServer, type Server } from './harness/server.ts'

const PORT = 28000
const url = `http://${hostOf('python')}:${PORT}`

programs('python3', 'curl')('python http.server', () => {
  const directory = scratchDirectory('python')
  let server: Server
  beforeAll(async () => {
    mkdirSync(join(directory, 'folder'))
    writeFileSync(join(directory, 'folder/page.html'), '<p>a page</p>\n')
    writeFileSync(join(directory, 'bytes'), Buffer.alloc(3_000_000, 'abcdefg'))
    const command = ['python3', '-m', 'http.server', String(PORT), '--bind', '0.0.0.0', '--directory', directory]
    server = await startServer({ service: 'python', ports: [PORT], command })
  })
  afterAll(() => server?.stop())
  const curl = (...args: readonly string[]) => runClient(['curl', '-4', '-sS', '--max-time', '20', ...args])

  test('a directory is listed, a file is served, an absent one is 404', async () => {
    const { code, out } = await curl('-w', '<%{http_code}>', `${url}/`, `${url}/folder/page.html`, `${url}/absent`)

    expect(code).toBe(0)
    expect(out).toContain('<a href="folder/">folder/</a>')
    expect(out).toContain('<p>a page</p>\n<200>')
    expect(out).toContain('<404>')
  })

  test('answers of HTTP/1.0, whose body ends with the connection or its length', async () => {
    const { code, out } = await curl('-o', '/dev/null', '-w', '%{size_download} %{http_code}', `${url}/bytes`)
    const { out: head } = await curl('-I', `${url}/bytes`)

    expect([code, out]).toEqual([0, '3000000 200'])
    expect(head).toMatch(/^content-length: 3000000\r$/im)
  })

  test('a client of HTTP/1.0 is served', async () => {
    const { code, out } = await curl('--http1.0', `${url}/folder/page.html`)

    expect([code, out]).toEqual([0, '<p>a page</p>\n'])
  })

  test('urllib of python as the client, twenty requests', async () => {
    const script = `import urllib.request as r; print(sum(len(r.urlopen("${url}/folder/page.html").read()) for _ in range(20)))`

    const { code, out, err } = await runClient(['python3', '-c', script])

    expect([code, out.trim()], err).toEqual([0, String(20 * '<p>a page</p>\n'.length)])
  })

  test('the mesh saw HTTP and encrypted it', () => expectMutualTls('python', { protocol: 'http' }))
})
