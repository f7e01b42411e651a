import { createCipheriv, createHash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forgetPeaks, peakMib } from './harness/agent-memory.ts'
import { hostOf, runClient } from './harness/client.ts'
import { note } from './harness/figures.ts'
import { layout } from './harness/layout.ts'
import { expectMutualTls } from './harness/mutual-tls.ts'
import { startNginx } from './harness/nginx.ts'
import { programs } from './harness/program-suite.ts'
import { scratchDirectory } from './harness/scratch.ts'
import type { Server } from './harness/server.ts'

const ports = { http: 28280, http2: 28281, https: 28643 }
const SIZE_MIB = 1_024
/** Were bytes piled up anywhere on the way, it would be far more than this. */
const GROWTH_MIB_MAX = 200

programs(
  'nginx',
  'curl',
  'openssl',
  'sha256sum',
)('1 GiB download', () => {
  const directory = scratchDirectory('download')
  let server: Server
  let expected = ''
  beforeAll(async () => {
    server = await startNginx('files', directory, ports)
    expected = writeFile(join(directory, 'www/gibibyte'))
  }, 120_000)
  afterAll(() => server?.stop())

  test('arrives whole, and the agents hold none of it', async (context) => {
    const url = `http://${hostOf('files')}:${ports.http}/gibibyte`
    const script = `curl -sS --fail -w '%{stderr}%{size_download} %{time_total}' ${url} | sha256sum`
    const before = await peakMib()
    await forgetPeaks()

    const { code, out, err } = await runClient(['sh', '-c', script], { timeoutMs: 150_000 })

    const after = await peakMib()
    expect(code, err).toBe(0)
    const [size, seconds] = err.split(' ').map(Number)
    expect(size, err).toBe(SIZE_MIB << 20)
    expect(out.split(' ')[0]).toBe(expected)
    note(context, `${Math.round(SIZE_MIB / seconds!)} MiB/s`)
    if (layout.nodes > 0) note(context, `largest process of the agents: ${before.largest} → ${after.largest} MiB`)
    expect(after.largest - before.largest, 'MiB by which the largest process grew').toBeLessThan(GROWTH_MIB_MAX)
  }, 180_000)

  test('the mesh saw HTTP and encrypted it', () => expectMutualTls('files', { protocol: 'http' }))
})

/** Bytes that differ everywhere, so that none can go missing or change places unseen; returns their SHA-256. */
function writeFile(path: string): string {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16))
  const hash = createHash('sha256')
  const zeros = Buffer.alloc(1 << 20)
  const file = openSync(path, 'w')
  for (let each = 0; each < SIZE_MIB; each++) {
    const chunk = cipher.update(zeros)
    hash.update(chunk)
    writeSync(file, chunk)
  }
  closeSync(file)
  return hash.digest('hex')
}
