/** What a load generator did in one round. */
export interface LoadOutcome {
  readonly operations: number
  readonly perSecond: number
  /** Answers that were not 200, resets, time-outs. */
  readonly errors: number
  /** Of an open loop: operations that never ended; latency from the moment they were due. */
  readonly unfinished: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly p999Ms: number
}

export const noLatency = { unfinished: 0, p50Ms: 0, p99Ms: 0, p999Ms: 0 } as const
