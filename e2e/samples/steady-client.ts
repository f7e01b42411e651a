/**
 * GETs URL at RATE a second until its standard input ends, then writes one JSON object: calls, and every failure with when
 * it was and what it was. KEEP_ALIVE=no makes a connection per call. Writes `steady` after the first good reply.
 */
import { Agent, get } from 'node:http'

const { URL: url = 'http://cart:8080/', RATE = '50', KEEP_ALIVE = 'yes' } = process.env
const TIMEOUT_MS = 10_000
const agent = new Agent({ keepAlive: KEEP_ALIVE === 'yes' })
const failures: { atMs: number; what: string }[] = []
const instances: Record<string, number> = {}
const pending = new Set<Promise<void>>()
let calls = 0
let isSteady = false

const timer = setInterval(
  () => {
    const call = callOnce().then((what) => {
      calls++
      if (what !== '') return void failures.push({ atMs: Math.round(performance.now()), what })
      if (!isSteady) process.stdout.write('steady\n')
      isSteady = true
    })
    pending.add(call)
    void call.then(() => pending.delete(call))
  },
  1000 / Number(RATE),
)

process.stdin.resume().once('end', () => {
  clearInterval(timer)
  void Promise.all(pending).then(() => {
    agent.destroy()
    process.stdout.write(JSON.stringify({ calls, failures, instances }) + '\n')
  })
})

/** Resolves with what went wrong, '' for nothing. */
function callOnce(): Promise<string> {
  return new Promise((resolve) => {
    const request = get(url, { agent, timeout: TIMEOUT_MS }, (response) => {
      const { statusCode = 0, headers } = response
      const instance = String(headers['x-instance'] ?? '')
      response.resume().once('error', (error) => resolve(`reply cut: ${error.message}`))
      response.once('end', () => {
        instances[instance] = (instances[instance] ?? 0) + 1
        resolve(statusCode < 400 ? '' : `${statusCode} ${String(headers['weft-reason'] ?? '')}`)
      })
    })
    request.once('timeout', () => request.destroy(new Error(`no reply within ${TIMEOUT_MS} ms`)))
    request.once('error', (error) => resolve(error.message))
  })
}
