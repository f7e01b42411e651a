import { createHash } from 'node:crypto'
import { createReadStream, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { needs } from '@weft/tools/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PrivateMesh, sample } from './harness/private-mesh.ts'
import type { Shell } from './harness/shell.ts'

const SIZE = 64 << 20
const CROWD = 500
const node = (program: string, settings = ''): string => `${settings} ${process.execPath} ${sample(program)}`

needs(
  'root',
  'bpf',
  'netns',
  'program:curl',
)('programs work unchanged, whatever they speak', () => {
  let mesh: PrivateMesh
  let digestOfBlob = ''
  let blob = ''
  const shells = new Map<string, Shell>()
  beforeAll(async () => {
    mesh = await PrivateMesh.up()
    blob = join(mesh.directory, 'blob')
    // Repeats with a period that is no power of two, so that a lost or doubled buffer shows.
    const block = Buffer.from(Array.from({ length: 65_521 }, (_, i) => (i * 31 + (i >> 8)) & 255))
    writeFileSync(blob, Buffer.alloc(SIZE, block))
    digestOfBlob = await sha256(blob)
    const serve = (service: string, port: number, program: string, ...flags: string[]) =>
      mesh.run(
        ['--service', service, '--port', String(port), '--own-network', ...flags],
        [process.execPath, sample(program)],
      )
    serve('digest', 8080, 'digest.ts', '--port', '7100')
    serve('greeter', 7000, 'greeter.ts')
    serve('prices', 9090, 'prices.ts')
    serve('echo', 8080, 'websocket-echo.ts')
    serve('modern', 8080, 'http2-server.ts')
    // Takes part, and listens nowhere.
    mesh.run(['--service', 'absent', '--port', '8085', '--protocol', 'http'], ['sleep', '600'])
    shells.set('shared', await mesh.shell(['--service', 'web']))
    shells.set('own', await mesh.shell(['--service', 'web', '--own-network']))
    await mesh.untilCaptured(8)
  })
  afterAll(() => mesh?.end())

  describe.each(['shared', 'own'])('called by a program with %s network', (network) => {
    const shell = (): Shell => shells.get(network)!

    test('WebSocket messages come back, one by one', async () => {
      expect(await shell().tell(node('websocket-client.ts', 'COUNT=50 SIZE=5000'))).toBe('echoed 50\n')
    })

    test('HTTP/2 with prior knowledge stays HTTP/2', async () => {
      const { status, body } = await shell().curl('--http2-prior-knowledge --data-binary hello http://modern:8080/a/b')

      expect([status, body]).toEqual([200, 'POST /a/b HTTP/2.0 5\n'])
    })

    test('gRPC flows in every shape, streams in both directions too', async () => {
      const out = await shell().tell(`RATE=10 timeout 3 ${node('prices-client.ts')}; true`)

      const lines = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { target: string; status: number; error?: string })
      expect(lines.filter(({ status }) => status !== 200)).toEqual([])
      expect(new Set(lines.map(({ target }) => target))).toEqual(new Set(['grpc-unary', 'grpc-stream', 'grpc-bidi']))
    })

    test('a server that speaks first is heard by a client that waits', async () => {
      const line = `bash -c 'exec 3<>/dev/tcp/greeter/7000 && timeout 5 head -n 1 <&3'`

      expect(await shell().tell(line)).toBe('220 greeter ready\r\n')
    })

    test(`an upload of ${SIZE >> 20} MiB arrives whole`, async () => {
      const { status, body } = await shell().curl(`--max-time 60 -T ${blob} http://digest:8080/`)

      expect([status, body]).toEqual([200, `${SIZE} ${digestOfBlob}\n`])
    })

    test(`a download of ${SIZE >> 20} MiB arrives whole`, async () => {
      const direct = `curl -s http://digest:8080/bytes/${SIZE} | sha256sum | cut -c1-64`

      expect((await shell().tell(direct, 60_000)).trim()).toBe(digestOfDownload())
    })

    test('a client that has said all it will say is still answered', async () => {
      const { out } = await shell().run(`${node('half-close-client.ts')} < ${blob}`, 60_000)

      expect(out).toBe(`${SIZE} ${digestOfBlob}\n`)
    })

    test(`${CROWD} connections at once are all greeted and answered`, async () => {
      const out = await shell().tell(node('crowd-client.ts', `COUNT=${CROWD}`), 60_000)

      expect(JSON.parse(out)).toEqual({ greeted: CROWD, answered: CROWD, errors: {} })
    })

    test('an upstream that refuses connections is told with a status and a reason', async () => {
      const { status, body } = await shell().curl('-D - http://absent:8085/')

      expect([502, 503]).toContain(status)
      expect(body).toMatch(/weft-reason: \{"code":"(connect_failed|no_endpoint)"/i)
    })

    test('a port of a service that does not exist is refused, not left hanging', async () => {
      const startedMs = performance.now()
      const { status } = await shell().curl('http://greeter:7999/')

      expect(status).not.toBe(200)
      expect(performance.now() - startedMs).toBeLessThan(8_000)
    })
  })
})

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** What samples/digest.ts gives for GET /bytes/N. */
function digestOfDownload(): string {
  const block = Buffer.from(Array.from({ length: 65_536 }, (_, i) => (i * 31) & 255))
  const hash = createHash('sha256')
  for (let left = SIZE; left > 0; left -= block.length) hash.update(block)
  return hash.digest('hex')
}
