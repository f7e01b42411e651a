import type { EndpointState } from '@weft/balancer'
import type { Fault } from '@weft/faults'
import type { BodySource, HeaderList, ReplyHead, RequestHead } from '@weft/message'
import type { CompiledRule } from '@weft/routing'
import type { WheelTarget, WheelTimer } from '@weft/time'
import type { ReplayBody } from './replay-body.ts'
import type { Backend, Destination, Origin, Upstream } from './destination.ts'

/** Told of 1xx replies that come before the reply, in order. */
export interface InterimSink {
  interim(head: ReplyHead): void
}

/** Work for an exchange that is under way and can be called off. */
export interface Stoppable {
  /** The work ends and its outcome is `why`. */
  stop(why: Fault): void
}

/** Told once when an exchange is over: its last octet went by, or it broke off. Its numbers are final then. */
export interface ExchangeObserver {
  exchangeEnded(exchange: Exchange): void
}

/** Judges an exchange whose reply says only at its end whether it is one. */
export interface LateJudge {
  judge(exchange: Exchange): void
}

/**
 * One request with its reply on their way through a stack: what came, what was chosen, what was counted.
 *
 * One class and one hidden shape from the accepting connection to the upstream; the types below record how far it has
 * come. Owned by the connection it came on, which stops it when the caller goes away.
 * States: running → (stopped) → ended.
 */
export class Exchange implements WheelTarget {
  readonly head: RequestHead
  body: BodySource
  readonly origin: Origin
  readonly startedAtMs: number
  /** Infinity for none. */
  deadlineMs: number
  /** Made when there is a deadline to keep; null for most. */
  deadlineTimer: WheelTimer | null
  /** What {@link stop} is given when the deadline comes; set with the timer. */
  deadlineFault: Fault | null
  destination: Destination | null
  rule: CompiledRule | null
  backend: Backend | null
  endpoint: EndpointState<Upstream> | null
  /** Value of the cookie that ties the client to an endpoint, when it has to be given one; '' when not. */
  affinity: string
  /** Endpoints of earlier attempts; null until there is one. */
  tried: EndpointState<Upstream>[] | null
  /** 1 for the first; 0 before it. */
  attempt: number
  /** Some of the body has been asked for. */
  isBodyTaken: boolean
  /** The body once it is retained for another attempt; null when it is not. */
  replay: ReplayBody | null
  interimSink: InterimSink | null
  observer: ExchangeObserver | null
  /** What runs at this moment and is to be called off by {@link stop}. */
  running: Stoppable | null
  /** Why it was called off; null while it was not. */
  stoppedBy: Fault | null
  status: number
  /** -1 unless the reply is gRPC and has ended. */
  grpcStatus: number
  requestBytes: number
  replyBytes: number
  /** When a connection was had for the attempt under way; -Infinity before the first. */
  leasedAtMs: number
  /** When the head of the reply came, or it was clear that none would; -Infinity before. */
  repliedAtMs: number
  /** What the application took of that, as the destination's agent measured it; NaN when it did not say. */
  applicationMs: number
  /** The endpoint counts it as in flight. */
  isInFlight: boolean
  /** Asked at the end, while it is in flight; null when the head said it all. */
  lateJudge: LateJudge | null
  isEnded: boolean
  /** The reply's body broke off. */
  isBroken: boolean

  constructor(head: RequestHead, body: BodySource, origin: Origin, startedAtMs: number) {
    this.head = head
    this.body = body
    this.origin = origin
    this.startedAtMs = startedAtMs
    this.deadlineMs = Infinity
    this.deadlineTimer = null
    this.deadlineFault = null
    this.destination = null
    this.rule = null
    this.backend = null
    this.endpoint = null
    this.affinity = ''
    this.tried = null
    this.attempt = 0
    this.isBodyTaken = false
    this.replay = null
    this.interimSink = null
    this.observer = null
    this.running = null
    this.stoppedBy = null
    this.status = 0
    this.grpcStatus = -1
    this.requestBytes = 0
    this.replyBytes = 0
    this.leasedAtMs = -Infinity
    this.repliedAtMs = -Infinity
    this.applicationMs = NaN
    this.isInFlight = false
    this.lateJudge = null
    this.isEnded = false
    this.isBroken = false
  }

  /** Whether another attempt could send the same octets: none have flowed, or all that have are at hand. */
  get canSendAgain(): boolean {
    return !this.isBodyTaken || (this.replay !== null && this.replay.canReplay)
  }

  /** Calls it off: what runs ends with `why`, and nothing else is begun. Does nothing once it has ended. */
  stop(why: Fault): void {
    if (this.stoppedBy !== null || this.isEnded) return
    this.stoppedBy = why
    this.running?.stop(why)
  }

  /** The deadline has come. */
  timedOut(): void {
    if (this.deadlineFault !== null) this.stop(this.deadlineFault)
  }

  /** It is over. `trailers` are those of the reply; `broken` when its body broke off. The first call counts. */
  end(trailers: HeaderList | null, broken: boolean): void {
    if (this.isEnded) return
    this.isEnded = true
    this.isBroken = broken
    const status = trailers?.get('grpc-status') ?? null
    if (status !== null) this.grpcStatus = Number(status)
    if (this.isInFlight) this.lateJudge?.judge(this)
    this.release()
    this.observer?.exchangeEnded(this)
  }

  /** The endpoint has nothing more to do for it: at its end, or when its reply was thrown away for another attempt. */
  release(): void {
    if (!this.isInFlight) return
    this.isInFlight = false
    this.backend!.balancer.released(this.endpoint!)
  }
}

/** It is known what was addressed and where that leads. */
export type Routed = Exchange & { readonly destination: Destination; readonly backend: Backend }

/** An endpoint was chosen. */
export type Placed = Routed & { readonly endpoint: EndpointState<Upstream> }
