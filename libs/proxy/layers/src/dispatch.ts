import { isIdempotent } from '@weft/retry'
import type { Handler, Outcome, Placed } from '@weft/stack'
import type { Clock } from '@weft/time'
import type { PoolPair, UpstreamPools } from './upstream-pools.ts'

/**
 * Sends the exchange to the endpoint that was chosen, on a connection of the HTTP version that the caller spoke or, outside
 * the mesh, of the one that was declared.
 *
 * Placed -> Outcome. A request that meets a kept connection just as its peer closes it is sent again on another one, if
 * its method allows and its body has not flowed: that is no retry, the peer was never asked.
 * Faults: those of pools, connector and connections.
 */
export function dispatch(pools: UpstreamPools, clock: Clock): Handler<Placed, Outcome> {
  return (exchange) => {
    if (exchange.stoppedBy !== null) return Promise.resolve(exchange.stoppedBy)
    const upstream = exchange.endpoint.target
    const pair = pools.of(exchange.origin.caller, upstream, exchange.backend.policy)
    const version = upstream.external === null ? exchange.head.version : upstream.external.httpVersion
    return version === 20 ? sendHttp2(pair, exchange, clock) : sendHttp1(pair, exchange, clock)
  }
}

async function sendHttp1(pair: PoolPair, exchange: Placed, clock: Clock): Promise<Outcome> {
  for (;;) {
    const idle = pair.http1.tryLease()
    if (idle !== null) {
      const outcome = await idle.send(exchange)
      if (outcome.ok || !isStale(outcome.code, exchange)) return outcome
      continue
    }
    const leased = await pair.http1.lease()
    if (!leased.ok) return leased
    if (exchange.stoppedBy !== null) {
      leased.connection.giveBack()
      return exchange.stoppedBy
    }
    exchange.leasedAtMs = clock.nowMs()
    const outcome = await leased.connection.send(exchange)
    if (outcome.ok || !leased.reused || !isStale(outcome.code, exchange)) return outcome
  }
}

async function sendHttp2(pair: PoolPair, exchange: Placed, clock: Clock): Promise<Outcome> {
  for (let round = 1; ; round++) {
    let client = pair.http2.tryLease()
    const reused = client !== null
    if (client === null) {
      const leased = await pair.http2.lease()
      if (!leased.ok) return leased
      client = leased.connection
    }
    if (exchange.stoppedBy !== null) return exchange.stoppedBy
    exchange.leasedAtMs = clock.nowMs()
    const outcome = await client.send(exchange)
    if (outcome.ok || !reused || round === ROUNDS_MAX) return outcome
    // GOAWAY or a full connection: the peer has not acted on it.
    const isRefused = outcome.code === 'upstream_refused' || outcome.code === 'connect_failed'
    if (!exchange.canSendAgain || exchange.stoppedBy !== null || !(isRefused || isStale(outcome.code, exchange)))
      return outcome
  }
}

const ROUNDS_MAX = 3

function isStale(code: string, exchange: Placed): boolean {
  if (!exchange.canSendAgain || exchange.stoppedBy !== null) return false
  return code === 'connect_failed' || (code === 'upstream_reset' && isIdempotent(exchange.head.method))
}
