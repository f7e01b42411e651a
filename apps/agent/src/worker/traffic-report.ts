import { sparseBuckets, type TrafficCounter, type TrafficTable } from '@weft/layers'
import type { TrafficCountData } from './messages.ts'

/** Everything counted since the last call, of both directions. */
export function drainTraffic(outbound: TrafficTable, inbound: TrafficTable): TrafficCountData[] {
  const counts: TrafficCountData[] = []
  outbound.drain((counter) => counts.push(countOf(counter, 'outbound')))
  inbound.drain((counter) => counts.push(countOf(counter, 'inbound')))
  return counts
}

function countOf(counter: TrafficCounter, direction: 'outbound' | 'inbound'): TrafficCountData {
  return {
    service: counter.service,
    addressed: counter.addressed,
    workload: counter.workload,
    source: counter.caller.identity,
    destination: counter.destination,
    protocol: counter.protocol,
    direction,
    security: counter.security,
    successes: counter.successes,
    failures: counter.failures,
    faults: Object.fromEntries(counter.faults),
    retries: counter.retries,
    bytesSent: counter.bytesSent,
    bytesReceived: counter.bytesReceived,
    connectionsOpened: counter.connectionsOpened,
    connectionsOpen: counter.connectionsOpen,
    latencyBuckets: sparseBuckets(counter.latency),
    latencySumMs: counter.latency.sumMs,
    addedBuckets: sparseBuckets(counter.added),
    addedSumMs: counter.added.sumMs,
  }
}
