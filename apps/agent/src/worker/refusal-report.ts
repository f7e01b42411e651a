import type { Http2Counters } from '@weft/http2'
import type { Http1Counters } from '@weft/http-proxy'
import type { RefusalCountData } from './messages.ts'

/** Counters of peers on one side; several objects count as one. */
export interface RefusalSource {
  readonly side: RefusalCountData['side']
  readonly http1: readonly Http1Counters[]
  readonly http2: readonly Http2Counters[]
}

/** What peers of HTTP were refused for since it was asked last, from counters that only grow. */
export class RefusalReport {
  readonly #sources: readonly RefusalSource[]
  readonly #told = new Map<string, number>()

  constructor(sources: readonly RefusalSource[]) {
    this.#sources = sources
  }

  /** Only what has changed. */
  drain(): RefusalCountData[] {
    const counts: RefusalCountData[] = []
    for (const { side, http1, http2 } of this.#sources) {
      const ofHttp1 = http1.map(({ refused }) => refused)
      this.#take('http1', side, ofHttp1, counts)
      this.#take('http2', side, http2, counts)
    }
    return counts
  }

  #take(
    protocol: RefusalCountData['protocol'],
    side: RefusalCountData['side'],
    counters: readonly object[],
    into: RefusalCountData[],
  ): void {
    const tables = counters as readonly Readonly<Record<string, number>>[]
    for (const reason of Object.keys(tables[0] ?? {})) {
      const key = `${protocol} ${side} ${reason}`
      let total = 0
      for (const table of tables) total += table[reason]!
      const count = total - (this.#told.get(key) ?? 0)
      if (count === 0) continue
      this.#told.set(key, total)
      into.push({ protocol, side, reason, count })
    }
  }
}
