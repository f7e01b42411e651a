import { afterAll, beforeAll, expect, test } from 'vitest'
import { forgetPeaks, peakMib } from './harness/agent-memory.ts'
import { nodeProgram } from './clients/run-node.ts'
import { hostOf, runClient } from './harness/client.ts'
import { note } from './harness/figures.ts'
import { layout } from './harness/layout.ts'
import { expectMutualTls } from './harness/mutual-tls.ts'
import { startNginx } from './harness/nginx.ts'
import { programs } from './harness/program-suite.ts'
import { scratchDirectory } from './harness/scratch.ts'
import type { Server } from './harness/server.ts'

const ports = { http: 28380, http2: 28381, https: 28743 }
const CONNECTIONS = 5_000

programs('nginx', 'openssl')('5,000 parallel connections', () => {
  const directory = scratchDirectory('connections')
  let server: Server
  beforeAll(async () => {
    server = await startNginx('crowd', directory, ports)
  })
  afterAll(() => server?.stop())

  test('all opened at once, all held open together, all answered twice', async (context) => {
    const load = nodeProgram('hold-connections.ts', hostOf('crowd'), String(ports.http), String(CONNECTIONS))
    const before = await peakMib()
    await forgetPeaks()

    const { code, out, err } = await runClient(['sh', '-c', 'ulimit -n 8192; exec "$@"', 'sh', ...load], {
      timeoutMs: 110_000,
    })

    const after = await peakMib()
    expect(code, err).toBe(0)
    const seen = JSON.parse(out) as { openedMs: number; tookMs: number }
    expect(seen).toMatchObject({ open: CONNECTIONS, answered: [CONNECTIONS, CONNECTIONS], failures: {} })
    note(context, `opened in ${(seen.openedMs / 1_000).toFixed(1)} s, done in ${(seen.tookMs / 1_000).toFixed(1)} s`)
    if (layout.nodes > 0) note(context, `largest process of the agents: ${before.largest} → ${after.largest} MiB`)
  }, 120_000)

  test('the mesh saw HTTP and encrypted it', () => expectMutualTls('crowd', { protocol: 'http' }))
})
