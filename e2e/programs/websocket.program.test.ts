import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeProgram } from './clients/run-node.ts'
import { hostOf, runClient } from './harness/client.ts'
import { note } from './harness/figures.ts'
import { expectMutualTls } from './harness/mutual-tls.ts'
import { programsCache } from './harness/place.ts'
import { programs } from './harness/program-suite.ts'
import { startServer, type Server } from './harness/server.ts'

const PORT = 28700
const hasLibrary = existsSync(join(programsCache, 'node/node_modules/ws'))
const suite = hasLibrary ? programs() : programs('npm-package-ws')

suite('WebSocket', () => {
  let server: Server
  beforeAll(async () => {
    const command = nodeProgram('websocket-server.ts', String(PORT))
    server = await startServer({ service: 'socket', ports: [PORT], command })
  })
  afterAll(() => server?.stop())

  test('500 messages in order, 1 MiB of binary, ping and pong, the close handshake', async (context) => {
    const command = nodeProgram('websocket-client.ts', `ws://${hostOf('socket')}:${PORT}/chat`)

    const { code, out, err } = await runClient(command)

    expect(code, err).toBe(0)
    const seen = JSON.parse(out) as { messagesMs: number }
    expect(seen).toMatchObject({
      hello: 'hello',
      inOrder: 500,
      isLargeSame: true,
      pong: 'are you there',
      close: { code: 4001, reason: 'as asked' },
    })
    note(context, `500 messages in ${seen.messagesMs} ms`)
  })

  describe('afterwards', () => {
    test('the mesh saw HTTP and encrypted it', () => expectMutualTls('socket', { protocol: 'http' }))
  })
})
