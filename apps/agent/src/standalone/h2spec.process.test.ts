import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttp1 } from 'node:http'
import { createServer as createHttp2 } from 'node:http2'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { H2SPEC_PASSED, withH2spec } from '@weft/tools/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'

const WEFT = fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url))
const BODY = Buffer.alloc(2000, 'weft')

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

function edge(port: number, originPort: number, appProtocol: string): string {
  return `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge }
spec:
  gatewayClassName: weft
  listeners: [{ name: http, protocol: HTTP, port: ${port} }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: all }
spec:
  parentRefs: [{ name: edge, sectionName: http }]
  rules: [{ backendRefs: [{ group: weft.dev, kind: ExternalService, name: origin, port: 80 }] }]
---
apiVersion: weft.dev/v1alpha1
kind: ExternalService
metadata: { name: origin }
spec:
  ports: [{ port: 80, appProtocol: ${appProtocol} }]
  endpoints: [{ address: 127.0.0.1, port: ${originPort} }]
`
}

await withH2spec('h2spec, strict, on a port of both versions of weft proxy', (h2spec) => {
  let directory: string
  let proxy: ChildProcess | null = null
  let origin: Server | null = null

  beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'weft-h2spec-'))))

  afterEach(async () => {
    const ended = proxy === null ? null : new Promise((resolve) => proxy!.once('exit', resolve))
    proxy?.kill('SIGKILL')
    await ended
    origin?.close()
    rmSync(directory, { recursive: true })
  })

  async function start(server: Server, appProtocol: string): Promise<number> {
    origin = server
    const [originPort, port] = [await listen(server), await freePort()]
    const file = join(directory, 'edge.yaml')
    writeFileSync(file, edge(port, originPort, appProtocol))
    const started = spawn(process.execPath, [WEFT, 'proxy', '-f', file], { stdio: ['ignore', 'pipe', 'inherit'] })
    proxy = started
    await new Promise<void>((resolve, reject) => {
      started.stdout.on('data', (chunk) => String(chunk).includes('ready') && resolve())
      started.once('exit', (code) => reject(new Error(`weft proxy ended with ${code}: expected it to be ready`)))
    })
    return port
  }

  test('passes each of its 146 tests before an origin of HTTP/2', async () => {
    // Answered before it is whole, a request is rightly cut short by NO_ERROR; h2spec waits for its error then.
    const server = createHttp2((request, reply) => void request.resume().on('end', () => reply.end(BODY)))
    server.on('sessionError', () => {})
    const port = await start(server as unknown as Server, 'kubernetes.io/h2c')

    expect(await h2spec(port)).toMatch(H2SPEC_PASSED)
  })

  test('and before one of HTTP/1.1', async () => {
    const port = await start(
      createHttp1((request, reply) => void request.resume().on('end', () => reply.end(BODY))),
      'http',
    )

    expect(await h2spec(port)).toMatch(H2SPEC_PASSED)
  })
})
