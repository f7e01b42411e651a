import { HISTOGRAM_BUCKETS, Histogram } from '@weft/telemetry'
import type { FaultCode } from '@weft/faults'
import type { Caller, Upstream } from '@weft/stack'

export type TrafficProtocol = 'http' | 'grpc' | 'tcp'
export type Direction = 'outbound' | 'inbound'

/** What is counted about one caller and one callee over one protocol, since the last report. */
export class TrafficCounter {
  readonly caller: Caller
  /** Of the backend. */
  readonly service: string
  /** The service that the caller asked for, when a route sent the request on to another; else ''. */
  readonly addressed: string
  readonly workload: string
  readonly destination: string
  readonly protocol: TrafficProtocol
  /** That of the caller, but for what left the mesh in plaintext. */
  readonly security: Caller['security']
  successes: number
  failures: number
  readonly faults: Map<FaultCode, number>
  retries: number
  bytesSent: number
  bytesReceived: number
  connectionsOpened: number
  /** Not reset by a report. */
  connectionsOpen: number
  readonly latency: Histogram
  readonly added: Histogram
  /** Reports since something was last counted. */
  quietReports: number

  constructor(
    caller: Caller,
    service: string,
    addressed: string,
    workload: string,
    destination: string,
    protocol: TrafficProtocol,
    security: Caller['security'],
  ) {
    this.caller = caller
    this.service = service
    this.addressed = addressed
    this.workload = workload
    this.destination = destination
    this.protocol = protocol
    this.security = security
    this.successes = 0
    this.failures = 0
    this.faults = new Map()
    this.retries = 0
    this.bytesSent = 0
    this.bytesReceived = 0
    this.connectionsOpened = 0
    this.connectionsOpen = 0
    this.latency = new Histogram()
    this.added = new Histogram()
    this.quietReports = 0
  }

  fault(code: FaultCode): void {
    this.failures++
    this.faults.set(code, (this.faults.get(code) ?? 0) + 1)
  }

  opened(): void {
    this.connectionsOpened++
    this.connectionsOpen++
  }

  closed(bytesSent: number, bytesReceived: number): void {
    this.connectionsOpen--
    this.bytesSent += bytesSent
    this.bytesReceived += bytesReceived
  }

  get isUntouched(): boolean {
    return (
      this.successes === 0 &&
      this.failures === 0 &&
      this.connectionsOpened === 0 &&
      this.bytesSent === 0 &&
      this.bytesReceived === 0 &&
      this.latency.total === 0
    )
  }

  reset(): void {
    this.successes = 0
    this.failures = 0
    this.faults.clear()
    this.retries = 0
    this.bytesSent = 0
    this.bytesReceived = 0
    this.connectionsOpened = 0
    this.latency.reset()
    this.added.reset()
  }
}

/** A histogram as index → count, without the empty ones. */
export function sparseBuckets(histogram: Histogram): Record<number, number> {
  const sparse: Record<number, number> = {}
  if (histogram.total === 0) return sparse
  for (let i = 0; i < HISTOGRAM_BUCKETS; i++) if (histogram.counts[i]! > 0) sparse[i] = histogram.counts[i]!
  return sparse
}

/** Counters that stayed quiet for this many reports are forgotten, unless connections are open. */
const QUIET_REPORTS_MAX = 60
/** Beyond, everything new is counted under one caller without a callee. */
const COUNTERS_MAX = 20_000

/** Every counter of one direction, found by the objects of caller and callee, without making a key. */
export class TrafficTable {
  readonly direction: Direction
  readonly #byCaller = new Map<Caller, Map<Upstream | string, Counters>>()
  #size = 0

  constructor(direction: Direction) {
    this.direction = direction
  }

  /**
   * The counter of one caller towards one upstream of a service, or towards the service when none was chosen. `addressed`
   * is the service asked for, when a route led to this one.
   */
  counter(
    caller: Caller,
    service: string,
    upstream: Upstream | null,
    protocol: TrafficProtocol,
    addressed = '',
  ): TrafficCounter {
    let byCallee = this.#byCaller.get(caller)
    if (byCallee === undefined) {
      byCallee = new Map()
      this.#byCaller.set(caller, byCallee)
    }
    const callee = this.#size >= COUNTERS_MAX && upstream !== null && !byCallee.has(upstream) ? null : upstream
    const key = callee ?? service
    let counters = byCallee.get(key)
    if (counters === undefined) {
      counters = new Counters(caller, service, '', callee)
      byCallee.set(key, counters)
      this.#size++
    }
    return addressed === '' ? counters.of(protocol) : counters.routedFrom(addressed).of(protocol)
  }

  /** Gives each counter that has something to say to `report`, and then sets it back. */
  drain(report: (counter: TrafficCounter) => void): void {
    for (const [caller, byCallee] of this.#byCaller) {
      for (const [key, counters] of byCallee) {
        if (counters.drain(report)) continue
        byCallee.delete(key)
        this.#size--
      }
      if (byCallee.size === 0) this.#byCaller.delete(caller)
    }
  }
}

class Counters {
  readonly #caller: Caller
  readonly #service: string
  readonly #addressed: string
  readonly #upstream: Upstream | null
  /** By the service that was asked for; null while no route leads here. */
  #routed: Map<string, Counters> | null = null
  #http: TrafficCounter | null = null
  #grpc: TrafficCounter | null = null
  #tcp: TrafficCounter | null = null

  constructor(caller: Caller, service: string, addressed: string, upstream: Upstream | null) {
    this.#caller = caller
    this.#service = service
    this.#addressed = addressed
    this.#upstream = upstream
  }

  of(protocol: TrafficProtocol): TrafficCounter {
    if (protocol === 'http') return (this.#http ??= this.#make(protocol))
    if (protocol === 'grpc') return (this.#grpc ??= this.#make(protocol))
    return (this.#tcp ??= this.#make(protocol))
  }

  routedFrom(addressed: string): Counters {
    this.#routed ??= new Map()
    let counters = this.#routed.get(addressed)
    if (counters === undefined) {
      counters = new Counters(this.#caller, this.#service, addressed, this.#upstream)
      this.#routed.set(addressed, counters)
    }
    return counters
  }

  /** False when all of it may be forgotten. */
  drain(report: (counter: TrafficCounter) => void): boolean {
    let isAlive = false
    for (const counter of [this.#http, this.#grpc, this.#tcp]) {
      if (counter === null) continue
      if (counter.isUntouched) counter.quietReports++
      else counter.quietReports = 0
      if (counter.quietReports < 2 || counter.connectionsOpen > 0) report(counter)
      counter.reset()
      isAlive ||= counter.connectionsOpen > 0 || counter.quietReports < QUIET_REPORTS_MAX
    }
    if (this.#routed === null) return isAlive
    for (const [addressed, counters] of this.#routed) {
      if (counters.drain(report)) isAlive = true
      else this.#routed.delete(addressed)
    }
    return isAlive
  }

  #make(protocol: TrafficProtocol): TrafficCounter {
    const { workload, identity } = this.#upstream ?? { workload: '', identity: '' }
    const security = securityOf(this.#caller, this.#upstream)
    return new TrafficCounter(this.#caller, this.#service, this.#addressed, workload, identity, protocol, security)
  }
}

/** Of a caller of the mesh that reaches a program outside it, at the program's own port. */
function securityOf({ security }: Caller, upstream: Upstream | null): Caller['security'] {
  if (security !== 'mtls' || upstream === null) return security
  const { hbonePort, external, identity } = upstream
  return hbonePort === 0 && external === null && identity === '' ? 'plaintext' : security
}
