import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostOf, runClient } from './harness/client.ts'
import { note } from './harness/figures.ts'
import { expectMutualTls } from './harness/mutual-tls.ts'
import { programs } from './harness/program-suite.ts'
import { startServer, type Server } from './harness/server.ts'
import type { Ended } from './harness/weft.ts'

/** Of https://github.com/grpc/grpc/blob/master/doc/interop-test-descriptions.md, those without foreign credentials. */
const cases = [
  'empty_unary',
  'large_unary',
  'client_streaming',
  'server_streaming',
  'ping_pong',
  'empty_stream',
  'custom_metadata',
  'status_code_and_message',
  'special_status_message',
  'unimplemented_method',
  'unimplemented_service',
  'cancel_after_begin',
  'cancel_after_first_response',
  'timeout_on_sleeping_server',
]
const ports = { go: 28500, java: 28501 }
/** Java alone takes some seconds to start, and a busy machine many. */
const CASE_S = 60

for (const [from, to] of [
  ['go', 'java'],
  ['java', 'go'],
] as const) {
  const service = `grpc-${to}`
  programs(`${from}-interop-client`, `${to}-interop-server`)(`gRPC: ${from} calls ${to}`, () => {
    let server: Server
    let ended: Ended
    const results = new Map<string, string>()

    // One `weft run` for all cases: each is a process of its own all the same.
    beforeAll(async () => {
      const port = String(ports[to])
      const listen = to === 'go' ? ['-port', port] : [`--port=${port}`, '--use_tls=false']
      server = await startServer({ service, ports: [ports[to]], command: [`${to}-interop-server`, ...listen] })
      ended = await runClient(['sh', '-c', script(from, service, port)], { timeoutMs: 400_000 })
      for (const [, name, code] of ended.out.matchAll(/^case ([a-z_]+) (\d+)$/gm)) results.set(name!, code!)
    }, 420_000)
    afterAll(() => server?.stop())

    test.each(cases)('%s', (name) => {
      expect(results.get(name), ended.err.slice(-1_500)).toBe('0')
    })

    test('the mesh saw gRPC and encrypted it', async (context) => {
      note(context, `${results.size} cases in ${(ended.tookMs / 1_000).toFixed(1)} s`)
      // Cancelled calls and those that are meant to be refused count as failures.
      await expectMutualTls(service, { protocol: 'grpc', failures: 20 })
    })
  })
}

function script(from: 'go' | 'java', service: string, port: string): string {
  const dash = from === 'go' ? '-' : '--'
  const tls = from === 'go' ? '' : '--use_tls=false'
  const at = `${dash}server_host=${hostOf(service)} ${dash}server_port=${port} ${tls}`
  return `for name in ${cases.join(' ')}; do
    timeout ${CASE_S} ${from}-interop-client ${at} ${dash}test_case=$name >/dev/null 2>err; code=$?
    [ $code = 0 ] || { echo "$name ended with $code (124: not within ${CASE_S} s):" >&2; tail -n 5 err >&2; }
    echo "case $name $code"
  done; rm -f err`
}
