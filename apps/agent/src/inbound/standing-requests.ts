import type { Fault } from '@weft/faults'
import { isGrpc } from '@weft/http-proxy'
import { type Guarded, refusalOf } from '@weft/layers'
import { emptyBody, type RequestHead } from '@weft/message'
import type { Exchange, Layer, Outcome } from '@weft/stack'
import { RevocableBody } from './revocable-body.ts'

/**
 * Requests that may last for hours: WebSockets and other tunnels, gRPC calls, event streams. They are asked about again
 * when policies change; others finish on the policies they began with.
 */
export class StandingRequests<In extends Guarded> {
  readonly #open = new Set<Exchange>()

  get count(): number {
    return this.#open.size
  }

  /** Stands below authz: whoever gets here was admitted. */
  layer(): Layer<In, Outcome> {
    return (next) => (exchange) => {
      if (!mayStand(exchange.head)) return next(exchange)
      this.#open.add(exchange)
      return next(exchange).then((outcome) => revocable(exchange, outcome))
    }
  }

  /** To be told of every exchange that ends. */
  ended(exchange: Exchange): void {
    if (this.#open.size > 0) this.#open.delete(exchange)
  }

  /** Ends those that the policies of now refuse; a gRPC caller is told so, a tunnel is reset. */
  reconsider(told: (exchange: In, refusal: Fault) => void): void {
    for (const exchange of [...this.#open] as In[]) {
      const refusal = refusalOf(exchange)
      if (refusal === null) continue
      this.#open.delete(exchange)
      told(exchange, refusal)
      exchange.stop(refusal)
    }
  }
}

/** From the head of its reply on, what can be called off is the reply's body. */
function revocable(exchange: Exchange, outcome: Outcome): Outcome {
  if (!outcome.ok || outcome.body === emptyBody) return outcome
  const body = new RevocableBody(outcome.body)
  outcome.body = body
  exchange.running = body
  return outcome
}

function mayStand(head: RequestHead): boolean {
  if (head.bodyKind === 'tunnel' || head.upgrade !== '' || isGrpc(head)) return true
  return head.headers.get('accept')?.startsWith('text/event-stream') === true
}
