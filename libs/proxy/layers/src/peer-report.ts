import { REASON_HEADER } from '@weft/faults'
import { faultOf, parseReason } from '@weft/hbone'
import type { Exchange, Handler, Layer, Outcome } from '@weft/stack'
import type { Clock } from '@weft/time'

/** How long the application took to the head of its reply, in milliseconds; between agents only. */
export const APPLICATION_MS_HEADER = 'weft-application-ms'

/**
 * At the caller's side: takes out of the reply what the destination's agent added. A reply that carries a reason is the
 * fault that it tells of, so that it is retried and counted like one found here.
 *
 * Any -> the same. The header is believed because the other end of the tunnel proved to be the workload's agent, which
 * takes it out of what the application says. Without a tunnel nobody proved anything, and it is but taken out.
 */
export function readReport<In extends Exchange>(): Layer<In, Outcome> {
  return (next) => async (exchange) => {
    const outcome = await next(exchange)
    if (!outcome.ok) return outcome
    const headers = outcome.head.headers
    if (!isThroughTunnel(exchange)) {
      if (headers.has(REASON_HEADER)) headers.delete(REASON_HEADER)
      if (headers.has(APPLICATION_MS_HEADER)) headers.delete(APPLICATION_MS_HEADER)
      return outcome
    }
    const took = headers.get(APPLICATION_MS_HEADER)
    if (took !== null) {
      exchange.applicationMs = Number(took)
      headers.delete(APPLICATION_MS_HEADER)
    }
    const text = headers.get(REASON_HEADER)
    const reason = text === null ? null : parseReason(text)
    if (reason === null) return outcome
    outcome.body.cancel()
    return faultOf(reason)
  }
}

function isThroughTunnel(exchange: Exchange): boolean {
  if (exchange.endpoint === null) return false
  const { hbonePort, external } = exchange.endpoint.target
  return hbonePort > 0 || (external !== null && external.tunnel !== null)
}

/** At the destination's side: takes out of the reply what only agents may say, and says how long the application took. */
export function writeReport<In extends Exchange>(clock: Clock): Layer<In, Outcome> {
  return (next: Handler<In, Outcome>) => async (exchange) => {
    const startedAtMs = clock.nowMs()
    const outcome = await next(exchange)
    if (!outcome.ok) return outcome
    const headers = outcome.head.headers
    if (headers.has(REASON_HEADER)) headers.delete(REASON_HEADER)
    if (headers.has(APPLICATION_MS_HEADER)) headers.delete(APPLICATION_MS_HEADER)
    const tookMs = clock.nowMs() - startedAtMs
    exchange.applicationMs = tookMs
    if (exchange.origin.caller.security === 'mtls') headers.append(APPLICATION_MS_HEADER, tookMs.toFixed(3))
    return outcome
  }
}
