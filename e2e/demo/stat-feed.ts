import type { ChildProcess } from 'node:child_process'
import { eachLine, startWeft, weftJson } from './weft-command.ts'

/** The fields of `weft stat -o json` that the demo uses. */
export interface StatRow {
  readonly service: string
  readonly source: string
  readonly destination: string
  readonly security: string
  readonly successes: number
  readonly failures: number
  readonly requestsPerSecond: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly addedP99Ms: number
  readonly retries: number
  readonly instancesReady: number
  readonly instances: number
}

/** `weft stat --watch` as a stream of rows. */
export class StatFeed {
  readonly #watch: ChildProcess
  rows: readonly StatRow[] = []

  constructor(onRows: () => void) {
    this.#watch = startWeft(['stat', '--watch', '-o', 'json', '--window', '5s'])
    this.#watch.stderr!.resume()
    eachLine(this.#watch.stdout!, (line) => {
      this.rows = (JSON.parse(line) as { rows: StatRow[] }).rows
      onRows()
    })
  }

  stop(): void {
    this.#watch.kill()
  }
}

export async function statEdges(window: string): Promise<readonly StatRow[]> {
  return (await weftJson<{ rows: StatRow[] }>(['stat', '--by', 'edge', '--window', window])).rows
}
