import { noLatency, type LoadOutcome } from './outcome.ts'

/** Reads the report of wrk 4. Throws on anything else, with what was found. */
export function parseWrk(text: string): LoadOutcome {
  const operations = /(\d+) requests in /.exec(text)?.[1]
  const perSecond = /Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]
  if (operations === undefined || perSecond === undefined) {
    throw new Error(`report of wrk: found ${JSON.stringify(text.slice(0, 300))}, expected "N requests in …"`)
  }
  const socketErrors = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text)
  const refused = Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0)
  const errors = (socketErrors?.slice(1) ?? []).reduce((sum, count) => sum + Number(count), refused)
  return { ...noLatency, operations: Number(operations), perSecond: Number(perSecond), errors }
}
