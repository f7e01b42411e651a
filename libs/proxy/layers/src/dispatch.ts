import type { Http1Client } from '@weft/http-proxy'
import { isIdempotent } from '@weft/retry'
import type { Handler, Outcome, Placed } from '@weft/stack'
import type { Clock } from '@weft/time'
import type { PoolPair } from './pool-pair.ts'
import type { UpstreamPools } from './upstream-pools.ts'

/**
 * Sends the exchange to the endpoint that was chosen, on a connection of the HTTP version that the caller spoke or, outside
 * the mesh, of the one that was declared or that TLS agrees on.
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
    const { external } = upstream
    // A tunnel by Upgrade is what HTTP/1.1 is asked for: few servers open one in HTTP/2.
    if (external !== null && external.isAgreed && exchange.head.upgrade === '') return sendAgreed(pair, exchange, clock)
    const version = external === null ? exchange.head.version : external.httpVersion
    return version === 20 ? sendHttp2(pair, exchange, clock) : sendHttp1(pair, exchange, clock)
  }
}

async function sendHttp1(pair: PoolPair, exchange: Placed, clock: Clock): Promise<Outcome> {
  const idle = pair.http1.tryLease()
  if (idle !== null) {
    const outcome = await idle.send(exchange)
    if (outcome.ok || !isStale(outcome.code, exchange)) return outcome
    // The other idle ones may be as stale: this time a connection that was not used before.
    return sendAgain(pair, exchange, clock)
  }
  const leased = await pair.http1.lease(exchange)
  if (!leased.ok) return leased
  const outcome = await sendOn(leased.connection, exchange, clock)
  if (outcome.ok || !leased.reused || !isStale(outcome.code, exchange)) return outcome
  return sendAgain(pair, exchange, clock)
}

async function sendAgain(pair: PoolPair, exchange: Placed, clock: Clock): Promise<Outcome> {
  const leased = await pair.http1.leaseNew(exchange)
  return leased.ok ? sendOn(leased.connection, exchange, clock) : leased
}

function sendOn(client: Http1Client, exchange: Placed, clock: Clock): Promise<Outcome> {
  if (exchange.stoppedBy !== null) {
    client.giveBack()
    return Promise.resolve(exchange.stoppedBy)
  }
  exchange.leasedAtMs = clock.nowMs()
  return client.send(exchange)
}

async function sendHttp2(pair: PoolPair, exchange: Placed, clock: Clock): Promise<Outcome> {
  for (let round = 1; ; round++) {
    let client = pair.http2.tryLease()
    if (client === null) {
      const leased = await pair.http2.lease(exchange)
      if (!leased.ok) return leased
      client = leased.connection
      exchange.leasedAtMs = clock.nowMs()
    }
    if (exchange.stoppedBy !== null) {
      pair.http2.roomed()
      return exchange.stoppedBy
    }
    const sent = client.send(exchange)
    // Its stream is open: whoever waits may fit in beside it.
    pair.http2.roomed()
    const outcome = await sent
    if (outcome.ok || round === ROUNDS_MAX || !exchange.canSendAgain || exchange.stoppedBy !== null) return outcome
    // A full connection, REFUSED_STREAM or a stream above the last of a GOAWAY: the peer says that it has not acted on it.
    if (outcome.code !== 'upstream_refused' && outcome.code !== 'connect_failed') return outcome
  }
}

/** By the version that TLS agrees on with this upstream. */
async function sendAgreed(pair: PoolPair, exchange: Placed, clock: Clock): Promise<Outcome> {
  for (let round = 1; ; round++) {
    if (pair.agreedVersion === 0) {
      const refusal = await pair.agree(exchange)
      if (refusal !== null) return refusal
      if (exchange.stoppedBy !== null) return exchange.stoppedBy
      exchange.leasedAtMs = clock.nowMs()
    }
    const send = pair.agreedVersion === 20 ? sendHttp2 : sendHttp1
    const outcome = await send(pair, exchange, clock)
    if (outcome.ok || outcome.code !== 'protocol_mismatch') return outcome
    pair.disagree()
    if (round === ROUNDS_MAX || !exchange.canSendAgain || exchange.stoppedBy !== null) return outcome
  }
}

const ROUNDS_MAX = 3

/**
 * Whether a request that met a connection which had carried others may be sent again as if it had not been: nothing of it
 * was written, or its peer closed without a word and the method is one that RFC 9110 9.2.2 lets a client repeat.
 */
function isStale(code: string, exchange: Placed): boolean {
  if (!exchange.canSendAgain || exchange.stoppedBy !== null) return false
  return code === 'connect_failed' || (code === 'upstream_reset' && isIdempotent(exchange.head.method))
}
