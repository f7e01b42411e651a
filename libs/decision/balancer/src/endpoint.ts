import { OutlierState } from '@weft/outlier'

/** What configuration says of one endpoint. */
export interface Endpoint<Target> {
  /** Its identity: state survives updates as long as the key is listed. */
  readonly key: string
  /** Share of traffic in proportion to the others; 0 gets none. */
  readonly weight: number
  /** What to connect to; the balancer never looks into it. */
  readonly target: Target
}

/**
 * One endpoint and what is known of it. The object stays the same for as long as its key is listed, so statistics survive
 * updates; `target` and `weight` are those of the newest update.
 */
export class EndpointState<Target> {
  readonly key: string
  weight: number
  target: Target
  /** False once an update no longer lists it; requests in flight still report to it. */
  isListed: boolean
  /** Requests started and not yet released. */
  inFlight: number
  /** Of those, the ones whose reply has not begun. */
  waiting: number
  /** Sum of the start times of the waiting ones: their mean age costs no list. */
  waitingSinceMsSum: number
  /** Latency average that jumps up and decays down, as of `ewmaAtMs`. */
  ewmaMs: number
  ewmaAtMs: number
  readonly outlier: OutlierState

  constructor(endpoint: Endpoint<Target>, ewmaMs: number) {
    this.key = endpoint.key
    this.weight = endpoint.weight
    this.target = endpoint.target
    this.isListed = true
    this.inFlight = 0
    this.waiting = 0
    this.waitingSinceMsSum = 0.0
    this.ewmaMs = ewmaMs
    this.ewmaAtMs = Number.NaN
    this.outlier = new OutlierState()
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
  reset(nowMs: number, hash: number): void {
    this.nowMs = nowMs
    this.hash = hash | 0
    this.tried.length = 0
  }
}
