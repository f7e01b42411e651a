import { authz, dispatch, type Guarded, metrics, writeReport } from '@weft/layers'
import { type Exchange, type Handler, type Layer, type Outcome, type Placed, stack } from '@weft/stack'
import type { DataPlane } from '../worker/data-plane.ts'
import type { InboundOrigin } from './inbound-origin.ts'
import type { StandingRequests } from './standing-requests.ts'

/** The way of a request into a workload, outermost first. Whoever is refused here has met no octet of the application. */
export function inboundStack(plane: DataPlane, standing: StandingRequests<Arrived>): Handler<Exchange, Outcome> {
  const { clock, inboundTable, applicationPools, accessLog } = plane
  const arrived = stack(
    metrics<Arrived>(inboundTable, clock, (exchange, outcome) => {
      standing.ended(exchange)
      accessLog.exchange('inbound', exchange, outcome)
    }),
  )
    .layer(authz<Arrived>())
    .layer(standing.layer())
    .layer(writeReport<Arrived>(clock))
    .layer(toApplication()) // Arrived -> Placed
    .serve(dispatch(applicationPools, clock))
  // Every connection that is served by this stack has an InboundOrigin: see accept.ts and plaintext.ts.
  return arrived as Handler<Exchange, Outcome>
}

/** A request that came to a workload of this node. */
export type Arrived = Guarded & { readonly origin: InboundOrigin }

/** The endpoint is the workload itself: there is nothing to balance. */
function toApplication(): Layer<Arrived, Outcome, Placed, Outcome> {
  return (next) => (exchange) => {
    exchange.backend = exchange.origin.arrived.backend
    exchange.endpoint = exchange.origin.arrived.endpoint
    return next(exchange as unknown as Placed)
  }
}
