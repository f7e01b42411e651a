import { fault, type Fault } from '@weft/faults'
import { backoffMs, isIdempotent, isRetrySafe, isStatusRetrySafe } from '@weft/retry'
import { type Handler, type Layer, type Outcome, ReplayBody, type Routed } from '@weft/stack'
import type { Clock, Random } from '@weft/time'
import type { RetryPolicy } from '@weft/traffic'

/**
 * Tries again while the outcome is safe to retry, the budget can pay and time remains.
 *
 * Routed -> Outcome. Never retries once reply octets have gone downstream, nor when more of the body has flowed than is
 * retained. Each attempt may have a timeout of its own. Endpoints that were tried are remembered for the balancer to avoid; another one
 * is tried at once when no octet reached the first, after a backoff otherwise.
 * Faults: hands up the last attempt's fault unchanged; `deadline_exceeded` for an attempt that took too long.
 * Source: gRFC A6 (throttling), Finagle RetryBudget, Gateway API HTTPRouteTimeouts (backendRequest).
 */
export function retry(clock: Clock, random: Random): Layer<Routed, Outcome> {
  return (next) => async (exchange) => {
    const policy = exchange.rule?.rule.retry ?? exchange.backend.policy.retry
    const budget = exchange.backend.budget
    budget.deposit(clock.nowMs())
    if (policy.attemptsMax > 1) retainBody(exchange)
    for (exchange.attempt = 1; ; exchange.attempt++) {
      const outcome = await attempt(next, exchange, clock)
      if (!isWorthAnother(outcome, exchange, policy)) return settled(outcome, exchange)
      if (exchange.attempt >= policy.attemptsMax || !budget.tryWithdraw(clock.nowMs()))
        return settled(outcome, exchange)

      const isElsewhere = !outcome.ok && isRetrySafe(outcome.code, 'POST', true)
      const retryAtMs =
        clock.nowMs() + (isElsewhere && exchange.attempt === 1 ? 0 : backoffMs(policy, exchange.attempt, random))
      if (retryAtMs >= exchange.deadlineMs) return settled(outcome, exchange)
      discard(outcome, exchange)
      if (retryAtMs > clock.nowMs()) await clock.sleepUntil(retryAtMs)
      if (exchange.stoppedBy !== null) return settled(exchange.stoppedBy, exchange)
    }
  }
}

function isWorthAnother(outcome: Outcome, exchange: Routed, policy: RetryPolicy): boolean {
  if (exchange.stoppedBy !== null) return false
  const { method } = exchange.head
  const isReplayable = exchange.canSendAgain
  if (outcome.ok) return isStatusRetrySafe(outcome.head.status, policy.statusCodes, method, isReplayable)
  if (isAttemptTimeout(outcome)) return isReplayable && isIdempotent(method)
  return isRetrySafe(outcome.code, method, isReplayable)
}

/** So that a small body can be sent again; a tunnel has no body but what both sides say. */
function retainBody(exchange: Routed): void {
  const { bodyKind } = exchange.head
  if (bodyKind !== 'length' && bodyKind !== 'stream') return
  exchange.replay = new ReplayBody(exchange.body)
  exchange.body = exchange.replay
}

function settled(outcome: Outcome, exchange: Routed): Outcome {
  exchange.replay?.settle()
  return outcome
}

/** Throws away what the attempt gave and remembers where it was made. */
function discard(outcome: Outcome, exchange: Routed): void {
  if (outcome.ok) outcome.body.cancel()
  exchange.release()
  if (exchange.endpoint === null) return
  if (exchange.tried === null) exchange.tried = []
  exchange.tried.push(exchange.endpoint)
}

function attempt(next: Handler<Routed, Outcome>, exchange: Routed, clock: Clock): Promise<Outcome> {
  const timeoutMs = exchange.rule === null ? 0 : exchange.rule.rule.attemptTimeoutMs
  if (timeoutMs === 0) return next(exchange)
  const timer = clock.after(timeoutMs, () => {
    const message = `Attempt ${exchange.attempt} had no reply within ${timeoutMs} ms: expected one in time`
    exchange.running?.stop(fault('deadline_exceeded', ATTEMPT, message, exchange.rule!.rule.name))
  })
  return next(exchange).finally(() => timer.cancel())
}

/** Layer name in the reason of an attempt's own timeout; that of the whole exchange is `deadline`. */
const ATTEMPT = 'attempt'

function isAttemptTimeout(outcome: Fault): boolean {
  return outcome.code === 'deadline_exceeded' && outcome.reason.layer === ATTEMPT
}
