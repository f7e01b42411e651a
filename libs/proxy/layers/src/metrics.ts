import { bodyCancelled, type BodyObserver, isGrpc, ObservedBody } from '@weft/http-proxy'
import { emptyBody, type HeaderList } from '@weft/message'
import type { BodyError } from '@weft/message'
import type { Exchange, ExchangeObserver, Layer, Outcome } from '@weft/stack'
import type { Clock } from '@weft/time'
import type { TrafficCounter, TrafficTable } from './traffic-table.ts'

/** Told of every exchange that is over, with what it came to; for access logs. */
export type ExchangeEnded = (exchange: Exchange, outcome: Outcome) => void

/**
 * Counts every exchange: latency to the head of the reply, time that the mesh added, success or failure, octets.
 *
 * Success is decided at the end: a fault, a reply that broke off, a status from 500 and a gRPC status that blames the
 * server are failures. Time added is the whole latency less what the destination's agent says that the application took.
 * Outermost: it also sees to it that every exchange ends once. Never refuses.
 */
export function metrics<In extends Exchange>(
  table: TrafficTable,
  clock: Clock,
  ended: ExchangeEnded | null = null,
): Layer<In, Outcome> {
  return (next) => async (exchange) => {
    const outcome = await next(exchange)
    const nowMs = exchange.repliedAtMs > exchange.startedAtMs ? exchange.repliedAtMs : clock.nowMs()
    const latencyMs = nowMs - exchange.startedAtMs
    const counter = counterOf(table, exchange)
    counter.latency.record(latencyMs)
    if (exchange.applicationMs >= 0) counter.added.record(Math.max(latencyMs - exchange.applicationMs, 0))
    if (exchange.attempt > 1) counter.retries += exchange.attempt - 1
    if (!outcome.ok) {
      counter.fault(outcome.code)
      exchange.end(null, false)
      ended?.(exchange, outcome)
      return outcome
    }
    exchange.status = outcome.head.status
    const ending = new Ending(exchange, counter, outcome, ended)
    exchange.observer = ending
    if (outcome.head.bodyKind === 'none') exchange.end(outcome.head.headers, false)
    else if (outcome.body !== emptyBody) outcome.body = new ObservedBody(outcome.body, ending)
    return outcome
  }
}

/** Told of the end of the reply's body, then of the exchange. */
class Ending implements ExchangeObserver, BodyObserver {
  readonly #exchange: Exchange
  readonly #counter: TrafficCounter
  readonly #outcome: Outcome
  readonly #ended: ExchangeEnded | null

  constructor(exchange: Exchange, counter: TrafficCounter, outcome: Outcome, ended: ExchangeEnded | null) {
    this.#exchange = exchange
    this.#counter = counter
    this.#outcome = outcome
    this.#ended = ended
  }

  bodyEnded(body: ObservedBody, trailers: HeaderList | null, error: BodyError | null): void {
    this.#exchange.replyBytes = body.bytesCount
    this.#exchange.end(trailers, error !== null && error !== bodyCancelled)
  }

  exchangeEnded(exchange: Exchange): void {
    const counter = this.#counter
    counter.bytesSent += exchange.requestBytes
    counter.bytesReceived += exchange.replyBytes
    // A tunnel that was opened is a success however it ends.
    const isBroken = exchange.isBroken && exchange.status !== 101
    if (isBroken || exchange.status >= 500 || isServersFault(exchange.grpcStatus)) counter.failures++
    else counter.successes++
    this.#ended?.(exchange, this.#outcome)
  }
}

function counterOf(table: TrafficTable, exchange: Exchange): TrafficCounter {
  const asked = exchange.destination?.service ?? ''
  const service = exchange.backend?.service ?? asked
  const upstream = exchange.endpoint === null ? null : exchange.endpoint.target
  const protocol = isGrpc(exchange.head) ? 'grpc' : 'http'
  return table.counter(exchange.origin.caller, service, upstream, protocol, asked === service ? '' : asked)
}

/** UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS. Source: OpenTelemetry RPC conventions, server spans. */
function isServersFault(grpcStatus: number): boolean {
  switch (grpcStatus) {
    case 2:
    case 4:
    case 12:
    case 13:
    case 14:
    case 15:
      return true
    default:
      return false
  }
}
