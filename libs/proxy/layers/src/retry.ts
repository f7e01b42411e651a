import { fault, type Fault } from '@weft/faults'
import { emptyBody } from '@weft/message'
import { backoffMs, isIdempotent, isRetrySafe, isStatusRetrySafe } from '@weft/retry'
import type { Handler, Layer, Outcome, Routed } from '@weft/stack'
import type { Clock, Random } from '@weft/time'
import type { RetryPolicy } from '@weft/traffic'

/**
 * Tries again while the outcome is safe to retry, the budget can pay and time remains.
 *
 * Routed -> Outcome. Never retries once reply octets have gone downstream or octets of the body have gone upstream. Each
 * attempt may have a timeout of its own. Endpoints that were tried are remembered for the balancer to avoid; another one
 * is tried at once when no octet reached the first, after a backoff otherwise.
 * Faults: hands up the last attempt's fault unchanged; `deadline_exceeded` for an attempt that took too long.
 * Source: gRFC A6 (throttling), Finagle RetryBudget, Gateway API HTTPRouteTimeouts (backendRequest).
 */
export function retry(clock: Clock, random: Random): Layer<Routed, Outcome> {
  return (next) => async (exchange) => {
    const policy = exchange.rule?.rule.retry ?? exchange.backend.policy.retry
    const budget = exchange.backend.budget
    budget.deposit(clock.nowMs())
    for (exchange.attempt = 1; ; exchange.attempt++) {
      const outcome = await attempt(next, exchange, clock)
      if (!isWorthAnother(outcome, exchange, policy)) return outcome
      if (exchange.attempt >= policy.attemptsMax || !budget.tryWithdraw(clock.nowMs())) return outcome

      const isElsewhere = !outcome.ok && isRetrySafe(outcome.code, 'POST', true)
      const retryAtMs =
        clock.nowMs() + (isElsewhere && exchange.attempt === 1 ? 0 : backoffMs(policy, exchange.attempt, random))
      if (retryAtMs >= exchange.deadlineMs) return outcome
      discard(outcome, exchange)
      if (retryAtMs > clock.nowMs()) await clock.sleepUntil(retryAtMs)
      if (exchange.stoppedBy !== null) return exchange.stoppedBy
    }
  }
}

function isWorthAnother(outcome: Outcome, exchange: Routed, policy: RetryPolicy): boolean {
  if (exchange.stoppedBy !== null) return false
  const { method } = exchange.head
  const isReplayable = !exchange.isBodyTaken || exchange.body === emptyBody
  if (outcome.ok) return isStatusRetrySafe(outcome.head.status, policy.statusCodes, method, isReplayable)
  if (isAttemptTimeout(outcome)) return isReplayable && isIdempotent(method)
  return isRetrySafe(outcome.code, method, isReplayable)
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
