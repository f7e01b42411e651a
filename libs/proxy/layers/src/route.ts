import { fault } from '@weft/faults'
import { emptyBody, HeaderList, ReplyHead } from '@weft/message'
import type { CompiledRule } from '@weft/routing'
import { type Exchange, type Handler, type Layer, type Outcome, Reply, type Routed } from '@weft/stack'
import type { Random } from '@weft/time'
import type { HeaderChange } from '@weft/traffic'

/**
 * Finds what was addressed, the rule of its route that the request meets, and one of the rule's backends by weight.
 *
 * Exchange -> Routed. Changes the target and the headers of the request, and the headers of the reply, as rule and
 * backend say; a rule that sends the client elsewhere is answered here.
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
    if (rule.redirect !== null) return Promise.resolve(redirected(exchange, rule, destination.port))
    const reference = rule.chooseBackend(random)
    exchange.backend = reference === null ? null : destination.backendOf(reference)
    if (reference === null || exchange.backend === null) {
      const message = `${rule.rule.name} leads to ${namedBackend(reference)}: expected a port of a service that exists`
      return Promise.resolve(fault('backend_invalid', 'route', message, rule.rule.name, version))
    }
    if (rule.rule.rewrite !== null) rewrite(exchange, rule)
    const { requestHeaders, replyHeaders } = rule.rule
    if (requestHeaders !== null) change(exchange.head.headers, requestHeaders)
    if (reference.requestHeaders !== null) change(exchange.head.headers, reference.requestHeaders)
    if (replyHeaders === null && reference.replyHeaders === null) return next(exchange as Routed)
    return changingReply(next, exchange as Routed, reference.replyHeaders, replyHeaders)
  }
}

/** The backend's change comes first: what the rule says of all of them has the last word, as on the way in it has the first. */
async function changingReply(
  next: Handler<Routed, Outcome>,
  exchange: Routed,
  ofBackend: HeaderChange | null,
  ofRule: HeaderChange | null,
): Promise<Outcome> {
  const outcome = await next(exchange)
  if (!outcome.ok) return outcome
  if (ofBackend !== null) change(outcome.head.headers, ofBackend)
  if (ofRule !== null) change(outcome.head.headers, ofRule)
  return outcome
}

/** The client may repeat the request at another place; a body that it sends with this one is not asked for. */
/** A reference that was refused has no name any more where requests are. */
function namedBackend(reference: { readonly service: string; readonly port: number } | null): string {
  if (reference === null) return 'no backend with a weight'
  if (reference.service !== '') return `backend ${reference.service}:${reference.port}`
  return `a backend at port ${reference.port} that is not there, which its condition ResolvedRefs names`
}

function redirected({ head }: Exchange, { rule, redirect }: CompiledRule, portCalled: number): Reply {
  const headers = new HeaderList(['location', redirect!.location(head, portCalled), 'content-length', '0'])
  if (rule.replyHeaders !== null) change(headers, rule.replyHeaders)
  return new Reply(new ReplyHead(redirect!.status, headers, 11), emptyBody)
}

function rewrite({ head }: Exchange, { rule, pathChange }: CompiledRule): void {
  const { hostname } = rule.rewrite!
  if (hostname !== '') head.authority = hostname
  if (pathChange === null) return
  const query = head.path.indexOf('?')
  head.path = pathChange.change(head.path, query < 0 ? head.path.length : query)
}

function change(headers: HeaderList, wanted: HeaderChange): void {
  for (const name of wanted.remove) headers.delete(name)
  for (const [name, value] of wanted.set) headers.set(name, value)
  for (const [name, value] of wanted.add) headers.append(name, value)
}
