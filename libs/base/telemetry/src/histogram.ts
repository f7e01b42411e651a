/**
 * Latencies in log-linear buckets: 16 per power of two from 1 µs up, so every quantile is within 6.3 % of the truth.
 *
 * `record` is one index computation and one add; histograms of equal layout merge by addition.
 * Source: the bucket scheme of HdrHistogram and OpenTelemetry exponential histograms (scale 4).
 */
const SUB_BUCKETS = 16
export const HISTOGRAM_BUCKETS = 27 * SUB_BUCKETS

export class Histogram {
  readonly counts: Float64Array
  total: number
  sumMs: number

  constructor(counts: Float64Array = new Float64Array(HISTOGRAM_BUCKETS), sumMs = 0) {
    this.counts = counts
    this.total = 0.0
    this.sumMs = sumMs
    for (let i = 0; i < counts.length; i++) this.total += counts[i]!
  }

  record(valueMs: number): void {
    this.counts[bucketOf(valueMs)]!++
    this.total++
    this.sumMs += valueMs
  }

  add(other: Histogram): void {
    for (let i = 0; i < this.counts.length; i++) this.counts[i]! += other.counts[i] ?? 0
    this.total += other.total
    this.sumMs += other.sumMs
  }

  reset(): void {
    this.counts.fill(0)
    this.total = 0
    this.sumMs = 0
  }

  /** The value below which the share `q` (0 to 1) of the recorded values lie, in milliseconds; NaN when empty. */
  quantileMs(q: number): number {
    if (this.total === 0) return Number.NaN
    let rank = q * this.total
    for (let i = 0; i < this.counts.length; i++) {
      rank -= this.counts[i]!
      if (rank <= 0 && this.counts[i]! > 0) return upperBoundMs(i)
    }
    return upperBoundMs(this.counts.length - 1)
  }
}

/** The bucket of a value in milliseconds; values from 134 s on fall into the last. */
export function bucketOf(valueMs: number): number {
  const us = valueMs * 1000
  if (!(us >= 1)) return 0
  const exponent = Math.min(Math.floor(Math.log2(us)), 26)
  const within = Math.floor((us / 2 ** exponent - 1) * SUB_BUCKETS)
  return exponent * SUB_BUCKETS + Math.min(Math.max(within, 0), SUB_BUCKETS - 1)
}

/** The upper bound of a bucket, in milliseconds. */
export function upperBoundMs(bucket: number): number {
  const exponent = Math.floor(bucket / SUB_BUCKETS)
  return (2 ** exponent * (1 + ((bucket % SUB_BUCKETS) + 1) / SUB_BUCKETS)) / 1000
}
