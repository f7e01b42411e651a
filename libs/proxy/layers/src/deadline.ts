import { fault } from '@weft/faults'
import type { Layer, Outcome, Routed } from '@weft/stack'
import { type Clock, type TimerWheel, WheelTimer } from '@weft/time'
import { DeadlineBody } from './deadline-body.ts'
import { grpcTimeoutMs } from './grpc-timeout.ts'

/**
 * Gives the exchange the earliest of its deadlines and calls it off when that comes before the head of a reply; one that a
 * gRPC caller set holds for the whole call, to the last message.
 *
 * The deadline is the rule's request timeout, else that of the traffic policy, and no later than the gRPC caller's own.
 * Faults: `deadline_exceeded`. Source: Gateway API HTTPRouteTimeouts, gRPC over HTTP/2 (grpc-timeout).
 */
export function deadline(clock: Clock, wheel: TimerWheel): Layer<Routed, Outcome> {
  return (next) => (exchange) => {
    const ruleMs = exchange.rule === null ? 0 : exchange.rule.rule.requestTimeoutMs
    let timeoutMs = ruleMs > 0 ? ruleMs : exchange.backend.policy.requestTimeoutMs
    const asked = exchange.head.headers.get('grpc-timeout')
    const askedMs = asked === null ? 0 : grpcTimeoutMs(asked)
    if (askedMs > 0 && (timeoutMs === 0 || askedMs < timeoutMs)) timeoutMs = askedMs
    if (timeoutMs === 0) return next(exchange)

    exchange.deadlineMs = exchange.startedAtMs + timeoutMs
    const message = `No reply within ${timeoutMs} ms: expected one before the deadline`
    const rule = exchange.rule === null ? exchange.backend.policy.name : exchange.rule.rule.name
    exchange.deadlineFault = fault('deadline_exceeded', 'deadline', message, rule, exchange.destination.revision)
    const timer = new WheelTimer(exchange)
    exchange.deadlineTimer = timer
    wheel.set(timer, exchange.deadlineMs)
    return next(exchange).then((outcome) => {
      if (outcome.ok && askedMs > 0 && outcome.head.bodyKind !== 'none') {
        if (askedMs > timeoutMs) wheel.set(timer, exchange.startedAtMs + askedMs)
        outcome.body = new DeadlineBody(outcome.body, exchange, () => wheel.cancel(timer))
        return outcome
      }
      wheel.cancel(timer)
      // The attempt may have been between two steps, where nothing was running that could be called off.
      if (outcome.ok || clock.nowMs() < exchange.deadlineMs) return outcome
      return exchange.stoppedBy ?? outcome
    })
  }
}
