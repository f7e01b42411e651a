import { hashText, PickContext } from '@weft/balancer'
import { fault, type FaultCode } from '@weft/faults'
import type { Layer, Outcome, Placed, Routed, Upstream } from '@weft/stack'
import type { Clock } from '@weft/time'

/**
 * Chooses an endpoint of the backend, and tells the balancer how it did.
 *
 * Routed -> Placed. The endpoint counts the exchange as in flight until its last octet.
 * Faults: `no_endpoint`.
 */
export function balance(clock: Clock): Layer<Routed, Outcome, Placed, Outcome> {
  // One for all: a pick is over before anybody else can ask.
  const context = new PickContext<Upstream>()
  return (next) => async (exchange) => {
    const backend = exchange.backend
    const balancer = backend.balancer
    const startedAtMs = clock.nowMs()
    const isHashed = backend.policy.balancer === 'RingHash' || backend.policy.balancer === 'Maglev'
    context.reset(startedAtMs, isHashed ? hashText(exchange.origin.caller.workload) : 0)
    const tried = exchange.tried
    if (tried !== null) for (let i = 0; i < tried.length; i++) context.tried.push(tried[i]!)
    const endpoint = balancer.pick(context)
    if (endpoint === null) return noEndpoint(exchange)

    exchange.endpoint = endpoint
    balancer.started(endpoint, startedAtMs)
    const outcome = await next(exchange as Placed)
    const nowMs = clock.nowMs()
    if (outcome.ok) {
      // What a first connection cost says nothing about the next request, and would hide a slow endpoint for a while.
      const delayMs = Math.max(exchange.leasedAtMs - startedAtMs, 0)
      balancer.delayed(endpoint, delayMs)
      balancer.replied(
        endpoint,
        nowMs,
        nowMs - startedAtMs - delayMs,
        outcome.head.status < 500 || outcome.head.status === 501,
      )
      exchange.isInFlight = true
    } else if (isEndpointsFault(outcome.code)) {
      balancer.finished(endpoint, nowMs, nowMs - startedAtMs, false)
    } else {
      balancer.abandoned(endpoint, startedAtMs)
    }
    return outcome
  }
}

/** Faults that say something about the endpoint, and not about the caller, the policy or ourselves. */
export function isEndpointsFault(code: FaultCode): boolean {
  switch (code) {
    case 'connect_failed':
    case 'identity_mismatch':
    case 'upstream_refused':
    case 'upstream_reset':
    case 'upstream_malformed':
    case 'deadline_exceeded':
    case 'draining':
      return true
    default:
      return false
  }
}

function noEndpoint(exchange: Routed): Outcome {
  const { service, port, balancer } = exchange.backend
  const found = balancer.size === 0 ? 'no ready workload' : `all ${balancer.size} workloads ejected`
  const name = service === '' ? 'the workload' : service
  const message = `Cannot place a request for ${name}:${port}: found ${found}, expected one that takes traffic`
  return fault('no_endpoint', 'balance', message, '', exchange.destination.revision)
}
