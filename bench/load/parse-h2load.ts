import { noLatency, type LoadOutcome } from './outcome.ts'

/** Reads the report of h2load (nghttp2). Throws on anything else, with what was found. */
export function parseH2load(text: string): LoadOutcome {
  const perSecond = /finished in [^,]+, ([\d.]+) req\/s/.exec(text)?.[1]
  const counts = /(\d+) done, (\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout/.exec(text)
  const statuses = /status codes: \d+ 2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx/.exec(text)
  if (perSecond === undefined || counts === null || statuses === null) {
    throw new Error(`report of h2load: found ${JSON.stringify(text.slice(-300))}, expected "requests: N total, …"`)
  }
  // "errored" are failed as well; timeouts are not.
  const errors = Number(counts[3]) + Number(counts[5]) + statuses.slice(1).reduce((sum, n) => sum + Number(n), 0)
  return { ...noLatency, operations: Number(counts[1]), perSecond: Number(perSecond), errors }
}
