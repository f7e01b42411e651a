import { fault } from '@weft/faults'
import { type BodySource, emptyBody, RequestHead } from '@weft/message'
import { type Destination, Exchange, type Handler, type Layer, type Outcome, type Routed } from '@weft/stack'
import type { Clock, Random } from '@weft/time'
import type { Mirror } from '@weft/traffic'
import { DiscardSink, TeeBody } from './tee-body.ts'

/** How long a copy may take: nobody waits for it, so nobody would notice one that never ends. */
const MIRROR_TIMEOUT_MS = 30_000
const MIRRORS_MAX = 1_000

/**
 * Sends copies of requests to the mirrors of their rule, and throws away what comes back.
 *
 * Routed -> Routed. The request itself waits for nothing: a copy whose backend is slower than the body of the request, or
 * whose turn comes while too many others are under way, is broken off or left out. Upgrades and tunnels are not copied.
 * Never refuses. Source: Gateway API, HTTPRequestMirrorFilter.
 */
export function mirror(clock: Clock, random: Random): Layer<Routed, Outcome> {
  let underWay = 0
  return (next) => (exchange) => {
    const mirrors = exchange.rule === null ? null : exchange.rule.rule.mirrors
    if (mirrors === null || mirrors.length === 0) return next(exchange)
    const { bodyKind, upgrade } = exchange.head
    if (bodyKind === 'tunnel' || upgrade !== '') return next(exchange)
    for (const wanted of mirrors) {
      if (underWay >= MIRRORS_MAX || (wanted.ratio < 1 && random() >= wanted.ratio)) continue
      const copy = copyFor(exchange, exchange.destination, wanted, clock)
      if (copy === null) continue
      underWay++
      void send(copy, next, clock).finally(() => underWay--)
    }
    return next(exchange)
  }
}

function copyFor(exchange: Routed, destination: Destination, wanted: Mirror, clock: Clock): Routed | null {
  const { service, port } = wanted
  const backend = destination.backendOf({ service, port, weight: 1, requestHeaders: null, replyHeaders: null })
  if (backend === null) return null
  const copy = new Exchange(copyOfHead(exchange.head), bodyFor(exchange), exchange.origin, clock.nowMs())
  copy.destination = destination
  copy.backend = backend
  return copy as Routed
}

function copyOfHead(head: RequestHead): RequestHead {
  const copy = new RequestHead(head.method, head.scheme, head.authority, head.path, head.headers.copy(), head.version)
  copy.bodyKind = head.bodyKind
  copy.bodyLength = head.bodyLength
  return copy
}

function bodyFor(exchange: Routed): BodySource {
  if (exchange.head.bodyKind === 'none') return emptyBody
  const tee = exchange.body instanceof TeeBody ? exchange.body : new TeeBody(exchange.body)
  exchange.body = tee
  return tee.branch()
}

/** Resolves when the copy is over, whatever came of it. */
async function send(copy: Routed, next: Handler<Routed, Outcome>, clock: Clock): Promise<void> {
  const message = `The copy of a request had no whole reply within ${MIRROR_TIMEOUT_MS} ms`
  const late = fault('deadline_exceeded', 'mirror', message)
  let discard: DiscardSink | null = null
  const timer = clock.after(MIRROR_TIMEOUT_MS, () => {
    copy.stop(late)
    discard?.stop()
  })
  const outcome = await next(copy)
  if (outcome.ok && outcome.head.bodyKind !== 'none') {
    discard = new DiscardSink(outcome.body)
    await discard.done
  }
  if (!outcome.ok) copy.body.cancel()
  timer.cancel()
  copy.end(null, false)
}
