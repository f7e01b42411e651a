import { fault, type Fault } from '@weft/faults'
import { GrpcStatus, readGrpcStatus } from '@weft/grpc'
import type { ReplyHead } from '@weft/message'
import { backoffMs, isGrpcRetrySafe, isIdempotent, isRetrySafe, isStatusRetrySafe } from '@weft/retry'
import { type Handler, type Layer, type Outcome, ReplayBody, type Routed } from '@weft/stack'
import type { Clock, Random } from '@weft/time'
import type { RetryPolicy } from '@weft/traffic'
import { formatGrpcTimeout } from './grpc-timeout.ts'
import { pushbackOf } from './judgement.ts'

/**
 * Tries again while the outcome is safe to retry, the budget can pay and time remains.
 *
 * Routed -> Outcome. Never retries once reply octets have gone downstream, nor when more of the body has flowed than is
 * retained. Each attempt may have a timeout of its own. Endpoints that were tried are remembered for the balancer to avoid; another one
 * is tried at once when no octet reached the first, after a backoff otherwise, or after the wait that the endpoint asked
 * for (Retry-After, gRPC pushback). A pushback that forbids another attempt is obeyed.
 * Faults: hands up the last attempt's fault unchanged; `deadline_exceeded` for an attempt that took too long.
 * Source: gRFC A6 (throttling, pushback), Finagle RetryBudget, Gateway API HTTPRouteTimeouts (backendRequest).
 */
export function retry(clock: Clock, random: Random): Layer<Routed, Outcome> {
  return (next) => async (exchange) => {
    const policy = exchange.rule?.rule.retry ?? exchange.backend.policy.retry
    const budget = exchange.backend.budget
    budget.deposit(exchange.startedAtMs)
    if (policy.attemptsMax > 1 && exchange.head.bodyKind !== 'none') retainBody(exchange)
    for (exchange.attempt = 1; ; exchange.attempt++) {
      const outcome = await attempt(next, exchange, clock)
      if (!isWorthAnother(outcome, exchange, policy, clock)) return settled(outcome, exchange)
      if (exchange.attempt >= policy.attemptsMax || !budget.tryWithdraw(clock.nowMs()))
        return settled(outcome, exchange)

      const retryAtMs = clock.nowMs() + waitMs(outcome, exchange, policy, clock, random)
      if (retryAtMs >= exchange.deadlineMs) return settled(outcome, exchange)
      discard(outcome, exchange)
      if (retryAtMs > clock.nowMs()) await clock.sleepUntil(retryAtMs)
      if (exchange.stoppedBy !== null) return settled(exchange.stoppedBy, exchange)
    }
  }
}

/** A wait longer than this is the caller's to make: it hears of the Retry-After itself. */
const PUSHBACK_WAIT_MAX_MS = 5_000

/** Whether there is an endpoint that was not asked yet: then what the last one asked for concerns nobody else. */
function hasAnother({ backend, tried }: Routed): boolean {
  return backend.balancer.size - backend.balancer.ejectedCount > (tried === null ? 1 : tried.length + 1)
}

/**
 * How long to wait: as gRPC pushback says, exactly; as Retry-After says when there is nobody else to ask; nothing when the
 * first endpoint was not reached at all; else the backoff.
 */
function waitMs(outcome: Outcome, exchange: Routed, policy: RetryPolicy, clock: Clock, random: Random): number {
  if (outcome.ok) {
    const pushbackMs = pushbackOf(outcome.head, clock)
    if (pushbackMs >= 0 && (isGrpcEnding(outcome.head) || !hasAnother(exchange))) return pushbackMs
  } else if (exchange.attempt === 1 && isRetrySafe(outcome.code, 'POST', true)) return 0
  return backoffMs(policy, exchange.attempt, random)
}

/** Whether the head is all there is of a gRPC reply. */
function isGrpcEnding(head: ReplyHead): boolean {
  return head.version === 20 && head.bodyKind === 'none' && head.headers.has('grpc-status')
}

/** A server that names a wait asks for another attempt, whatever the call does. Source: gRFC A6, pushback. */
function isGrpcWorthAnother(head: ReplyHead, pushbackMs: number, isReplayable: boolean): boolean {
  const status = readGrpcStatus(head.headers)
  if (status === GrpcStatus.ok || !isReplayable) return false
  if (pushbackMs >= 0) return status === GrpcStatus.unavailable || status === GrpcStatus.resourceExhausted
  return isGrpcRetrySafe({ status, isTrailersOnly: true, reasonCode: null }, false, isReplayable)
}

function isWorthAnother(outcome: Outcome, exchange: Routed, policy: RetryPolicy, clock: Clock): boolean {
  if (outcome.ok && outcome.head.status === 200 && outcome.head.version !== 20) return false
  if (exchange.stoppedBy !== null) return false
  const { method } = exchange.head
  const isReplayable = exchange.canSendAgain
  if (!outcome.ok) {
    if (isAttemptTimeout(outcome)) return isReplayable && isIdempotent(method)
    return isRetrySafe(outcome.code, method, isReplayable)
  }
  const { head } = outcome
  const isGrpc = isGrpcEnding(head)
  if (!isGrpc && !isStatusRetrySafe(head.status, policy.statusCodes, method, isReplayable)) return false
  const pushbackMs = pushbackOf(head, clock)
  if (pushbackMs < 0) return false
  if (isGrpc) return isGrpcWorthAnother(head, pushbackMs, isReplayable) && !(pushbackMs > PUSHBACK_WAIT_MAX_MS)
  return !(pushbackMs > PUSHBACK_WAIT_MAX_MS) || hasAnother(exchange)
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
  if (exchange.deadlineMs < Infinity) tellRemaining(exchange, clock.nowMs())
  const timeoutMs = exchange.rule === null ? 0 : exchange.rule.rule.attemptTimeoutMs
  if (timeoutMs === 0) return next(exchange)
  const timer = clock.after(timeoutMs, () => {
    const message = `Attempt ${exchange.attempt} had no reply within ${timeoutMs} ms: expected one in time`
    exchange.running?.stop(fault('deadline_exceeded', ATTEMPT, message, exchange.rule!.rule.name))
  })
  return next(exchange).finally(() => timer.cancel())
}

/** The callee of a gRPC call is told what is left for it, not what the caller had at first. */
function tellRemaining({ head, deadlineMs }: Routed, nowMs: number): void {
  if (head.headers.has('grpc-timeout')) head.headers.set('grpc-timeout', formatGrpcTimeout(deadlineMs - nowMs))
}

/** Layer name in the reason of an attempt's own timeout; that of the whole exchange is `deadline`. */
const ATTEMPT = 'attempt'

function isAttemptTimeout(outcome: Fault): boolean {
  return outcome.code === 'deadline_exceeded' && outcome.reason.layer === ATTEMPT
}
