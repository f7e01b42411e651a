import { Failure } from '@weft/faults'
import type { weft } from '@weft/proto'
import type { Histogram } from '@weft/telemetry'
import type { TrafficSum, TrafficWindow } from './traffic-window.ts'

type TrafficCount = weft.discovery.v1.TrafficCount
type StatRow = weft.management.v1.StatRow.$Properties

export type StatBy = 'service' | 'workload' | 'edge'

export interface StatQuery {
  readonly windowMs: number
  readonly by: StatBy
  /** '' for all. */
  readonly namespace: string
}

/** Of a service: `namespace/name` to how many instances there are and how many take work. */
export type Instances = ReadonlyMap<string, { readonly ready: number; readonly all: number; readonly identity: string }>

const WINDOW_MS = 10_000
const WINDOW_MAX_MS = 60_000

/** Checks a request. Faults: Failure `malformed` that names the field. */
export function readStatQuery(request: weft.management.v1.StatRequest): StatQuery {
  const by = request.by === '' ? 'service' : request.by
  if (by !== 'service' && by !== 'workload' && by !== 'edge') {
    throw new Failure('malformed', `StatRequest.by: found ${JSON.stringify(by)}, expected service, workload or edge`)
  }
  if (request.windowMs > WINDOW_MAX_MS) {
    throw new Failure(
      'malformed',
      `StatRequest.window_ms: found ${request.windowMs}, expected at most ${WINDOW_MAX_MS}`,
    )
  }
  return { by, windowMs: request.windowMs === 0 ? WINDOW_MS : request.windowMs, namespace: request.namespace }
}

/**
 * The golden numbers of the last moments. Each request is counted once: where it was sent (outbound), or where it
 * arrived when it did not come from the mesh (inbound plaintext). One that a route sent on to another service is in the rows
 * of both, and told as `routedOn` in that of the service asked for. Services that nobody called are listed too.
 */
export function stat(window: TrafficWindow, instances: Instances, query: StatQuery, nowMs: number): StatRow[] {
  const rows: StatRow[] = []
  const sums = window.sum(
    query.windowMs,
    nowMs,
    (count) => keyOf(count, query),
    (count) => keyOfRouted(count, query),
  )
  for (const [key, { sum, sample }] of sums)
    rows.push(rowOf(sum, sample, serviceOf(key, query, sample), query, instances))
  if (query.by === 'service') {
    const seen = new Set(rows.map((row) => row.service))
    for (const [service, { ready, all, identity }] of instances) {
      if (seen.has(service) || !isIn(service, query.namespace)) continue
      rows.push({ service, destination: identity, instancesReady: ready, instances: all })
    }
  }
  return rows.toSorted(
    (a, b) => compare(a.service, b.service) || compare(a.workload, b.workload) || compare(a.source, b.source),
  )
}

function keyOf(count: TrafficCount, { by, namespace }: StatQuery): string {
  if (count.direction === 'inbound' && (count.security === 'mtls' || count.security === 'direct')) return ''
  if (namespace !== '' && !isIn(count.service, namespace)) return ''
  if (by === 'service') return count.service === '' ? '' : `${count.service}|${isTcp(count) ? 'tcp' : 'http'}`
  if (by === 'workload') return count.workload === '' ? '' : `${count.service}|${count.workload}`
  return `${count.source}|${count.service}|${count.security}`
}

/** The row of the service that was asked for, of a request that went to another. */
function keyOfRouted(count: TrafficCount, { by, namespace }: StatQuery): string {
  if (by !== 'service' || count.addressed === '' || count.direction === 'inbound') return ''
  return isIn(count.addressed, namespace) ? `${count.addressed}|${isTcp(count) ? 'tcp' : 'http'}` : ''
}

/** A row of a service may be of one that was asked for, while its counts are of those that were sent the requests. */
function serviceOf(key: string, { by }: StatQuery, sample: TrafficCount): string {
  return by === 'service' ? key.slice(0, key.lastIndexOf('|')) : sample.service
}

/** gRPC and HTTP share rows: a connection is counted before its first request says which of the two it carries. */
function isTcp(count: TrafficCount): boolean {
  return count.protocol === 'tcp'
}

/** That of most requests. */
function protocolOf(sum: TrafficSum, sample: TrafficCount): string {
  const [first] = [...sum.protocols].toSorted(([, a], [, b]) => b - a)
  return first?.[0] ?? sample.protocol
}

function rowOf(
  sum: TrafficSum,
  sample: TrafficCount,
  service: string,
  query: StatQuery,
  instances: Instances,
): StatRow {
  const total = sum.successes + sum.failures
  const known = instances.get(service)
  const destination = service === sample.service ? sample.destination : ''
  return {
    service,
    workload: query.by === 'workload' ? sample.workload : '',
    source: query.by === 'edge' ? sample.source : '',
    destination: destination !== '' ? destination : (known?.identity ?? ''),
    protocol: protocolOf(sum, sample),
    security: [...sum.securities].toSorted().join('+') || sample.security,
    successes: sum.successes,
    failures: sum.failures,
    requestsPerSecond: total / (query.windowMs / 1000),
    p50Ms: quantile(sum.latency, 0.5),
    p95Ms: quantile(sum.latency, 0.95),
    p99Ms: quantile(sum.latency, 0.99),
    addedP99Ms: quantile(sum.added, 0.99),
    retries: sum.retries,
    faults: Object.fromEntries(sum.faults),
    instancesReady: known?.ready ?? 0,
    instances: known?.all ?? 0,
    connectionsOpen: sum.connectionsOpen,
    bytesSent: sum.bytesSent,
    bytesReceived: sum.bytesReceived,
    routedOn: sum.routedOn,
  }
}

function quantile(histogram: Histogram, q: number): number {
  return histogram.total === 0 ? 0 : histogram.quantileMs(q)
}

function isIn(service: string, namespace: string): boolean {
  return namespace === '' || service.startsWith(`${namespace}/`)
}

function compare(a: string | null | undefined, b: string | null | undefined): number {
  const left = a ?? ''
  const right = b ?? ''
  return left < right ? -1 : left > right ? 1 : 0
}
