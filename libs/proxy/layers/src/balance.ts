import { type EndpointState, PickContext } from '@weft/balancer'
import { fault } from '@weft/faults'
import type { Exchange, LateJudge, Layer, Outcome, Placed, Routed, Upstream } from '@weft/stack'
import type { Clock, Random } from '@weft/time'
import { affinityCookie, affinityHash } from './affinity.ts'
import { isJudgedLate, judgeEnd, judgeFault, judgeReply, pushbackOf } from './judgement.ts'

/**
 * Chooses an endpoint of the backend, and tells the balancer how it did: latency, success, and what it asked for by
 * Retry-After or gRPC pushback.
 *
 * Routed -> Placed. The endpoint counts the exchange as in flight until its last octet. A client without the cookie of the
 * policy gets it with the reply. A gRPC call whose status comes in trailers is judged by them.
 * Faults: `no_endpoint`, `overloaded` (every endpoint that was looked at has as many requests as the policy allows).
 */
export function balance(clock: Clock, random: Random): Layer<Routed, Outcome, Placed, Outcome> {
  // One for all: a pick is over before anybody else can ask.
  const context = new PickContext<Upstream>()
  const late = new Trailers(clock)
  return (next) => async (exchange) => {
    const { balancer, policy } = exchange.backend
    const startedAtMs = clock.nowMs()
    const isHashed = policy.balancer === 'RingHash' || policy.balancer === 'Maglev'
    context.reset(startedAtMs, isHashed ? affinityHash(exchange, policy, random) : 0)
    const tried = exchange.tried
    if (tried !== null) for (let i = 0; i < tried.length; i++) context.tried.push(tried[i]!)
    let endpoint = balancer.pick(context)
    if (endpoint !== null && policy.requestsMax > 0 && endpoint.inFlight >= policy.requestsMax) {
      endpoint = lessBusy(exchange, context, endpoint)
      if (endpoint === null) return tooManyRequests(exchange)
    }
    if (endpoint === null) return noEndpoint(exchange)

    exchange.endpoint = endpoint
    balancer.started(endpoint, startedAtMs)
    const outcome = await next(exchange as Placed)
    const nowMs = clock.nowMs()
    exchange.repliedAtMs = nowMs
    if (!outcome.ok) {
      const judgement = judgeFault(outcome.code)
      if (judgement === 'none' || judgement === 'success') balancer.abandoned(endpoint, startedAtMs)
      else balancer.finished(endpoint, nowMs, nowMs - startedAtMs, false, judgement)
      return outcome
    }
    // What a first connection cost says nothing about the next request, and would hide a slow endpoint for a while.
    const delayMs = exchange.leasedAtMs > startedAtMs ? exchange.leasedAtMs - startedAtMs : 0
    if (delayMs > 0) balancer.delayed(endpoint, delayMs)
    const { head } = outcome
    const judgement = judgeReply(head)
    const latencyMs = nowMs - startedAtMs - delayMs
    exchange.lateJudge = null
    if (isJudgedLate(head)) {
      exchange.lateJudge = late
      balancer.begun(endpoint, nowMs, latencyMs)
    } else if (judgement === 'success' || judgement === 'none') {
      balancer.replied(endpoint, nowMs, latencyMs, true)
    } else {
      balancer.replied(endpoint, nowMs, latencyMs, false, judgement)
    }
    if (head.status !== 200 || head.version === 20) {
      const waitMs = pushbackOf(head, clock)
      if (waitMs > 0) balancer.pushedBack(endpoint, nowMs, waitMs)
    }
    if (exchange.affinity !== '') head.headers.append('set-cookie', affinityCookie(exchange, policy))
    exchange.isInFlight = true
    return outcome
  }
}

/** Tells the balancer of gRPC calls when their trailers have come, or will not. */
class Trailers implements LateJudge {
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  judge(exchange: Exchange): void {
    const judgement = judgeEnd(exchange)
    if (judgement === 'none') return
    const { balancer } = exchange.backend!
    const startedAtMs = Math.max(exchange.startedAtMs, exchange.leasedAtMs)
    const latencyMs = exchange.repliedAtMs - startedAtMs
    if (judgement === 'success') balancer.judged(exchange.endpoint!, this.#clock.nowMs(), latencyMs, true)
    else balancer.judged(exchange.endpoint!, this.#clock.nowMs(), latencyMs, false, judgement)
  }
}

const LOOKS_MAX = 3

/** An endpoint with room, of a few that are asked for instead of `full`; null when none has. */
function lessBusy(
  exchange: Routed,
  context: PickContext<Upstream>,
  full: EndpointState<Upstream>,
): EndpointState<Upstream> | null {
  const { balancer, policy } = exchange.backend
  context.tried.push(full)
  for (let look = 0; look < LOOKS_MAX; look++) {
    const endpoint = balancer.pick(context)
    if (endpoint === null || context.tried.includes(endpoint)) return null
    if (endpoint.inFlight < policy.requestsMax) return endpoint
    context.tried.push(endpoint)
  }
  return null
}

function tooManyRequests(exchange: Routed): Outcome {
  const { policy, service, port } = exchange.backend
  const found = `every endpoint that was looked at has ${policy.requestsMax} requests under way`
  const message = `Cannot place a request for ${nameOf(service)}:${port}: ${found}, expected fewer`
  return fault('overloaded', 'balance', message, policy.name, exchange.destination.revision)
}

function noEndpoint(exchange: Routed): Outcome {
  const { service, port, balancer } = exchange.backend
  const found = balancer.size === 0 ? 'no ready workload' : `all ${balancer.size} workloads ejected`
  const message = `Cannot place a request for ${nameOf(service)}:${port}: found ${found}, expected one that takes traffic`
  return fault('no_endpoint', 'balance', message, '', exchange.destination.revision)
}

function nameOf(service: string): string {
  return service === '' ? 'the workload' : service
}
