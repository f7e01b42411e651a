import { OutlierState } from '@weft/outlier'
import type { Tier } from './tier.ts'

/** Where something runs; '' for not known. */
export interface Locality {
  readonly region: string
  readonly zone: string
}

/** What configuration says of one endpoint. */
export interface Endpoint<Target> {
  /** Its identity, by habit `address:port`: state survives updates as long as the key is listed. */
  readonly key: string
  /** Share of traffic in proportion to the others; 0 gets none. */
  readonly weight: number
  /** What to connect to; the balancer never looks into it. */
  readonly target: Target
  /** 0 (when absent) is used first; higher numbers as far as those below are not well. */
  readonly priority?: number
  /** Not known when absent. */
  readonly locality?: Locality
}

export const unknownLocality: Locality = Object.freeze({ region: '', zone: '' })

/**
 * One endpoint and what is known of it. The object stays the same for as long as its key is listed, so statistics survive
 * updates; `target`, `weight`, priority and locality are those of the newest update.
 */
export class EndpointState<Target> {
  readonly key: string
  weight: number
  target: Target
  priority: number
  locality: Locality
  /** False once an update no longer lists it; requests in flight still report to it. */
  isListed: boolean
  /** Those of its priority and zone; null while it has no weight. */
  tier: Tier<Target> | null
  /** Mean weight of the tier divided by its own: what one request is worth as load. */
  loadFactor: number
  /** Requests started and not yet released, by this process. */
  inFlight: number
  /** Of those, the ones whose reply has not begun. */
  waiting: number
  /** Sum of the start times of the waiting ones: their mean age costs no list. */
  waitingSinceMsSum: number
  /** Latency average that jumps up and decays down, as of `ewmaAtMs`. */
  ewmaMs: number
  ewmaAtMs: number
  /** It has answered, or failed to, at least once. */
  isObserved: boolean
  /** Slow start: its share grows between these two; -Infinity when it does not. */
  warmFromMs: number
  warmUntilMs: number
  /** Its place in the table of loads that processes share; -1 for none. */
  sharedSlot: number
  readonly outlier: OutlierState

  constructor(endpoint: Endpoint<Target>, ewmaMs: number) {
    this.key = endpoint.key
    this.weight = endpoint.weight
    this.target = endpoint.target
    this.priority = endpoint.priority ?? 0
    this.locality = endpoint.locality ?? unknownLocality
    this.isListed = true
    this.tier = null
    this.loadFactor = 1
    this.inFlight = 0
    this.waiting = 0
    this.waitingSinceMsSum = 0.0
    this.ewmaMs = ewmaMs
    this.ewmaAtMs = Number.NaN
    this.isObserved = false
    this.warmFromMs = Number.NEGATIVE_INFINITY
    this.warmUntilMs = Number.NEGATIVE_INFINITY
    this.sharedSlot = -1
    this.outlier = new OutlierState()
  }

  /** Takes over what an update says. */
  assign(endpoint: Endpoint<Target>): void {
    this.isListed = true
    this.weight = endpoint.weight
    this.target = endpoint.target
    this.priority = endpoint.priority ?? 0
    this.locality = endpoint.locality ?? unknownLocality
  }
}

/** One request's question; reuse it. Everything that a strategy may look at. */
export class PickContext<Target> {
  nowMs: number
  /** For the hashing strategies: {@link hashText} of the key of affinity. */
  hash: number
  /** Endpoints that this request was sent to before; avoided while there is another. */
  readonly tried: EndpointState<Target>[]

  constructor() {
    this.nowMs = 0.0
    this.hash = 0
    this.tried = []
  }

  /** Makes it ready for the next request. */
  reset(nowMs: number, hash = 0): void {
    this.nowMs = nowMs
    this.hash = hash | 0
    this.tried.length = 0
  }
}
