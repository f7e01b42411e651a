/**
 * Load for a while: CONCURRENCY calls to URL at any moment for SECONDS, then one JSON object: calls, failures, rate,
 * quantiles of latency in milliseconds.
 */
import { Agent, get } from 'node:http'

const { URL: url = 'http://web:8080/', CONCURRENCY = '8', SECONDS = '5' } = process.env
const agent = new Agent({ keepAlive: true, maxSockets: Number(CONCURRENCY) })
const latencies: number[] = []
let failures = 0

const startedMs = performance.now()
const untilMs = startedMs + Number(SECONDS) * 1000
await Promise.all(Array.from({ length: Number(CONCURRENCY) }, callUntilEnd))
agent.destroy()

latencies.sort((a, b) => a - b)
const quantile = (q: number): number | null =>
  latencies[Math.min(latencies.length - 1, Math.floor(q * latencies.length))] ?? null
const seconds = (performance.now() - startedMs) / 1000
const summary = {
  calls: latencies.length + failures,
  failures,
  perSecond: Math.round(latencies.length / seconds),
  p50Ms: quantile(0.5),
  p95Ms: quantile(0.95),
  p99Ms: quantile(0.99),
}
process.stdout.write(JSON.stringify(summary) + '\n')

async function callUntilEnd(): Promise<void> {
  while (performance.now() < untilMs) {
    const sinceMs = performance.now()
    const isGood = await callOnce()
    if (isGood) latencies.push(Math.round((performance.now() - sinceMs) * 100) / 100)
    else failures++
  }
}

function callOnce(): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent, timeout: 5_000 }, (response) => {
      response.resume().once('end', () => resolve((response.statusCode ?? 500) < 400))
      response.once('error', () => resolve(false))
    })
    request.once('timeout', () => request.destroy())
    request.once('error', () => resolve(false))
  })
}
