import { fault } from '@weft/faults'
import type { HeaderList } from '@weft/message'
import type { Exchange, Handler, Layer, Outcome, Routed } from '@weft/stack'
import type { Random } from '@weft/time'
import type { HeaderChange } from '@weft/traffic'

/**
 * Finds what was addressed, the rule of its route that the request meets, and one of the rule's backends by weight.
 *
 * Exchange -> Routed. Changes the headers that the rule says, of the request and of the reply.
 * Faults: `no_route` (no rule is met), `backend_invalid`, and whatever the origin knows of its destination.
 * Source: Gateway API HTTPRoute, GAMMA.
 */
export function route(random: Random): Layer<Exchange, Outcome, Routed, Outcome> {
  return (next) => (exchange) => {
    const destination = exchange.origin.destination(exchange.head)
    if ('code' in destination) return Promise.resolve(destination)
    exchange.destination = destination
    if (destination.route === null) {
      // What has no route has a backend of its own.
      exchange.backend = destination.backend!
      return next(exchange as Routed)
    }

    const rule = destination.route.match(exchange.head)
    const version = destination.revision
    if (rule === null) {
      const message = `${exchange.head.method} on ${destination.service}:${destination.port} meets no rule of its routes`
      return Promise.resolve(fault('no_route', 'route', `${message}: expected one that matches`, '', version))
    }
    exchange.rule = rule
    const reference = rule.chooseBackend(random)
    exchange.backend = reference === null ? null : destination.backendOf(reference)
    if (exchange.backend === null) {
      const found = reference === null ? 'no backend with a weight' : `backend ${reference.service}:${reference.port}`
      const message = `${rule.rule.name} leads to ${found}: expected a port of a service that exists`
      return Promise.resolve(fault('backend_invalid', 'route', message, rule.rule.name, version))
    }
    if (rule.rule.requestHeaders !== null) change(exchange.head.headers, rule.rule.requestHeaders)
    if (rule.rule.replyHeaders === null) return next(exchange as Routed)
    return changingReply(next, exchange as Routed, rule.rule.replyHeaders)
  }
}

async function changingReply(next: Handler<Routed, Outcome>, exchange: Routed, wanted: HeaderChange): Promise<Outcome> {
  const outcome = await next(exchange)
  if (outcome.ok) change(outcome.head.headers, wanted)
  return outcome
}

function change(headers: HeaderList, wanted: HeaderChange): void {
  for (const name of wanted.remove) headers.delete(name)
  for (const [name, value] of wanted.set) headers.set(name, value)
  for (const [name, value] of wanted.add) headers.append(name, value)
}
