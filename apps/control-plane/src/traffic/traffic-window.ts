import { Histogram } from '@weft/telemetry'
import type { weft } from '@weft/proto'

type TrafficCount = weft.discovery.v1.TrafficCount

/** What is added up for one row: counts, bytes, latencies. */
export class TrafficSum {
  successes = 0
  failures = 0
  retries = 0
  bytesSent = 0
  bytesReceived = 0
  connectionsOpen = 0
  /** Of successes and failures, those that are in the sum of another service too. */
  routedOn = 0
  readonly faults = new Map<string, number>()
  /** Protocol to number of requests. */
  readonly protocols = new Map<string, number>()
  /** Every word of those who had traffic. */
  readonly securities = new Set<string>()
  readonly latency = new Histogram()
  readonly added = new Histogram()

  add(count: TrafficCount): void {
    this.successes += count.successes
    this.failures += count.failures
    const requests = count.successes + count.failures
    this.protocols.set(count.protocol, (this.protocols.get(count.protocol) ?? 0) + requests)
    if (requests > 0 && count.security !== '') this.securities.add(count.security)
    this.retries += count.retries
    this.bytesSent += count.bytesSent
    this.bytesReceived += count.bytesReceived
    for (const [code, n] of Object.entries(count.faults)) this.faults.set(code, (this.faults.get(code) ?? 0) + n)
    addBuckets(this.latency, count.latencyBuckets, count.latencySumMs)
    addBuckets(this.added, count.addedBuckets, count.addedSumMs)
  }
}

function addBuckets(into: Histogram, buckets: Readonly<Record<string, number>>, sumMs: number): void {
  for (const [index, n] of Object.entries(buckets)) {
    const at = Number(index)
    if (at >= into.counts.length) continue
    into.counts[at]! += n
    into.total += n
  }
  into.sumMs += sumMs
}

/** `sample` is one of the counts in it. */
export interface TrafficRow {
  readonly sum: TrafficSum
  readonly sample: TrafficCount
}

interface Entry {
  readonly atMs: number
  readonly node: string
  readonly counts: readonly TrafficCount[]
}

/**
 * The reports of the last minute, as they came. Bounded by age and by number of counts: past `countsMax` the oldest go
 * first, which shortens the window rather than growing the memory.
 */
export class TrafficWindow {
  readonly #keepMs: number
  readonly #countsMax: number
  #entries: Entry[] = []
  #counts = 0
  /** Connections open now: node to row key to number, replaced by each report of the node. */
  readonly #open = new Map<string, { atMs: number; counts: readonly TrafficCount[] }>()

  constructor(keepMs = 60_000, countsMax = 500_000) {
    this.#keepMs = keepMs
    this.#countsMax = countsMax
  }

  record(node: string, counts: readonly TrafficCount[], nowMs: number): void {
    this.#entries.push({ atMs: nowMs, node, counts })
    this.#open.set(node, { atMs: nowMs, counts })
    this.#counts += counts.length
    let drop = 0
    while (drop < this.#entries.length) {
      const oldest = this.#entries[drop]!
      if (oldest.atMs >= nowMs - this.#keepMs && this.#counts <= this.#countsMax) break
      this.#counts -= oldest.counts.length
      drop++
    }
    if (drop > 0) this.#entries = this.#entries.slice(drop)
  }

  /** Sums of the last `windowMs` by the key that `keyOf` gives a count; '' leaves it out. `keyOfRouted` gives another row too. */
  sum(
    windowMs: number,
    nowMs: number,
    keyOf: (count: TrafficCount) => string,
    keyOfRouted: (count: TrafficCount) => string = () => '',
  ): Map<string, TrafficRow> {
    const rows = new Map<string, TrafficRow>()
    const at = (key: string, count: TrafficCount): TrafficRow | null => {
      if (key === '') return null
      let row = rows.get(key)
      if (row === undefined) rows.set(key, (row = { sum: new TrafficSum(), sample: count }))
      return row
    }
    const rowOf = (count: TrafficCount): TrafficSum | null => at(keyOf(count), count)?.sum ?? null
    for (let i = this.#entries.length - 1; i >= 0; i--) {
      const entry = this.#entries[i]!
      if (entry.atMs < nowMs - windowMs) break
      for (const count of entry.counts) {
        rowOf(count)?.add(count)
        const asked = at(keyOfRouted(count), count)
        if (asked === null) continue
        asked.sum.add(count)
        asked.sum.routedOn += count.successes + count.failures
      }
    }
    for (const { atMs, counts } of this.#open.values()) {
      if (atMs < nowMs - this.#keepMs) continue
      for (const count of counts) {
        const sum = rowOf(count)
        if (sum !== null) sum.connectionsOpen += count.connectionsOpen
      }
    }
    return rows
  }
}
