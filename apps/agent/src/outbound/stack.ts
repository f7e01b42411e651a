import { balance, deadline, dispatch, metrics, mirror, readReport, retry, route } from '@weft/layers'
import { type Exchange, type Handler, type Outcome, type Placed, stack } from '@weft/stack'
import type { DataPlane } from '../worker/data-plane.ts'

/**
 * The way of a request out of a workload: the data plane in one expression, outermost first.
 *
 * What comes back up is the head of the reply, or a fault; bodies flow past the layers, from connection to connection.
 */
export function outboundStack(plane: DataPlane): Handler<Exchange, Outcome> {
  const { clock, random, fineWheel, outboundTable, outboundPools, accessLog } = plane
  return stack(
    metrics<Exchange>(outboundTable, clock, (exchange, outcome) => accessLog.exchange('outbound', exchange, outcome)),
  )
    .layer(route(random)) // Exchange -> Routed
    .layer(mirror(clock, random))
    .layer(deadline(clock, fineWheel))
    .layer(retry(clock, random))
    .layer(balance(clock, random)) // Routed -> Placed
    .layer(readReport<Placed>())
    .serve(dispatch(outboundPools, clock))
}
